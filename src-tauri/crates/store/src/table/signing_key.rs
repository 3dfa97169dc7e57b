//! Keys that sign reports. The private halves lie in a table of their own, outside of the journal.

use super::{parsed, query, upsert};
use crate::journal::hex;
use crate::{Result, StoreError};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use sha2::{Digest, Sha256};
use tillproof_domain::evidence::Removal;
use tillproof_domain::signing_key::SigningKey;
use tillproof_domain::time::Timestamp;
use zeroize::Zeroizing;

fn read(row: &Row<'_>) -> rusqlite::Result<SigningKey> {
    let removed_at: Option<i64> = row.get("removed_at")?;
    let reason: Option<String> = row.get("removed_reason")?;
    Ok(SigningKey {
        id: parsed(row, "id")?,
        name: row.get("name")?,
        certificate: row.get("certificate")?,
        private_sha256: row.get("private_sha256")?,
        made_at: Timestamp(row.get("made_at")?),
        made_by: row.get("made_by")?,
        removed: removed_at.zip(reason).map(|(at, reason)| Removal { at: Timestamp(at), reason }),
        rev: row.get("rev")?,
    })
}

/// The newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<SigningKey>> {
    query(connection, "SELECT * FROM signing_key ORDER BY made_at DESC, id DESC", [], read)
}

/// Writes the row; with a key that is removed, its private half goes.
pub(crate) fn write(connection: &Connection, row: &SigningKey) -> Result<usize> {
    let removed = row.removed.as_ref();
    if removed.is_some() {
        connection.prepare_cached("DELETE FROM private_key WHERE sha256 = ?")?.execute([&row.private_sha256])?;
    }
    upsert(
        connection,
        row.rev,
        "INSERT INTO signing_key VALUES (:id, :name, :certificate, :private_sha256, :made_at, :made_by, :removed_at,
            :removed_reason, :rev)",
        "UPDATE signing_key SET name = :name, certificate = :certificate, private_sha256 = :private_sha256,
            made_at = :made_at, made_by = :made_by, removed_at = :removed_at, removed_reason = :removed_reason, rev = :rev
         WHERE id = :id AND rev = :rev - 1",
        named_params! {
            ":id": row.id.to_string(), ":name": row.name, ":certificate": row.certificate,
            ":private_sha256": row.private_sha256, ":made_at": row.made_at.0, ":made_by": row.made_by,
            ":removed_at": removed.map(|removed| removed.at.0),
            ":removed_reason": removed.map(|removed| &removed.reason), ":rev": row.rev,
        },
    )
}

/// Keeps a private key; answers its SHA-256.
pub(crate) fn put_private(connection: &Connection, bytes: &[u8]) -> Result<String> {
    let sha256 = hex(&Sha256::digest(bytes));
    connection
        .prepare_cached("INSERT OR IGNORE INTO private_key (sha256, bytes) VALUES (?, ?)")?
        .execute(rusqlite::params![sha256, bytes])?;
    Ok(sha256)
}

/// A private key, if it is kept and is what it was.
pub(crate) fn private(connection: &Connection, sha256: &str) -> Result<Zeroizing<Vec<u8>>> {
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT bytes FROM private_key WHERE sha256 = ?")?
        .query_row([sha256], |row| row.get(0))
        .optional()?;
    let bytes = Zeroizing::new(bytes.ok_or_else(|| StoreError::ContentMissing(sha256.to_owned()))?);
    if hex(&Sha256::digest(bytes.as_slice())) == sha256 {
        Ok(bytes)
    } else {
        Err(StoreError::Damaged(format!("private_key {sha256}")))
    }
}

/// The names under which private keys are kept.
pub(crate) fn kept_private(connection: &Connection) -> Result<Vec<String>> {
    query(connection, "SELECT sha256 FROM private_key ORDER BY sha256", [], |row| row.get(0))
}
