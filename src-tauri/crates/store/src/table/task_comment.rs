//! Comments on tasks. Never changed.

use super::{parsed, query, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::task::TaskComment;
use tillproof_domain::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<TaskComment> {
    Ok(TaskComment {
        id: parsed(row, "id")?,
        task: parsed(row, "task_id")?,
        at: Timestamp(row.get("at")?),
        author: row.get("author")?,
        text: row.get("text")?,
        card_data_reason: row.get("card_data_reason")?,
    })
}

/// The oldest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<TaskComment>> {
    query(connection, "SELECT * FROM task_comment ORDER BY at, id", [], read)
}

pub(crate) fn write(connection: &Connection, row: &TaskComment) -> Result<usize> {
    let insert = "INSERT INTO task_comment VALUES (:id, :task_id, :at, :author, :text, :card_data_reason)";
    upsert(
        connection,
        1,
        insert,
        insert,
        named_params! {
            ":id": row.id.to_string(), ":task_id": row.task.to_string(), ":at": row.at.0,
            ":author": row.author, ":text": row.text, ":card_data_reason": row.card_data_reason,
        },
    )
}
