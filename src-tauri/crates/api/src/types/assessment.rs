//! Assessments and their criteria of eligibility.

use super::wire;
use tillproof_domain::framework::{Confidence, CriterionChannel};
use tillproof_domain::score::{Outcome, Tally};

wire! {
    /// Starts an assessment.
    pub struct StartAssessment {
        /// The framework.
        pub framework: String,
        /// The scope; may be left out where the framework has only one. Several, for a merchant
        /// who takes payments in several ways, are joined by `+`: `A+B-IP`.
        #[serde(default)] #[ts(optional)]
        pub scope: Option<String>,
        /// First day of the period; today if not given.
        #[serde(default)] #[ts(optional)]
        pub period_start: Option<String>,
        /// Last day of the period; a year after the first if not given.
        #[serde(default)] #[ts(optional)]
        pub period_end: Option<String>,
    }

    /// An assessment at a glance.
    pub struct AssessmentSummary {
        /// Its id.
        pub id: String,
        /// The framework.
        pub framework: String,
        /// The framework's name.
        pub framework_name: String,
        /// The version of the framework.
        pub framework_version: String,
        /// The scope, or several joined by `+`.
        pub scope: String,
        /// The scope's name, or several.
        pub scope_name: String,
        /// Each scope.
        pub scopes: Vec<AssessmentScope>,
        /// First day of the period.
        pub period_start: String,
        /// Last day of the period.
        pub period_end: String,
        /// Counts by verdict.
        pub tally: Tally,
        /// What the answers add up to.
        pub outcome: Outcome,
        /// Verdicts whose reason is still missing.
        pub reasons_missing: u32,
        /// Requirements said to be in place that have no proof attached.
        pub proof_missing: u32,
        /// Answers that do not apply any more, since scope or country have changed.
        pub kept: u32,
        /// The criteria of eligibility; empty where the framework has none.
        pub criteria: Vec<CriterionView>,
    }

    /// One scope of an assessment.
    pub struct AssessmentScope {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// What to beware of; may be empty.
        pub notice: String,
        /// How sure its list is.
        pub confidence: Confidence,
    }

    /// Gives an assessment other scopes. Its answers stay; what does not apply any more is kept.
    pub struct ChangeScope {
        /// The assessment; may be left out where the framework has one.
        #[serde(default)] #[ts(optional)]
        pub assessment: Option<String>,
        /// The framework, to find the assessment by.
        #[serde(default)] #[ts(optional)]
        pub framework: Option<String>,
        /// The scope, or several joined by `+`.
        pub scope: String,
    }

    /// A criterion of eligibility and what the merchant says about it.
    pub struct CriterionView {
        /// Its id.
        pub id: String,
        /// Whom it concerns.
        pub channel: CriterionChannel,
        /// What the merchant confirms.
        pub statement: String,
        /// How to find out and what to keep.
        pub help: String,
        /// Confirmed, denied, or open.
        pub confirmed: Option<bool>,
        /// Counts the changes; 0 if nothing was said yet.
        #[ts(type = "number")]
        pub rev: i64,
    }

    /// Confirms, denies or reopens a criterion.
    pub struct ConfirmCriterion {
        /// The assessment; may be left out where only one has the criterion.
        #[serde(default)] #[ts(optional)]
        pub assessment: Option<String>,
        /// The criterion.
        pub criterion: String,
        /// Confirmed, denied, or `null` to reopen.
        pub confirmed: Option<bool>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }
}
