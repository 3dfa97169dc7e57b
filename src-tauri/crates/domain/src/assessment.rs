//! One pass over one framework and scope, with a period.

use crate::id::{AssessmentId, CriterionId, FrameworkId, Scopes};
use crate::score::{Outcome, Tally};
use crate::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// An assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Its id.
    pub id: AssessmentId,
    /// The framework it goes through.
    pub framework: FrameworkId,
    /// The version of the framework when it was started.
    pub framework_version: String,
    /// Which requirements apply: those of every scope named here.
    #[serde(rename = "scope")]
    pub scopes: Scopes,
    /// First day of the period it covers.
    pub period_start: NaiveDate,
    /// Last day of the period it covers.
    pub period_end: NaiveDate,
    /// When it was started.
    pub started_at: Timestamp,
    /// The assessment whose answers it began with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<AssessmentId>,
    /// How it ended; nothing of it changes from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_off: Option<SignOff>,
    /// Counts the changes, from 1.
    pub rev: i64,
}

/// The end of an assessment: who stands for it, and what the journal was at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    /// When.
    pub at: Timestamp,
    /// The day that stands under it.
    pub signed_on: NaiveDate,
    /// Who signs; never empty.
    pub name: String,
    /// As what: owner, executive officer (SAQ Part 3b). Never empty.
    pub role: String,
    /// The last journal entry before it.
    pub seq: u64,
    /// The hash of that entry, 64 lower-case hex digits.
    pub head: String,
    /// The counts as they were.
    pub tally: Tally,
    /// The outcome as it was.
    pub outcome: Outcome,
}

impl Assessment {
    /// Whether it can still be worked on.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.signed_off.is_none()
    }
}

/// What the merchant says about one criterion of eligibility (SAQ Part 2h).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionAnswer {
    /// The assessment it belongs to.
    pub assessment: AssessmentId,
    /// The criterion.
    pub criterion: CriterionId,
    /// Confirmed, denied, or taken back (`None`).
    pub confirmed: Option<bool>,
    /// Counts the changes, from 1.
    pub rev: i64,
}
