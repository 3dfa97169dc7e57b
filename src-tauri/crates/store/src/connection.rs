//! A connection to a workspace file: its key, the settings that hold for every one, and how changes
//! reach the disk.

use crate::place::Place;
use crate::recognise::PAGE_SIZE;
use crate::{Result, StoreError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// How long to wait for another writer.
pub(crate) const BUSY: Duration = Duration::from_secs(30);

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
    with_key(Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?, key)
}

/// The same to read only, through a part of SQLite that takes no locks.
pub(crate) fn connect_without_locks(path: &Path, key: Option<&str>, vfs: &str) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    with_key(Connection::open_with_flags_and_vfs(path, flags, vfs)?, key)
}

fn with_key(connection: Connection, key: Option<&str>) -> Result<Connection> {
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

/// Sets how changes of a workspace reach the disk, when it is made or put in place.
pub(crate) fn begin_log(connection: &Connection, place: &Place) -> Result<()> {
    if !place.is_network() {
        connection.pragma_update(None, "journal_mode", "WAL")?;
    }
    keep_log(connection, place)
}

/// Sets how changes reach the disk, in a file as it is.
///
/// The write-ahead log needs memory that all its readers share, which two machines do not have: on a
/// network drive it would let them overwrite each other. There the log is left for the rollback
/// journal, which only asks the drive for locks. Where somebody uses the log at this moment it stays,
/// because leaving it takes the file alone.
pub(crate) fn keep_log(connection: &Connection, place: &Place) -> Result<()> {
    let mode = |connection: &Connection| -> Result<String> {
        Ok(connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?)
    };
    let mut kept = mode(connection)?;
    if place.is_network() && kept == "wal" {
        connection.busy_timeout(Duration::ZERO)?;
        // Whether it was left is asked, not assumed.
        let _ = connection.pragma_update(None, "journal_mode", "DELETE");
        connection.busy_timeout(BUSY)?;
        kept = mode(connection)?;
    }
    // Without the log, the removed journal must have reached the disk too, or the change comes undone.
    connection.pragma_update(None, "synchronous", if kept == "wal" { "FULL" } else { "EXTRA" })?;
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::place::Network;

    /// A drive that other machines write to.
    pub(crate) const SHARE: Place = Place::Network(Network::Smb);

    #[test]
    fn on_a_network_drive_the_log_is_left_for_the_rollback_journal() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("shop.tillproof");
        let open = || connect(&path, None, OpenFlags::default()).expect("it opens");
        let mode = |connection: &Connection| -> (String, i64) {
            let of = |name| connection.pragma_query_value(None, name, |row| row.get(0)).expect("a mode");
            let synchronous = connection.pragma_query_value(None, "synchronous", |row| row.get(0)).expect("a mode");
            (of("journal_mode"), synchronous)
        };
        let first = open();
        begin_log(&first, &Place::Local).expect("it is set");
        first.execute_batch("CREATE TABLE one (value)").expect("a table");
        assert_eq!(mode(&first), ("wal".to_owned(), 2), "on a disk of this machine");
        let second = open();
        keep_log(&second, &SHARE).expect("it is set");
        assert_eq!(mode(&second).0, "wal", "somebody uses the log at this moment");
        drop(first);
        keep_log(&second, &SHARE).expect("it is set");
        assert_eq!(mode(&second), ("delete".to_owned(), 3), "the file is left alone, and waits for more");
        let third = open();
        keep_log(&third, &SHARE).expect("it is set");
        for (writer, value) in [(&second, 1), (&third, 2), (&second, 3)] {
            writer.execute("INSERT INTO one VALUES (?)", [value]).expect("they write in turn");
        }
        let names: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(names.len(), 1, "nothing lies beside the file");
    }
}
