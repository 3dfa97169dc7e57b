//! Requirements and their answers.

use super::evidence::EvidenceView;
use super::finder::VerdictOption;
use super::provider::ProviderOfRequirement;
use super::task::TaskView;
use super::wire;
use super::worksheet::WorksheetView;
use super::workspace::HistoryEntry;
use std::collections::BTreeMap;
use tillproof_domain::answer::{Progress, Stale, Verdict};
use tillproof_domain::framework::{Confidence, Effort, LinkKind, Obligation, OnlyWhen, TesterMethod, Who};
use tillproof_domain::freshness::ProofState;
use tillproof_domain::register::Register;
use tillproof_domain::worksheet::WorksheetField;

wire! {
    /// Asks for requirements of the open assessments. What is given narrows the list.
    pub struct ListRequirements {
        /// Of this framework.
        #[serde(default)] #[ts(optional)] pub framework: Option<String>,
        /// Of this assessment.
        #[serde(default)] #[ts(optional)] pub assessment: Option<String>,
        /// Of this theme.
        #[serde(default)] #[ts(optional)] pub theme: Option<String>,
        /// With this verdict.
        #[serde(default)] #[ts(optional)] pub verdict: Option<String>,
        /// Of this section.
        #[serde(default)] #[ts(optional)] pub section: Option<String>,
        /// Of this milestone, 1 to 6.
        #[serde(default)] #[ts(optional)] pub milestone: Option<u8>,
        /// That this one usually does: `owner`, `developer`, `host`, `payment-provider`, `everyone`.
        #[serde(default)] #[ts(optional)] pub who: Option<String>,
        /// That usually takes `minutes`, `hours` or `days`.
        #[serde(default)] #[ts(optional)] pub effort: Option<String>,
        /// `framework` (as the framework numbers them) or `path` (open ones first, as they are best worked off).
        #[serde(default)] #[ts(optional)] pub order: Option<String>,
        /// With these words in number, title, question, meaning or note.
        #[serde(default)] #[ts(optional)] pub search: Option<String>,
    }

    /// The requirements found.
    pub struct Requirements {
        /// What applies, in the order that was asked for.
        pub requirements: Vec<RequirementRow>,
        /// What was answered but does not apply any more, since scope or country have changed.
        pub kept: Vec<RequirementRow>,
    }

    /// One requirement in a list.
    pub struct RequirementRow {
        /// Its id: `pci-dss-4.0.1:8.3.6`.
        pub id: String,
        /// Its number: `8.3.6`.
        pub number: String,
        /// Its number as this language writes it: `Art. 32 Abs. 1 lit. b`.
        pub label: String,
        /// The framework.
        pub framework: String,
        /// The framework's short name.
        pub framework_name: String,
        /// The section.
        pub section: String,
        /// The section's title.
        pub section_title: String,
        /// The assessment.
        pub assessment: String,
        /// The topic.
        pub title: String,
        /// The themes, the main one first.
        pub themes: Vec<String>,
        /// The answer.
        pub verdict: Verdict,
        /// The team's work.
        pub progress: Progress,
        /// Whether the verdict comes from an earlier assessment and was not given anew.
        pub carried: bool,
        /// Why such a verdict needs another look.
        pub stale: Option<Stale>,
        /// Whether the verdict still lacks its reason.
        pub reason_missing: bool,
        /// The points of its worksheet that are left to fill in.
        pub worksheet_open: Vec<WorksheetField>,
        /// Proof that counts.
        pub evidence_count: u32,
        /// The state of the proof.
        pub proof: ProofState,
        /// Open tasks.
        pub open_tasks: u32,
        /// Who usually does it.
        pub who: Vec<Who>,
        /// How long it usually takes.
        pub effort: Effort,
        /// Milestone, 1 to 6.
        pub milestone: Option<u8>,
        /// When only it applies.
        pub only_when: Option<OnlyWhen>,
        /// The scopes of the assessment that ask it.
        pub scopes: Vec<String>,
        /// How sure it is that the official forms ask it; none where it does not apply any more.
        pub confidence: Option<Confidence>,
        /// The country it is for, where it is for one only.
        pub country: Option<String>,
        /// How many parts it has; 0 if it is one thing.
        pub parts: u32,
        /// How many of its parts nobody has answered yet.
        pub parts_open: u32,
        /// The open requirements that it builds on, as this language numbers them.
        pub waits_for: Vec<String>,
        /// How many open requirements build on it; counted in the order `path` only.
        pub unlocks: u32,
    }

    /// Asks for one requirement with all about it.
    pub struct ShowRequirement {
        /// Its id.
        pub requirement: String,
        /// The assessment; may be left out where only one has the requirement.
        #[serde(default)] #[ts(optional)]
        pub assessment: Option<String>,
    }

    /// One requirement with all about it.
    pub struct RequirementDetail {
        /// As in the list.
        pub row: RequirementRow,
        /// What is asked.
        pub question: String,
        /// What it means for a web shop.
        pub meaning: String,
        /// What to do.
        pub steps: Vec<String>,
        /// What to show.
        pub proof: Vec<String>,
        /// What it asks one by one.
        pub parts: Vec<PartView>,
        /// When a shop may say that it does not apply.
        pub not_applicable_when: String,
        /// Whether it applies; otherwise its answer is kept from before scope or country changed.
        pub applies: bool,
        /// What is special in this scope.
        pub scope_note: String,
        /// How a tester looks at it.
        pub tester_methods: Vec<TesterMethod>,
        /// How often proof must be renewed: `P12M`.
        pub freshness: Option<String>,
        /// Who says so: a requirement id, or `advice`.
        pub freshness_source: Option<String>,
        /// Whether it is a duty or our advice.
        pub obligation: Obligation,
        /// The register that proves it, where there is one.
        pub register: Option<Register>,
        /// The same topic elsewhere.
        pub references: Vec<String>,
        /// The verdicts on offer.
        pub verdicts: Vec<VerdictOption>,
        /// The note.
        pub note: String,
        /// The reason.
        pub justification: String,
        /// The worksheet that the answer asks for or may use.
        pub worksheet: Option<WorksheetView>,
        /// Why its texts are kept although card data or a secret was found in them.
        pub card_data_reason: Option<String>,
        /// Until when a gap is to be closed.
        pub target_date: Option<String>,
        /// When it was last answered.
        pub answered_at: Option<String>,
        /// Who answered last.
        pub answered_by: Option<String>,
        /// Counts the changes of the answer; 0 without one.
        #[ts(type = "number")]
        pub rev: i64,
        /// Its evidence: the newest fifty.
        pub evidence: Vec<EvidenceView>,
        /// Its tasks.
        pub tasks: Vec<TaskView>,
        /// The providers that it is about, with what they lack for it, and who meets it (12.8.5).
        pub providers: Vec<ProviderOfRequirement>,
        /// Requirements that the same proof may serve or that this one supports.
        pub also_counts_for: Vec<LinkedRequirement>,
        /// Its history, the newest first.
        pub history: Vec<HistoryEntry>,
    }

    /// One part of a requirement.
    pub struct PartView {
        /// Its key.
        pub id: String,
        /// What it asks.
        pub text: String,
        /// What was said about it.
        pub verdict: Verdict,
    }

    /// A requirement linked across frameworks.
    pub struct LinkedRequirement {
        /// Its id.
        pub id: String,
        /// Its number as this language writes it.
        pub label: String,
        /// The framework's short name.
        pub framework_name: String,
        /// The topic.
        pub title: String,
        /// What kind of link.
        pub kind: LinkKind,
        /// How sure it is.
        pub confidence: Confidence,
        /// Its answer, where an assessment has it.
        pub verdict: Option<Verdict>,
    }

    /// Answers one requirement: what is given replaces what was.
    pub struct AnswerRequirement {
        /// Its id.
        pub requirement: String,
        /// The assessment; may be left out where only one has the requirement.
        #[serde(default)] #[ts(optional)] pub assessment: Option<String>,
        /// The response.
        #[serde(default)] #[ts(optional)] pub verdict: Option<String>,
        /// The team's work.
        #[serde(default)] #[ts(optional)] pub progress: Option<String>,
        /// The note.
        #[serde(default)] #[ts(optional)] pub note: Option<String>,
        /// The reason.
        #[serde(default)] #[ts(optional)] pub justification: Option<String>,
        /// Points of its worksheet: point to text; an empty text takes one away.
        #[serde(default)] #[ts(optional, as = "Option<BTreeMap<WorksheetField, String>>")] pub worksheet: Option<BTreeMap<String, String>>,
        /// What is said about parts: key to verdict; `unanswered` takes it back.
        #[serde(default)] #[ts(optional)] pub parts: Option<BTreeMap<String, String>>,
        /// Until when a gap is to be closed; an empty text takes the day away.
        #[serde(default)] #[ts(optional)] pub target_date: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// Answers several requirements of one assessment alike, with one reason.
    pub struct AnswerMany {
        /// Their ids.
        pub requirements: Vec<String>,
        /// The assessment; may be left out where only one has them.
        #[serde(default)] #[ts(optional)] pub assessment: Option<String>,
        /// The response.
        pub verdict: String,
        /// The reason.
        #[serde(default)] #[ts(optional)] pub justification: Option<String>,
        /// Points of their worksheets, the same for all: point to text.
        #[serde(default)] #[ts(optional, as = "Option<BTreeMap<WorksheetField, String>>")] pub worksheet: Option<BTreeMap<String, String>>,
    }
}
