//! The workspaces that were opened last, so that the first screen can offer them. Kept in a small
//! JSON file in the app's own folder: convenience only, never needed to open a workspace.
//!
//! Deliberately absent: anything from inside a workspace but its name.

use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// So many are kept.
pub const AT_MOST: usize = 10;

/// A workspace that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentWorkspace {
    /// Where it is, in full.
    pub path: String,
    /// The company in it.
    pub name: String,
    /// When it was opened last, RFC 3339.
    pub opened_at: String,
}

/// The list on disk.
#[derive(Debug)]
pub struct RecentList {
    file: PathBuf,
}

impl RecentList {
    /// The list in this folder, which is made when something is to be remembered.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { file: folder.join("recent.json") }
    }

    /// The list, the latest first. A list that is missing or damaged is empty: it is no reason to
    /// keep anyone from work.
    #[must_use]
    pub fn read(&self) -> Vec<RecentWorkspace> {
        let mut list: Vec<RecentWorkspace> =
            fs::read(&self.file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        list.truncate(AT_MOST);
        list
    }

    /// Puts a workspace on top.
    ///
    /// # Errors
    /// The list cannot be written.
    pub fn remember(&self, workspace: RecentWorkspace) -> io::Result<()> {
        let mut list = self.read();
        list.retain(|known| known.path != workspace.path);
        list.insert(0, workspace);
        list.truncate(AT_MOST);
        self.write(&list)
    }

    /// Takes a workspace off the list. The workspace itself stays where it is.
    ///
    /// # Errors
    /// The list cannot be written.
    pub fn forget(&self, path: &str) -> io::Result<()> {
        let mut list = self.read();
        list.retain(|known| known.path != path);
        self.write(&list)
    }

    fn write(&self, list: &[RecentWorkspace]) -> io::Result<()> {
        swap_in(&self.file, &serde_json::to_vec_pretty(list)?)
    }
}

/// Writes a small file beside the old one and then swaps them, so that there is always a whole one.
pub(crate) fn swap_in(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    // Two windows may write at once; each has a file of its own to swap in.
    let new = file.with_extension(format!("json.{}", std::process::id()));
    let written = write_for_this_user_only(&new, bytes).and_then(|()| fs::rename(&new, file));
    if written.is_err() {
        // Best effort: what is left over is small and is overwritten the next time.
        drop(fs::remove_file(&new));
    }
    written
}

fn write_for_this_user_only(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(path: &str, opened_at: &str) -> RecentWorkspace {
        RecentWorkspace { path: path.to_owned(), name: format!("Shop in {path}"), opened_at: opened_at.to_owned() }
    }

    fn paths(list: &RecentList) -> Vec<String> {
        list.read().into_iter().map(|known| known.path).collect()
    }

    #[test]
    fn the_latest_is_first_and_each_stands_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = RecentList::in_folder(&folder.path().join("made/when/needed"));
        assert!(list.read().is_empty(), "nothing was opened yet");
        for (path, at) in [("/a", "1"), ("/b", "2"), ("/a", "3")] {
            list.remember(workspace(path, at)).expect("it is written");
        }
        assert_eq!(paths(&list), ["/a", "/b"], "/a was opened again");
        assert_eq!(list.read()[0].opened_at, "3", "the last time counts");
        list.forget("/a").expect("it is written");
        assert_eq!(paths(&list), ["/b"], "/a was forgotten");
        list.forget("/unknown").expect("it is written");
        assert_eq!(paths(&list), ["/b"], "what is not there cannot be forgotten");
    }

    #[test]
    fn ten_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = RecentList::in_folder(folder.path());
        for number in 0..13 {
            list.remember(workspace(&format!("/{number}"), "now")).expect("it is written");
        }
        let kept = paths(&list);
        assert_eq!(kept.len(), AT_MOST, "no more are kept");
        assert_eq!((kept[0].as_str(), kept[9].as_str()), ("/12", "/3"), "the oldest went");
    }

    #[test]
    fn a_damaged_list_is_empty_and_can_be_written_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let list = RecentList::in_folder(folder.path());
        for damage in ["", "{", "[1]", "null", "[{\"path\": 3}]"] {
            fs::write(folder.path().join("recent.json"), damage).expect("a file");
            assert!(list.read().is_empty(), "{damage:?} holds no list");
        }
        list.remember(workspace("/a", "1")).expect("it is written");
        assert_eq!(paths(&list), ["/a"], "the damage is gone");
        let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(left.len(), 1, "nothing is left beside the list");
    }

    #[cfg(unix)]
    #[test]
    fn others_on_the_machine_cannot_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let list = RecentList::in_folder(folder.path());
        list.remember(workspace("/a", "1")).expect("it is written");
        let mode = fs::metadata(folder.path().join("recent.json")).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "names of companies are nobody else's business");
    }
}
