//! What the three registers of the GDPR share: texts that are looked into before they are kept,
//! links, and the periods that run.

use super::{guard, parse, person_request, provider};
use crate::error::Error;
use crate::host::Host;
use crate::types::register::{RegisterClock, RegisterLink};
use crate::view::Snapshot;
use chrono::{DateTime, NaiveDate};
use tillproof_domain::evidence::Evidence;
use tillproof_domain::id::EvidenceId;
use tillproof_domain::register::{ClockState, Register};
use tillproof_domain::time::Timestamp;
use tillproof_store::Reads;

/// The texts of one request, each looked into before it is kept.
pub(super) struct Texts<'a> {
    host: &'a dyn Host,
    reason: Option<String>,
    /// Whether one of them is kept only for the reason.
    needed: bool,
}

impl<'a> Texts<'a> {
    /// Texts that may hold card data if a reason was given.
    pub(super) fn new(host: &'a dyn Host, allow_card_data: Option<String>) -> Result<Self, Error> {
        Ok(Self { host, reason: guard::reason(allow_card_data)?, needed: false })
    }

    /// Puts a text in the place of another, if one was given. What does not change was looked into
    /// before.
    pub(super) fn set(&mut self, field: &mut String, text: Option<String>) -> Result<(), Error> {
        if let Some(text) = text.filter(|text| text != field) {
            let text = parse::bearable(text)?;
            self.needed |= guard::kept(self.host, &text, self.reason.as_deref())?;
            *field = text;
        }
        Ok(())
    }

    /// The same for a text that must say something; `code` is the error if it does not.
    pub(super) fn set_required(
        &mut self,
        code: &'static str,
        field: &mut String,
        text: Option<String>,
    ) -> Result<(), Error> {
        let text = text.map(|text| parse::required(code, &text)).transpose()?;
        self.set(field, text)
    }

    /// Why the row is kept although something was found in it: the reason given now, if it was
    /// needed, or that of before.
    pub(super) fn keep_reason(self, field: &mut Option<String>) {
        if self.needed {
            *field = self.reason;
        }
    }
}

/// What a row of a register says in one place.
pub(super) enum Value {
    /// In words; may be empty.
    Text(String),
    /// On a day.
    Day(Option<NaiveDate>),
    /// At an instant.
    At(Option<Timestamp>),
    /// With evidence.
    Evidence(Vec<EvidenceId>),
}

impl Value {
    /// For a list: days as `YYYY-MM-DD`, instants as RFC 3339.
    pub(super) fn cell(self, snapshot: &Snapshot) -> String {
        match self {
            Self::Text(text) => text,
            Self::Day(day) => day.map(|day| day.to_string()).unwrap_or_default(),
            Self::At(at) => at.map(Timestamp::to_rfc3339).unwrap_or_default(),
            Self::Evidence(ids) => {
                linked(snapshot, &ids).map(|evidence| evidence.name.as_str()).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// A day that has come; none for an empty text.
pub(super) fn past_day(host: &dyn Host, text: &str) -> Result<Option<NaiveDate>, Error> {
    let day = parse::day_opt(Some(text))?;
    match day.filter(|day| *day > host.today()) {
        Some(day) => Err(Error::new("day-in-future").with("value", day)),
        None => Ok(day),
    }
}

/// An instant that has come; none for an empty text.
pub(super) fn past_instant(now: Timestamp, text: &str) -> Result<Option<Timestamp>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let instant = DateTime::parse_from_rfc3339(text).map_err(|_| Error::new("invalid-instant").with("value", text))?;
    let instant = Timestamp::from(instant.to_utc());
    if instant > now {
        return Err(Error::new("instant-in-future").with("value", text));
    }
    Ok(Some(instant))
}

/// Refuses a change that was made on what somebody else has changed since.
pub(super) fn check_rev(seen: Option<i64>, rev: i64, name: &str) -> Result<(), Error> {
    if seen.is_some_and(|seen| seen != rev) { Err(Error::new("conflict").with("row", name)) } else { Ok(()) }
}

/// The evidence that a row links, sorted. What was linked before may stay, even if it was removed.
pub(super) fn evidence(
    reads: &dyn Reads,
    before: &[EvidenceId],
    texts: Option<Vec<String>>,
) -> Result<Vec<EvidenceId>, Error> {
    let Some(texts) = texts else { return Ok(before.to_vec()) };
    let known = |text: &String| {
        let id: EvidenceId = parse::id("evidence", text)?;
        let counts = || Ok::<_, Error>(reads.evidence(id)?.is_some_and(|evidence| evidence.is_current()));
        if before.contains(&id) || counts()? { Ok(id) } else { Err(Error::not_found("evidence", text)) }
    };
    let mut ids = texts.iter().map(known).collect::<Result<Vec<_>, _>>()?;
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// The versions that count now of the evidence that a row links.
pub(super) fn linked<'a>(snapshot: &'a Snapshot, ids: &'a [EvidenceId]) -> impl Iterator<Item = &'a Evidence> {
    ids.iter().filter_map(|id| provider::current(snapshot, *id))
}

/// The same for the wire.
pub(super) fn links(snapshot: &Snapshot, ids: &[EvidenceId]) -> Vec<RegisterLink> {
    linked(snapshot, ids)
        .map(|evidence| RegisterLink { id: evidence.id.to_string(), name: evidence.name.clone() })
        .collect()
}

/// The periods that run or have ended without an answer or a notification, the most urgent first.
///
/// # Errors
/// The workspace cannot be read.
pub fn register_clocks(reads: &dyn Reads, host: &dyn Host) -> Result<Vec<RegisterClock>, Error> {
    let (now, today, locale) = (host.now(), host.today(), host.locale());
    let mut clocks: Vec<RegisterClock> = Vec::new();
    for breach in reads.breaches()? {
        if let Some(state) = breach.clock(now) {
            let due = breach.due_at().to_rfc3339();
            let (id, title) = (breach.id.to_string(), breach.title);
            clocks.push(RegisterClock { register: Register::Breaches, id, title, due, state });
        }
    }
    for request in reads.person_requests()? {
        if let Some(state) = request.clock(today) {
            clocks.push(RegisterClock {
                register: Register::PersonRequests,
                id: request.id.to_string(),
                title: person_request::title(&request, locale),
                due: request.deadline().due.to_string(),
                state,
            });
        }
    }
    // A day and an instant of the same day: the day, which ends later, comes second.
    let order = |clock: &RegisterClock| {
        let end = if clock.due.len() == 10 { format!("{}T24", clock.due) } else { clock.due.clone() };
        (std::cmp::Reverse(clock.state), end, clock.id.clone())
    };
    clocks.sort_by_key(order);
    Ok(clocks)
}

/// How a list of rows is ordered: what waits first.
pub(super) const fn waiting(clock: Option<ClockState>) -> u8 {
    match clock {
        Some(ClockState::Overdue) => 0,
        Some(ClockState::DueSoon) => 1,
        Some(ClockState::Running) => 2,
        None => 3,
    }
}
