//! Checklists that a merchant or a consultant brings, newer versions, and the starter list of a
//! record of processing.

use super::assessment::AssessmentSummary;
use super::wire;

wire! {
    /// Brings a checklist into the workspace.
    pub struct ImportChecklist {
        /// The folder that holds its `framework.json`.
        pub path: String,
    }

    /// A checklist that is now in the workspace.
    pub struct ChecklistImported {
        /// The framework.
        pub framework: String,
        /// Its name.
        pub name: String,
        /// Its version.
        pub version: String,
        /// How many requirements it has.
        pub requirements: u32,
        /// SHA-256 of its files, 64 hex digits.
        pub sha256: String,
        /// Whether the workspace had it already, byte for byte, so that nothing changed.
        pub unchanged: bool,
        /// The framework whose newer version it is.
        pub replaces: Option<String>,
        /// What it changes against that one.
        pub changes: Option<VersionChanges>,
    }

    /// What a newer version of a framework changes.
    pub struct VersionChanges {
        /// Only the newer one has them.
        pub new: Vec<ChangedRequirement>,
        /// They differ in facts or words.
        pub changed: Vec<ChangedRequirement>,
        /// Only the older one has them.
        pub gone: Vec<ChangedRequirement>,
    }

    /// A requirement that a newer version changes.
    pub struct ChangedRequirement {
        /// Its number.
        pub number: String,
        /// Its number as this language writes it.
        pub label: String,
        /// Its topic.
        pub title: String,
        /// Whether an answer was there to carry over.
        pub answered: bool,
    }

    /// Starts an assessment of a newer version of a framework with the answers of an older one.
    pub struct CarryOver {
        /// The assessment of the older version.
        pub from: String,
        /// The newer framework.
        pub framework: String,
        /// The scope; the same as before if not given.
        #[serde(default)] #[ts(optional)]
        pub scope: Option<String>,
        /// Only says what would be carried over.
        #[serde(default)] #[ts(optional, as = "Option<bool>")]
        pub dry_run: bool,
    }

    /// What was carried over.
    pub struct CarriedOver {
        /// The new assessment; none for a dry run.
        pub assessment: Option<AssessmentSummary>,
        /// How many answers were carried over.
        pub answers: u32,
        /// How many evidences and tasks now serve the newer requirements too.
        pub links: u32,
        /// What is new, changed or gone. Changed ones are to be looked at again: their progress is `in-review`.
        pub changes: VersionChanges,
    }

    /// What a usual web shop does with personal data, to start a record of processing from.
    pub struct ProcessingStarter {
        /// The activities, in order.
        pub activities: Vec<ProcessingActivity>,
    }

    /// One activity, with what GDPR Art. 30(1) asks about it.
    pub struct ProcessingActivity {
        /// Its id.
        pub id: String,
        /// Name.
        pub name: String,
        /// What for.
        pub purpose: String,
        /// Why it is allowed.
        pub legal_basis: String,
        /// Whose data.
        pub persons: String,
        /// Which data.
        pub data: String,
        /// Who gets them.
        pub recipients: String,
        /// Outside the EEA or not.
        pub transfers: String,
        /// How long.
        pub retention: String,
        /// How they are kept safe.
        pub safeguards: String,
        /// What to check before it is taken over; may be empty.
        pub note: String,
    }
}
