//! Whole copies of a workspace, made with SQLite's own backup, checked before they count.

use crate::recognise::{APPLICATION_ID, PAGE_SIZE};
use crate::sqlite::{connect, harden};
use crate::{Head, Result, SqliteStore, StoreError, journal, migration};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// Pages copied between two looks at whether to go on.
const PAGES_A_STEP: i32 = 256;

impl SqliteStore {
    /// Writes a copy to `path`, under the same passphrase, and checks it. A file that exists is
    /// never overwritten; nothing is left behind on failure. `progress(done, total)` answers
    /// whether to go on.
    ///
    /// # Errors
    /// The file exists or cannot be written, or `progress` says to stop.
    pub fn back_up(&self, path: &Path, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<Head> {
        copy(&self.connection, path, self.key.as_deref().map(String::as_str), progress)
    }

    /// Puts a backup in place as a workspace and opens it. The backup is only read.
    ///
    /// # Errors
    /// The backup cannot be opened, or `path` exists or cannot be written.
    pub fn restore(
        backup: &Path,
        path: &Path,
        passphrase: Option<&str>,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Self> {
        let source = Self::open_unchecked(backup, passphrase)?;
        copy(&source.connection, path, source.key.as_deref().map(String::as_str), progress)?;
        drop(source);
        Self::open(path, passphrase)
    }
}

/// A copy beside the file, named after its format: `shop.before-format-2.tillproof`. A copy that is
/// there already (of an earlier try) is kept, and the new one gets a number.
pub(crate) fn copy_before_migration(
    connection: &Connection,
    path: &Path,
    key: Option<&str>,
    format: u32,
) -> Result<()> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    for number in 1_u32..1000 {
        let suffix = if number == 1 { String::new() } else { format!("-{number}") };
        let name = format!("{stem}.before-format-{}{suffix}.tillproof", format + 1);
        match copy(connection, &path.with_file_name(name), key, &mut |_, _| true) {
            Err(StoreError::Exists(_)) => {}
            other => return other.map(drop),
        }
    }
    Err(StoreError::Exists(path.to_owned()))
}

fn copy(
    source: &Connection,
    path: &Path,
    key: Option<&str>,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Head> {
    if path.exists() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    let part = part_name(path);
    let copied = write_part(source, &part, key, progress).and_then(|head| {
        // A hard link fails where the name is taken, so that nothing is overwritten even if
        // somebody made the file in the meantime; where links are unknown, a rename has to do.
        match std::fs::hard_link(&part, path) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(StoreError::Exists(path.to_owned()));
            }
            Err(_) => std::fs::rename(&part, path).map_err(StoreError::io(path))?,
        }
        sync_folder(path);
        Ok(head)
    });
    let _ = std::fs::remove_file(&part);
    copied
}

fn part_name(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn sync_folder(path: &Path) {
    #[cfg(unix)]
    if let Some(folder) = path.parent().and_then(|folder| std::fs::File::open(folder).ok()) {
        let _ = folder.sync_all();
    }
}

fn write_part(
    source: &Connection,
    part: &Path,
    key: Option<&str>,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Head> {
    let _ = std::fs::remove_file(part);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(part).map_err(StoreError::io(part))?);

    let mut target = connect(part, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    target.pragma_update(None, "page_size", PAGE_SIZE)?;
    {
        let backup = Backup::new(source, &mut target)?;
        loop {
            let step = backup.step(PAGES_A_STEP)?;
            let at = backup.progress();
            let total = u64::try_from(at.pagecount).unwrap_or(0);
            let done = total.saturating_sub(u64::try_from(at.remaining).unwrap_or(0));
            if !progress(done, total) {
                return Err(StoreError::Cancelled);
            }
            match step {
                StepResult::Done => break,
                StepResult::Busy | StepResult::Locked => std::thread::sleep(std::time::Duration::from_millis(20)),
                _ => {}
            }
        }
    }
    // One file and nothing beside it, also on read-only media.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    target.close().map_err(|(_, error)| error)?;
    std::fs::File::open(part).and_then(|file| file.sync_all()).map_err(StoreError::io(part))?;

    let copy = connect(part, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    harden(&copy)?;
    let id: i32 = copy.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let said: String = copy.query_row("PRAGMA quick_check", [], |row| row.get(0))?;
    let head = journal::head(&copy)?;
    if id != APPLICATION_ID || said != "ok" || migration::format_of(&copy)? == 0 || head.seq == 0 {
        return Err(StoreError::Damaged(format!("the copy does not check out: {said}")));
    }
    Ok(head)
}
