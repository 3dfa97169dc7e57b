//! Tasks.

use super::{AllLinked, json, link, linked, parsed, parsed_opt, query, requirements, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::id::{RequirementId, TaskId};
use tillproof_domain::money::Money;
use tillproof_domain::task::Task;
use tillproof_domain::time::Timestamp;

const SELECT: &str = concat!("SELECT task.*, ", linked!("task_requirement", "task_id", "task"), " FROM task");

fn read(row: &Row<'_>) -> rusqlite::Result<Task> {
    read_with(row, requirements(row)?)
}

fn read_with(row: &Row<'_>, requirements: Vec<RequirementId>) -> rusqlite::Result<Task> {
    let cost = (row.get("cost_minor")?, row.get("cost_currency")?);
    Ok(Task {
        id: parsed(row, "id")?,
        title: row.get("title")?,
        description: row.get("description")?,
        owner: row.get("owner")?,
        due: parsed_opt(row, "due")?,
        priority: parsed(row, "priority")?,
        status: parsed(row, "status")?,
        requirements,
        effort_minutes: row.get("effort_minutes")?,
        cost: if let (Some(minor), Some(currency)) = cost { Some(Money { minor, currency }) } else { None },
        links: json(row, "links")?,
        recurrence: row.get("recurrence")?,
        proof: json(row, "proof")?,
        follows: parsed_opt(row, "follows")?,
        card_data_reason: row.get("card_data_reason")?,
        created_at: Timestamp(row.get("created_at")?),
        closed_at: row.get::<_, Option<i64>>("closed_at")?.map(Timestamp),
        rev: row.get("rev")?,
    })
}

/// The oldest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Task>> {
    let mut linked = AllLinked::read(connection, "task_requirement", "task_id")?;
    query(connection, "SELECT * FROM task ORDER BY created_at, id", [], |row| {
        let id: TaskId = parsed(row, "id")?;
        read_with(row, linked.of(id)?)
    })
}

pub(crate) fn one(connection: &Connection, id: TaskId) -> Result<Option<Task>> {
    Ok(query(connection, &format!("{SELECT} WHERE id = ?"), [id.to_string()], read)?.pop())
}

pub(crate) fn write(connection: &Connection, row: &Task) -> Result<usize> {
    let id = row.id.to_string();
    let written = upsert(
        connection,
        row.rev,
        "INSERT INTO task VALUES (:id, :title, :description, :owner, :due, :priority, :status, :created_at,
            :closed_at, :rev, :effort_minutes, :cost_minor, :cost_currency, :links, :recurrence, :proof, :follows,
            :card_data_reason)",
        "UPDATE task SET title = :title, description = :description, owner = :owner, due = :due,
            priority = :priority, status = :status, created_at = :created_at, closed_at = :closed_at, rev = :rev,
            effort_minutes = :effort_minutes, cost_minor = :cost_minor, cost_currency = :cost_currency, links = :links,
            recurrence = :recurrence, proof = :proof, follows = :follows, card_data_reason = :card_data_reason
         WHERE id = :id AND rev = :rev - 1",
        named_params! {
            ":id": id, ":title": row.title, ":description": row.description, ":owner": row.owner,
            ":due": row.due.map(|day| day.to_string()), ":priority": row.priority.as_str(),
            ":status": row.status.as_str(), ":created_at": row.created_at.0,
            ":closed_at": row.closed_at.map(|at| at.0), ":rev": row.rev,
            ":effort_minutes": row.effort_minutes, ":cost_minor": row.cost.as_ref().map(|cost| cost.minor),
            ":cost_currency": row.cost.as_ref().map(|cost| &cost.currency),
            ":links": serde_json::to_string(&row.links)?, ":recurrence": row.recurrence,
            ":proof": serde_json::to_string(&row.proof)?, ":follows": row.follows.map(|id| id.to_string()),
            ":card_data_reason": row.card_data_reason,
        },
    )?;
    if written == 1 {
        link(connection, "task_requirement", "task_id", &id, &row.requirements)?;
    }
    Ok(written)
}
