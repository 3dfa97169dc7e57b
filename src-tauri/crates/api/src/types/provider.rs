//! Third parties: service providers (PCI DSS 12.8) and processors (GDPR Art. 28).

use super::evidence::RequirementRef;
use super::wire;
use std::collections::BTreeMap;
use tillproof_domain::freshness::ProofState;
use tillproof_domain::provider::{Handling, Paper, Responsibility};

wire! {
    /// Adds a provider.
    pub struct AddProvider {
        /// Its name.
        pub name: String,
        /// What it does for us.
        #[serde(default)] #[ts(optional)] pub service: Option<String>,
        /// What it does with data of ours: `card-data`, `systems`, `safety`, `personal-data`.
        #[serde(default)] #[ts(optional, as = "Option<Vec<Handling>>")] pub handles: Vec<String>,
        /// Country, ISO 3166-1 alpha-2.
        #[serde(default)] #[ts(optional)] pub country: Option<String>,
        /// Whom to write to.
        #[serde(default)] #[ts(optional)] pub contact: Option<String>,
        /// More about it.
        #[serde(default)] #[ts(optional)] pub note: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// Changes a provider: what is given replaces what was; an empty text takes a day or a link away.
    pub struct SetProvider {
        /// Its id.
        pub provider: String,
        /// Its name.
        #[serde(default)] #[ts(optional)] pub name: Option<String>,
        /// What it does for us.
        #[serde(default)] #[ts(optional)] pub service: Option<String>,
        /// What it does with data of ours.
        #[serde(default)] #[ts(optional, as = "Option<Vec<Handling>>")] pub handles: Option<Vec<String>>,
        /// Country, ISO 3166-1 alpha-2.
        #[serde(default)] #[ts(optional)] pub country: Option<String>,
        /// Whom to write to.
        #[serde(default)] #[ts(optional)] pub contact: Option<String>,
        /// The day on the Attestation of Compliance.
        #[serde(default)] #[ts(optional)] pub aoc_on: Option<String>,
        /// The evidence that holds it.
        #[serde(default)] #[ts(optional)] pub aoc_evidence: Option<String>,
        /// The day on the written agreement (12.8.2).
        #[serde(default)] #[ts(optional)] pub agreement_on: Option<String>,
        /// The evidence that holds it.
        #[serde(default)] #[ts(optional)] pub agreement_evidence: Option<String>,
        /// The day on the processor contract (Art. 28).
        #[serde(default)] #[ts(optional)] pub processor_contract_on: Option<String>,
        /// The evidence that holds it.
        #[serde(default)] #[ts(optional)] pub processor_contract_evidence: Option<String>,
        /// The day on which its PCI DSS status was last looked at (12.8.4).
        #[serde(default)] #[ts(optional)] pub checked_on: Option<String>,
        /// Who meets which requirement: id to `provider`, `merchant`, `shared`, or an empty text to take it back (12.8.5).
        #[serde(default)] #[ts(optional)] pub responsibilities: Option<BTreeMap<String, String>>,
        /// More about it.
        #[serde(default)] #[ts(optional)] pub note: Option<String>,
        /// Why it is no provider any more; an empty text takes that back.
        #[serde(default)] #[ts(optional)] pub ended: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// Asks for providers.
    pub struct ListProviders {
        /// Those of the past, too.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub all: bool,
        /// Only those that lack something.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub lacking: bool,
    }

    /// Providers, by name.
    pub struct Providers {
        /// By name.
        pub providers: Vec<ProviderView>,
        /// The requirements of the open PCI DSS lists, to say who meets which.
        pub requirements: Vec<RequirementRef>,
    }

    /// One provider.
    pub struct ProviderView {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// What it does for us.
        pub service: String,
        /// What it does with data of ours.
        pub handles: Vec<Handling>,
        /// Country.
        pub country: String,
        /// Whom to write to.
        pub contact: String,
        /// The Attestation of Compliance.
        pub aoc: PaperView,
        /// The written agreement.
        pub agreement: PaperView,
        /// The processor contract.
        pub processor_contract: PaperView,
        /// The day on which its status was last looked at.
        pub checked_on: Option<String>,
        /// The papers that it owes for what it handles, and how they stand.
        pub owed: Vec<OwedPaper>,
        /// Who meets which requirement.
        pub responsibilities: Vec<ResponsibilityView>,
        /// More about it.
        pub note: String,
        /// Why it is no provider any more.
        pub ended: Option<String>,
        /// Why its texts are kept although card data or a secret was found in them.
        pub card_data_reason: Option<String>,
        /// What is missing, due soon or expired.
        pub lacks: Vec<LackView>,
        /// Counts the changes.
        #[ts(type = "number")] pub rev: i64,
    }

    /// A provider, where a requirement is about it.
    pub struct ProviderOfRequirement {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// What it does for us.
        pub service: String,
        /// What it does with data of ours.
        pub handles: Vec<Handling>,
        /// Who meets the requirement, if that is written down (12.8.5).
        pub responsibility: Option<Responsibility>,
        /// What is missing, due soon or expired of what this requirement asks for.
        pub lacks: Vec<LackView>,
    }

    /// A paper of a provider.
    pub struct PaperView {
        /// The day on it.
        pub on: Option<String>,
        /// The evidence that holds it.
        pub evidence: Option<String>,
        /// The name of that evidence.
        pub evidence_name: Option<String>,
    }

    /// A paper that a provider owes us, or a look that we owe the record.
    pub struct OwedPaper {
        /// Which one.
        pub paper: Paper,
        /// What it is called.
        pub label: String,
        /// The rule that asks for it: `PCI DSS 12.8.4`.
        pub rule: String,
        /// Missing, fresh, due soon or expired.
        pub state: ProofState,
        /// The day on it.
        pub on: Option<String>,
        /// The last day on which it counts.
        pub until: Option<String>,
        /// The evidence that holds it.
        pub evidence: Option<String>,
        /// The name of that evidence.
        pub evidence_name: Option<String>,
    }

    /// Who meets a requirement.
    pub struct ResponsibilityView {
        /// The requirement.
        pub requirement: RequirementRef,
        /// Who.
        pub who: Responsibility,
    }

    /// Something that is missing, due soon or expired.
    pub struct LackView {
        /// What.
        pub paper: Paper,
        /// In which way.
        pub state: ProofState,
        /// The last day on which it counts.
        pub until: Option<String>,
        /// In words.
        pub text: String,
        /// The rule that asks for it: `PCI DSS 12.8.4`.
        pub rule: String,
    }

    /// Names a provider.
    pub struct ProviderLetter {
        /// Its id.
        pub provider: String,
        /// The language of the letter; that of the person if not given.
        #[serde(default)] #[ts(optional)]
        pub locale: Option<tillproof_domain::locale::Locale>,
    }

    /// A letter that asks a provider for what is missing.
    pub struct Letter {
        /// Whom to write to.
        pub to: String,
        /// Subject.
        pub subject: String,
        /// Text.
        pub body: String,
    }

    /// Writes a list as a file for a spreadsheet.
    pub struct ExportCsv {
        /// Where to.
        pub path: String,
        /// Replaces a file that is there.
        #[serde(default)] #[ts(optional, as = "Option<bool>")]
        pub overwrite: bool,
    }
}
