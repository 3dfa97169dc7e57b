//! From the paths that a person names to the files to attach: folders are walked, in one order on
//! every machine.
//!
//! Links are not followed: they could lead anywhere, also back up. What is left out is said.

use super::paths::{allowed, file_name, io_error};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The most files that one command takes.
pub(super) const LIMIT: usize = 20_000;

/// Things left out that are named; the others are counted.
const NAMED: usize = 20;

/// Files that systems put into folders, in lower case.
const OF_THE_SYSTEM: [&str; 5] = [".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized"];

/// A file to attach.
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// Where it lay, from the folder that was named on; empty for a file that was named itself.
    pub(super) place: String,
    pub(super) size: u64,
}

/// The files to attach, and in words what was left out.
#[derive(Default)]
pub(super) struct Files {
    pub(super) found: Vec<Found>,
    left_out: Vec<(&'static str, String)>,
}

impl Files {
    /// Bytes of all of them.
    pub(super) fn size(&self) -> u64 {
        self.found.iter().map(|file| file.size).sum()
    }

    /// What was left out, in words.
    pub(super) fn left_out(&self, host: &dyn Host) -> Vec<String> {
        let word = |(why, path): &(&'static str, String)| {
            messages::text(host.locale(), "left-out", why, &[("path", path.as_str())])
        };
        let mut words: Vec<String> = self.left_out.iter().take(NAMED).map(word).collect();
        if let Some(more) = self.left_out.len().checked_sub(NAMED).filter(|more| *more > 0) {
            words.push(messages::text(host.locale(), "word", "and-more", &[("count", &more.to_string())]));
        }
        words
    }
}

/// Gathers the files at these paths, and below them where they are folders. `own` is the open
/// workspace, which cannot keep itself.
///
/// # Errors
/// A path is missing or not allowed, a folder cannot be read, or there are too many files.
pub(super) fn gather(host: &dyn Host, paths: &[String], own: &Path) -> Result<Files, Error> {
    let mut files = Files::default();
    let own = own.canonicalize().ok();
    for path in paths {
        let path = allowed(host, path)?;
        let metadata = std::fs::metadata(&path).map_err(|error| io_error(&path, &error))?;
        if metadata.is_dir() {
            let top = file_name(&path);
            walk(host, &path, &top, own.as_deref(), &mut files)?;
        } else if metadata.is_file() {
            refuse_own(own.as_deref(), &path)?;
            files.found.push(Found { path, place: String::new(), size: metadata.len() });
        } else {
            return Err(Error::new("not-a-file").with("path", path.display()));
        }
        within_limit(&files)?;
    }
    files.left_out.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(files)
}

/// A workspace that keeps itself would grow while it is read.
pub(super) fn refuse_own(own: Option<&Path>, path: &Path) -> Result<(), Error> {
    let is_own = own.is_some_and(|own| is_own(own, path));
    if is_own { Err(Error::new("workspace-in-itself").with("path", path.display())) } else { Ok(()) }
}

fn within_limit(files: &Files) -> Result<(), Error> {
    if files.found.len() > LIMIT { Err(Error::new("too-many-files").with("limit", LIMIT)) } else { Ok(()) }
}

/// Takes every regular file below a folder, in the order of their names.
fn walk(host: &dyn Host, top: &Path, name: &str, own: Option<&Path>, files: &mut Files) -> Result<(), Error> {
    // Taken from the end, so that the names are pushed in reverse.
    let mut ahead = vec![(top.to_owned(), name.to_owned(), true)];
    while let Some((path, place, is_folder)) = ahead.pop() {
        if host.cancelled() {
            return Err(Error::new("cancelled"));
        }
        let io = |error: std::io::Error| io_error(&path, &error);
        if !is_folder {
            let size = std::fs::symlink_metadata(&path).map_err(io)?.len();
            files.found.push(Found { path, place, size });
            within_limit(files)?;
            continue;
        }
        let mut inside = std::fs::read_dir(&path).map_err(io)?.collect::<Result<Vec<_>, _>>().map_err(io)?;
        inside.sort_by_key(std::fs::DirEntry::file_name);
        for entry in inside.into_iter().rev() {
            let (path, kind) = (entry.path(), entry.file_type().map_err(io)?);
            let place = format!("{place}/{}", entry.file_name().to_string_lossy());
            let why = if kind.is_symlink() {
                "link"
            } else if kind.is_dir() {
                ahead.push((path, place, true));
                continue;
            } else if !kind.is_file() {
                "not-a-file"
            } else if of_the_system(&entry.file_name()) {
                "of-the-system"
            } else if own.is_some_and(|own| is_own(own, &path)) {
                "the-workspace"
            } else {
                ahead.push((path, place, false));
                continue;
            };
            files.left_out.push((why, place));
        }
    }
    Ok(())
}

fn of_the_system(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_ascii_lowercase();
    OF_THE_SYSTEM.contains(&name.as_str()) || name.starts_with("._")
}

/// Whether it is the workspace, by whatever way, or what SQLite keeps beside it.
fn is_own(own: &Path, path: &Path) -> bool {
    if tillproof_store::is_open(path) {
        return true;
    }
    let Some(name) = own.file_name().and_then(OsStr::to_str) else { return false };
    let begins = path.file_name().and_then(OsStr::to_str).and_then(|file| file.strip_prefix(name));
    begins.is_some_and(|end| ["", "-wal", "-shm", "-journal"].contains(&end))
        && path.parent().and_then(|folder| folder.canonicalize().ok()).as_deref() == own.parent()
}
