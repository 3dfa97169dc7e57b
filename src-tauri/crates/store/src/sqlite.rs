//! The embedded implementation: one SQLCipher file.
//!
//! WAL and `synchronous=FULL`: what is acknowledged is on disk (`large` has the one exception to
//! the WAL). One write transaction a command,
//! begun at once, so that what is read in it cannot change before it is written.

use crate::connection::{begin_log, connect, harden, keep_log};
use crate::open_files::{self, OpenFile};
use crate::recognise::{APPLICATION_ID, FileKind, PAGE_SIZE, recognise};
use crate::rows::Rows;
use crate::{Change, Head, NewEntry, Reads, Result, Source, Store, StoreError, StoredEntry, Transaction};
use crate::{backup, content, journal, large, migration, place, reading, table};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tillproof_domain::answer::Answer;
use tillproof_domain::assessment::{Assessment, CriterionAnswer};
use tillproof_domain::checklist::ImportedChecklist;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::id::{
    AssessmentId, BreachId, EvidenceId, PersonRequestId, ProcessingId, ProviderId, RequirementId, TaskId,
};
use tillproof_domain::profile::Profile;
use tillproof_domain::provider::Provider;
use tillproof_domain::register::breach::Breach;
use tillproof_domain::register::person_request::PersonRequest;
use tillproof_domain::register::processing::Processing;
use tillproof_domain::reply::AuditorReply;
use tillproof_domain::signing_key::SigningKey;
use tillproof_domain::task::{Task, TaskComment};
use uuid::Uuid;
use zeroize::Zeroizing;

/// Rows up to which a table is looked at when a file is opened.
const CHECKED_ON_OPEN: i64 = 5_000;

/// An open workspace file.
pub struct SqliteStore {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) key: Option<Zeroizing<String>>,
    pub(crate) read_only: bool,
    /// The rows as they were last asked for.
    pub(crate) rows: Mutex<Option<Arc<Rows>>>,
    /// Behind the connection, since it is to be dropped after it.
    _open: OpenFile,
    /// The file itself, by what the system calls it, where the system does.
    pub(crate) file: Option<reading::FileId>,
    pub(crate) place: place::Place,
}

/// Whether a file can be written; of one that is open here already, that is known.
fn is_writable(path: &Path) -> bool {
    open_files::known(path)
        .map_or_else(|| std::fs::OpenOptions::new().write(true).open(path).is_ok(), |(_, writable)| writable)
}

impl SqliteStore {
    /// Makes a new file and writes its first entry. Nothing is left behind if that fails.
    ///
    /// # Errors
    /// The file exists already, or cannot be written.
    pub fn create(path: &Path, passphrase: Option<&str>, first: NewEntry) -> Result<Self> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        drop(options.open(path).map_err(StoreError::io(path))?);
        let made = Self::fill(path, passphrase, first, place::place_of(path));
        if made.is_err() {
            for suffix in ["", "-wal", "-shm", "-journal"] {
                let mut name = path.as_os_str().to_owned();
                name.push(suffix);
                let _ = std::fs::remove_file(name);
            }
        }
        made
    }

    fn fill(path: &Path, passphrase: Option<&str>, first: NewEntry, place: place::Place) -> Result<Self> {
        let kind = if passphrase.is_some() { FileKind::Encrypted } else { FileKind::Plain };
        let open = OpenFile::note(path, kind, true);
        let mut connection = connect(path, passphrase, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.pragma_update(None, "page_size", PAGE_SIZE)?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        begin_log(&connection, &place)?;
        harden(&connection)?;
        migration::migrate(&mut connection, path, |_, _| Ok(()))?;
        let mut store = Self {
            connection,
            path: path.to_owned(),
            key: passphrase.map(|text| Zeroizing::new(text.to_owned())),
            read_only: false,
            rows: Mutex::default(),
            _open: open,
            file: reading::file_id(path),
            place,
        };
        store.begin()?.commit(first)?;
        Ok(store)
    }

    /// Opens a file. A file that cannot be written is opened to read. An older format is brought up
    /// to date after a copy was made beside the file.
    ///
    /// # Errors
    /// The file is missing, no workspace, newer, damaged, or the passphrase is wrong.
    pub fn open(path: &Path, passphrase: Option<&str>) -> Result<Self> {
        Self::open_at(path, passphrase, place::place_of(path))
    }

    fn open_at(path: &Path, passphrase: Option<&str>, place: place::Place) -> Result<Self> {
        let mut store = Self::open_as(path, passphrase, is_writable(path), place)?;
        store.quick_check()?;
        if !store.read_only {
            // Not in the WAL where it was restored, or where a large import was cut short.
            if !store.place.is_network() {
                large::end(&store.connection);
            }
            let (copy_of, key) = (store.path.clone(), store.key.clone());
            migration::migrate(&mut store.connection, path, |connection, format| {
                backup::copy_before_migration(connection, &copy_of, key.as_deref().map(String::as_str), format)
            })?;
        }
        Ok(store)
    }

    /// Opens a file that may be damaged, to look at it.
    ///
    /// # Errors
    /// The file is missing, no workspace, newer, or the passphrase is wrong.
    pub fn open_unchecked(path: &Path, passphrase: Option<&str>) -> Result<Self> {
        Self::open_as(path, passphrase, is_writable(path), place::place_of(path))
    }

    /// Opens a file that may be damaged, and never writes it.
    pub(crate) fn open_to_read(path: &Path, passphrase: Option<&str>) -> Result<Self> {
        Self::open_as(path, passphrase, false, place::place_of(path))
    }

    fn open_as(path: &Path, passphrase: Option<&str>, writable: bool, place: place::Place) -> Result<Self> {
        let kind = recognise(path)?;
        let passphrase = match (kind, passphrase) {
            (FileKind::Plain, _) => None,
            (FileKind::Encrypted, None | Some("")) => return Err(StoreError::PassphraseNeeded(path.to_owned())),
            (FileKind::Encrypted, passphrase) => passphrase,
        };
        let open = OpenFile::note(path, kind, writable);
        let (connection, format) = if writable {
            let connection = connect(path, passphrase, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            let format = migration::format_of(&connection);
            (connection, format)
        } else {
            reading::connect(path, passphrase)?
        };
        // The first read decides whether the key fits.
        let format = format.map_err(|error| match error {
            StoreError::Damaged(_) if passphrase.is_some() => StoreError::WrongPassphrase(path.to_owned()),
            StoreError::Damaged(_) => StoreError::NotAWorkspace(path.to_owned()),
            other => other,
        })?;
        let id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if id != APPLICATION_ID || format == 0 {
            return Err(StoreError::NotAWorkspace(path.to_owned()));
        }
        if format > crate::FORMAT {
            return Err(StoreError::Newer { path: path.to_owned(), found: format, known: crate::FORMAT });
        }
        harden(&connection)?;
        if writable {
            keep_log(&connection, &place)?;
        }
        Ok(Self {
            connection,
            path: path.to_owned(),
            key: passphrase.map(|text| Zeroizing::new(text.to_owned())),
            read_only: !writable,
            rows: Mutex::default(),
            _open: open,
            file: reading::file_id(path),
            place,
        })
    }

    /// Looks at the structure of the tables that are not large: opening must not take the longer the
    /// more there is. `verify` looks at everything.
    fn quick_check(&self) -> Result<()> {
        let tables: Vec<String> = self
            .connection
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table'
                 AND name NOT IN ('evidence_chunk', 'journal', 'journal_subject')",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for table in tables {
            let rows: i64 =
                self.connection
                    .query_row(&format!("SELECT coalesce(max(rowid), 0) FROM \"{table}\""), [], |row| row.get(0))?;
            if rows > CHECKED_ON_OPEN {
                continue;
            }
            let said: String =
                self.connection.query_row(&format!("PRAGMA quick_check(\"{table}\")"), [], |row| row.get(0))?;
            if said != "ok" {
                return Err(StoreError::Damaged(format!("{table}: {said}")));
            }
        }
        Ok(())
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What kind of place the file lies in.
    #[must_use]
    pub const fn place(&self) -> &place::Place {
        &self.place
    }

    /// A number that changes when another connection writes, and not when this one does. Only of use
    /// to be compared with an earlier one of the same connection.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn version(&self) -> Result<i64> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Whether the file is encrypted.
    #[must_use]
    pub const fn is_encrypted(&self) -> bool {
        self.key.is_some()
    }

    /// The passphrase it was opened with; none for a file that is not encrypted.
    #[must_use]
    pub fn passphrase(&self) -> Option<Zeroizing<String>> {
        self.key.clone()
    }

    /// Whether the file can only be read.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Sets another passphrase. The whole file is written anew under it, in one transaction.
    ///
    /// # Errors
    /// `current` is not the passphrase, the file is not encrypted, or cannot be written.
    pub fn rekey(&mut self, current: &str, new: &str) -> Result<()> {
        if self.read_only {
            return Err(StoreError::ReadOnly);
        }
        if self.key.as_deref().map(String::as_str) != Some(current) {
            return Err(StoreError::WrongPassphrase(self.path.clone()));
        }
        self.connection.pragma_update(None, "rekey", new)?;
        self.key = Some(Zeroizing::new(new.to_owned()));
        Ok(())
    }

    /// Every row of every table, in the form of the journal, for tests and for comparing.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn rows(&self) -> Result<Vec<Change>> {
        let mut rows = Vec::new();
        table::each(&self.connection, &mut |row| rows.push(row))?;
        Ok(rows)
    }

    /// Writes the rows of an entry without appending to the journal, for replaying into an empty
    /// workspace.
    ///
    /// # Errors
    /// A row does not follow on what is there.
    pub fn replay(&mut self, changes: &[Change]) -> Result<()> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // The contents of evidence are not in the journal.
        transaction.pragma_update(None, "defer_foreign_keys", 1)?;
        for change in changes {
            if let Change::Evidence(row) = change {
                transaction
                    .prepare_cached("INSERT OR IGNORE INTO evidence_content (id, sha256, size) VALUES (?1, ?1, ?2)")?
                    .execute(rusqlite::params![row.sha256, row.size])?;
            }
            table::apply(&transaction, change)?;
        }
        Ok(transaction.commit()?)
    }

    /// Writes many entries in one transaction: the way to make a large workspace quickly. `each`
    /// may store contents first and answers the next entry, or none to end.
    ///
    /// # Errors
    /// A row does not follow on what is there; then nothing is written.
    pub fn write_many(
        &mut self,
        mut each: impl FnMut(&mut dyn Transaction) -> Result<Option<NewEntry>>,
    ) -> Result<Head> {
        if self.read_only {
            return Err(StoreError::ReadOnly);
        }
        let (connection, rows) = (&self.connection, &self.rows);
        let begun = rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let mut transaction = SqliteTransaction { connection, transaction: Some(begun), large: false, rows };
        let mut head = transaction.head()?;
        while let Some(entry) = each(&mut transaction)? {
            head = transaction.write(entry)?;
        }
        transaction.end()?;
        Ok(head)
    }

    /// An empty workspace in memory, to replay a journal into.
    ///
    /// # Errors
    /// There is no memory.
    pub fn empty_in_memory() -> Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        harden(&connection)?;
        migration::migrate(&mut connection, Path::new(":memory:"), |_, _| Ok(()))?;
        Ok(Self {
            connection,
            path: PathBuf::from(":memory:"),
            key: None,
            read_only: false,
            rows: Mutex::default(),
            _open: OpenFile::none(),
            file: None,
            place: place::Place::Local,
        })
    }

    /// Whether the file that was opened still lies where it was opened. A program that copies folders
    /// between machines puts another file in its place; what is written after that would be lost.
    #[must_use]
    pub fn is_in_place(&self) -> bool {
        self.file.is_none() || reading::file_id(&self.path) == self.file
    }
}

macro_rules! reads {
    ($($generics:tt)*) => {
        impl Reads for $($generics)* {
            fn rows(&self) -> Result<Arc<Rows>> { self.kept_rows() }
            fn profile(&self) -> Result<Profile> { table::profile::the_one(&self.connection) }
            fn assessments(&self) -> Result<Vec<Assessment>> { table::assessment::all(&self.connection) }
            fn criteria(&self, assessment: AssessmentId) -> Result<Vec<CriterionAnswer>> {
                table::criterion::of(&self.connection, assessment)
            }
            fn answers(&self, assessment: AssessmentId) -> Result<Vec<Answer>> {
                table::answer::of(&self.connection, assessment)
            }
            fn answer(&self, assessment: AssessmentId, requirement: &RequirementId) -> Result<Option<Answer>> {
                table::answer::one(&self.connection, assessment, requirement)
            }
            fn evidence_list(&self) -> Result<Vec<Evidence>> { table::evidence::all(&self.connection) }
            fn evidence(&self, id: EvidenceId) -> Result<Option<Evidence>> { table::evidence::one(&self.connection, id) }
            fn evidence_with_content(&self, sha256: &str) -> Result<Vec<Evidence>> {
                table::evidence::with_content(&self.connection, sha256)
            }
            fn has_content_of(&self, size: u64) -> Result<bool> { table::evidence::has_content_of(&self.connection, size) }
            fn tasks(&self) -> Result<Vec<Task>> { table::task::all(&self.connection) }
            fn task(&self, id: TaskId) -> Result<Option<Task>> { table::task::one(&self.connection, id) }
            fn comments(&self) -> Result<Vec<TaskComment>> { table::task_comment::all(&self.connection) }
            fn checklists(&self) -> Result<Vec<ImportedChecklist>> { table::checklist::all(&self.connection) }
            fn checklist_hashes(&self) -> Result<Vec<String>> { table::checklist::hashes(&self.connection) }
            fn providers(&self) -> Result<Vec<Provider>> { table::provider::all(&self.connection) }
            fn provider(&self, id: ProviderId) -> Result<Option<Provider>> { table::provider::one(&self.connection, id) }
            fn processing_list(&self) -> Result<Vec<Processing>> { table::processing::all(&self.connection) }
            fn processing(&self, id: ProcessingId) -> Result<Option<Processing>> {
                table::processing::one(&self.connection, id)
            }
            fn person_requests(&self) -> Result<Vec<PersonRequest>> { table::person_request::all(&self.connection) }
            fn person_request(&self, id: PersonRequestId) -> Result<Option<PersonRequest>> {
                table::person_request::one(&self.connection, id)
            }
            fn replies(&self) -> Result<Vec<AuditorReply>> { table::reply::all(&self.connection) }
            fn breaches(&self) -> Result<Vec<Breach>> { table::breach::all(&self.connection) }
            fn breach(&self, id: BreachId) -> Result<Option<Breach>> { table::breach::one(&self.connection, id) }
            fn signing_keys(&self) -> Result<Vec<SigningKey>> { table::signing_key::all(&self.connection) }
            fn private_key(&self, sha256: &str) -> Result<Zeroizing<Vec<u8>>> {
                table::signing_key::private(&self.connection, sha256)
            }
            fn head(&self) -> Result<Head> { journal::head(&self.connection) }
            fn journal(&self, before: Option<u64>, limit: u32, subject: Option<&str>) -> Result<Vec<StoredEntry>> {
                journal::page(&self.connection, before, limit, subject)
            }
            fn read_content(
                &self,
                sha256: &str,
                sink: &mut dyn FnMut(&[u8]) -> std::io::Result<bool>,
            ) -> Result<()> {
                content::read(&self.connection, sha256, sink)
            }
        }
    };
}

reads!(SqliteStore);
reads!(SqliteTransaction<'_>);

impl Store for SqliteStore {
    fn begin(&mut self) -> Result<Box<dyn Transaction + '_>> {
        self.begin_with(0)
    }

    fn begin_with(&mut self, bytes: u64) -> Result<Box<dyn Transaction + '_>> {
        if self.read_only {
            return Err(StoreError::ReadOnly);
        }
        if !self.is_in_place() {
            return Err(StoreError::Replaced(self.path.clone()));
        }
        let (connection, rows) = (&self.connection, &self.rows);
        // On a network drive there is no write-ahead log to be left.
        if bytes >= large::LARGE
            && self.place == place::Place::Local
            && let Some(transaction) = large::begin(connection)?
        {
            return Ok(Box::new(SqliteTransaction { connection, transaction: Some(transaction), large: true, rows }));
        }
        let transaction = rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        Ok(Box::new(SqliteTransaction { connection, transaction: Some(transaction), large: false, rows }))
    }
}

/// A change under way.
struct SqliteTransaction<'a> {
    connection: &'a Connection,
    /// Until it is committed.
    transaction: Option<rusqlite::Transaction<'a>>,
    large: bool,
    rows: &'a Mutex<Option<Arc<Rows>>>,
}

impl Drop for SqliteTransaction<'_> {
    fn drop(&mut self) {
        // Rolls back, unless it was committed.
        drop(self.transaction.take());
        if self.large {
            large::end(self.connection);
        }
    }
}

/// The most entries that are followed one by one; after more, all is read anew.
const FOLLOWED: u64 = 5_000;

/// Brings the rows up to date. Must run inside a transaction, so that they are of one moment.
fn rows_now(connection: &Connection, kept: &Mutex<Option<Arc<Rows>>>) -> Result<Arc<Rows>> {
    let head = journal::head(connection)?;
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(rows) = kept.as_mut() {
        if rows.head == head {
            return Ok(Arc::clone(rows));
        }
        let behind = head.seq.saturating_sub(rows.head.seq);
        if (1..=FOLLOWED).contains(&behind)
            && journal::hash_of(connection, rows.head.seq)?.as_deref() == Some(&rows.head.hash)
        {
            let mut entries = Vec::new();
            journal::each(connection, rows.head.seq, &mut |stored| {
                entries.push(stored);
                Ok(true)
            })?;
            // Whoever still holds the rows of before has all of them copied here: slow, and right.
            Arc::make_mut(rows).follow(entries);
            return Ok(Arc::clone(rows));
        }
    }
    // What is signed off does not change and is read when it is asked for.
    let rows = Arc::new(Rows::filled(head, |sink| table::current(connection, sink))?);
    *kept = Some(Arc::clone(&rows));
    Ok(rows)
}

impl SqliteStore {
    fn kept_rows(&self) -> Result<Arc<Rows>> {
        let reading = self.connection.unchecked_transaction()?;
        rows_now(&reading, &self.rows)
    }
}

impl SqliteTransaction<'_> {
    /// Writes the rows of an entry and the entry.
    fn write(&self, entry: NewEntry) -> Result<Head> {
        for change in &entry.changes {
            table::apply(self.connection, change)?;
        }
        journal::append(self.connection, entry)
    }

    fn end(&mut self) -> Result<()> {
        self.transaction.take().map_or(Ok(()), |transaction| Ok(transaction.commit()?))
    }

    fn kept_rows(&self) -> Result<Arc<Rows>> {
        rows_now(self.connection, self.rows)
    }
}

impl Transaction for SqliteTransaction<'_> {
    fn put_content(
        &mut self,
        id: Uuid,
        source: &mut dyn Source,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<(String, u64)> {
        content::put(self.connection, id, source, progress)
    }

    fn put_private_key(&mut self, bytes: &[u8]) -> Result<String> {
        table::signing_key::put_private(self.connection, bytes)
    }

    fn commit(mut self: Box<Self>, entry: NewEntry) -> Result<Head> {
        let head = self.write(entry)?;
        self.end()?;
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::tests::SHARE;

    #[test]
    fn a_workspace_on_a_network_drive_is_made_opened_and_written_without_the_log() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.tillproof");
        let mode = |store: &SqliteStore| -> String {
            store.connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).expect("a mode")
        };
        let first = || NewEntry {
            at: tillproof_domain::time::Timestamp(1_795_341_600_000_000),
            actor: "Ada".to_owned(),
            command: "create_workspace",
            changes: Vec::new(),
        };
        std::fs::File::create_new(&path).expect("a file");
        let made = SqliteStore::fill(&path, None, first(), SHARE).expect("it is made");
        assert_eq!(mode(&made), "delete", "where it is made");
        drop(made);
        drop(SqliteStore::open_at(&path, None, place::Place::Local).expect("it opens"));
        assert_eq!(mode(&SqliteStore::open(&path, None).expect("it opens")), "wal", "on a disk of this machine");
        let mut store = SqliteStore::open_at(&path, None, SHARE).expect("it opens");
        assert_eq!(mode(&store), "delete", "where it is opened");
        store.begin_with(large::LARGE).expect("it begins").commit(first()).expect("it is written");
        assert_eq!(mode(&store), "delete", "also where much was written");
    }
}
