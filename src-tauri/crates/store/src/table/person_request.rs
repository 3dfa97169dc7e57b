//! Requests of persons.

use super::{json, parsed, parsed_opt, query, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::id::PersonRequestId;
use tillproof_domain::register::person_request::{Extension, PersonRequest};
use tillproof_domain::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<PersonRequest> {
    let reason: Option<String> = row.get("extension_reason")?;
    let told_on = parsed_opt(row, "extension_told_on")?;
    let extension = reason.zip(told_on).map(|(reason, told_on)| Extension { reason, told_on });
    Ok(PersonRequest {
        id: parsed(row, "id")?,
        received_on: parsed(row, "received_on")?,
        right: parsed(row, "right")?,
        reference: row.get("reference")?,
        identity_checked_on: parsed_opt(row, "identity_checked_on")?,
        extension,
        answered_on: parsed_opt(row, "answered_on")?,
        outcome: parsed_opt(row, "outcome")?,
        outcome_reason: row.get("outcome_reason")?,
        evidence: json(row, "evidence")?,
        note: row.get("note")?,
        card_data_reason: row.get("card_data_reason")?,
        created_at: Timestamp(row.get("created_at")?),
        rev: row.get("rev")?,
    })
}

/// The newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<PersonRequest>> {
    query(connection, "SELECT * FROM person_request ORDER BY received_on DESC, id DESC", [], read)
}

pub(crate) fn one(connection: &Connection, id: PersonRequestId) -> Result<Option<PersonRequest>> {
    Ok(query(connection, "SELECT * FROM person_request WHERE id = ?", [id.to_string()], read)?.pop())
}

pub(crate) fn write(connection: &Connection, row: &PersonRequest) -> Result<usize> {
    upsert(
        connection,
        row.rev,
        "INSERT INTO person_request VALUES (:id, :received_on, :right, :reference, :identity_checked_on, :extension_reason,
            :extension_told_on, :answered_on, :outcome, :outcome_reason, :evidence, :note,
            :card_data_reason, :created_at, :rev)",
        "UPDATE person_request SET created_at = :created_at, received_on = :received_on, \"right\" = :right, reference = :reference, identity_checked_on =
            :identity_checked_on, extension_reason = :extension_reason, extension_told_on =
            :extension_told_on, answered_on = :answered_on, outcome = :outcome, outcome_reason =
            :outcome_reason, evidence = :evidence, note = :note, card_data_reason = :card_data_reason, rev =
            :rev
         WHERE id = :id AND rev = :rev - 1",
        named_params! {
            ":id": row.id.to_string(),
            ":received_on": row.received_on.to_string(),
            ":right": row.right.as_str(),
            ":reference": row.reference,
            ":identity_checked_on": row.identity_checked_on.map(|day| day.to_string()),
            ":extension_reason": row.extension.as_ref().map(|extension| extension.reason.as_str()),
            ":extension_told_on": row.extension.as_ref().map(|extension| extension.told_on.to_string()),
            ":answered_on": row.answered_on.map(|day| day.to_string()),
            ":outcome": row.outcome.map(|word| word.as_str()),
            ":outcome_reason": row.outcome_reason,
            ":evidence": serde_json::to_string(&row.evidence)?,
            ":note": row.note,
            ":card_data_reason": row.card_data_reason,
            ":created_at": row.created_at.0,
            ":rev": row.rev,
        },
    )
}
