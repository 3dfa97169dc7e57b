//! The bytes of evidence: stored once under their SHA-256, in chunks of 1 MiB, never changed.
//!
//! Memory does not grow with the size of a content: a handful of chunks is in hand at a time.

use crate::journal::hex;
use crate::{Result, StoreError};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use uuid::Uuid;

/// Where the bytes of evidence come from. It is read in a thread of its own, and may be read twice.
pub trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// Bytes in a chunk; the last one may be shorter. Frozen.
pub(crate) const CHUNK: usize = 1024 * 1024;

/// Chunks that are read and hashed ahead of the one that is being written.
const AHEAD: usize = 2;

/// Stores what `source` gives. Must run inside a transaction.
///
/// What is in one chunk is hashed first and written only if it is new. Of more, a second thread
/// reads and hashes while this one encrypts and writes.
pub(crate) fn put(
    connection: &Connection,
    id: Uuid,
    source: &mut dyn Source,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<(String, u64)> {
    let mut first = vec![0; CHUNK];
    let filled = fill(source, &mut first)?;
    first.truncate(filled);
    if filled < CHUNK {
        let sha256 = hex(&Sha256::digest(&first));
        if !is_known(connection, &sha256)? {
            let id = id.to_string();
            if filled > 0 {
                insert_chunk(connection, &id, 0, &first)?;
            }
            insert_content(connection, &id, &sha256, filled as u64)?;
        }
        let size = filled as u64;
        return if progress(size) { Ok((sha256, size)) } else { Err(StoreError::Cancelled) };
    }
    // Bytes that are there already are found before they are written a second time: pages that a
    // deleted copy leaves would stay in the file.
    if let Some(found) = known_by_size(connection, source)? {
        return Ok(found);
    }
    put_long(connection, &id.to_string(), first, source, progress)
}

/// Stores a content of a chunk or more, of which the first chunk was read.
fn put_long(
    connection: &Connection,
    id: &str,
    first: Vec<u8>,
    source: &mut dyn Source,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<(String, u64)> {
    let (sha256, size) = std::thread::scope(|scope| {
        let (filled, chunks) = sync_channel::<Result<Vec<u8>>>(AHEAD);
        let (empty, used) = sync_channel::<Vec<u8>>(AHEAD + 2);
        let reader = scope.spawn(move || {
            let mut hasher = Sha256::new();
            let mut chunk = first;
            while !chunk.is_empty() {
                hasher.update(&chunk);
                if filled.send(Ok(chunk)).is_err() {
                    break;
                }
                chunk = used.try_recv().unwrap_or_default();
                chunk.resize(CHUNK, 0);
                match fill(source, &mut chunk) {
                    Ok(length) => chunk.truncate(length),
                    Err(error) => {
                        let _ = filled.send(Err(error));
                        break;
                    }
                }
            }
            hex(&hasher.finalize())
        });
        let mut size = 0;
        for (seq, chunk) in chunks.iter().enumerate() {
            let chunk = chunk?;
            insert_chunk(connection, id, seq, &chunk)?;
            size += chunk.len() as u64;
            if !progress(size) {
                return Err(StoreError::Cancelled);
            }
            let _ = empty.try_send(chunk);
        }
        let sha256 = reader.join().map_err(|_| StoreError::Sql("reading broke off".to_owned()))?;
        Ok((sha256, size))
    })?;
    if is_known(connection, &sha256)? {
        connection.prepare_cached("DELETE FROM evidence_chunk WHERE content_id = ?")?.execute([id])?;
    } else {
        insert_content(connection, id, &sha256, size)?;
    }
    Ok((sha256, size))
}

fn is_known(connection: &Connection, sha256: &str) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM evidence_content WHERE sha256 = ?")?.exists([sha256])?)
}

/// The hash and size of a source, if a content of its size has its hash. The source is left behind
/// its first chunk otherwise.
fn known_by_size(connection: &Connection, source: &mut dyn Source) -> Result<Option<(String, u64)>> {
    let io = StoreError::io;
    let path = Path::new("evidence");
    let size = source.seek(SeekFrom::End(0)).map_err(io(path))?;
    let mut found = None;
    if crate::table::evidence::has_content_of(connection, size)? {
        source.seek(SeekFrom::Start(0)).map_err(io(path))?;
        let mut hasher = Sha256::new();
        let mut chunk = vec![0; CHUNK];
        let mut read = 0;
        loop {
            match fill(source, &mut chunk)? {
                0 => break,
                filled => {
                    hasher.update(&chunk[..filled]);
                    read += filled as u64;
                }
            }
        }
        let sha256 = hex(&hasher.finalize());
        found = is_known(connection, &sha256)?.then_some((sha256, read));
    }
    source.seek(SeekFrom::Start(CHUNK as u64)).map_err(io(path))?;
    Ok(found)
}

fn insert_chunk(connection: &Connection, id: &str, seq: usize, bytes: &[u8]) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO evidence_chunk (content_id, seq, bytes) VALUES (?, ?, ?)")?
        .execute(params![id, seq, bytes])?;
    Ok(())
}

fn insert_content(connection: &Connection, id: &str, sha256: &str, size: u64) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO evidence_content (id, sha256, size) VALUES (?, ?, ?)")?
        .execute(params![id, sha256, size])?;
    Ok(())
}

fn fill(source: &mut dyn Source, chunk: &mut [u8]) -> Result<usize> {
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
