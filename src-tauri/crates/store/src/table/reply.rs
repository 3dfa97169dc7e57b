//! What auditors replied. Never changed.

use super::{json, parsed, query, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::reply::AuditorReply;
use tillproof_domain::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<AuditorReply> {
    Ok(AuditorReply {
        id: parsed(row, "id")?,
        auditor: row.get("auditor")?,
        said_on: parsed(row, "said_on")?,
        file: row.get("file")?,
        sha256: row.get("sha256")?,
        head: row.get("head")?,
        items: json(row, "items")?,
        card_data_reason: row.get("card_data_reason")?,
        received_at: Timestamp(row.get("received_at")?),
    })
}

/// The oldest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<AuditorReply>> {
    query(connection, "SELECT * FROM reply ORDER BY received_at, id", [], read)
}

pub(crate) fn write(connection: &Connection, row: &AuditorReply) -> Result<usize> {
    let insert = "INSERT INTO reply VALUES
        (:id, :auditor, :said_on, :file, :sha256, :head, :items, :card_data_reason, :received_at)";
    upsert(
        connection,
        1,
        insert,
        insert,
        named_params! {
            ":id": row.id.to_string(), ":auditor": row.auditor, ":said_on": row.said_on.to_string(),
            ":file": row.file, ":sha256": row.sha256, ":head": row.head,
            ":items": serde_json::to_string(&row.items)?, ":card_data_reason": row.card_data_reason,
            ":received_at": row.received_at.0,
        },
    )
}
