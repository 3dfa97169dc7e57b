//! How fresh the proof of a requirement is on a given day.

use crate::evidence::Evidence;
use crate::framework::Freshness;
use chrono::NaiveDate;

/// A proof is called due for renewal so many days before it expires, or in the last third of its
/// life if that is shorter: a monthly proof is not due on the day it is made.
pub const DUE_SOON_DAYS: i64 = 30;

crate::word_enum! {
    /// The state of the proof of one requirement.
    ProofState {
        /// Nothing is attached.
        Missing = "missing",
        /// At least one proof counts today.
        Fresh = "fresh",
        /// The last proof that counts expires within thirty days.
        DueSoon = "due-soon",
        /// Everything attached is too old.
        Expired = "expired",
    }
}

/// The last day on which a proof counts: the day somebody set, or the end of the requirement's
/// freshness span; whichever comes first. `None`: it does not expire.
#[must_use]
pub fn counts_until(evidence: &Evidence, rule: Option<&Freshness>) -> Option<NaiveDate> {
    let by_rule = rule.map(|rule| rule.every.after(evidence.collected_on));
    match (evidence.valid_until, by_rule) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The state on `today` of a proof made on `collected_on` that counts until `until`.
#[must_use]
pub fn state_on(collected_on: NaiveDate, until: Option<NaiveDate>, today: NaiveDate) -> ProofState {
    let Some(until) = until else { return ProofState::Fresh };
    let life = until.signed_duration_since(collected_on).num_days();
    let left = until.signed_duration_since(today).num_days();
    if left < 0 {
        ProofState::Expired
    } else if left <= DUE_SOON_DAYS.min(life / 3) {
        ProofState::DueSoon
    } else {
        ProofState::Fresh
    }
}

/// The state of a requirement's proof: that of the proof which counts longest.
pub fn proof_state<'a>(
    evidence: impl IntoIterator<Item = &'a Evidence>,
    rule: Option<&Freshness>,
    today: NaiveDate,
) -> ProofState {
    evidence
        .into_iter()
        .filter(|evidence| evidence.is_current())
        .map(|evidence| (counts_until(evidence, rule), evidence.collected_on))
        .max_by_key(|(until, _)| until.unwrap_or(NaiveDate::MAX))
        .map_or(ProofState::Missing, |(until, collected_on)| state_on(collected_on, until, today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_fresh_then_due_then_expired() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let check = |collected: &str, until: Option<&str>, today: &str, state: ProofState| {
            let found = state_on(day(collected), until.map(day), day(today));
            assert_eq!(found, state, "collected {collected}, counts until {until:?}, on {today}");
        };
        check("2026-01-01", None, "2036-01-01", ProofState::Fresh);
        check("2026-01-01", Some("2026-12-31"), "2026-12-01", ProofState::DueSoon);
        check("2026-01-01", Some("2026-12-31"), "2026-11-30", ProofState::Fresh);
        check("2026-01-01", Some("2026-12-31"), "2026-12-31", ProofState::DueSoon);
        check("2026-01-01", Some("2026-12-31"), "2027-01-01", ProofState::Expired);
        // A monthly proof is fresh for the first two thirds of its life.
        check("2026-01-01", Some("2026-02-01"), "2026-01-01", ProofState::Fresh);
        check("2026-01-01", Some("2026-02-01"), "2026-01-21", ProofState::Fresh);
        check("2026-01-01", Some("2026-02-01"), "2026-01-22", ProofState::DueSoon);
    }
}
