//! Files that are handed to the program from outside: on its command line, by a double click, by a
//! second start that finds this window open. The path is granted to the page, which opens it as if
//! it had been chosen in a dialog: it saves what is typed first, and asks for the passphrase.
//!
//! Deliberately absent: opening. A file that is none gives the error that any other way gives.

use crate::menu;
use crate::shell::Shell;
use crate::words::Fault;
use serde::Serialize;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Manager};
use tillproof_api::error::ErrorView;
use tillproof_domain::locale::Locale;

/// A file that the page is to open, or why it cannot.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Handed {
    Path(String),
    Error(ErrorView),
}

/// What was handed over before the page could hear of it.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    listening: bool,
    handed: Option<Handed>,
}

impl Waiting {
    /// The page listens from now on, and takes what has waited.
    pub(crate) fn take(&mut self) -> Option<Handed> {
        self.listening = true;
        self.handed.take()
    }

    /// Gives it back if the page is there to hear of it, else keeps the latest.
    fn put(&mut self, handed: Handed) -> Option<Handed> {
        if self.listening {
            return Some(handed);
        }
        self.handed = Some(handed);
        None
    }
}

/// The file that a command line names: its first word that is no option. The first of all is the
/// program itself.
fn file_of(words: impl IntoIterator<Item = OsString>, folder: &Path) -> Option<PathBuf> {
    let is_option = |word: &OsStr| word.as_encoded_bytes().first() == Some(&b'-');
    let mut words = words.into_iter().skip(1);
    let named = words.find(|word| !word.is_empty() && (word == "--" || !is_option(word)))?;
    let named = if named == "--" { words.next().filter(|word| !word.is_empty())? } else { named };
    // Some desktops hand over an address.
    let path = named.to_str().and_then(|text| tauri::Url::parse(text).ok()).filter(|url| url.scheme() == "file");
    let path = path.and_then(|url| url.to_file_path().ok()).unwrap_or_else(|| PathBuf::from(named));
    Some(folder.join(path))
}

/// The path as the page gets it. A name that is no text cannot be given to the page; one that came
/// from another process has lost its bytes on the way and does not exist any more.
fn as_text(path: &Path, locale: Locale) -> Handed {
    match path.to_str() {
        Some(text) if !text.contains('\u{fffd}') || path.exists() => Handed::Path(text.to_owned()),
        _ => Handed::Error(Fault::PathNotText.view(locale)),
    }
}

/// Takes the file that this command line names, if any.
pub(crate) fn from_words(app: &AppHandle, words: impl IntoIterator<Item = OsString>, folder: &Path) {
    if let Some(path) = file_of(words, folder) {
        open(app, &path);
    }
}

/// Has the page open this file.
pub(crate) fn open(app: &AppHandle, path: &Path) {
    let shell = app.state::<Arc<Shell>>();
    let handed = as_text(path, shell.locale());
    if let Handed::Path(path) = &handed {
        shell.grants().allow(Path::new(path));
    }
    let heard = shell.waiting().put(handed);
    if let Some(handed) = heard {
        menu::tell_file(app, &handed);
    }
}

/// Somebody has started the program once more: this window comes to the front with their file.
pub(crate) fn started_again(app: &AppHandle, words: Vec<String>, folder: &str) {
    from_words(app, words.into_iter().map(OsString::from), Path::new(folder));
    if let Some(window) = app.get_webview_window("main") {
        // Whether a window may come to the front is for the desktop to say.
        drop(window.unminimize());
        drop(window.set_focus());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str], file: Option<&str>, why: &str) {
        let words = words.iter().map(OsString::from);
        assert_eq!(file_of(words, Path::new("/home/ada")), file.map(PathBuf::from), "{why}");
    }

    #[test]
    fn the_first_word_that_is_no_option_is_the_file() {
        check(&["tillproof-desktop"], None, "only the program");
        check(&["tillproof-desktop", "shop.tillproof"], Some("/home/ada/shop.tillproof"), "from where it was started");
        check(&["tillproof-desktop", "/srv/shop.tillproof"], Some("/srv/shop.tillproof"), "a whole path");
        check(&["tillproof-desktop", "--gapplication-service"], None, "an option of the toolkit");
        check(&["tillproof-desktop", "--x", "a", "b"], Some("/home/ada/a"), "the first of several");
        check(&["tillproof-desktop", "--", "-odd.tillproof"], Some("/home/ada/-odd.tillproof"), "after the options");
        check(&["tillproof-desktop", ""], None, "nothing is no file");
        check(&["tillproof-desktop", "file:///srv/a%20shop.tillproof"], Some("/srv/a shop.tillproof"), "an address");
        check(&["tillproof-desktop", "https://example.org/a"], Some("/home/ada/https://example.org/a"), "no file");
    }

    #[test]
    fn what_comes_before_the_page_waits_for_it() {
        let mut waiting = Waiting::default();
        assert!(waiting.put(Handed::Path("/a".to_owned())).is_none(), "nobody listens yet");
        assert!(waiting.put(Handed::Path("/b".to_owned())).is_none(), "nobody listens yet");
        assert!(matches!(waiting.take(), Some(Handed::Path(path)) if path == "/b"), "the latest is opened");
        assert!(waiting.take().is_none(), "once");
        assert!(waiting.put(Handed::Path("/c".to_owned())).is_some(), "the page hears of it at once");
    }

    #[cfg(unix)]
    #[test]
    fn a_name_that_is_no_text_is_an_error_and_no_end() {
        use std::os::unix::ffi::OsStringExt;
        let folder = tempfile::tempdir().expect("a folder");
        let odd = folder.path().join(OsString::from_vec(b"k\xe4se.tillproof".to_vec()));
        std::fs::write(&odd, "x").expect("a file");
        let found = file_of([OsString::from("program"), odd.clone().into_os_string()], folder.path()).expect("a file");
        assert_eq!(found, odd, "its bytes are kept");
        let is_error =
            |path: &Path| matches!(as_text(path, Locale::En), Handed::Error(error) if error.code == "path-not-text");
        assert!(is_error(&odd), "it cannot be named to the page");
        assert!(is_error(&folder.path().join("k\u{fffd}se.tillproof")), "it came through another process");
        let real = folder.path().join("really \u{fffd}.tillproof");
        std::fs::write(&real, "x").expect("a file");
        assert!(matches!(as_text(&real, Locale::En), Handed::Path(_)), "somebody calls a file so");
    }
}
