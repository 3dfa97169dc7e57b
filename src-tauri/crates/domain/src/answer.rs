//! What a merchant says about one requirement of one assessment.

use crate::id::{AssessmentId, RequirementId};
use crate::time::Timestamp;
use crate::worksheet::WorksheetField;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::word_enum! {
    /// The response to a requirement. PCI DSS knows all but `partly`; the GDPR and Shop security
    /// know no CCW and no "not tested". A framework says which it allows.
    Verdict {
        /// Nobody has answered yet. Never counts as met.
        Unanswered = "unanswered",
        /// Tested and fully met.
        InPlace = "in-place",
        /// Met through a compensating control (PCI DSS Appendix B).
        InPlaceCcw = "in-place-ccw",
        /// Met in part.
        Partly = "partly",
        /// Some part is not met.
        NotInPlace = "not-in-place",
        /// Verified not to apply; needs a reason (PCI DSS SAQ Appendix C).
        NotApplicable = "not-applicable",
        /// Not looked at (SAQ D only, Appendix D); needs a reason.
        NotTested = "not-tested",
    }
}

impl Verdict {
    /// Whether the verdict stands only with a written reason.
    #[must_use]
    pub const fn needs_justification(self) -> bool {
        matches!(self, Self::InPlaceCcw | Self::NotApplicable | Self::NotTested)
    }

    /// Whether something is left to put right.
    #[must_use]
    pub const fn is_gap(self) -> bool {
        matches!(self, Self::Partly | Self::NotInPlace)
    }

    /// Whether the verdict claims that the requirement is met, so that proof is asked for.
    #[must_use]
    pub const fn claims_met(self) -> bool {
        matches!(self, Self::InPlace | Self::InPlaceCcw)
    }
}

impl Answer {
    /// An answer that nobody has given yet.
    #[must_use]
    pub const fn unanswered(assessment: AssessmentId, requirement: RequirementId) -> Self {
        Self {
            assessment,
            requirement,
            verdict: Verdict::Unanswered,
            progress: Progress::ToDo,
            note: String::new(),
            justification: String::new(),
            parts: BTreeMap::new(),
            worksheet: BTreeMap::new(),
            card_data_reason: None,
            carried_from: None,
            target_date: None,
            answered_at: Timestamp(0),
            answered_by: String::new(),
            rev: 0,
        }
    }

    /// The texts that people write in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        [&self.note, &self.justification].into_iter().chain(self.worksheet.values()).map(String::as_str).collect()
    }

    /// A part whose answer speaks against the whole: the whole claims to be met, the part is not.
    #[must_use]
    pub fn contradiction(&self) -> Option<&str> {
        let against = |(_, verdict): &(&String, &Verdict)| verdict.is_gap() || **verdict == Verdict::NotTested;
        self.parts.iter().filter(|_| self.verdict.claims_met()).find(against).map(|(part, _)| part.as_str())
    }
}

crate::word_enum! {
    /// How far the team's work on a requirement is; apart from the verdict.
    Progress {
        /// Nobody has begun.
        ToDo = "to-do",
        /// Somebody is at it.
        InProgress = "in-progress",
        /// Somebody else is to look at it.
        InReview = "in-review",
        /// Nothing is left to do.
        Done = "done",
    }
}

crate::word_enum! {
    /// Why a verdict that comes from an earlier assessment needs another look.
    Stale {
        /// The proof has expired.
        ProofExpired = "proof-expired",
        /// It is older than the requirement's rule allows, or than a year.
        TooOld = "too-old",
        /// Proof was attached after it was given.
        NewProof = "new-proof",
    }
}

/// The answer to one requirement of one assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The assessment it belongs to.
    pub assessment: AssessmentId,
    /// The requirement it answers.
    pub requirement: RequirementId,
    /// The response.
    pub verdict: Verdict,
    /// The team's work.
    pub progress: Progress,
    /// What the merchant wants to say about it. May be empty.
    pub note: String,
    /// The reason, for the verdicts that need one. May be empty otherwise.
    pub justification: String,
    /// What was said about the parts of a requirement that has parts; a part without an entry is open.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<String, Verdict>,
    /// What is written on its worksheet, by point. A point without an entry is open.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub worksheet: BTreeMap<WorksheetField, String>,
    /// Why its texts are kept although card data or a secret was found in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_data_reason: Option<String>,
    /// The earlier assessment that the verdict comes from, until somebody gives it anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_from: Option<AssessmentId>,
    /// Until when a gap is to be closed.
    pub target_date: Option<NaiveDate>,
    /// When it was last changed.
    pub answered_at: Timestamp,
    /// Who changed it last.
    pub answered_by: String,
    /// Counts the changes, from 1.
    pub rev: i64,
}
