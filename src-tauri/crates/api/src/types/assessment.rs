//! Assessments and their criteria of eligibility.

use super::wire;
use tillproof_domain::answer::Verdict;
use tillproof_domain::framework::{Confidence, CriterionChannel};
use tillproof_domain::score::{Direction, Outcome, Tally};

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
        /// The assessment whose answers it began with.
        pub follows: Option<String>,
        /// How it ended; none while it is open. Counts and outcome are then as they were signed.
        pub signed_off: Option<SignOffView>,
        /// Verdicts of the earlier assessment that nobody has given anew.
        pub carried: u32,
        /// Those of them that need another look.
        pub stale: u32,
        /// Verdicts whose reason is still missing.
        pub reasons_missing: u32,
        /// Requirements said to be in place that have no proof attached.
        pub proof_missing: u32,
        /// Answers that do not apply any more, since scope or country have changed.
        pub kept: u32,
        /// The criteria of eligibility; empty where the framework has none.
        pub criteria: Vec<CriterionView>,
    }

    /// The end of an assessment.
    pub struct SignOffView {
        /// When.
        pub at: String,
        /// The day that stands under it.
        pub signed_on: String,
        /// Who signed.
        pub name: String,
        /// As what.
        pub role: String,
        /// The last journal entry before it.
        #[ts(type = "number")] pub seq: u64,
        /// The hash of that entry.
        pub head: String,
    }

    /// Ends an assessment: from then on nothing of it changes.
    pub struct SignOffAssessment {
        /// The assessment; may be left out where only one is open.
        #[serde(default)] #[ts(optional)] pub assessment: Option<String>,
        /// The framework, to find the assessment by.
        #[serde(default)] #[ts(optional)] pub framework: Option<String>,
        /// Who signs.
        pub name: String,
        /// As what: owner, executive officer.
        pub role: String,
        /// The day under it; today if not given.
        #[serde(default)] #[ts(optional)] pub signed_on: Option<String>,
    }

    /// Starts the assessment that follows one that is signed off, with its answers.
    pub struct NextAssessment {
        /// The one that is signed off; may be left out where only one has no follower.
        #[serde(default)] #[ts(optional)] pub assessment: Option<String>,
        /// The framework, to find it by.
        #[serde(default)] #[ts(optional)] pub framework: Option<String>,
        /// First day of the period; the day after the last one's end if not given.
        #[serde(default)] #[ts(optional)] pub period_start: Option<String>,
        /// Last day of the period; a year after the first if not given.
        #[serde(default)] #[ts(optional)] pub period_end: Option<String>,
    }

    /// Asks for all assessments, also those that are signed off.
    pub struct Assessments {
        /// Open ones first, then the newest first.
        pub assessments: Vec<AssessmentSummary>,
    }

    /// Compares two assessments of one framework.
    pub struct CompareAssessments {
        /// The earlier one; what the later one follows if not given.
        #[serde(default)] #[ts(optional)] pub from: Option<String>,
        /// The later one.
        pub to: String,
    }

    /// What differs between two assessments.
    pub struct Comparison {
        /// The earlier one.
        pub from: AssessmentSummary,
        /// The later one.
        pub to: AssessmentSummary,
        /// Requirements whose verdict differs, in order.
        pub changes: Vec<VerdictChange>,
        /// How many have the same verdict.
        pub same: u32,
    }

    /// A requirement whose verdict differs between two assessments.
    pub struct VerdictChange {
        /// The requirement.
        pub requirement: super::evidence::RequirementRef,
        /// The verdict then; none where it did not apply.
        pub from: Option<Verdict>,
        /// The verdict now; none where it does not apply.
        pub to: Option<Verdict>,
        /// Better, worse, or neither.
        pub direction: Direction,
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
    }
}
