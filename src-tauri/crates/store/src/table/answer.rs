//! Answers.

use super::{json, parsed, parsed_opt, query, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::answer::Answer;
use tillproof_domain::id::{AssessmentId, RequirementId};
use tillproof_domain::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<Answer> {
    Ok(Answer {
        assessment: parsed(row, "assessment_id")?,
        requirement: parsed(row, "requirement")?,
        verdict: parsed(row, "verdict")?,
        progress: parsed(row, "progress")?,
        note: row.get("note")?,
        justification: row.get("justification")?,
        parts: json(row, "parts")?,
        worksheet: json(row, "worksheet")?,
        target_date: parsed_opt(row, "target_date")?,
        answered_at: Timestamp(row.get("answered_at")?),
        answered_by: row.get("answered_by")?,
        card_data_reason: row.get("card_data_reason")?,
        carried_from: parsed_opt(row, "carried_from")?,
        rev: row.get("rev")?,
    })
}

/// Hands over every row.
pub(crate) fn each(connection: &Connection, sink: &mut dyn FnMut(Answer)) -> Result<()> {
    let mut select = connection.prepare_cached("SELECT * FROM answer ORDER BY assessment_id, requirement")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        sink(read(row)?);
    }
    Ok(())
}

pub(crate) fn of(connection: &Connection, assessment: AssessmentId) -> Result<Vec<Answer>> {
    let sql = "SELECT * FROM answer WHERE assessment_id = ? ORDER BY requirement";
    query(connection, sql, [assessment.to_string()], read)
}

pub(crate) fn one(
    connection: &Connection,
    assessment: AssessmentId,
    requirement: &RequirementId,
) -> Result<Option<Answer>> {
    let sql = "SELECT * FROM answer WHERE assessment_id = ? AND requirement = ?";
    Ok(query(connection, sql, [assessment.to_string(), requirement.to_string()], read)?.pop())
}

pub(crate) fn write(connection: &Connection, row: &Answer) -> Result<usize> {
    upsert(
        connection,
        row.rev,
        "INSERT INTO answer VALUES (:assessment_id, :requirement, :verdict, :progress, :note, :justification,
            :target_date, :answered_at, :answered_by, :rev, :parts, :card_data_reason, :worksheet, :carried_from)",
        "UPDATE answer SET verdict = :verdict, progress = :progress, note = :note, justification = :justification,
            target_date = :target_date, answered_at = :answered_at, answered_by = :answered_by, rev = :rev,
            parts = :parts, card_data_reason = :card_data_reason, carried_from = :carried_from, worksheet = :worksheet
         WHERE assessment_id = :assessment_id AND requirement = :requirement AND rev = :rev - 1",
        named_params! {
            ":assessment_id": row.assessment.to_string(), ":requirement": row.requirement.to_string(),
            ":verdict": row.verdict.as_str(), ":progress": row.progress.as_str(), ":note": row.note,
            ":justification": row.justification, ":target_date": row.target_date.map(|day| day.to_string()),
            ":answered_at": row.answered_at.0, ":answered_by": row.answered_by, ":rev": row.rev,
            ":card_data_reason": row.card_data_reason,
            ":carried_from": row.carried_from.map(|id| id.to_string()),
            ":worksheet": serde_json::to_string(&row.worksheet)?,
            ":parts": serde_json::to_string(&row.parts)?,
        },
    )
}
