//! Whole copies of a workspace, made with SQLite's own backup, checked before they count.
//!
//! The copy is of one moment: a reading transaction on the source holds it still, while others go
//! on writing. Then the copy is opened anew and compared with what the source said at that moment.

use crate::compare::{self, Compared, Said};
use crate::connection::{connect, harden};
use crate::recognise::{APPLICATION_ID, PAGE_SIZE};
use crate::{Head, Reads, Result, SqliteStore, StoreError, migration};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use tillproof_domain::id::WorkspaceId;

/// Pages copied between two looks at whether to go on.
const PAGES_A_STEP: i32 = 256;

/// A copy that was written, read back, and found to say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// The last entry of its journal.
    pub head: Head,
    /// What was compared with the source.
    pub compared: Compared,
}

/// What a file of copies says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyOf {
    /// The workspace it is a copy of.
    pub workspace: WorkspaceId,
    /// The last entry of its journal.
    pub head: Head,
}

impl SqliteStore {
    /// Writes a copy to `path`, under the same passphrase, and checks it. Every row is compared with
    /// the source; the bytes of evidence are hashed, the newest first, until `bound` bytes are reached.
    /// A file that exists is never overwritten; nothing is left behind on failure.
    /// `progress(done, total)` answers whether to go on.
    ///
    /// # Errors
    /// The file exists or cannot be written, what was written is not what was to be written, or
    /// `progress` says to stop.
    pub fn back_up(&self, path: &Path, bound: u64, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<BackedUp> {
        copy(&self.connection, path, self.key.as_deref().map(String::as_str), bound, progress)
    }

    /// Opens another file with the key of this one and says what it is a copy of. The file is only
    /// read, and so is whatever lies beside it.
    ///
    /// # Errors
    /// The file is missing, no workspace, newer, damaged, or has another passphrase.
    pub fn look_at(&self, path: &Path) -> Result<CopyOf> {
        let other = Self::open_to_read(path, self.key.as_deref().map(String::as_str))?;
        Ok(CopyOf { workspace: other.profile()?.id, head: other.head()? })
    }

    /// A second connection to the same file, which only reads: for work that takes long, so that
    /// this one stays free.
    ///
    /// # Errors
    /// The file has gone, or its passphrase was changed elsewhere.
    pub fn beside(&self) -> Result<Self> {
        Self::open_to_read(&self.path, self.key.as_deref().map(String::as_str))
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
        copy(&source.connection, path, source.key.as_deref().map(String::as_str), u64::MAX, progress)?;
        drop(source);
        let store = Self::open(path, passphrase)?;
        // A copy is a single file; a workspace that is worked on is not.
        crate::connection::begin_log(&store.connection, &store.place)?;
        Ok(store)
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
        match copy(connection, &path.with_file_name(name), key, 0, &mut |_, _| true) {
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
    bound: u64,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<BackedUp> {
    if path.exists() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    let part = part_name(path);
    let copied = write_part(source, &part, key, bound, progress).and_then(|made| {
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
        Ok(made)
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
    bound: u64,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<BackedUp> {
    let _ = std::fs::remove_file(part);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(part).map_err(StoreError::io(part))?);

    let mut target = connect(part, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    target.pragma_update(None, "page_size", PAGE_SIZE)?;
    // The first half of the way is writing, the second is reading again.
    let half;
    let said = {
        let moment = source.unchecked_transaction()?;
        let said = Said::by(&moment)?;
        let backup = Backup::new(&moment, &mut target)?;
        loop {
            let step = backup.step(PAGES_A_STEP)?;
            let at = backup.progress();
            let pages = u64::try_from(at.pagecount).unwrap_or(0);
            let done = pages.saturating_sub(u64::try_from(at.remaining).unwrap_or(0));
            if !progress(done, 2 * pages) {
                return Err(StoreError::Cancelled);
            }
            match step {
                StepResult::Done => {
                    half = pages;
                    break;
                }
                StepResult::Busy | StepResult::Locked => std::thread::sleep(std::time::Duration::from_millis(20)),
                _ => {}
            }
        }
        drop(backup);
        said
    };
    // One file and nothing beside it, also on read-only media.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    target.close().map_err(|(_, error)| error)?;
    std::fs::File::open(part).and_then(|file| file.sync_all()).map_err(StoreError::io(part))?;

    check(source, part, key, &said, bound, &mut |done, total| {
        let part = u128::from(half) * u128::from(done) / u128::from(total.max(1));
        progress(half + u64::try_from(part).unwrap_or(half), 2 * half)
    })
}

/// Opens what was written anew and compares it with what the source said.
fn check(
    source: &Connection,
    part: &Path,
    key: Option<&str>,
    said: &Said,
    bound: u64,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<BackedUp> {
    let copy = connect(part, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    harden(&copy)?;
    let differs = |what: String| StoreError::CopyDiffers(what);
    let unreadable = |error: rusqlite::Error| differs(error.to_string());
    let id: i32 = copy.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(unreadable)?;
    // Reads every page, and with it every checksum of an encrypted file.
    let sound: String = copy.query_row("PRAGMA quick_check", [], |row| row.get(0)).map_err(unreadable)?;
    if id != APPLICATION_ID || sound != "ok" || migration::format_of(&copy)? == 0 {
        return Err(differs(sound));
    }
    let read = Said::by(&copy).map_err(|error| differs(error.to_string()))?;
    if let Some(difference) = said.difference(&read) {
        return Err(differs(difference));
    }
    let mut compared = compare::contents(&copy, source, bound, progress)?;
    compared.rows = read.rows();
    Ok(BackedUp { head: read.head, compared })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::params;

    /// A workspace that holds one journal entry and one content, in a file of its own.
    fn source(folder: &Path) -> Connection {
        let mut connection = connect(&folder.join("shop"), None, OpenFlags::default()).expect("a file");
        connection.pragma_update(None, "page_size", PAGE_SIZE).expect("a page size");
        connection.pragma_update(None, "application_id", APPLICATION_ID).expect("an id");
        migration::migrate(&mut connection, folder, |_, _| Ok(())).expect("tables");
        let bytes = vec![7_u8; 40_000];
        connection
            .execute("INSERT INTO journal (seq, hash, body) VALUES (1, ?, 'x')", ["0".repeat(64)])
            .expect("an entry");
        crate::content::put(&connection, uuid::Uuid::nil(), &mut std::io::Cursor::new(bytes), &mut |_| true)
            .expect("a content");
        connection
    }

    #[test]
    fn a_copy_is_compared_with_what_the_source_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = source(folder.path());
        let copy_at = folder.path().join("copy");
        let made = copy(&source, &copy_at, None, u64::MAX, &mut |_, _| true).expect("a copy");
        assert_eq!((made.head.seq, made.compared.contents, made.compared.bytes), (1, 1, 40_000), "{made:?}");
        let said = Said::by(&source).expect("the source is read");
        let spoil = |what: &str, sql: &str, bytes: &[u8], named: &str| {
            let part = folder.path().join("part");
            std::fs::copy(&copy_at, &part).expect("a copy");
            let spoiled = Connection::open(&part).expect("it opens");
            spoiled.execute(sql, params![bytes]).expect("it is spoiled");
            drop(spoiled);
            let found = check(&source, &part, None, &said, u64::MAX, &mut |_, _| true);
            assert!(matches!(&found, Err(StoreError::CopyDiffers(text)) if text.contains(named)), "{what}: {found:?}");
        };
        spoil("an entry", "UPDATE journal SET body = CAST(? AS TEXT)", b"y", "journal");
        spoil("the head", "UPDATE journal SET hash = CAST(? AS TEXT)", b"other", "journal entry 1");
        spoil("a row more", "INSERT INTO journal_subject VALUES (?, 1)", b"gdpr:1", "journal_subject");
        spoil("evidence", "UPDATE evidence_chunk SET bytes = ?", &[8; 40_000], "evidence ");
        spoil("no evidence", "DELETE FROM evidence_chunk WHERE ? IS NOT NULL", b"", "evidence_chunk");
        // A byte on the disk, where no table sees it.
        let part = folder.path().join("part");
        std::fs::copy(&copy_at, &part).expect("a copy");
        std::fs::OpenOptions::new().write(true).open(&part).and_then(|file| file.set_len(5 * 16_384)).expect("cut");
        let found = check(&source, &part, None, &said, u64::MAX, &mut |_, _| true);
        assert!(found.is_err(), "a file that was cut short: {found:?}");
    }

    #[test]
    fn a_bound_is_kept_and_what_was_left_out_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = source(folder.path());
        for number in 1..4_u8 {
            let bytes = vec![number; 1000];
            let id = uuid::Uuid::from_u128(u128::from(number));
            crate::content::put(&source, id, &mut std::io::Cursor::new(bytes), &mut |_| true).expect("a content");
        }
        let made = copy(&source, &folder.path().join("copy"), None, 1500, &mut |_, _| true).expect("a copy");
        assert_eq!((made.compared.contents, made.compared.left), (2, 2), "the newest two: {made:?}");
    }

    #[test]
    fn what_was_wrong_before_is_copied_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = source(folder.path());
        source.execute("UPDATE evidence_chunk SET bytes = x'00'", []).expect("damage");
        copy(&source, &folder.path().join("copy"), None, u64::MAX, &mut |_, _| true).expect("a faithful copy");
    }
}
