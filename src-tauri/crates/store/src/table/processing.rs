//! The record of processing activities.

use super::{json, parsed, query, upsert};
use crate::Result;
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::id::ProcessingId;
use tillproof_domain::register::processing::Processing;
use tillproof_domain::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<Processing> {
    Ok(Processing {
        id: parsed(row, "id")?,
        name: row.get("name")?,
        purposes: row.get("purposes")?,
        legal_bases: json(row, "legal_bases")?,
        legal_basis: row.get("legal_basis")?,
        persons: row.get("persons")?,
        data: row.get("data")?,
        special_categories: row.get("special_categories")?,
        recipients: row.get("recipients")?,
        providers: json(row, "providers")?,
        third_countries: row.get("third_countries")?,
        transfers: row.get("transfers")?,
        transfer_safeguard: row.get("transfer_safeguard")?,
        erasure: row.get("erasure")?,
        security: row.get("security")?,
        responsible: row.get("responsible")?,
        note: row.get("note")?,
        template: row.get("template")?,
        ended: row.get("ended")?,
        card_data_reason: row.get("card_data_reason")?,
        created_at: Timestamp(row.get("created_at")?),
        rev: row.get("rev")?,
    })
}

/// By name.
pub(crate) fn all(connection: &Connection) -> Result<Vec<Processing>> {
    query(connection, "SELECT * FROM processing ORDER BY name, id", [], read)
}

pub(crate) fn one(connection: &Connection, id: ProcessingId) -> Result<Option<Processing>> {
    Ok(query(connection, "SELECT * FROM processing WHERE id = ?", [id.to_string()], read)?.pop())
}

pub(crate) fn write(connection: &Connection, row: &Processing) -> Result<usize> {
    upsert(
        connection,
        row.rev,
        "INSERT INTO processing VALUES (:id, :name, :purposes, :legal_bases, :legal_basis, :persons, :data, :special_categories,
            :recipients, :providers, :third_countries, :transfers, :transfer_safeguard, :erasure, :security,
            :responsible, :note, :template, :ended, :card_data_reason, :created_at, :rev)",
        "UPDATE processing SET name = :name, purposes = :purposes, legal_bases = :legal_bases, legal_basis = :legal_basis,
            persons = :persons, data = :data, special_categories = :special_categories, recipients =
            :recipients, providers = :providers, third_countries = :third_countries, transfers = :transfers,
            transfer_safeguard = :transfer_safeguard, erasure = :erasure, security = :security, responsible
            = :responsible, note = :note, template = :template, ended = :ended, card_data_reason =
            :card_data_reason, created_at = :created_at, rev = :rev
         WHERE id = :id AND rev = :rev - 1",
        named_params! {
            ":id": row.id.to_string(),
            ":name": row.name,
            ":purposes": row.purposes,
            ":legal_bases": serde_json::to_string(&row.legal_bases)?,
            ":legal_basis": row.legal_basis,
            ":persons": row.persons,
            ":data": row.data,
            ":special_categories": row.special_categories,
            ":recipients": row.recipients,
            ":providers": serde_json::to_string(&row.providers)?,
            ":third_countries": row.third_countries,
            ":transfers": row.transfers,
            ":transfer_safeguard": row.transfer_safeguard,
            ":erasure": row.erasure,
            ":security": row.security,
            ":responsible": row.responsible,
            ":note": row.note,
            ":template": row.template,
            ":ended": row.ended,
            ":card_data_reason": row.card_data_reason,
            ":created_at": row.created_at.0,
            ":rev": row.rev,
        },
    )
}
