//! Requests of persons about their data (GDPR Art. 12(3), 15 to 22, 7(3)).

use super::register::{Texts, Value, check_rev, evidence, links, past_day, waiting};
use super::{commit, csv, parse};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::types::provider::ExportCsv;
use crate::types::register::{
    AddPersonRequest, ListPersonRequests, PersonRequestView, PersonRequests, SetPersonRequest,
};
use crate::types::workspace::FileWritten;
use crate::view::Snapshot;
use chrono::NaiveDate;
use tillproof_domain::id::PersonRequestId;
use tillproof_domain::locale::Locale;
use tillproof_domain::register::person_request::{Extension, PersonRequest, PersonRight, RequestFault};
use tillproof_store::{Change, Reads, Store};

/// Adds a request.
///
/// # Errors
/// The reference is missing, a word or day is none, the days do not fit, or a text holds card data.
pub fn add_person_request(
    session: &mut Session,
    host: &dyn Host,
    request: AddPersonRequest,
) -> Result<PersonRequestView, Error> {
    let AddPersonRequest {
        received_on,
        right,
        reference,
        identity_checked_on,
        extension_reason,
        extension_told_on,
        answered_on,
        outcome,
        outcome_reason,
        evidence,
        note,
        allow_card_data,
    } = request;
    let mut row = PersonRequest {
        id: PersonRequestId(host.new_uuid()),
        received_on: host.today(),
        right: parse::word("right", &right)?,
        reference: String::new(),
        identity_checked_on: None,
        extension: None,
        answered_on: None,
        outcome: None,
        outcome_reason: String::new(),
        evidence: Vec::new(),
        note: String::new(),
        card_data_reason: None,
        created_at: host.now(),
        rev: 1,
    };
    let set = SetPersonRequest {
        request: String::new(),
        right: None,
        reference: Some(reference),
        received_on,
        identity_checked_on,
        extension_reason,
        extension_told_on,
        answered_on,
        outcome,
        outcome_reason,
        evidence,
        note,
        allow_card_data,
        rev: None,
    };
    let transaction = session.store_mut()?.begin()?;
    apply(transaction.as_ref(), host, &mut row, set)?;
    commit(transaction, host, "add_person_request", vec![Change::PersonRequest(row.clone())])?;
    Ok(view(&Snapshot::read(session.store()?, host)?, &row))
}

/// Changes a request. What is not given stays as it was.
///
/// # Errors
/// There is no such request, a value is none, the days do not fit, a text holds card data, or the
/// `rev` is old.
pub fn set_person_request(
    session: &mut Session,
    host: &dyn Host,
    request: SetPersonRequest,
) -> Result<PersonRequestView, Error> {
    let transaction = session.store_mut()?.begin()?;
    let id: PersonRequestId = parse::id("person-request", &request.request)?;
    let before = transaction.person_request(id)?.ok_or_else(|| Error::not_found("person-request", id))?;
    check_rev(request.rev, before.rev, &before.reference)?;
    let mut row = before.clone();
    apply(transaction.as_ref(), host, &mut row, request)?;
    if row == before {
        drop(transaction);
    } else {
        row.rev += 1;
        commit(transaction, host, "set_person_request", vec![Change::PersonRequest(row.clone())])?;
    }
    Ok(view(&Snapshot::read(session.store()?, host)?, &row))
}

/// Puts what is given in the place of what was, and refuses what cannot be.
fn apply(reads: &dyn Reads, host: &dyn Host, row: &mut PersonRequest, request: SetPersonRequest) -> Result<(), Error> {
    let mut texts = Texts::new(host, request.allow_card_data)?;
    texts.set_required("reference-missing", &mut row.reference, request.reference)?;
    texts.set(&mut row.outcome_reason, request.outcome_reason)?;
    texts.set(&mut row.note, request.note)?;
    if let Some(day) = request.received_on {
        row.received_on = past_day(host, &day)?.ok_or_else(|| Error::new("invalid-date").with("value", &day))?;
    }
    if let Some(word) = request.right {
        row.right = parse::word("right", &word)?;
    }
    if let Some(day) = request.identity_checked_on {
        row.identity_checked_on = past_day(host, &day)?;
    }
    if let Some(day) = request.answered_on {
        row.answered_on = past_day(host, &day)?;
    }
    if let Some(word) = request.outcome {
        row.outcome =
            Some(word).filter(|word| !word.is_empty()).map(|word| parse::word("outcome", &word)).transpose()?;
    }
    let (mut reason, mut told_on) =
        row.extension.take().map_or((String::new(), None), |given| (given.reason, Some(given.told_on)));
    texts.set(&mut reason, request.extension_reason.map(|reason| reason.trim().to_owned()))?;
    if let Some(day) = request.extension_told_on {
        told_on = past_day(host, &day)?;
    }
    row.extension = match (reason.is_empty(), told_on) {
        (true, None) => None,
        (false, Some(told_on)) => Some(Extension { reason, told_on }),
        _ => return Err(Error::new("extension-incomplete")),
    };
    row.evidence = evidence(reads, &row.evidence, request.evidence)?;
    texts.keep_reason(&mut row.card_data_reason);
    check(row)
}

fn check(row: &PersonRequest) -> Result<(), Error> {
    Err(match row.fault() {
        None => return Ok(()),
        Some(RequestFault::BeforeReceipt(day)) => {
            Error::new("before-receipt").with("value", day).with("received", row.received_on)
        }
        Some(RequestFault::ToldTooLate(end)) => Error::new("extension-too-late").with("end", end),
        Some(RequestFault::OutcomeMissing) => Error::new("outcome-missing"),
        Some(RequestFault::AnsweredOnMissing) => Error::new("answered-on-missing"),
        Some(RequestFault::ReasonMissing) => Error::new("refusal-reason-missing"),
    })
}

/// Requests: those to answer first, by due day; then the answered ones, the newest first.
///
/// # Errors
/// The workspace cannot be read.
pub fn list_person_requests(
    session: &mut Session,
    host: &dyn Host,
    request: ListPersonRequests,
) -> Result<PersonRequests, Error> {
    let store = session.store()?;
    let snapshot = Snapshot::read(store, host)?;
    let rows = in_order(store, snapshot.today)?;
    let rows = rows.iter().filter(|row| !request.open || row.answered_on.is_none());
    Ok(PersonRequests { requests: rows.map(|row| view(&snapshot, row)).collect() })
}

pub(super) fn in_order(reads: &dyn Reads, today: NaiveDate) -> Result<Vec<PersonRequest>, Error> {
    let mut rows = reads.person_requests()?;
    // The sort is stable: among the answered ones the newest stays first.
    rows.sort_by_key(|row| {
        let clock = row.clock(today);
        (waiting(clock), clock.map(|_| row.deadline().due))
    });
    Ok(rows)
}

/// The right in words, with its article.
pub(super) fn right_text(right: PersonRight, locale: Locale) -> String {
    messages::text(locale, "right", right.as_str(), &[])
}

/// What a request is called.
pub(super) fn title(row: &PersonRequest, locale: Locale) -> String {
    format!("{}: {}", right_text(row.right, locale), row.reference)
}

pub(super) fn view(snapshot: &Snapshot, row: &PersonRequest) -> PersonRequestView {
    let text = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let (deadline, state) = (row.deadline(), row.state(snapshot.today));
    PersonRequestView {
        id: row.id.to_string(),
        received_on: row.received_on.to_string(),
        right: row.right,
        right_text: right_text(row.right, snapshot.locale),
        reference: row.reference.clone(),
        identity_checked_on: text(row.identity_checked_on),
        extension_reason: row.extension.as_ref().map(|extension| extension.reason.clone()),
        extension_told_on: row.extension.as_ref().map(|extension| extension.told_on.to_string()),
        due: deadline.due.to_string(),
        safe: deadline.safe.to_string(),
        days_left: deadline.due.signed_duration_since(snapshot.today).num_days(),
        state,
        state_text: messages::text(snapshot.locale, "request-state", state.as_str(), &[]),
        answered_on: text(row.answered_on),
        outcome: row.outcome,
        outcome_reason: row.outcome_reason.clone(),
        evidence: links(snapshot, &row.evidence),
        note: row.note.clone(),
        card_data_reason: row.card_data_reason.clone(),
        rev: row.rev,
    }
}

/// What is said about each request, in lists and in the report.
pub(super) const FIELDS: [&str; 14] = [
    "right",
    "reference",
    "received",
    "due",
    "safe",
    "state",
    "identity",
    "extension-reason",
    "extension-told",
    "answered",
    "outcome",
    "outcome-reason",
    "evidence",
    "note",
];

/// The values of [`FIELDS`].
pub(super) fn values(snapshot: &Snapshot, row: &PersonRequest) -> [Value; 14] {
    let say = |group: &str, key: &str| messages::text(snapshot.locale, group, key, &[]);
    let deadline = row.deadline();
    let extension = row.extension.as_ref();
    [
        Value::Text(right_text(row.right, snapshot.locale)),
        Value::Text(row.reference.clone()),
        Value::Day(Some(row.received_on)),
        Value::Day(Some(deadline.due)),
        Value::Day(Some(deadline.safe)),
        Value::Text(say("request-state", row.state(snapshot.today).as_str())),
        Value::Day(row.identity_checked_on),
        Value::Text(extension.map(|extension| extension.reason.clone()).unwrap_or_default()),
        Value::Day(extension.map(|extension| extension.told_on)),
        Value::Day(row.answered_on),
        Value::Text(row.outcome.map(|outcome| say("outcome", outcome.as_str())).unwrap_or_default()),
        Value::Text(row.outcome_reason.clone()),
        Value::Evidence(row.evidence.clone()),
        Value::Text(row.note.clone()),
    ]
}

/// Writes the requests as CSV.
///
/// # Errors
/// The file exists or cannot be written.
pub fn export_person_requests(
    session: &mut Session,
    host: &dyn Host,
    request: ExportCsv,
) -> Result<FileWritten, Error> {
    let store = session.store()?;
    let snapshot = Snapshot::read(store, host)?;
    let rows = in_order(store, snapshot.today)?;
    let rows = rows.iter().map(|row| values(&snapshot, row).map(|value| value.cell(&snapshot)).to_vec());
    let head = FIELDS.map(|field| messages::text(snapshot.locale, "request-field", field, &[]));
    csv::write(host, &request.path, request.overwrite, &head, &rows.collect::<Vec<_>>())
}
