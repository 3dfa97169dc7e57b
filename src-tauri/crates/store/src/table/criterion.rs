//! What is said about criteria of eligibility.

use super::{parsed, query, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::assessment::CriterionAnswer;
use tillproof_domain::id::{AssessmentId, CriterionId};

fn read(row: &Row<'_>) -> rusqlite::Result<CriterionAnswer> {
    Ok(CriterionAnswer {
        assessment: parsed(row, "assessment_id")?,
        criterion: CriterionId(row.get("criterion")?),
        confirmed: row.get("confirmed")?,
        rev: row.get("rev")?,
    })
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<CriterionAnswer>> {
    query(connection, "SELECT * FROM criterion ORDER BY assessment_id, criterion", [], read)
}

pub(crate) fn of(connection: &Connection, assessment: AssessmentId) -> Result<Vec<CriterionAnswer>> {
    let sql = "SELECT * FROM criterion WHERE assessment_id = ? ORDER BY criterion";
    query(connection, sql, [assessment.to_string()], read)
}

pub(crate) fn write(connection: &Connection, row: &CriterionAnswer) -> Result<usize> {
    upsert(
        connection,
        row.rev,
        "INSERT INTO criterion VALUES (:assessment_id, :criterion, :confirmed, :rev)",
        "UPDATE criterion SET confirmed = :confirmed, rev = :rev
         WHERE assessment_id = :assessment_id AND criterion = :criterion AND rev = :rev - 1",
        named_params! {
            ":assessment_id": row.assessment.to_string(), ":criterion": row.criterion.as_str(),
            ":confirmed": row.confirmed, ":rev": row.rev,
        },
    )
}
