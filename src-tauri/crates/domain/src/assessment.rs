//! One pass over one framework and scope, with a period.

use crate::id::{AssessmentId, CriterionId, FrameworkId, Scopes};
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
    /// Counts the changes, from 1.
    pub rev: i64,
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
