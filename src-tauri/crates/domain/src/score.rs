//! Counts and results of an assessment. Never one number that hides the rest.

use crate::answer::{Answer, Verdict};
use serde::{Deserialize, Serialize};

/// How many requirements have which verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[ts(export_to = "api.ts")]
pub struct Tally {
    /// In place.
    pub in_place: u32,
    /// In place with a compensating control.
    pub in_place_ccw: u32,
    /// Partly in place.
    pub partly: u32,
    /// Not in place.
    pub not_in_place: u32,
    /// Not applicable.
    pub not_applicable: u32,
    /// Not tested.
    pub not_tested: u32,
    /// Not answered yet.
    pub unanswered: u32,
}

impl Tally {
    /// Counts one more.
    pub const fn add(&mut self, verdict: Verdict) {
        let count = match verdict {
            Verdict::Unanswered => &mut self.unanswered,
            Verdict::InPlace => &mut self.in_place,
            Verdict::InPlaceCcw => &mut self.in_place_ccw,
            Verdict::Partly => &mut self.partly,
            Verdict::NotInPlace => &mut self.not_in_place,
            Verdict::NotApplicable => &mut self.not_applicable,
            Verdict::NotTested => &mut self.not_tested,
        };
        *count += 1;
    }

    /// How many have this verdict.
    #[must_use]
    pub const fn count(&self, verdict: Verdict) -> u32 {
        match verdict {
            Verdict::Unanswered => self.unanswered,
            Verdict::InPlace => self.in_place,
            Verdict::InPlaceCcw => self.in_place_ccw,
            Verdict::Partly => self.partly,
            Verdict::NotInPlace => self.not_in_place,
            Verdict::NotApplicable => self.not_applicable,
            Verdict::NotTested => self.not_tested,
        }
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u32 {
        Verdict::ALL.iter().map(|verdict| self.count(*verdict)).sum()
    }
}

impl FromIterator<Verdict> for Tally {
    fn from_iter<I: IntoIterator<Item = Verdict>>(verdicts: I) -> Self {
        let mut tally = Self::default();
        for verdict in verdicts {
            tally.add(verdict);
        }
        tally
    }
}

crate::word_enum! {
    /// What the answers of an assessment add up to. Only a signed attestation states compliance;
    /// this never does.
    Outcome {
        /// Something is unanswered, not met, without its reason or worksheet, or a criterion is not confirmed.
        Open = "open",
        /// All is answered and met, but some was not tested: a partial assessment (SAQ D, Part 3).
        Partial = "partial",
        /// All is answered, and all that is not met is so because a law does not allow it (AOC Part 3).
        ReadyWithLegalException = "ready-with-legal-exception",
        /// All is answered, met or rightly not applicable.
        ReadyToAttest = "ready-to-attest",
    }
}

crate::word_enum! {
    /// How a verdict changed.
    Direction {
        /// A gap was closed, or something open was answered with something met.
        Better = "better",
        /// What was met is not met any more, or not answered.
        Worse = "worse",
        /// Neither: other, new or gone.
        Neutral = "neutral",
    }
}

impl Direction {
    /// From one verdict to another; `None` where the requirement does not apply.
    #[must_use]
    pub fn of(from: Option<Verdict>, to: Option<Verdict>) -> Self {
        // Not applicable and not tested are neither better nor worse than met.
        let rank = |verdict: Verdict| match verdict {
            Verdict::InPlace | Verdict::InPlaceCcw | Verdict::NotApplicable => 2,
            Verdict::Partly => 1,
            Verdict::NotInPlace | Verdict::Unanswered | Verdict::NotTested => 0,
        };
        match (from.map(rank), to.map(rank)) {
            (Some(from), Some(to)) if to > from => Self::Better,
            (Some(from), Some(to)) if to < from => Self::Worse,
            _ => Self::Neutral,
        }
    }
}

/// The outcome of an assessment.
///
/// `answers` holds one entry for each requirement of the scope, `None` where there is no answer.
/// `criteria` holds one entry for each criterion of eligibility.
/// Source of the rule: SAQ Part 3 (PCI DSS v4.0.1).
pub fn outcome<'a>(
    answers: impl IntoIterator<Item = Option<&'a Answer>>,
    criteria: impl IntoIterator<Item = Option<bool>>,
) -> Outcome {
    let mut partial = false;
    let mut legal = false;
    for answer in answers {
        // A verdict of an earlier assessment is a start; each assessment is answered anew.
        let Some(answer) = answer.filter(|answer| answer.carried_from.is_none()) else { return Outcome::Open };
        let verdict = answer.verdict;
        if verdict == Verdict::Unanswered
            || (verdict.is_gap() && !answer.is_legal_exception())
            || answer.worksheet_holds_back()
            || (verdict.needs_justification() && answer.justification.trim().is_empty())
        {
            return Outcome::Open;
        }
        partial |= verdict == Verdict::NotTested;
        legal |= verdict.is_gap();
    }
    if criteria.into_iter().any(|confirmed| confirmed != Some(true)) {
        return Outcome::Open;
    }
    match (legal, partial) {
        (true, _) => Outcome::ReadyWithLegalException,
        (false, true) => Outcome::Partial,
        (false, false) => Outcome::ReadyToAttest,
    }
}
