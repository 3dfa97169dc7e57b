//! Checklists that were brought in.

use super::{json, query, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::checklist::ImportedChecklist;
use tillproof_domain::id::FrameworkId;
use tillproof_domain::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<ImportedChecklist> {
    Ok(ImportedChecklist {
        framework: FrameworkId(row.get("framework")?),
        version: row.get("version")?,
        files: json(row, "files")?,
        sha256: row.get("sha256")?,
        imported_at: Timestamp(row.get("imported_at")?),
        imported_by: row.get("imported_by")?,
        rev: row.get("rev")?,
    })
}

/// The oldest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<ImportedChecklist>> {
    query(connection, "SELECT * FROM checklist ORDER BY imported_at, framework", [], read)
}

/// The SHA-256 of each, the oldest first, without reading the files.
pub(crate) fn hashes(connection: &Connection) -> Result<Vec<String>> {
    query(connection, "SELECT sha256 FROM checklist ORDER BY imported_at, framework", [], |row| row.get(0))
}

pub(crate) fn write(connection: &Connection, row: &ImportedChecklist) -> Result<usize> {
    upsert(
        connection,
        row.rev,
        "INSERT INTO checklist VALUES (:framework, :version, :files, :sha256, :imported_at, :imported_by, :rev)",
        "UPDATE checklist SET version = :version, files = :files, sha256 = :sha256, imported_at = :imported_at,
            imported_by = :imported_by, rev = :rev
         WHERE framework = :framework AND rev = :rev - 1",
        named_params! {
            ":framework": row.framework.as_str(), ":version": row.version,
            ":files": serde_json::to_string(&row.files)?, ":sha256": row.sha256,
            ":imported_at": row.imported_at.0,
            ":imported_by": row.imported_by, ":rev": row.rev,
        },
    )
}
