//! Personal data breaches and their 72 hours (GDPR Art. 33, 34).

use super::register::{Texts, Value, check_rev, evidence, links, past_day, past_instant, waiting};
use super::{commit, csv, parse};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::types::provider::ExportCsv;
use crate::types::register::{AddBreach, BreachLack, BreachView, Breaches, ListBreaches, SetBreach};
use crate::types::workspace::FileWritten;
use crate::view::Snapshot;
use tillproof_domain::id::BreachId;
use tillproof_domain::profile::Profile;
use tillproof_domain::register::breach::{Breach, BreachFault, BreachPart, BreachRisk};
use tillproof_domain::time::Timestamp;
use tillproof_store::{Change, Reads, Store};

/// Adds a breach; its clock runs.
///
/// # Errors
/// The title is missing, a word, day or instant is none, they do not fit, or a text holds card data.
pub fn add_breach(session: &mut Session, host: &dyn Host, request: AddBreach) -> Result<BreachView, Error> {
    let AddBreach {
        title,
        aware_at,
        happened_at,
        description,
        kinds,
        persons,
        person_count,
        records,
        record_count,
        consequences,
        measures,
        risk,
        notified_at,
        notification_reference,
        not_notified_reason,
        delay_reason,
        persons_informed_on,
        persons_not_informed_reason,
        evidence,
        note,
        allow_card_data,
    } = request;
    let set = SetBreach {
        breach: String::new(),
        title: Some(title),
        aware_at,
        happened_at,
        description,
        kinds,
        persons,
        person_count,
        records,
        record_count,
        consequences,
        measures,
        risk,
        notified_at,
        notification_reference,
        not_notified_reason,
        delay_reason,
        persons_informed_on,
        persons_not_informed_reason,
        evidence,
        note,
        allow_card_data,
        closed_on: None,
        rev: None,
    };
    let now = host.now();
    let transaction = session.store_mut()?.begin()?;
    let mut row = Breach::new(BreachId(host.new_uuid()), String::new(), now, now);
    apply(transaction.as_ref(), host, now, &mut row, set)?;
    commit(transaction, host, "add_breach", vec![Change::Breach(row.clone())])?;
    Context::read(session.store()?, host).map(|context| context.view(&row))
}

/// Changes a breach. What is not given stays as it was.
///
/// # Errors
/// There is no such breach, a value is none, they do not fit, a text holds card data, or the `rev` is
/// old.
pub fn set_breach(session: &mut Session, host: &dyn Host, request: SetBreach) -> Result<BreachView, Error> {
    let now = host.now();
    let transaction = session.store_mut()?.begin()?;
    let id: BreachId = parse::id("breach", &request.breach)?;
    let before = transaction.breach(id)?.ok_or_else(|| Error::not_found("breach", id))?;
    check_rev(request.rev, before.rev, &before.title)?;
    let mut row = before.clone();
    apply(transaction.as_ref(), host, now, &mut row, request)?;
    if row == before {
        drop(transaction);
    } else {
        row.rev += 1;
        commit(transaction, host, "set_breach", vec![Change::Breach(row.clone())])?;
    }
    Context::read(session.store()?, host).map(|context| context.view(&row))
}

/// Puts what is given in the place of what was, and refuses what cannot be.
fn apply(
    reads: &dyn Reads,
    host: &dyn Host,
    now: Timestamp,
    row: &mut Breach,
    request: SetBreach,
) -> Result<(), Error> {
    let mut texts = Texts::new(host, request.allow_card_data)?;
    texts.set_required("title-missing", &mut row.title, request.title)?;
    let why_not = request.not_notified_reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
    for (field, text) in [
        (&mut row.description, request.description),
        (&mut row.persons, request.persons),
        (&mut row.records, request.records),
        (&mut row.consequences, request.consequences),
        (&mut row.measures, request.measures),
        (&mut row.notification_reference, request.notification_reference),
        (&mut row.not_notified_reason, request.not_notified_reason),
        (&mut row.delay_reason, request.delay_reason),
        (&mut row.persons_not_informed_reason, request.persons_not_informed_reason),
        (&mut row.note, request.note),
    ] {
        texts.set(field, text)?;
    }
    if let Some(text) = request.aware_at {
        let instant = past_instant(now, &text)?;
        row.aware_at = instant.ok_or_else(|| Error::new("invalid-instant").with("value", &text))?;
    }
    if let Some(text) = request.happened_at {
        row.happened_at = past_instant(now, &text)?;
    }
    if let Some(text) = request.notified_at {
        row.notified_at = past_instant(now, &text)?;
    }
    if let Some(words) = request.kinds {
        row.kinds = words.iter().map(|word| parse::word("breach-kind", word)).collect::<Result<_, _>>()?;
        row.kinds.sort();
        row.kinds.dedup();
    }
    if let Some(word) = request.risk {
        row.risk = Some(word).filter(|word| !word.is_empty()).map(|word| parse::word("risk", &word)).transpose()?;
    }
    if let Some(day) = request.persons_informed_on {
        row.persons_informed_on = past_day(host, &day)?;
    }
    if let Some(day) = request.closed_on {
        row.closed_on = past_day(host, &day)?;
    }
    row.person_count = request.person_count.or(row.person_count);
    row.record_count = request.record_count.or(row.record_count);
    row.evidence = evidence(reads, &row.evidence, request.evidence)?;
    texts.keep_reason(&mut row.card_data_reason);
    // Art. 33(1): only a breach that is unlikely to result in a risk may go unreported.
    if why_not && row.risk != Some(BreachRisk::NoRisk) {
        return Err(Error::new("risk-needs-notification"));
    }
    check(row)
}

fn check(row: &Breach) -> Result<(), Error> {
    Err(Error::new(match row.fault() {
        None => return Ok(()),
        Some(BreachFault::KnownBeforeItHappened) => "known-before-it-happened",
        Some(BreachFault::ToldBeforeKnown) => "told-before-known",
        Some(BreachFault::ClosedUnnotified) => "closed-unnotified",
        Some(BreachFault::ClosedUninformed) => "closed-uninformed",
    }))
}

/// Breaches: those whose clock runs first, then the newest first.
///
/// # Errors
/// The workspace cannot be read.
pub fn list_breaches(session: &mut Session, host: &dyn Host, request: ListBreaches) -> Result<Breaches, Error> {
    let store = session.store()?;
    let context = Context::read(store, host)?;
    let rows = context.in_order(store)?;
    let rows = rows.iter().filter(|row| !request.open || row.closed_on.is_none());
    Ok(Breaches { breaches: rows.map(|row| context.view(row)).collect() })
}

/// What the rows are shown with.
pub(super) struct Context {
    pub(super) snapshot: Snapshot,
    now: Timestamp,
    contact_known: bool,
}

impl Context {
    pub(super) fn read(reads: &dyn Reads, host: &dyn Host) -> Result<Self, Error> {
        let contact_known = is_known(&reads.profile()?);
        Ok(Self { snapshot: Snapshot::read(reads, host)?, now: host.now(), contact_known })
    }

    pub(super) fn in_order(&self, reads: &dyn Reads) -> Result<Vec<Breach>, Error> {
        let mut rows = reads.breaches()?;
        // The sort is stable: among those without a clock the newest stays first.
        rows.sort_by_key(|row| {
            let clock = row.clock(self.now);
            (waiting(clock), clock.map(|_| row.due_at()))
        });
        Ok(rows)
    }

    pub(super) fn view(&self, row: &Breach) -> BreachView {
        let locale = self.snapshot.locale;
        let instant = |at: Option<Timestamp>| at.map(Timestamp::to_rfc3339);
        let state = row.state(self.now);
        let lack = |part: &BreachPart| BreachLack {
            part: *part,
            text: messages::text(locale, "breach-lack", part.as_str(), &[]),
            rule: messages::text(locale, "breach-rule", part.as_str(), &[]),
        };
        BreachView {
            id: row.id.to_string(),
            title: row.title.clone(),
            happened_at: instant(row.happened_at),
            aware_at: row.aware_at.to_rfc3339(),
            due_at: row.due_at().to_rfc3339(),
            hours_left: row.hours_left(self.now),
            state,
            state_text: messages::text(locale, "breach-state", state.as_str(), &[]),
            description: row.description.clone(),
            kinds: row.kinds.clone(),
            persons: row.persons.clone(),
            person_count: row.person_count,
            records: row.records.clone(),
            record_count: row.record_count,
            consequences: row.consequences.clone(),
            measures: row.measures.clone(),
            risk: row.risk,
            notified_at: instant(row.notified_at),
            notification_reference: row.notification_reference.clone(),
            not_notified_reason: row.not_notified_reason.clone(),
            delay_reason: row.delay_reason.clone(),
            persons_informed_on: row.persons_informed_on.map(|day| day.to_string()),
            persons_not_informed_reason: row.persons_not_informed_reason.clone(),
            closed_on: row.closed_on.map(|day| day.to_string()),
            evidence: links(&self.snapshot, &row.evidence),
            note: row.note.clone(),
            card_data_reason: row.card_data_reason.clone(),
            lacks: row.lacks(self.contact_known).iter().map(lack).collect(),
            rev: row.rev,
        }
    }
}

/// Whether the profile has name and address of a contact (Art. 33(3)(b)).
fn is_known(profile: &Profile) -> bool {
    [&profile.contact_name, &profile.contact_email].into_iter().all(|text| !text.trim().is_empty())
}

/// What is said about each breach, in lists and in the report.
pub(super) const FIELDS: [&str; 24] = [
    "title",
    "happened",
    "aware",
    "due",
    "state",
    "description",
    "kinds",
    "persons",
    "person-count",
    "records",
    "record-count",
    "consequences",
    "measures",
    "risk",
    "notified",
    "notification-reference",
    "not-notified-reason",
    "delay-reason",
    "persons-informed",
    "persons-not-informed-reason",
    "closed",
    "evidence",
    "note",
    "lacks",
];

impl Context {
    /// The values of [`FIELDS`].
    pub(super) fn values(&self, row: &Breach) -> [Value; 24] {
        let say = |group: &str, key: &str| messages::text(self.snapshot.locale, group, key, &[]);
        let count = |count: Option<u32>| Value::Text(count.map(|count| count.to_string()).unwrap_or_default());
        let kinds: Vec<String> = row.kinds.iter().map(|kind| say("breach-kind", kind.as_str())).collect();
        let lack = |part: &BreachPart| {
            format!("{} ({})", say("breach-lack", part.as_str()), say("breach-rule", part.as_str()))
        };
        [
            Value::Text(row.title.clone()),
            Value::At(row.happened_at),
            Value::At(Some(row.aware_at)),
            Value::At(Some(row.due_at())),
            Value::Text(say("breach-state", row.state(self.now).as_str())),
            Value::Text(row.description.clone()),
            Value::Text(kinds.join("; ")),
            Value::Text(row.persons.clone()),
            count(row.person_count),
            Value::Text(row.records.clone()),
            count(row.record_count),
            Value::Text(row.consequences.clone()),
            Value::Text(row.measures.clone()),
            Value::Text(row.risk.map(|risk| say("risk", risk.as_str())).unwrap_or_default()),
            Value::At(row.notified_at),
            Value::Text(row.notification_reference.clone()),
            Value::Text(row.not_notified_reason.clone()),
            Value::Text(row.delay_reason.clone()),
            Value::Day(row.persons_informed_on),
            Value::Text(row.persons_not_informed_reason.clone()),
            Value::Day(row.closed_on),
            Value::Evidence(row.evidence.clone()),
            Value::Text(row.note.clone()),
            Value::Text(row.lacks(self.contact_known).iter().map(lack).collect::<Vec<_>>().join("; ")),
        ]
    }
}

/// Writes the breaches as CSV (Art. 33(5): so that the authority can check).
///
/// # Errors
/// The file exists or cannot be written.
pub fn export_breaches(session: &mut Session, host: &dyn Host, request: ExportCsv) -> Result<FileWritten, Error> {
    let store = session.store()?;
    let context = Context::read(store, host)?;
    let rows = context.in_order(store)?;
    let rows = rows.iter().map(|row| context.values(row).map(|value| value.cell(&context.snapshot)).to_vec());
    let head = FIELDS.map(|field| messages::text(context.snapshot.locale, "breach-field", field, &[]));
    csv::write(host, &request.path, request.overwrite, &head, &rows.collect::<Vec<_>>())
}
