//! Assessments.

use super::{json_opt, parsed, parsed_opt, query, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::assessment::Assessment;
use tillproof_domain::id::FrameworkId;
use tillproof_domain::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<Assessment> {
    Ok(Assessment {
        id: parsed(row, "id")?,
        framework: FrameworkId(row.get("framework")?),
        framework_version: row.get("framework_version")?,
        scopes: parsed(row, "scope")?,
        period_start: parsed(row, "period_start")?,
        period_end: parsed(row, "period_end")?,
        started_at: Timestamp(row.get("started_at")?),
        follows: parsed_opt(row, "follows")?,
        signed_off: json_opt(row, "signed_off")?,
        rev: row.get("rev")?,
    })
}

/// The newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Assessment>> {
    query(connection, "SELECT * FROM assessment ORDER BY started_at DESC, id DESC", [], read)
}

pub(crate) fn write(connection: &Connection, row: &Assessment) -> Result<usize> {
    upsert(
        connection,
        row.rev,
        "INSERT INTO assessment VALUES (:id, :framework, :framework_version, :scope, :period_start, :period_end,
            :started_at, :rev, :follows, :signed_off)",
        "UPDATE assessment SET framework = :framework, framework_version = :framework_version, scope = :scope,
            period_start = :period_start, period_end = :period_end, started_at = :started_at, rev = :rev,
            follows = :follows, signed_off = :signed_off
         WHERE id = :id AND rev = :rev - 1",
        named_params! {
            ":id": row.id.to_string(), ":framework": row.framework.as_str(),
            ":framework_version": row.framework_version, ":scope": row.scopes.to_string(),
            ":period_start": row.period_start.to_string(), ":period_end": row.period_end.to_string(),
            ":started_at": row.started_at.0, ":rev": row.rev,
            ":follows": row.follows.map(|id| id.to_string()),
            ":signed_off": row.signed_off.as_ref().map(serde_json::to_string).transpose()?,
        },
    )
}
