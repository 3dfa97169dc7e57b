//! Third parties.

use super::{json, parsed, parsed_opt, query, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::id::ProviderId;
use tillproof_domain::provider::{Dated, Provider};
use tillproof_domain::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<Provider> {
    let dated = |on, evidence| {
        Ok::<_, rusqlite::Error>(Dated { on: parsed_opt(row, on)?, evidence: parsed_opt(row, evidence)? })
    };
    Ok(Provider {
        id: parsed(row, "id")?,
        name: row.get("name")?,
        service: row.get("service")?,
        handles: json(row, "handles")?,
        country: row.get("country")?,
        contact: row.get("contact")?,
        aoc: dated("aoc_on", "aoc_evidence")?,
        agreement: dated("agreement_on", "agreement_evidence")?,
        processor_contract: dated("processor_contract_on", "processor_contract_evidence")?,
        checked_on: parsed_opt(row, "checked_on")?,
        responsibilities: json(row, "responsibilities")?,
        note: row.get("note")?,
        ended: row.get("ended")?,
        card_data_reason: row.get("card_data_reason")?,
        created_at: Timestamp(row.get("created_at")?),
        rev: row.get("rev")?,
    })
}

/// By name.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Provider>> {
    query(connection, "SELECT * FROM provider ORDER BY name, id", [], read)
}

pub(crate) fn one(connection: &Connection, id: ProviderId) -> Result<Option<Provider>> {
    Ok(query(connection, "SELECT * FROM provider WHERE id = ?", [id.to_string()], read)?.pop())
}

pub(crate) fn write(connection: &Connection, row: &Provider) -> Result<usize> {
    upsert(
        connection,
        row.rev,
        "INSERT INTO provider VALUES (:id, :name, :service, :handles, :country, :contact, :aoc_on, :aoc_evidence,
            :agreement_on, :agreement_evidence, :processor_contract_on, :processor_contract_evidence, :checked_on,
            :responsibilities, :note, :ended, :created_at, :rev, :card_data_reason)",
        "UPDATE provider SET name = :name, service = :service, handles = :handles, country = :country,
            contact = :contact, aoc_on = :aoc_on, aoc_evidence = :aoc_evidence, agreement_on = :agreement_on,
            agreement_evidence = :agreement_evidence, processor_contract_on = :processor_contract_on,
            processor_contract_evidence = :processor_contract_evidence, checked_on = :checked_on,
            responsibilities = :responsibilities, note = :note, ended = :ended, created_at = :created_at, rev = :rev,
            card_data_reason = :card_data_reason
         WHERE id = :id AND rev = :rev - 1",
        named_params! {
            ":id": row.id.to_string(), ":name": row.name, ":service": row.service,
            ":handles": serde_json::to_string(&row.handles)?, ":country": row.country, ":contact": row.contact,
            ":aoc_on": row.aoc.on.map(|day| day.to_string()),
            ":aoc_evidence": row.aoc.evidence.map(|id| id.to_string()),
            ":agreement_on": row.agreement.on.map(|day| day.to_string()),
            ":agreement_evidence": row.agreement.evidence.map(|id| id.to_string()),
            ":processor_contract_on": row.processor_contract.on.map(|day| day.to_string()),
            ":processor_contract_evidence": row.processor_contract.evidence.map(|id| id.to_string()),
            ":checked_on": row.checked_on.map(|day| day.to_string()),
            ":responsibilities": serde_json::to_string(&row.responsibilities)?, ":note": row.note,
            ":ended": row.ended, ":created_at": row.created_at.0, ":rev": row.rev,
            ":card_data_reason": row.card_data_reason,
        },
    )
}
