//! How fresh the proof of a requirement is on a given day.

use crate::evidence::Evidence;
use crate::framework::Freshness;
use chrono::{NaiveDate, TimeDelta};

/// So many days before it expires, a proof is called due for renewal.
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

/// The state on `today` of something that counts until `until`.
#[must_use]
pub fn state_on(until: Option<NaiveDate>, today: NaiveDate) -> ProofState {
    match until {
        None => ProofState::Fresh,
        Some(until) if until < today => ProofState::Expired,
        Some(until) if until.signed_duration_since(today) <= TimeDelta::days(DUE_SOON_DAYS) => ProofState::DueSoon,
        Some(_) => ProofState::Fresh,
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
        .map(|evidence| counts_until(evidence, rule).unwrap_or(NaiveDate::MAX))
        .max()
        .map_or(ProofState::Missing, |until| state_on(Some(until), today))
}
