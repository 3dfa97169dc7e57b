//! The bytes of evidence: stored once under their SHA-256, in chunks of 1 MiB, never changed.
//!
//! Memory does not grow with the size of a content: one chunk is in hand at a time.

use crate::journal::hex;
use crate::{Result, StoreError};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;
use uuid::Uuid;

/// Bytes in a chunk; the last one may be shorter. Frozen.
pub(crate) const CHUNK: usize = 1024 * 1024;

/// Stores what `source` gives. Must run inside a transaction.
pub(crate) fn put(
    connection: &Connection,
    id: Uuid,
    source: &mut dyn Read,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<(String, u64)> {
    let id = id.to_string();
    let mut hasher = Sha256::new();
    let mut size = 0_u64;
    let mut chunk = vec![0; CHUNK];
    {
        let mut insert =
            connection.prepare_cached("INSERT INTO evidence_chunk (content_id, seq, bytes) VALUES (?, ?, ?)")?;
        for seq in 0_i64.. {
            let filled = fill(source, &mut chunk)?;
            if filled == 0 {
                break;
            }
            hasher.update(&chunk[..filled]);
            insert.execute(params![id, seq, &chunk[..filled]])?;
            size += filled as u64;
            if !progress(size) {
                return Err(StoreError::Cancelled);
            }
        }
    }
    let sha256 = hex(&hasher.finalize());
    let known: Option<String> = connection
        .prepare_cached("SELECT id FROM evidence_content WHERE sha256 = ?")?
        .query_row([&sha256], |row| row.get(0))
        .optional()?;
    if known.is_some() {
        connection.prepare_cached("DELETE FROM evidence_chunk WHERE content_id = ?")?.execute([&id])?;
    } else {
        connection
            .prepare_cached("INSERT INTO evidence_content (id, sha256, size) VALUES (?, ?, ?)")?
            .execute(params![id, sha256, size])?;
    }
    Ok((sha256, size))
}

fn fill(source: &mut dyn Read, chunk: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < chunk.len() {
        match source.read(&mut chunk[filled..]) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(StoreError::io(Path::new("evidence"))(error)),
        }
    }
    Ok(filled)
}

/// Hands the chunks of a content to `sink`, in order.
pub(crate) fn read(
    connection: &Connection,
    sha256: &str,
    sink: &mut dyn FnMut(&[u8]) -> std::io::Result<bool>,
) -> Result<()> {
    let id: String = connection
        .prepare_cached("SELECT id FROM evidence_content WHERE sha256 = ?")?
        .query_row([sha256], |row| row.get(0))
        .optional()?
        .ok_or_else(|| StoreError::ContentMissing(sha256.to_owned()))?;
    let mut select = connection.prepare_cached("SELECT bytes FROM evidence_chunk WHERE content_id = ? ORDER BY seq")?;
    let mut rows = select.query([id])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(0)?.as_blob().map_err(|error| StoreError::Damaged(error.to_string()))?;
        if !sink(bytes).map_err(StoreError::io(Path::new("evidence")))? {
            return Err(StoreError::Cancelled);
        }
    }
    Ok(())
}
