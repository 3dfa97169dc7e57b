//! What is known about evidence; its bytes are in `content`.

use super::{AllLinked, link, linked, parsed, parsed_opt, query, requirements, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::evidence::{Evidence, Removal};
use tillproof_domain::id::EvidenceId;
use tillproof_domain::time::Timestamp;

/// The columns, in the order in which [`read`] takes them: looking them up by name would take most
/// of the time of reading many rows.
macro_rules! columns {
    () => {
        "id, name, kind, title, source, media_type, size, sha256, collected_on, valid_until, period_start, period_end,
         confidentiality, added_at, added_by, version, replaces, replaced_by, removed_at, removed_reason,
         card_data_reason, rev"
    };
}

const SELECT: &str =
    concat!("SELECT ", columns!(), ", ", linked!("evidence_requirement", "evidence_id", "evidence"), " FROM evidence");

fn read(row: &Row<'_>) -> rusqlite::Result<Evidence> {
    Ok(Evidence { requirements: requirements(row)?, ..read_alone(row)? })
}

/// Without its requirements.
fn read_alone(row: &Row<'_>) -> rusqlite::Result<Evidence> {
    let removed_at: Option<i64> = row.get(18)?;
    let removed_reason: Option<String> = row.get(19)?;
    Ok(Evidence {
        id: parsed(row, 0)?,
        name: row.get(1)?,
        kind: parsed(row, 2)?,
        title: row.get(3)?,
        source: row.get(4)?,
        media_type: row.get(5)?,
        size: row.get(6)?,
        sha256: row.get(7)?,
        collected_on: parsed(row, 8)?,
        valid_until: parsed_opt(row, 9)?,
        period_start: parsed_opt(row, 10)?,
        period_end: parsed_opt(row, 11)?,
        confidentiality: parsed(row, 12)?,
        added_at: Timestamp(row.get(13)?),
        added_by: row.get(14)?,
        version: row.get(15)?,
        replaces: parsed_opt(row, 16)?,
        replaced_by: parsed_opt(row, 17)?,
        requirements: Vec::new(),
        removed: removed_at.zip(removed_reason).map(|(at, reason)| Removal { at: Timestamp(at), reason }),
        card_data_reason: row.get(20)?,
        rev: row.get(21)?,
    })
}

/// Hands over every row, in the order in which they were added to the table.
pub(crate) fn each(connection: &Connection, sink: &mut dyn FnMut(Evidence)) -> Result<()> {
    let mut linked = AllLinked::read(connection, "evidence_requirement", "evidence_id")?;
    let mut select = connection.prepare_cached(concat!("SELECT ", columns!(), " FROM evidence ORDER BY rowid"))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let evidence = read_alone(row)?;
        sink(Evidence { requirements: linked.of(evidence.id)?, ..evidence });
    }
    Ok(())
}

/// The newest first.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Evidence>> {
    let mut rows = Vec::new();
    each(connection, &mut |row| rows.push(row))?;
    rows.sort_by_key(|row| std::cmp::Reverse((row.added_at, row.id)));
    Ok(rows)
}

pub(crate) fn one(connection: &Connection, id: EvidenceId) -> Result<Option<Evidence>> {
    Ok(query(connection, &format!("{SELECT} WHERE id = ?"), [id.to_string()], read)?.pop())
}

/// All that has these bytes, the newest first.
pub(crate) fn with_content(connection: &Connection, sha256: &str) -> Result<Vec<Evidence>> {
    query(connection, &format!("{SELECT} WHERE sha256 = ? ORDER BY added_at DESC, id DESC"), [sha256], read)
}

/// Whether any content has so many bytes.
pub(crate) fn has_content_of(connection: &Connection, size: u64) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM evidence_content WHERE size = ?")?.exists([size])?)
}

pub(crate) fn write(connection: &Connection, row: &Evidence) -> Result<usize> {
    let id = row.id.to_string();
    let written = upsert(
        connection,
        row.rev,
        "INSERT INTO evidence VALUES (:id, :name, :media_type, :size, :sha256, :collected_on, :valid_until,
            :added_at, :added_by, :version, :replaces, :replaced_by, :removed_at, :removed_reason, :rev,
            :card_data_reason, :kind, :title, :source, :period_start, :period_end, :confidentiality)",
        "UPDATE evidence SET name = :name, media_type = :media_type, size = :size, sha256 = :sha256,
            collected_on = :collected_on, valid_until = :valid_until, added_at = :added_at, added_by = :added_by,
            version = :version, replaces = :replaces, replaced_by = :replaced_by, removed_at = :removed_at,
            removed_reason = :removed_reason, rev = :rev,
            card_data_reason = :card_data_reason, kind = :kind, title = :title, source = :source,
            period_start = :period_start, period_end = :period_end, confidentiality = :confidentiality
         WHERE id = :id AND rev = :rev - 1",
        named_params! {
            ":id": id, ":name": row.name, ":media_type": row.media_type, ":size": row.size,
            ":sha256": row.sha256, ":collected_on": row.collected_on.to_string(),
            ":valid_until": row.valid_until.map(|day| day.to_string()), ":added_at": row.added_at.0,
            ":added_by": row.added_by, ":version": row.version,
            ":replaces": row.replaces.map(|id| id.to_string()),
            ":replaced_by": row.replaced_by.map(|id| id.to_string()),
            ":card_data_reason": row.card_data_reason, ":kind": row.kind.as_str(), ":title": row.title,
            ":source": row.source, ":period_start": row.period_start.map(|day| day.to_string()),
            ":period_end": row.period_end.map(|day| day.to_string()),
            ":confidentiality": row.confidentiality.as_str(),
            ":removed_at": row.removed.as_ref().map(|removed| removed.at.0),
            ":removed_reason": row.removed.as_ref().map(|removed| &removed.reason), ":rev": row.rev,
        },
    )?;
    if written == 1 {
        link(connection, "evidence_requirement", "evidence_id", &id, &row.requirements)?;
    }
    Ok(written)
}
