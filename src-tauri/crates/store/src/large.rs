//! How many bytes of evidence are written at once: past the write-ahead log.
//!
//! In a write-ahead log every page is written twice. A rollback journal keeps the old pages only,
//! and the pages of new evidence have no old ones, so a large import writes half as much. It is as
//! safe: a process that dies leaves the journal, and whoever opens the file next rolls back.
//! It needs the file alone, so it is used only where nobody else has it open; otherwise the
//! write-ahead log has to do.

use crate::connection::BUSY;
use crate::{Result, StoreError};
use rusqlite::{Connection, TransactionBehavior};
use std::time::Duration;

/// Bytes from which on an import is worth it.
pub(crate) const LARGE: u64 = 32 * 1024 * 1024;

/// Begins a transaction outside of the write-ahead log. `None` where somebody else has the file
/// open, or the system does not go along; then everything is as it was.
pub(crate) fn begin(connection: &Connection) -> Result<Option<rusqlite::Transaction<'_>>> {
    connection.busy_timeout(Duration::ZERO)?;
    let begun = alone(connection);
    connection.busy_timeout(BUSY)?;
    if !matches!(begun, Ok(Some(_))) {
        end(connection);
    }
    begun
}

fn alone(connection: &Connection) -> Result<Option<rusqlite::Transaction<'_>>> {
    // EXTRA also makes durable that the journal is gone; it belongs to the commit.
    let changed = connection
        .pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get::<_, String>(0))
        .and_then(|mode| connection.pragma_update(None, "synchronous", "EXTRA").map(|()| mode));
    match changed.map_err(StoreError::from) {
        Ok(mode) if mode == "delete" => {}
        Ok(_) | Err(StoreError::Busy) => return Ok(None),
        Err(error) => return Err(error),
    }
    match rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Exclusive).map_err(StoreError::from) {
        Ok(transaction) => Ok(Some(transaction)),
        Err(StoreError::Busy) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Goes back to the write-ahead log. Where somebody has begun to read in the meantime the file
/// stays as it is, and the next opening sees to it.
pub(crate) fn end(connection: &Connection) {
    let _ = connection.busy_timeout(Duration::ZERO);
    let _ = connection.pragma_update(None, "journal_mode", "WAL");
    let _ = connection.busy_timeout(BUSY);
    let in_log = connection
        .pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0))
        .is_ok_and(|mode| mode == "wal");
    let _ = connection.pragma_update(None, "synchronous", if in_log { "FULL" } else { "EXTRA" });
}
