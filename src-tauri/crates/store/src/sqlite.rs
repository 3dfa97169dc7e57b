//! The embedded implementation: one SQLCipher file.
//!
//! WAL and `synchronous=FULL`: what is acknowledged is on disk. One write transaction a command,
//! begun at once, so that what is read in it cannot change before it is written.

use crate::recognise::{APPLICATION_ID, FileKind, PAGE_SIZE, recognise};
use crate::{Change, Head, NewEntry, Reads, Result, Store, StoreError, StoredEntry, Transaction};
use crate::{backup, content, journal, migration, table};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;
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
use tillproof_domain::task::{Task, TaskComment};
use uuid::Uuid;
use zeroize::Zeroizing;

/// How long to wait for another writer.
const BUSY: Duration = Duration::from_secs(30);

/// An open workspace file.
pub struct SqliteStore {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) key: Option<Zeroizing<String>>,
    pub(crate) read_only: bool,
}

/// Makes sure that the SQLite in use is the bundled one: versions up to 3.51.2 could corrupt a WAL
/// that two connections write at once.
///
/// # Errors
/// The library is older, or has no cipher.
pub fn assert_library() -> Result<()> {
    let connection = Connection::open_in_memory()?;
    let cipher: Option<String> = connection.query_row("PRAGMA cipher_version", [], |row| row.get(0)).ok();
    if rusqlite::version_number() < 3_051_003 || cipher.is_none() {
        return Err(StoreError::Sql(format!("SQLite {} without cipher cannot be used", rusqlite::version())));
    }
    Ok(())
}

/// Opens a connection with the key set, before anything is read.
pub(crate) fn connect(path: &Path, key: Option<&str>, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    if let Some(key) = key {
        // A wrong passphrase is an answer to a person, not a line in a log.
        connection.pragma_update(None, "cipher_log_level", "NONE")?;
        connection.pragma_update(None, "key", key)?;
        // Fixed when the file is made and not written in it. Frozen; see docs/data-format.md.
        connection.pragma_update(None, "cipher_page_size", PAGE_SIZE)?;
        connection.pragma_update(None, "cipher_hmac_algorithm", "HMAC_SHA256")?;
    }
    Ok(connection)
}

/// Settings that hold for every connection, set before any table is read.
pub(crate) fn harden(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    for (pragma, value) in
        [("foreign_keys", 1), ("cell_size_check", 1), ("mmap_size", 0), ("secure_delete", 1), ("fullfsync", 1)]
    {
        connection.pragma_update(None, pragma, value)?;
    }
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
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
        let made = Self::fill(path, passphrase, first);
        if made.is_err() {
            for suffix in ["", "-wal", "-shm", "-journal"] {
                let mut name = path.as_os_str().to_owned();
                name.push(suffix);
                let _ = std::fs::remove_file(name);
            }
        }
        made
    }

    fn fill(path: &Path, passphrase: Option<&str>, first: NewEntry) -> Result<Self> {
        let mut connection = connect(path, passphrase, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.pragma_update(None, "page_size", PAGE_SIZE)?;
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        harden(&connection)?;
        migration::migrate(&mut connection, path, |_, _| Ok(()))?;
        let mut store = Self {
            connection,
            path: path.to_owned(),
            key: passphrase.map(|text| Zeroizing::new(text.to_owned())),
            read_only: false,
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
        let mut store = Self::open_unchecked(path, passphrase)?;
        store.quick_check()?;
        if !store.read_only {
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
        let kind = recognise(path)?;
        let passphrase = match (kind, passphrase) {
            (FileKind::Plain, _) => None,
            (FileKind::Encrypted, None | Some("")) => return Err(StoreError::PassphraseNeeded(path.to_owned())),
            (FileKind::Encrypted, passphrase) => passphrase,
        };
        let writable = std::fs::OpenOptions::new().write(true).open(path).is_ok();
        let flags = if writable { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
        let connection = connect(path, passphrase, flags)?;
        // The first read decides whether the key fits.
        let format = migration::format_of(&connection).map_err(|error| match error {
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
            connection.pragma_update(None, "synchronous", "FULL")?;
        }
        Ok(Self {
            connection,
            path: path.to_owned(),
            key: passphrase.map(|text| Zeroizing::new(text.to_owned())),
            read_only: !writable,
        })
    }

    /// Looks at the structure of every table but the two that grow without bound; `verify` looks at
    /// those.
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
            let said: String =
                self.connection.query_row(&format!("PRAGMA quick_check('{table}')"), [], |row| row.get(0))?;
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

    /// Whether the file is encrypted.
    #[must_use]
    pub const fn is_encrypted(&self) -> bool {
        self.key.is_some()
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
        table::all(&self.connection)
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

    /// An empty workspace in memory, to replay a journal into.
    ///
    /// # Errors
    /// There is no memory.
    pub fn empty_in_memory() -> Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        harden(&connection)?;
        migration::migrate(&mut connection, Path::new(":memory:"), |_, _| Ok(()))?;
        Ok(Self { connection, path: PathBuf::from(":memory:"), key: None, read_only: false })
    }
}

macro_rules! reads {
    ($($generics:tt)*) => {
        impl Reads for $($generics)* {
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
            fn breaches(&self) -> Result<Vec<Breach>> { table::breach::all(&self.connection) }
            fn breach(&self, id: BreachId) -> Result<Option<Breach>> { table::breach::one(&self.connection, id) }
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
        if self.read_only {
            return Err(StoreError::ReadOnly);
        }
        let connection = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Ok(Box::new(SqliteTransaction { connection }))
    }
}

/// A change under way.
struct SqliteTransaction<'a> {
    connection: rusqlite::Transaction<'a>,
}

impl Transaction for SqliteTransaction<'_> {
    fn put_content(
        &mut self,
        id: Uuid,
        source: &mut dyn Read,
        progress: &mut dyn FnMut(u64) -> bool,
    ) -> Result<(String, u64)> {
        content::put(&self.connection, id, source, progress)
    }

    fn commit(self: Box<Self>, entry: NewEntry) -> Result<Head> {
        for change in &entry.changes {
            table::apply(&self.connection, change)?;
        }
        let head = journal::append(&self.connection, entry)?;
        self.connection.commit()?;
        Ok(head)
    }
}
