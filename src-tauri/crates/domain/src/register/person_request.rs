//! What persons ask a shop about their data, and until when it has to answer (GDPR Art. 12(3)).
//!
//! Deliberately absent: public holidays, which differ by country and state, and the stop of the
//! clock while the shop waits for proof of identity (Art. 12(6)). Both would give more time, so
//! that who keeps to the day named here is never late.

use crate::id::{EvidenceId, PersonRequestId};
use crate::register::ClockState;
use crate::time::Timestamp;
use chrono::{Datelike, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A request is due soon when so many days are left.
pub const DUE_SOON_DAYS: i64 = 7;

/// The time to answer (Art. 12(3), first sentence).
const MONTHS: u32 = 1;
/// The time to answer when it was extended: two further months (Art. 12(3), second sentence).
const MONTHS_EXTENDED: u32 = 3;

crate::word_enum! {
    /// The right that a person makes use of.
    PersonRight {
        /// To see the data and get a copy (Art. 15).
        Access = "access",
        /// To have wrong data corrected (Art. 16).
        Rectification = "rectification",
        /// To have data erased (Art. 17).
        Erasure = "erasure",
        /// To have data frozen (Art. 18).
        Restriction = "restriction",
        /// To get data in a format for machines (Art. 20).
        Portability = "portability",
        /// To object, above all to advertising (Art. 21).
        Objection = "objection",
        /// To have a decision of a machine looked at by a person (Art. 22(3)).
        HumanReview = "human-review",
        /// To take a consent back (Art. 7(3)).
        WithdrawalOfConsent = "withdrawal-of-consent",
    }
}

crate::word_enum! {
    /// How a request was answered.
    RequestOutcome {
        /// As asked.
        Granted = "granted",
        /// In part.
        Partly = "partly",
        /// Not; the person was told why and where to complain (Art. 12(4)).
        Refused = "refused",
        /// It could not be found out who asked (Art. 11(2), 12(6)).
        NotIdentified = "not-identified",
    }
}

crate::word_enum! {
    /// Where a request stands on a given day.
    RequestState {
        /// There is time.
        Open = "open",
        /// It is due within seven days.
        DueSoon = "due-soon",
        /// The time to answer has passed.
        Overdue = "overdue",
        /// It was answered in time.
        Answered = "answered",
        /// It was answered too late.
        AnsweredLate = "answered-late",
    }
}

/// Two further months, once, for a request that is complex or one of many (Art. 12(3)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Why it takes longer. Never empty.
    pub reason: String,
    /// The day on which the person was told; within the first month.
    pub told_on: NaiveDate,
}

/// Something a person asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRequest {
    /// Its id.
    pub id: PersonRequestId,
    /// The day on which it came in.
    pub received_on: NaiveDate,
    /// The right it is about.
    pub right: PersonRight,
    /// What the merchant recognises it by. Never empty; a customer number is enough (Art. 5(1)(c)).
    pub reference: String,
    /// The day on which it was certain who asked.
    pub identity_checked_on: Option<NaiveDate>,
    /// Two further months.
    pub extension: Option<Extension>,
    /// The day on which it was answered.
    pub answered_on: Option<NaiveDate>,
    /// How; there exactly if `answered_on` is.
    pub outcome: Option<RequestOutcome>,
    /// Why it was refused, or granted only in part.
    pub outcome_reason: String,
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

/// Until when something has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The day of the calendar; who keeps to it is never late.
    pub safe: NaiveDate,
    /// The last day: `safe`, or the Monday after it if that is a Saturday or Sunday (Regulation
    /// (EEC, Euratom) 1182/71, Art. 3(4)).
    pub due: NaiveDate,
}

impl Deadline {
    /// So many months after a day: the same day of the month, or the last one if the month has no
    /// such day (Regulation 1182/71, Art. 3(2)(c)).
    #[must_use]
    pub fn months_after(day: NaiveDate, months: u32) -> Self {
        let safe = day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
        let mut due = safe;
        while matches!(due.weekday(), Weekday::Sat | Weekday::Sun) {
            let Some(next) = due.succ_opt() else { break };
            due = next;
        }
        Self { safe, due }
    }
}

/// Something about a request that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestFault {
    /// It was checked, extended or answered before it came in.
    BeforeReceipt(NaiveDate),
    /// The person was told of the extension after the first month, which ended on this day.
    ToldTooLate(NaiveDate),
    /// It was answered, but it is not said how.
    OutcomeMissing,
    /// It is said how it was answered, but not when.
    AnsweredOnMissing,
    /// It was refused without a reason (Art. 12(4)).
    ReasonMissing,
}

impl PersonRequest {
    /// The texts that people write in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let texts: [&str; 3] = [&self.reference, &self.outcome_reason, &self.note];
        texts.into_iter().chain(self.extension.as_ref().map(|one| one.reason.as_str())).collect()
    }

    /// Until when it has to be answered.
    #[must_use]
    pub fn deadline(&self) -> Deadline {
        Deadline::months_after(self.received_on, if self.extension.is_some() { MONTHS_EXTENDED } else { MONTHS })
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self, today: NaiveDate) -> RequestState {
        let Deadline { safe, due } = self.deadline();
        match self.answered_on {
            Some(on) if on > due => RequestState::AnsweredLate,
            Some(_) => RequestState::Answered,
            None if today > due => RequestState::Overdue,
            None if safe.signed_duration_since(today).num_days() <= DUE_SOON_DAYS => RequestState::DueSoon,
            None => RequestState::Open,
        }
    }

    /// How near the end of its time is; none if it was answered.
    #[must_use]
    pub fn clock(&self, today: NaiveDate) -> Option<ClockState> {
        match self.state(today) {
            RequestState::Open => Some(ClockState::Running),
            RequestState::DueSoon => Some(ClockState::DueSoon),
            RequestState::Overdue => Some(ClockState::Overdue),
            RequestState::Answered | RequestState::AnsweredLate => None,
        }
    }

    /// The first thing about it that cannot be.
    #[must_use]
    pub fn fault(&self) -> Option<RequestFault> {
        let told_on = self.extension.as_ref().map(|extension| extension.told_on);
        let days = [self.identity_checked_on, told_on, self.answered_on];
        if let Some(day) = days.into_iter().flatten().find(|day| *day < self.received_on) {
            return Some(RequestFault::BeforeReceipt(day));
        }
        let first = Deadline::months_after(self.received_on, MONTHS).due;
        if told_on.is_some_and(|told_on| told_on > first) {
            return Some(RequestFault::ToldTooLate(first));
        }
        match (self.answered_on, self.outcome) {
            (Some(_), None) => Some(RequestFault::OutcomeMissing),
            (None, Some(_)) => Some(RequestFault::AnsweredOnMissing),
            (_, Some(RequestOutcome::Refused)) if self.outcome_reason.trim().is_empty() => {
                Some(RequestFault::ReasonMissing)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn request(received: &str) -> PersonRequest {
        PersonRequest {
            id: PersonRequestId(uuid::Uuid::nil()),
            received_on: day(received),
            right: PersonRight::Access,
            reference: "customer 4711".to_owned(),
            identity_checked_on: None,
            extension: None,
            answered_on: None,
            outcome: None,
            outcome_reason: String::new(),
            evidence: Vec::new(),
            note: String::new(),
            card_data_reason: None,
            created_at: Timestamp(0),
            rev: 1,
        }
    }

    fn extended(received: &str, told_on: &str) -> PersonRequest {
        let extension = Some(Extension { reason: "many at once".to_owned(), told_on: day(told_on) });
        PersonRequest { extension, ..request(received) }
    }

    #[test]
    fn a_month_ends_on_a_working_day() {
        let check = |request: PersonRequest, safe: &str, due: &str| {
            assert_eq!(request.deadline(), Deadline { safe: day(safe), due: day(due) }, "{request:?}");
        };
        check(request("2026-11-05"), "2026-12-05", "2026-12-07"); // a Saturday
        check(request("2026-11-06"), "2026-12-06", "2026-12-07"); // a Sunday
        check(request("2026-11-09"), "2026-12-09", "2026-12-09"); // a Wednesday
        check(request("2026-08-31"), "2026-09-30", "2026-09-30"); // September has 30 days
        check(request("2027-01-31"), "2027-02-28", "2027-03-01"); // a Sunday in February
        check(request("2028-01-30"), "2028-02-29", "2028-02-29"); // a leap year
        check(extended("2026-11-05", "2026-12-01"), "2027-02-05", "2027-02-05"); // counted from the receipt
        check(extended("2026-11-30", "2026-12-01"), "2027-02-28", "2027-03-01");
    }

    #[test]
    fn a_request_is_open_then_due_then_overdue_or_answered() {
        let check = |request: &PersonRequest, today: &str, state: RequestState| {
            assert_eq!(request.state(day(today)), state, "{request:?} on {today}");
        };
        let mut asked = request("2026-11-05");
        check(&asked, "2026-11-27", RequestState::Open);
        check(&asked, "2026-11-28", RequestState::DueSoon); // seven days before the Saturday
        check(&asked, "2026-12-07", RequestState::DueSoon);
        check(&asked, "2026-12-08", RequestState::Overdue);
        check(&extended("2026-11-05", "2026-12-01"), "2026-12-08", RequestState::Open);
        asked.answered_on = Some(day("2026-12-07"));
        check(&asked, "2027-12-08", RequestState::Answered);
        asked.answered_on = Some(day("2026-12-08"));
        check(&asked, "2027-12-08", RequestState::AnsweredLate);
    }

    #[test]
    fn what_cannot_be_is_named() {
        let answered =
            |outcome| PersonRequest { answered_on: Some(day("2026-11-10")), outcome, ..request("2026-11-05") };
        let check = |request: PersonRequest, fault: Option<RequestFault>| {
            assert_eq!(request.fault(), fault, "{request:?}");
        };
        check(request("2026-11-05"), None);
        check(extended("2026-11-05", "2026-12-07"), None);
        check(extended("2026-11-05", "2026-12-08"), Some(RequestFault::ToldTooLate(day("2026-12-07"))));
        check(extended("2026-11-05", "2026-11-04"), Some(RequestFault::BeforeReceipt(day("2026-11-04"))));
        check(answered(None), Some(RequestFault::OutcomeMissing));
        check(answered(Some(RequestOutcome::Granted)), None);
        check(answered(Some(RequestOutcome::Refused)), Some(RequestFault::ReasonMissing));
        let unsaid = PersonRequest { answered_on: None, ..answered(Some(RequestOutcome::Granted)) };
        check(unsaid, Some(RequestFault::AnsweredOnMissing));
    }
}
