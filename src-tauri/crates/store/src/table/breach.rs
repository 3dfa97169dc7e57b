//! Personal data breaches.

use super::{json, parsed, parsed_opt, query, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::id::BreachId;
use tillproof_domain::register::breach::Breach;
use tillproof_domain::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<Breach> {
    Ok(Breach {
        id: parsed(row, "id")?,
        title: row.get("title")?,
        happened_at: row.get::<_, Option<i64>>("happened_at")?.map(Timestamp),
        aware_at: Timestamp(row.get("aware_at")?),
        description: row.get("description")?,
        kinds: json(row, "kinds")?,
        persons: row.get("persons")?,
        person_count: row.get("person_count")?,
        records: row.get("records")?,
        record_count: row.get("record_count")?,
        consequences: row.get("consequences")?,
        measures: row.get("measures")?,
        risk: parsed_opt(row, "risk")?,
        notified_at: row.get::<_, Option<i64>>("notified_at")?.map(Timestamp),
        notification_reference: row.get("notification_reference")?,
        not_notified_reason: row.get("not_notified_reason")?,
        delay_reason: row.get("delay_reason")?,
        persons_informed_on: parsed_opt(row, "persons_informed_on")?,
        persons_not_informed_reason: row.get("persons_not_informed_reason")?,
        closed_on: parsed_opt(row, "closed_on")?,
        evidence: json(row, "evidence")?,
        note: row.get("note")?,
        card_data_reason: row.get("card_data_reason")?,
        created_at: Timestamp(row.get("created_at")?),
        rev: row.get("rev")?,
    })
}

/// The newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Breach>> {
    query(connection, "SELECT * FROM breach ORDER BY aware_at DESC, id DESC", [], read)
}

pub(crate) fn one(connection: &Connection, id: BreachId) -> Result<Option<Breach>> {
    Ok(query(connection, "SELECT * FROM breach WHERE id = ?", [id.to_string()], read)?.pop())
}

pub(crate) fn write(connection: &Connection, row: &Breach) -> Result<usize> {
    upsert(
        connection,
        row.rev,
        "INSERT INTO breach VALUES (:id, :title, :happened_at, :aware_at, :description, :kinds, :persons, :person_count, :records,
            :record_count, :consequences, :measures, :risk, :notified_at, :notification_reference,
            :not_notified_reason, :delay_reason, :persons_informed_on, :persons_not_informed_reason,
            :closed_on, :evidence, :note, :card_data_reason, :created_at, :rev)",
        "UPDATE breach SET created_at = :created_at, title = :title, happened_at = :happened_at, aware_at = :aware_at, description = :description,
            kinds = :kinds, persons = :persons, person_count = :person_count, records = :records,
            record_count = :record_count, consequences = :consequences, measures = :measures, risk = :risk,
            notified_at = :notified_at, notification_reference = :notification_reference,
            not_notified_reason = :not_notified_reason, delay_reason = :delay_reason, persons_informed_on =
            :persons_informed_on, persons_not_informed_reason = :persons_not_informed_reason, closed_on =
            :closed_on, evidence = :evidence, note = :note, card_data_reason = :card_data_reason, rev = :rev
         WHERE id = :id AND rev = :rev - 1",
        named_params! {
            ":id": row.id.to_string(),
            ":title": row.title,
            ":happened_at": row.happened_at.map(|at| at.0),
            ":aware_at": row.aware_at.0,
            ":description": row.description,
            ":kinds": serde_json::to_string(&row.kinds)?,
            ":persons": row.persons,
            ":person_count": row.person_count,
            ":records": row.records,
            ":record_count": row.record_count,
            ":consequences": row.consequences,
            ":measures": row.measures,
            ":risk": row.risk.map(|word| word.as_str()),
            ":notified_at": row.notified_at.map(|at| at.0),
            ":notification_reference": row.notification_reference,
            ":not_notified_reason": row.not_notified_reason,
            ":delay_reason": row.delay_reason,
            ":persons_informed_on": row.persons_informed_on.map(|day| day.to_string()),
            ":persons_not_informed_reason": row.persons_not_informed_reason,
            ":closed_on": row.closed_on.map(|day| day.to_string()),
            ":evidence": serde_json::to_string(&row.evidence)?,
            ":note": row.note,
            ":card_data_reason": row.card_data_reason,
            ":created_at": row.created_at.0,
            ":rev": row.rev,
        },
    )
}
