//! Whether a copy says what its source says, read back from the disk: every row of every table by
//! its SHA-256, and the bytes of evidence by the hash they are stored under.
//!
//! What a program handed to the system is not what lies on the disk, so nothing that was written is
//! trusted here before it was read again.

use crate::journal::{self, hex};
use crate::{Head, Result, StoreError, content};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

/// What a workspace says at one moment.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) head: Head,
    /// Name, rows and SHA-256 of each table; of the bytes of evidence the rows only.
    tables: Vec<(String, u64, [u8; 32])>,
}

/// What was compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// Rows of all tables.
    pub rows: u64,
    /// Evidence contents whose bytes were hashed.
    pub contents: u64,
    /// Bytes hashed.
    pub bytes: u64,
    /// Contents that were left out, as the bound was reached.
    pub left: u64,
}

impl Said {
    /// Reads everything but the bytes of evidence. Call it within a transaction.
    pub(crate) fn by(connection: &Connection) -> Result<Self> {
        let names: Vec<String> = connection
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let tables = names
            .into_iter()
            .map(|name| {
                let (rows, hash) = if name == "evidence_chunk" {
                    (count(connection, &name)?, [0; 32])
                } else {
                    rows(connection, &name)?
                };
                Ok((name, rows, hash))
            })
            .collect::<Result<_>>()?;
        Ok(Self { head: journal::head(connection)?, tables })
    }

    /// The first difference to what another says.
    pub(crate) fn difference(&self, other: &Self) -> Option<String> {
        if self.head != other.head {
            return Some(format!("journal entry {} ≠ {}", other.head.seq, self.head.seq));
        }
        let mut pairs = self.tables.iter().zip(&other.tables);
        let differs = pairs.find(|(one, two)| one != two).map(|((name, ..), _)| name.clone());
        differs.or_else(|| (self.tables.len() != other.tables.len()).then(|| "tables".to_owned()))
    }

    pub(crate) fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows, _)| rows).sum()
    }
}

fn count(connection: &Connection, table: &str) -> Result<u64> {
    Ok(connection.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0))?)
}

fn rows(connection: &Connection, table: &str) -> Result<(u64, [u8; 32])> {
    let mut select = connection.prepare(&format!("SELECT * FROM \"{table}\""))?;
    let columns = select.column_count();
    let mut hasher = Sha256::new();
    let mut count = 0;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            // Kind and length come first, so that no two rows have the same bytes.
            let (kind, bytes): (u8, &[u8]) = match row.get_ref(column)? {
                ValueRef::Null => (0, &[]),
                ValueRef::Integer(number) => {
                    hasher.update([1]);
                    hasher.update(number.to_be_bytes());
                    continue;
                }
                ValueRef::Real(number) => {
                    hasher.update([2]);
                    hasher.update(number.to_be_bytes());
                    continue;
                }
                ValueRef::Text(bytes) => (3, bytes),
                ValueRef::Blob(bytes) => (4, bytes),
            };
            hasher.update([kind]);
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        }
        count += 1;
    }
    Ok((count, hasher.finalize().into()))
}

/// Hashes the evidence of a copy, the newest first, until `bound` bytes are reached. A content that
/// is not what its hash says is no fault of the copy where the source has the very same bytes.
pub(crate) fn contents(
    copy: &Connection,
    source: &Connection,
    bound: u64,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Compared> {
    let all: Vec<(String, u64)> = copy
        .prepare("SELECT sha256, size FROM evidence_content ORDER BY id DESC")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let total = all.iter().map(|(_, size)| size).sum::<u64>().min(bound);
    let mut compared = Compared::default();
    for (sha256, _) in &all {
        if compared.bytes >= bound {
            compared.left += 1;
            continue;
        }
        let before = compared.bytes;
        let found = hash(copy, sha256, &mut |read| progress((before + read).min(total), total))?;
        compared.bytes += found.1;
        compared.contents += 1;
        if found.0.as_ref() != Some(sha256) && hash(source, sha256, &mut |_| true)?.0 != found.0 {
            return Err(StoreError::CopyDiffers(format!("evidence {sha256}")));
        }
    }
    Ok(compared)
}

/// The hash of the bytes that are kept under a name, or none if they are missing; and their count.
fn hash(connection: &Connection, sha256: &str, progress: &mut dyn FnMut(u64) -> bool) -> Result<(Option<String>, u64)> {
    let mut hasher = Sha256::new();
    let mut read = 0;
    let outcome = content::read(connection, sha256, &mut |bytes| {
        hasher.update(bytes);
        read += bytes.len() as u64;
        Ok(progress(read))
    });
    match outcome {
        Ok(()) => Ok((Some(hex(&hasher.finalize())), read)),
        Err(StoreError::ContentMissing(_)) => Ok((None, read)),
        Err(error) => Err(error),
    }
}
