//! The merchant: one row.

use super::{json, parsed, query, upsert};
use crate::{Result, StoreError};
use rusqlite::{Connection, Row, named_params};
use tillproof_domain::id::WorkspaceId;
use tillproof_domain::profile::Profile;
use tillproof_domain::time::Timestamp;

fn read(row: &Row<'_>) -> rusqlite::Result<Profile> {
    Ok(Profile {
        id: parsed::<WorkspaceId>(row, "id")?,
        name: row.get("name")?,
        trading_name: row.get("trading_name")?,
        address: row.get("address")?,
        country: row.get("country")?,
        locale: parsed(row, "locale")?,
        website: row.get("website")?,
        platform: row.get("platform")?,
        payment_provider: row.get("payment_provider")?,
        contact_name: row.get("contact_name")?,
        contact_role: row.get("contact_role")?,
        contact_email: row.get("contact_email")?,
        staff: row.get("staff")?,
        channels: json(row, "channels")?,
        payment_description: row.get("payment_description")?,
        scope_facts: json(row, "scope_facts")?,
        finder_answers: json(row, "finder_answers")?,
        more_finder_answers: json(row, "more_finder_answers")?,
        card_data_reason: row.get("card_data_reason")?,
        created_at: Timestamp(row.get("created_at")?),
        rev: row.get("rev")?,
    })
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<Profile>> {
    query(connection, "SELECT * FROM profile ORDER BY id", [], read)
}

pub(crate) fn the_one(connection: &Connection) -> Result<Profile> {
    all(connection)?.pop().ok_or_else(|| StoreError::Damaged("there is no profile".to_owned()))
}

pub(crate) fn write(connection: &Connection, row: &Profile) -> Result<usize> {
    upsert(
        connection,
        row.rev,
        "INSERT INTO profile VALUES (:id, :name, :trading_name, :address, :country, :locale, :website, :platform,
            :payment_provider, :contact_name, :contact_role, :contact_email, :staff, :channels,
            :payment_description, :finder_answers, :created_at, :rev, :more_finder_answers, :card_data_reason,
            :scope_facts)",
        "UPDATE profile SET name = :name, trading_name = :trading_name, address = :address, country = :country,
            locale = :locale, website = :website, platform = :platform, payment_provider = :payment_provider,
            contact_name = :contact_name, contact_role = :contact_role, contact_email = :contact_email,
            staff = :staff, channels = :channels, payment_description = :payment_description,
            finder_answers = :finder_answers, created_at = :created_at, rev = :rev,
            more_finder_answers = :more_finder_answers, card_data_reason = :card_data_reason,
            scope_facts = :scope_facts
         WHERE id = :id AND rev = :rev - 1",
        named_params! {
            ":id": row.id.to_string(), ":name": row.name, ":trading_name": row.trading_name,
            ":address": row.address, ":country": row.country, ":locale": row.locale.as_str(),
            ":website": row.website, ":platform": row.platform, ":payment_provider": row.payment_provider,
            ":contact_name": row.contact_name, ":contact_role": row.contact_role,
            ":contact_email": row.contact_email, ":staff": row.staff,
            ":channels": serde_json::to_string(&row.channels)?,
            ":payment_description": row.payment_description,
            ":finder_answers": serde_json::to_string(&row.finder_answers)?,
            ":more_finder_answers": serde_json::to_string(&row.more_finder_answers)?,
            ":created_at": row.created_at.0, ":rev": row.rev,
            ":card_data_reason": row.card_data_reason,
            ":scope_facts": serde_json::to_string(&row.scope_facts)?,
        },
    )
}
