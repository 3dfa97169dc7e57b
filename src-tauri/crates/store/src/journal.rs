//! The hash-chained list of every change.
//!
//! An entry is written once and never again. Its body is kept as the very bytes that were hashed,
//! so that anybody can check the chain with a SHA-256 tool and no knowledge of Tillproof.

use crate::{Change, Result, StoreError};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tillproof_domain::time::Timestamp;

/// The hash before the first entry.
const GENESIS: [u8; 32] = [0; 32];

/// The last entry of a journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// Its number, from 1; 0 for an empty journal.
    pub seq: u64,
    /// Its hash, 64 lower-case hex digits.
    pub hash: String,
}

/// An entry to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// The command that makes the change.
    pub command: &'static str,
    /// The rows it leaves.
    pub changes: Vec<Change>,
}

/// An entry. Frozen: this struct, serialised with its fields in this order and no white space, is
/// the body that is hashed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// The command that made the change.
    pub command: String,
    /// The rows it left.
    pub changes: Vec<Change>,
}

impl Entry {
    /// What a person would look the entry up by: the ids it touches, and `by` with who made it.
    #[must_use]
    pub fn subjects(&self) -> Vec<String> {
        let mut subjects: Vec<String> = self.changes.iter().flat_map(Change::subjects).collect();
        subjects.push(by(&self.actor));
        subjects.sort_unstable();
        subjects.dedup();
        subjects
    }
}

/// The subject of all entries of one person.
#[must_use]
pub fn by(actor: &str) -> String {
    format!("by {actor}")
}

/// An entry as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// The entry.
    pub entry: Entry,
    /// Its hash, 64 lower-case hex digits.
    pub hash: String,
}

/// The hash of an entry: SHA-256 of the hash before it (32 bytes) and its body. Frozen.
pub(crate) fn chain(previous: &[u8; 32], body: &[u8]) -> [u8; 32] {
    Sha256::new().chain_update(previous).chain_update(body).finalize().into()
}

/// Lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The 32 bytes of a hash in hex digits.
pub(crate) fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(bytes)
}

pub(crate) fn genesis() -> [u8; 32] {
    GENESIS
}

pub(crate) fn head(connection: &Connection) -> Result<Head> {
    let last = connection
        .prepare_cached("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok(Head { seq: row.get(0)?, hash: row.get(1)? }))
        .optional()?;
    Ok(last.unwrap_or_else(|| Head { seq: 0, hash: hex(&GENESIS) }))
}

/// Appends an entry to the chain.
pub(crate) fn append(connection: &Connection, new: NewEntry) -> Result<Head> {
    let last = head(connection)?;
    let previous =
        unhex(&last.hash).ok_or_else(|| StoreError::Damaged(format!("journal entry {} has no hash", last.seq)))?;
    let entry = Entry {
        seq: last.seq + 1,
        at: new.at,
        actor: new.actor,
        command: new.command.to_owned(),
        changes: new.changes,
    };
    let body = serde_json::to_string(&entry)?;
    let hash = hex(&chain(&previous, body.as_bytes()));
    connection
        .prepare_cached("INSERT INTO journal (seq, hash, body) VALUES (?, ?, ?)")?
        .execute(params![entry.seq, hash, body])?;
    let subjects = entry.subjects();
    let mut insert = connection.prepare_cached("INSERT INTO journal_subject (subject, seq) VALUES (?, ?)")?;
    for subject in subjects {
        insert.execute(params![subject, entry.seq])?;
    }
    Ok(Head { seq: entry.seq, hash })
}

/// Entries, the newest first.
pub(crate) fn page(
    connection: &Connection,
    before: Option<u64>,
    limit: u32,
    subject: Option<&str>,
) -> Result<Vec<StoredEntry>> {
    let before = before.unwrap_or(i64::MAX as u64).min(i64::MAX as u64);
    let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let rows: Vec<(String, String)> = match subject {
        None => connection
            .prepare_cached("SELECT hash, body FROM journal WHERE seq < ? ORDER BY seq DESC LIMIT ?")?
            .query_map(params![before, limit], read)?
            .collect::<rusqlite::Result<_>>()?,
        Some(subject) => connection
            .prepare_cached(
                "SELECT j.hash, j.body FROM journal_subject s JOIN journal j ON j.seq = s.seq
                 WHERE s.subject = ? AND s.seq < ? ORDER BY s.seq DESC LIMIT ?",
            )?
            .query_map(params![subject, before, limit], read)?
            .collect::<rusqlite::Result<_>>()?,
    };
    rows.into_iter().map(|(hash, body)| Ok(StoredEntry { entry: serde_json::from_str(&body)?, hash })).collect()
}

/// Hands every entry after `seq` to `sink`, the oldest first, until it answers no.
pub(crate) fn each(connection: &Connection, seq: u64, sink: &mut dyn FnMut(StoredEntry) -> Result<bool>) -> Result<()> {
    let mut select = connection.prepare_cached("SELECT hash, body FROM journal WHERE seq > ? ORDER BY seq")?;
    let mut rows = select.query([seq])?;
    while let Some(row) = rows.next()? {
        let entry = serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
        if !sink(StoredEntry { entry, hash: row.get(0)? })? {
            break;
        }
    }
    Ok(())
}

impl crate::SqliteStore {
    /// Hands number, hash and body of every entry up to `until` to `sink`, the oldest first, until
    /// it answers no. The body is the very text that was hashed.
    ///
    /// # Errors
    /// The journal cannot be read.
    pub fn journal_bodies(&self, until: u64, sink: &mut dyn FnMut(u64, &str, &str) -> bool) -> Result<()> {
        let until = until.min(i64::MAX as u64);
        let mut select =
            self.connection.prepare_cached("SELECT seq, hash, body FROM journal WHERE seq <= ? ORDER BY seq")?;
        let mut rows = select.query([until])?;
        while let Some(row) = rows.next()? {
            let text = |at| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
            if !sink(row.get(0)?, text(1)?, text(2)?) {
                break;
            }
        }
        Ok(())
    }
}

/// The hash of one entry.
pub(crate) fn hash_of(connection: &Connection, seq: u64) -> Result<Option<String>> {
    let mut select = connection.prepare_cached("SELECT hash FROM journal WHERE seq = ?")?;
    Ok(select.query_row([seq], |row| row.get(0)).optional()?)
}
