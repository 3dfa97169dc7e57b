//! The menu bar, in the language of the page. What it offers is done by the page, which hears of a
//! choice and does what its own buttons do; only what a page cannot do is done here: the editing
//! commands of the web view, the size of everything, and the end.
//!
//! Deliberately absent: any rule about when something is possible, but that most of it needs an open
//! workspace. While the window is locked none is open, so nothing behind the lock can be reached.

use crate::frame;
use crate::handed::Handed;
use crate::shell::Shell;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::menu::{AboutMetadata, IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Emitter, Manager, Wry};
use tillproof_domain::locale::Locale;

/// What stands in the menu, in both languages; `&` marks the letter that chooses it.
#[derive(Debug, Clone, Copy)]
struct Words {
    en: &'static str,
    de: &'static str,
}

impl Words {
    const fn of(self, locale: Locale) -> &'static str {
        match locale {
            Locale::En => self.en,
            Locale::De => self.de,
        }
    }
}

const fn words(en: &'static str, de: &'static str) -> Words {
    Words { en, de }
}

/// What can be chosen.
#[derive(Debug)]
struct Entry {
    /// The page and [`chosen`] know it by this.
    id: &'static str,
    words: Words,
    /// The key that chooses it, in the words of the menu library.
    key: Option<&'static str>,
    /// Whether it needs an open workspace.
    inside: bool,
}

/// Something that is always possible.
const fn anywhere(id: &'static str, words: Words, key: Option<&'static str>) -> Line {
    Line::Entry(Entry { id, words, key, inside: false })
}

/// Something that needs an open workspace.
const fn inside(id: &'static str, words: Words, key: Option<&'static str>) -> Line {
    Line::Entry(Entry { id, words, key, inside: true })
}

/// A line of a menu.
#[derive(Debug)]
enum Line {
    Entry(Entry),
    /// The workspaces opened last.
    Recent(Words),
    Rule,
    About(Words),
}

/// A menu of the bar.
#[derive(Debug)]
struct Column {
    words: Words,
    lines: &'static [Line],
}

/// Keys that the page or the text field under the cursor knows better have none here: the bar would
/// take them away (Ctrl+Z, Ctrl+C, F). Those of the zoom are in [`frame`], because `+` lies elsewhere
/// on every keyboard.
const BAR: &[Column] = &[
    Column {
        words: words("&File", "&Datei"),
        lines: &[
            anywhere("new", words("&New…", "&Neu …"), Some("CmdOrCtrl+N")),
            anywhere("open", words("&Open…", "Ö&ffnen …"), Some("CmdOrCtrl+O")),
            Line::Recent(words("Open &Recent", "&Zuletzt geöffnet")),
            Line::Rule,
            inside("back-up", words("&Back Up Now…", "&Jetzt sichern …"), None),
            inside("copies", words("Cop&ies", "S&icherungen"), None),
            Line::Rule,
            inside("print", words("&Print…", "&Drucken …"), Some("CmdOrCtrl+P")),
            Line::Rule,
            inside("close", words("&Close This File", "Diese Datei &schließen"), Some("CmdOrCtrl+W")),
            anywhere("quit", words("&Quit", "&Beenden"), Some("CmdOrCtrl+Q")),
        ],
    },
    Column {
        words: words("&Edit", "&Bearbeiten"),
        lines: &[
            anywhere("Undo", words("&Undo Typing", "Eingabe &rückgängig"), None),
            anywhere("Redo", words("&Redo Typing", "Eingabe &wiederholen"), None),
            Line::Rule,
            anywhere("Cut", words("Cu&t", "&Ausschneiden"), None),
            anywhere("Copy", words("&Copy", "&Kopieren"), None),
            anywhere("Paste", words("&Paste", "E&infügen"), None),
            anywhere("SelectAll", words("Select &All", "A&lles auswählen"), None),
            Line::Rule,
            inside("take-back", words("Take &Back the Last Change", "Letzte Änderung &zurücknehmen"), None),
        ],
    },
    Column {
        words: words("&View", "&Ansicht"),
        lines: &[
            inside("overview", words("&Overview", "&Übersicht"), Some("CmdOrCtrl+1")),
            inside("checklist", words("&Checklist", "&Checkliste"), Some("CmdOrCtrl+2")),
            inside("worksheets", words("&Worksheets", "Ar&beitsblätter"), Some("CmdOrCtrl+3")),
            inside("evidence", words("&Evidence", "&Nachweise"), Some("CmdOrCtrl+4")),
            inside("tasks", words("&Tasks", "&Aufgaben"), Some("CmdOrCtrl+5")),
            inside("assessments", words("&Lists", "&Listen"), Some("CmdOrCtrl+6")),
            inside("providers", words("&Providers", "&Dienstleister"), Some("CmdOrCtrl+7")),
            inside("registers", words("Re&gisters", "&Verzeichnisse"), Some("CmdOrCtrl+8")),
            inside("report", words("&Report", "Be&richt"), Some("CmdOrCtrl+9")),
            inside("history", words("&History", "Verla&uf"), None),
            inside("settings", words("&Settings", "&Einstellungen"), None),
            Line::Rule,
            inside("focus-mode", words("Show Only One Re&quirement", "Nur eine Anforderung &zeigen"), None),
            Line::Rule,
            anywhere("larger", words("Zoom &In", "Ver&größern"), None),
            anywhere("smaller", words("Zoom O&ut", "Ver&kleinern"), None),
            anywhere("plain", words("Actual Si&ze", "Ursprüngliche Grö&ße"), None),
        ],
    },
    Column {
        words: words("&Help", "&Hilfe"),
        lines: &[
            anywhere("help", words("&Help for This Screen", "&Hilfe zu diesem Bereich"), Some("F1")),
            inside("glossary", words("&Glossary", "&Glossar"), None),
            inside("tour", words("&Take the Tour", "&Rundgang machen"), None),
            Line::Rule,
            inside("verify", words("&Verify This File", "Diese Datei &prüfen"), None),
            Line::Rule,
            Line::About(words("&About Tillproof", "Ü&ber Tillproof")),
        ],
    },
];

/// What the page hears of: the event `menu`.
#[derive(Debug, Clone, Serialize)]
struct Chosen<'a> {
    id: &'a str,
    /// What `file` is about.
    handed: Option<&'a Handed>,
}

/// Tells the page that a file is to be opened.
pub(crate) fn tell_file(app: &AppHandle, handed: &Handed) {
    tell(app, "file", Some(handed));
}

fn tell(app: &AppHandle, id: &str, handed: Option<&Handed>) {
    // A page that cannot be told is on its way out.
    drop(app.emit("menu", Chosen { id, handed }));
}

/// What the bar shows now.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    locale: Locale,
    open: bool,
    /// Names and paths.
    recent: Vec<(String, String)>,
}

/// The bar of the window, and its parts that change.
pub(crate) struct Bar {
    columns: Vec<(Words, Submenu<Wry>)>,
    entries: Vec<(&'static Entry, MenuItem<Wry>)>,
    about: Vec<(Words, PredefinedMenuItem<Wry>)>,
    recent: Submenu<Wry>,
    shown: Mutex<Shown>,
}

/// Makes the bar. It is put right by the first [`follow`].
pub(crate) fn make(app: &AppHandle, locale: Locale) -> Result<(Menu<Wry>, Bar), tauri::Error> {
    let menu = Menu::new(app)?;
    let recent_words = BAR.iter().flat_map(|column| column.lines).find_map(|line| match line {
        Line::Recent(words) => Some(*words),
        _ => None,
    });
    let recent_words = recent_words.unwrap_or(words("Open &Recent", "&Zuletzt geöffnet"));
    let mut bar = Bar {
        columns: Vec::new(),
        entries: Vec::new(),
        about: Vec::new(),
        recent: Submenu::new(app, recent_words.of(locale), false)?,
        shown: Mutex::new(Shown { locale, open: false, recent: Vec::new() }),
    };
    #[cfg(target_os = "macos")]
    menu.append(&of_the_program(app)?)?;
    for column in BAR {
        let submenu = Submenu::new(app, column.words.of(locale), true)?;
        for line in column.lines {
            match line {
                Line::Rule => submenu.append(&PredefinedMenuItem::separator(app)?)?,
                Line::Recent(words) => {
                    submenu.append(&bar.recent)?;
                    bar.columns.push((*words, bar.recent.clone()));
                }
                Line::About(words) => {
                    let about = PredefinedMenuItem::about(app, Some(words.of(locale)), Some(about()))?;
                    submenu.append(&about)?;
                    bar.about.push((*words, about));
                }
                Line::Entry(entry) => {
                    if let Some(own) = edited_by_the_system(app, entry, locale)? {
                        submenu.append(&*own)?;
                        continue;
                    }
                    let item = MenuItem::with_id(app, entry.id, entry.words.of(locale), !entry.inside, entry.key)?;
                    submenu.append(&item)?;
                    bar.entries.push((entry, item));
                }
            }
        }
        menu.append(&submenu)?;
        bar.columns.push((column.words, submenu));
    }
    Ok((menu, bar))
}

fn about() -> AboutMetadata<'static> {
    AboutMetadata {
        name: Some("Tillproof".to_owned()),
        version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        license: Some(env!("CARGO_PKG_LICENSE").to_owned()),
        ..AboutMetadata::default()
    }
}

/// Elsewhere than on Linux the system knows how to edit; there the keys come with its own lines.
#[cfg(not(target_os = "linux"))]
fn edited_by_the_system(
    app: &AppHandle,
    entry: &Entry,
    locale: Locale,
) -> Result<Option<Box<dyn IsMenuItem<Wry>>>, tauri::Error> {
    let text = Some(entry.words.of(locale));
    Ok(Some(Box::new(match entry.id {
        "Undo" => PredefinedMenuItem::undo(app, text)?,
        "Redo" => PredefinedMenuItem::redo(app, text)?,
        "Cut" => PredefinedMenuItem::cut(app, text)?,
        "Copy" => PredefinedMenuItem::copy(app, text)?,
        "Paste" => PredefinedMenuItem::paste(app, text)?,
        "SelectAll" => PredefinedMenuItem::select_all(app, text)?,
        _ => return Ok(None),
    })))
}

#[cfg(target_os = "linux")]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it makes something, which may fail")]
fn edited_by_the_system(_: &AppHandle, _: &Entry, _: Locale) -> Result<Option<Box<dyn IsMenuItem<Wry>>>, tauri::Error> {
    Ok(None)
}

/// On macOS the first menu belongs to the program.
#[cfg(target_os = "macos")]
fn of_the_program(app: &AppHandle) -> Result<Submenu<Wry>, tauri::Error> {
    let menu = Submenu::new(app, "Tillproof", true)?;
    menu.append(&PredefinedMenuItem::about(app, None, Some(about()))?)?;
    menu.append(&PredefinedMenuItem::separator(app)?)?;
    menu.append(&PredefinedMenuItem::hide(app, None)?)?;
    menu.append(&PredefinedMenuItem::hide_others(app, None)?)?;
    menu.append(&PredefinedMenuItem::show_all(app, None)?)?;
    Ok(menu)
}

/// Brings the bar in line with the language, the open workspace and the list of recent ones.
pub(crate) fn follow(app: &AppHandle) {
    let handle = app.clone();
    // The parts of a menu belong to the main thread.
    drop(app.run_on_main_thread(move || {
        if let Err(error) = bring_in_line(&handle) {
            eprintln!("The menu cannot be changed: {error}");
        }
    }));
}

fn bring_in_line(app: &AppHandle) -> Result<(), tauri::Error> {
    let (shell, bar) = (app.state::<Arc<Shell>>(), app.state::<Bar>());
    let recent = shell.recent.read().into_iter().map(|one| (one.name, one.path)).collect();
    let wanted = Shown { locale: shell.locale(), open: shell.is_open(), recent };
    let mut shown = bar.shown.lock().unwrap_or_else(PoisonError::into_inner);
    if shown.locale != wanted.locale {
        for (words, submenu) in &bar.columns {
            submenu.set_text(words.of(wanted.locale))?;
        }
        for (entry, item) in &bar.entries {
            item.set_text(entry.words.of(wanted.locale))?;
        }
        for (words, about) in &bar.about {
            about.set_text(words.of(wanted.locale))?;
        }
    }
    for (_, item) in bar.entries.iter().filter(|(entry, _)| entry.inside) {
        if item.is_enabled()? != wanted.open {
            item.set_enabled(wanted.open)?;
        }
    }
    if shown.recent != wanted.recent {
        while bar.recent.remove_at(0)?.is_some() {}
        for (number, (name, path)) in wanted.recent.iter().enumerate() {
            let id = format!("{RECENT}{number}");
            bar.recent.append(&MenuItem::with_id(app, id, line_of(name, path), true, None::<&str>)?)?;
        }
        bar.recent.set_enabled(!wanted.recent.is_empty())?;
    }
    *shown = wanted;
    #[cfg(debug_assertions)]
    crate::answers::menu_is(&told(&bar)?);
    Ok(())
}

/// The lines of the list of recent workspaces begin so.
const RECENT: &str = "recent-";

/// A workspace in the list of recent ones: two shops may have one name.
fn line_of(name: &str, path: &str) -> String {
    let shortened: String = if path.chars().count() > 60 {
        let tail: Vec<char> = path.chars().rev().take(58).collect();
        std::iter::once('…').chain(tail.into_iter().rev()).collect()
    } else {
        path.to_owned()
    };
    // A single one would mark a letter.
    format!("{name} – {shortened}").replace('&', "&&")
}

/// What stands in the bar, read from its own parts, for tests of the real window.
#[cfg(debug_assertions)]
fn told(bar: &Bar) -> Result<serde_json::Value, tauri::Error> {
    let mut lines = serde_json::Map::new();
    for (entry, item) in &bar.entries {
        lines.insert(entry.id.to_owned(), serde_json::json!([item.text()?, item.is_enabled()?]));
    }
    let columns = bar.columns.iter().map(|(_, submenu)| submenu.text()).collect::<Result<Vec<_>, _>>()?;
    let recent = bar.recent.items()?.iter().filter_map(|item| item.as_menuitem()?.text().ok()).collect::<Vec<_>>();
    Ok(serde_json::json!({ "columns": columns, "lines": lines, "recent": recent }))
}

/// Somebody has chosen something.
pub(crate) fn chosen(app: &AppHandle, event: &MenuEvent) {
    let id = event.id().as_ref();
    if let Some(number) = id.strip_prefix(RECENT).and_then(|number| number.parse::<usize>().ok()) {
        let bar = app.state::<Bar>();
        let one = bar.shown.lock().unwrap_or_else(PoisonError::into_inner).recent.get(number).cloned();
        if let Some((_, path)) = one {
            crate::handed::open(app, std::path::Path::new(&path));
        }
        return;
    }
    match id {
        "Undo" | "Redo" | "Cut" | "Copy" | "Paste" | "SelectAll" => edit(app, id),
        "larger" => frame::zoom(app, frame::Zoom::Larger),
        "smaller" => frame::zoom(app, frame::Zoom::Smaller),
        "plain" => frame::zoom(app, frame::Zoom::Plain),
        "quit" => {
            // The same as closing the window: the page is heard first.
            if app.get_webview_window("main").is_none_or(|window| window.close().is_err()) {
                app.exit(0);
            }
        }
        _ => tell(app, id, None),
    }
}

/// Has the web view do to its text field what the keys do.
#[cfg(target_os = "linux")]
fn edit(app: &AppHandle, command: &str) {
    use webkit2gtk::WebViewExt;
    let command = command.to_owned();
    if let Some(window) = app.get_webview_window("main") {
        drop(window.with_webview(move |view| view.inner().execute_editing_command(&command)));
    }
}

#[cfg(not(target_os = "linux"))]
fn edit(_: &AppHandle, _: &str) {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn entries() -> impl Iterator<Item = &'static Entry> {
        BAR.iter().flat_map(|column| column.lines).filter_map(|line| match line {
            Line::Entry(entry) => Some(entry),
            _ => None,
        })
    }

    #[test]
    fn every_line_and_every_key_stands_once() {
        let mut ids = HashSet::new();
        let mut keys = HashSet::new();
        for entry in entries() {
            assert!(ids.insert(entry.id), "{} stands twice", entry.id);
            assert!(entry.key.is_none_or(|key| keys.insert(key)), "{:?} chooses two", entry.key);
            assert!(!entry.id.starts_with(RECENT), "{} looks like a recent workspace", entry.id);
        }
    }

    #[test]
    fn the_keys_of_a_text_field_are_left_to_it() {
        for key in ["Z", "Y", "X", "C", "V", "A"] {
            assert!(entries().all(|entry| entry.key != Some(&format!("CmdOrCtrl+{key}"))), "Ctrl+{key} is taken away");
        }
        for entry in entries() {
            assert!(
                entry.key.is_none_or(|key| key.starts_with("CmdOrCtrl+") || key.starts_with('F') && key.len() > 1),
                "{:?} could be meant for a text",
                entry.key
            );
        }
    }

    #[test]
    fn no_letter_chooses_two_lines_of_one_menu() {
        for locale in [Locale::En, Locale::De] {
            for column in BAR {
                let mut letters = HashSet::new();
                for line in column.lines {
                    let (Line::Entry(Entry { words, .. }) | Line::Recent(words) | Line::About(words)) = line else {
                        continue;
                    };
                    let text = words.of(locale);
                    let letter = text.split_once('&').and_then(|(_, rest)| rest.chars().next());
                    let letter = letter.map(|letter| letter.to_lowercase().to_string());
                    assert!(letter.is_some_and(|letter| letters.insert(letter)), "{text:?} in {locale:?}");
                }
            }
        }
    }

    #[test]
    fn a_name_marks_no_letter_and_a_long_path_keeps_its_end() {
        assert_eq!(line_of("Käthes Tee & Söhne", "/a.tillproof"), "Käthes Tee && Söhne – /a.tillproof");
        let long = format!("/{}/shop.tillproof", "é".repeat(90));
        let line = line_of("Shop", &long);
        assert!(line.ends_with("/shop.tillproof") && line.chars().count() == 7 + 59, "{line}");
    }
}
