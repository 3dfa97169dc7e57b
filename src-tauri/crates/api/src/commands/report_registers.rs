//! The registers of the GDPR for the report: rows in words, each register only if it has rows.

use super::register::{Value, linked};
use super::{breach, person_request, processing};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::view::Snapshot;
use std::collections::BTreeMap;
use tillproof_domain::answer::Verdict;
use tillproof_domain::id::EvidenceId;
use tillproof_domain::locale::Locale;
use tillproof_domain::register::Register;
use tillproof_domain::register::breach::BreachState;
use tillproof_domain::register::person_request::RequestState;
use tillproof_report::input::registers::{RegisterEntry, RegisterPart, RegisterValue};
use tillproof_store::Reads;

/// The registers that have rows, in the language of the report. `numbers` says where evidence
/// stands in it.
pub(super) fn registers(
    reads: &dyn Reads,
    host: &dyn Host,
    locale: Locale,
    numbers: &BTreeMap<EvidenceId, usize>,
) -> Result<Vec<RegisterPart>, Error> {
    let parts = [processing_part(reads, host, locale)?, requests(reads, host, locale, numbers)?];
    let parts = parts.into_iter().chain([breaches(reads, host, locale, numbers)?]);
    Ok(parts.filter(|part| !part.entries.is_empty()).collect())
}

fn part(register: Register, locale: Locale, entries: Vec<RegisterEntry>) -> RegisterPart {
    let key = register.as_str();
    RegisterPart {
        id: key.to_owned(),
        title: messages::text(locale, "register", key, &[]),
        intro: messages::text(locale, "register", &format!("{key}-intro"), &[]),
        entries,
    }
}

fn processing_part(reads: &dyn Reads, host: &dyn Host, locale: Locale) -> Result<RegisterPart, Error> {
    let mut context = processing::Context::read(reads, host)?;
    context.snapshot.locale = locale;
    let rows = reads.processing_list()?;
    let entries = rows.iter().enumerate().map(|(i, row)| RegisterEntry {
        number: format!("P-{}", i + 1),
        title: row.name.clone(),
        state: None,
        facts: processing::FIELDS
            .iter()
            .zip(context.values(row))
            .filter(|(field, _)| !["name", "lacks"].contains(field))
            .filter_map(|(field, value)| fact(&context.snapshot, &BTreeMap::new(), "processing-field", field, value))
            .chain(open(
                "processing-field",
                context.view(row).lacks.into_iter().map(|lack| (lack.text, lack.rule)),
                locale,
            ))
            .collect(),
    });
    Ok(part(Register::Processing, locale, entries.collect()))
}

fn requests(
    reads: &dyn Reads,
    host: &dyn Host,
    locale: Locale,
    numbers: &BTreeMap<EvidenceId, usize>,
) -> Result<RegisterPart, Error> {
    let mut snapshot = Snapshot::read(reads, host)?;
    snapshot.locale = locale;
    let rows = person_request::in_order(reads, snapshot.today)?;
    let entries = rows.iter().enumerate().map(|(i, row)| {
        let state = row.state(snapshot.today);
        let mark = match state {
            RequestState::Open => Verdict::Unanswered,
            RequestState::DueSoon => Verdict::Partly,
            RequestState::Answered => Verdict::InPlace,
            RequestState::Overdue | RequestState::AnsweredLate => Verdict::NotInPlace,
        };
        let values = person_request::FIELDS.iter().zip(person_request::values(&snapshot, row));
        RegisterEntry {
            number: format!("R-{}", i + 1),
            title: person_request::title(row, locale),
            state: Some((mark, messages::text(locale, "request-state", state.as_str(), &[]))),
            facts: values
                .filter(|(field, _)| !["right", "reference", "state"].contains(field))
                .filter_map(|(field, value)| fact(&snapshot, numbers, "request-field", field, value))
                .collect(),
        }
    });
    Ok(part(Register::PersonRequests, locale, entries.collect()))
}

fn breaches(
    reads: &dyn Reads,
    host: &dyn Host,
    locale: Locale,
    numbers: &BTreeMap<EvidenceId, usize>,
) -> Result<RegisterPart, Error> {
    let mut context = breach::Context::read(reads, host)?;
    context.snapshot.locale = locale;
    let rows = context.in_order(reads)?;
    let entries = rows.iter().enumerate().map(|(i, row)| {
        let view = context.view(row);
        let mark = match view.state {
            BreachState::ClockRunning => Verdict::Partly,
            BreachState::Overdue | BreachState::NotifiedLate => Verdict::NotInPlace,
            BreachState::Notified | BreachState::Closed => Verdict::InPlace,
            BreachState::NotNotifiable => Verdict::NotApplicable,
        };
        RegisterEntry {
            number: format!("B-{}", i + 1),
            title: view.title,
            state: Some((mark, view.state_text)),
            facts: breach::FIELDS
                .iter()
                .zip(context.values(row))
                .filter(|(field, _)| !["title", "state", "lacks"].contains(field))
                .filter_map(|(field, value)| fact(&context.snapshot, numbers, "breach-field", field, value))
                .chain(open("breach-field", view.lacks.into_iter().map(|lack| (lack.text, lack.rule)), locale))
                .collect(),
        }
    });
    Ok(part(Register::Breaches, locale, entries.collect()))
}

/// A field with its word; nothing where nothing is said.
fn fact(
    snapshot: &Snapshot,
    numbers: &BTreeMap<EvidenceId, usize>,
    group: &str,
    field: &str,
    value: Value,
) -> Option<(String, RegisterValue)> {
    let value = match value {
        Value::Text(text) => Some(text).filter(|text| !text.trim().is_empty()).map(RegisterValue::Text),
        Value::Day(day) => day.map(RegisterValue::Day),
        Value::At(at) => at.map(RegisterValue::At),
        Value::Evidence(ids) => {
            let positions: Vec<usize> =
                linked(snapshot, &ids).filter_map(|evidence| numbers.get(&evidence.id).copied()).collect();
            (!positions.is_empty()).then_some(RegisterValue::Evidence(positions))
        }
    };
    Some((messages::text(snapshot.locale, group, field, &[]), value?))
}

/// What is not said yet, each with its rule.
fn open(group: &str, lacks: impl Iterator<Item = (String, String)>, locale: Locale) -> Option<(String, RegisterValue)> {
    let items: Vec<String> = lacks.map(|(text, rule)| format!("{text} ({rule})")).collect();
    (!items.is_empty()).then(|| (messages::text(locale, group, "lacks", &[]), RegisterValue::Open(items)))
}
