//! Which files this process has open as workspaces, so that nobody else looks into them past SQLite.
//!
//! POSIX drops every lock that a process has on a file as soon as it closes any handle of that file
//! (<https://sqlite.org/howtocorrupt.html>, 2.2). A workspace whose locks are gone looks to other
//! processes as if nobody had it open. So what was found out when it was opened is kept here, and
//! the file is not opened a second time to find it out again.

use crate::recognise::FileKind;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the system knows a file by, whatever its path.
type Id = (u64, u64);

#[derive(Debug, Clone, Copy)]
struct Known {
    id: Id,
    kind: FileKind,
    writable: bool,
    times: usize,
}

static OPEN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

fn open() -> MutexGuard<'static, Vec<Known>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(unix)]
fn id(path: &Path) -> Option<Id> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((std::os::unix::fs::MetadataExt::dev(&metadata), std::os::unix::fs::MetadataExt::ino(&metadata)))
}

/// Elsewhere a lock belongs to a handle, and closing another one does it no harm.
#[cfg(not(unix))]
fn id(_: &Path) -> Option<Id> {
    None
}

/// The kind of a file and whether it can be written, if it is open here.
pub(crate) fn known(path: &Path) -> Option<(FileKind, bool)> {
    let id = id(path)?;
    open().iter().find(|known| known.id == id).map(|known| (known.kind, known.writable))
}

/// Whether a path leads to a workspace that this process has open. Such a file must not be read past
/// the workspace. Not known everywhere; then the answer is no.
#[must_use]
pub fn is_open(path: &Path) -> bool {
    known(path).is_some()
}

/// A file that is open here, until this is dropped. To be dropped after the connection.
#[derive(Debug)]
pub(crate) struct OpenFile(Option<Id>);

impl OpenFile {
    /// Notes that a file is about to be opened.
    pub(crate) fn note(path: &Path, kind: FileKind, writable: bool) -> Self {
        let id = id(path);
        if let Some(id) = id {
            let mut open = open();
            match open.iter_mut().find(|known| known.id == id) {
                Some(known) => known.times += 1,
                None => open.push(Known { id, kind, writable, times: 1 }),
            }
        }
        Self(id)
    }

    /// No file: a workspace in memory.
    pub(crate) const fn none() -> Self {
        Self(None)
    }
}

impl Drop for OpenFile {
    fn drop(&mut self) {
        let Some(id) = self.0 else { return };
        let mut open = open();
        if let Some(at) = open.iter().position(|known| known.id == id) {
            match open.get_mut(at) {
                Some(known) if known.times > 1 => known.times -= 1,
                _ => drop(open.swap_remove(at)),
            }
        }
    }
}
