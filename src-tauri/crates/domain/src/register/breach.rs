//! Personal data breaches: what happened, what was done, and the 72 hours (GDPR Art. 33, 34).
//!
//! Deliberately absent: Art. 3(5) of Regulation 1182/71, by which a period of two days or more holds
//! two working days. Authorities count 72 hours; who keeps to them is never late.

use crate::id::{BreachId, EvidenceId};
use crate::register::ClockState;
use crate::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The time to notify the authority (Art. 33(1)), in microseconds.
const PERIOD: i64 = 72 * HOUR;
/// An hour, in microseconds.
const HOUR: i64 = 3_600 * 1_000_000;

crate::word_enum! {
    /// What a breach did to the data (GDPR Art. 4(12)).
    BreachKind {
        /// Somebody saw it who should not.
        Confidentiality = "confidentiality",
        /// It was changed.
        Integrity = "integrity",
        /// It was lost or out of reach.
        Availability = "availability",
    }
}

crate::word_enum! {
    /// The risk for the persons.
    BreachRisk {
        /// A risk is unlikely; the authority need not be told (Art. 33(1)).
        NoRisk = "no-risk",
        /// A risk; the authority must be told.
        Risk = "risk",
        /// A high risk; the persons must be told, too (Art. 34(1)).
        HighRisk = "high-risk",
    }
}

crate::word_enum! {
    /// Where a breach stands at a given instant.
    BreachState {
        /// The 72 hours run.
        ClockRunning = "clock-running",
        /// The 72 hours have passed, and the authority was not told.
        Overdue = "overdue",
        /// The authority was told in time.
        Notified = "notified",
        /// The authority was told too late.
        NotifiedLate = "notified-late",
        /// The authority need not be told, and it is written down why.
        NotNotifiable = "not-notifiable",
        /// Nothing is left to do.
        Closed = "closed",
    }
}

crate::word_enum! {
    /// What a notification or the record of a breach must say.
    BreachPart {
        /// What happened (Art. 33(3)(a), 33(5)).
        Description = "description",
        /// What it did to the data (33(3)(a)).
        Kind = "kind",
        /// Whose data, and about how many persons (33(3)(a)).
        Persons = "persons",
        /// Which data, and about how many records (33(3)(a)).
        Records = "records",
        /// Whom to ask: name and address in the profile (33(3)(b)).
        Contact = "contact",
        /// What is likely to follow (33(3)(c), 33(5)).
        Consequences = "consequences",
        /// What was done or is planned (33(3)(d), 33(5)).
        Measures = "measures",
        /// How high the risk is (33(1)).
        Risk = "risk",
        /// Why the authority was not told (33(1), 33(5)).
        NotNotifiedReason = "not-notified-reason",
        /// Why the authority was told later than after 72 hours (33(1)).
        DelayReason = "delay-reason",
        /// That the persons were told, or why not (34(1), 34(3)).
        PersonsInformed = "persons-informed",
    }
}

/// A breach. Texts may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Its id.
    pub id: BreachId,
    /// What it is called. Never empty.
    pub title: String,
    /// When it happened, if that is known.
    pub happened_at: Option<Timestamp>,
    /// When somebody in the shop became aware of it: the 72 hours begin.
    pub aware_at: Timestamp,
    /// What happened.
    pub description: String,
    /// What it did to the data, sorted.
    pub kinds: Vec<BreachKind>,
    /// Whose data.
    pub persons: String,
    /// About how many persons.
    pub person_count: Option<u32>,
    /// Which data.
    pub records: String,
    /// About how many records.
    pub record_count: Option<u32>,
    /// What is likely to follow.
    pub consequences: String,
    /// What was done or is planned.
    pub measures: String,
    /// The risk for the persons; none until somebody has judged it.
    pub risk: Option<BreachRisk>,
    /// When the authority was told.
    pub notified_at: Option<Timestamp>,
    /// The authority's reference.
    pub notification_reference: String,
    /// Why the authority was not told.
    pub not_notified_reason: String,
    /// Why the authority was told later than after 72 hours.
    pub delay_reason: String,
    /// When the persons were told.
    pub persons_informed_on: Option<NaiveDate>,
    /// Why the persons were not told (Art. 34(3)).
    pub persons_not_informed_reason: String,
    /// When it was closed.
    pub closed_on: Option<NaiveDate>,
    /// What shows it, sorted.
    pub evidence: Vec<EvidenceId>,
    /// More about it.
    pub note: String,
    /// Why its texts are kept although card data or a secret was found in them.
    pub card_data_reason: Option<String>,
    /// When it was added.
    pub created_at: Timestamp,
    /// Counts the changes, from 1.
    pub rev: i64,
}

/// Something about a breach that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreachFault {
    /// It became known before it happened.
    KnownBeforeItHappened,
    /// The authority or the persons were told before it became known.
    ToldBeforeKnown,
    /// It is closed, but the authority was not told, nor is it said why it need not be.
    ClosedUnnotified,
    /// It is closed, but the persons were not told of a high risk, nor is it said why not.
    ClosedUninformed,
}

fn empty(text: &str) -> bool {
    text.trim().is_empty()
}

impl Breach {
    /// The texts that people write in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let texts: [&str; 11] = [
            &self.title,
            &self.description,
            &self.persons,
            &self.records,
            &self.consequences,
            &self.measures,
            &self.notification_reference,
            &self.not_notified_reason,
            &self.delay_reason,
            &self.persons_not_informed_reason,
            &self.note,
        ];
        texts.into_iter().collect()
    }

    /// A breach that is only known to be.
    #[must_use]
    pub fn new(id: BreachId, title: String, aware_at: Timestamp, created_at: Timestamp) -> Self {
        Self {
            id,
            title,
            happened_at: None,
            aware_at,
            description: String::new(),
            kinds: Vec::new(),
            persons: String::new(),
            person_count: None,
            records: String::new(),
            record_count: None,
            consequences: String::new(),
            measures: String::new(),
            risk: None,
            notified_at: None,
            notification_reference: String::new(),
            not_notified_reason: String::new(),
            delay_reason: String::new(),
            persons_informed_on: None,
            persons_not_informed_reason: String::new(),
            closed_on: None,
            evidence: Vec::new(),
            note: String::new(),
            card_data_reason: None,
            created_at,
            rev: 1,
        }
    }

    /// The end of the 72 hours.
    #[must_use]
    pub const fn due_at(&self) -> Timestamp {
        Timestamp(self.aware_at.0.saturating_add(PERIOD))
    }

    /// Whole hours until the end of the 72; negative once it has passed.
    #[must_use]
    pub const fn hours_left(&self, now: Timestamp) -> i64 {
        self.due_at().0.saturating_sub(now.0).div_euclid(HOUR)
    }

    /// Whether the authority need not be told, and it is written down why.
    #[must_use]
    pub fn is_not_notifiable(&self) -> bool {
        self.risk == Some(BreachRisk::NoRisk) && !empty(&self.not_notified_reason)
    }

    /// Where it stands. As long as nobody has judged the risk, the clock runs.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> BreachState {
        match self.notified_at {
            _ if self.closed_on.is_some() => BreachState::Closed,
            Some(at) if at > self.due_at() => BreachState::NotifiedLate,
            Some(_) => BreachState::Notified,
            None if self.is_not_notifiable() => BreachState::NotNotifiable,
            None if now > self.due_at() => BreachState::Overdue,
            None => BreachState::ClockRunning,
        }
    }

    /// How near the end of the 72 hours is; none if nobody waits for a notification any more.
    #[must_use]
    pub fn clock(&self, now: Timestamp) -> Option<ClockState> {
        match self.state(now) {
            // 72 hours are always soon.
            BreachState::ClockRunning => Some(ClockState::DueSoon),
            BreachState::Overdue => Some(ClockState::Overdue),
            _ => None,
        }
    }

    /// What the record, and a notification if there must be one, does not say yet. The contact is
    /// known if the profile has its name and address.
    #[must_use]
    pub fn lacks(&self, contact_known: bool) -> Vec<BreachPart> {
        let late = self.notified_at.is_some_and(|at| at > self.due_at());
        let informed = self.persons_informed_on.is_some() || !empty(&self.persons_not_informed_reason);
        // What a notification must say beyond the record that is kept in any case.
        let for_the_authority = self.notified_at.is_some() || !self.is_not_notifiable();
        let lacking = |part: &BreachPart| match part {
            BreachPart::Description => empty(&self.description),
            BreachPart::Kind => self.kinds.is_empty(),
            BreachPart::Persons => for_the_authority && (empty(&self.persons) || self.person_count.is_none()),
            BreachPart::Records => for_the_authority && (empty(&self.records) || self.record_count.is_none()),
            BreachPart::Contact => for_the_authority && !contact_known,
            BreachPart::Consequences => empty(&self.consequences),
            BreachPart::Measures => empty(&self.measures),
            BreachPart::Risk => self.risk.is_none(),
            BreachPart::NotNotifiedReason => {
                self.risk == Some(BreachRisk::NoRisk) && self.notified_at.is_none() && empty(&self.not_notified_reason)
            }
            BreachPart::DelayReason => late && empty(&self.delay_reason),
            BreachPart::PersonsInformed => self.risk == Some(BreachRisk::HighRisk) && !informed,
        };
        BreachPart::ALL.iter().copied().filter(lacking).collect()
    }

    /// The first thing about it that cannot be.
    #[must_use]
    pub fn fault(&self) -> Option<BreachFault> {
        let known_on = self.aware_at.to_utc().date_naive();
        // The day is the merchant's own; it may be one behind or ahead of UTC.
        let told_before = self.persons_informed_on.is_some_and(|on| on.succ_opt().is_some_and(|next| next < known_on));
        if self.happened_at.is_some_and(|at| at > self.aware_at) {
            Some(BreachFault::KnownBeforeItHappened)
        } else if told_before || self.notified_at.is_some_and(|at| at < self.aware_at) {
            Some(BreachFault::ToldBeforeKnown)
        } else if self.closed_on.is_none() {
            None
        } else if self.notified_at.is_none() && !self.is_not_notifiable() {
            Some(BreachFault::ClosedUnnotified)
        } else if self.risk == Some(BreachRisk::HighRisk)
            && self.persons_informed_on.is_none()
            && empty(&self.persons_not_informed_reason)
        {
            Some(BreachFault::ClosedUninformed)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    fn at(text: &str) -> Timestamp {
        text.parse::<DateTime<Utc>>().expect("an instant").into()
    }

    fn breach() -> Breach {
        let aware = at("2026-11-20T09:30:00Z");
        Breach::new(BreachId(uuid::Uuid::nil()), "Lost laptop".to_owned(), aware, aware)
    }

    #[test]
    fn the_clock_runs_for_72_hours_to_the_second() {
        let check = |breach: &Breach, now: &str, state: BreachState, hours: i64| {
            assert_eq!((breach.state(at(now)), breach.hours_left(at(now))), (state, hours), "{breach:?} at {now}");
        };
        let open = breach();
        check(&open, "2026-11-20T09:30:00Z", BreachState::ClockRunning, 72);
        check(&open, "2026-11-21T09:30:01Z", BreachState::ClockRunning, 47);
        check(&open, "2026-11-23T09:30:00Z", BreachState::ClockRunning, 0);
        check(&open, "2026-11-23T09:30:01Z", BreachState::Overdue, -1);
        let told = |text: &str| Breach { notified_at: Some(at(text)), ..breach() };
        check(&told("2026-11-23T09:30:00Z"), "2026-12-01T00:00:00Z", BreachState::Notified, -183);
        check(&told("2026-11-23T09:30:01Z"), "2026-12-01T00:00:00Z", BreachState::NotifiedLate, -183);
    }

    #[test]
    fn only_without_risk_and_with_a_reason_nobody_is_told() {
        let now = at("2026-11-24T00:00:00Z");
        let with = |risk, reason: &str| Breach { risk, not_notified_reason: reason.to_owned(), ..breach() };
        let check = |breach: Breach, state: BreachState| assert_eq!(breach.state(now), state, "{breach:?}");
        check(with(None, "encrypted"), BreachState::Overdue);
        check(with(Some(BreachRisk::Risk), "encrypted"), BreachState::Overdue);
        check(with(Some(BreachRisk::NoRisk), " "), BreachState::Overdue);
        check(with(Some(BreachRisk::NoRisk), "encrypted"), BreachState::NotNotifiable);
        let closed = |breach: Breach| Breach { closed_on: Some("2026-11-24".parse().expect("a day")), ..breach };
        check(closed(with(Some(BreachRisk::NoRisk), "encrypted")), BreachState::Closed);
        assert_eq!(closed(with(Some(BreachRisk::NoRisk), "encrypted")).fault(), None, "settled");
        assert_eq!(closed(breach()).fault(), Some(BreachFault::ClosedUnnotified), "not settled");
        let high = Breach { notified_at: Some(now), risk: Some(BreachRisk::HighRisk), ..breach() };
        assert_eq!(closed(high).fault(), Some(BreachFault::ClosedUninformed), "the persons do not know");
    }

    #[test]
    fn the_order_of_events_is_checked() {
        let before = Some(at("2026-11-20T09:29:59Z"));
        assert_eq!(Breach { happened_at: before, ..breach() }.fault(), None, "it happened first");
        let later = Breach { happened_at: Some(at("2026-11-20T09:30:01Z")), ..breach() };
        assert_eq!(later.fault(), Some(BreachFault::KnownBeforeItHappened), "it cannot happen later");
        assert_eq!(
            Breach { notified_at: before, ..breach() }.fault(),
            Some(BreachFault::ToldBeforeKnown),
            "told first"
        );
    }
}
