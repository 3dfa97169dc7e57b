//! Evidence.

use super::wire;
use tillproof_domain::freshness::ProofState;

wire! {
    /// Attaches files to requirements.
    pub struct AttachEvidence {
        /// The requirements they prove.
        pub requirements: Vec<String>,
        /// The files.
        pub paths: Vec<String>,
        /// The day on which they were made; today if not given.
        #[serde(default)] #[ts(optional)] pub collected_on: Option<String>,
        /// The last day on which they count.
        #[serde(default)] #[ts(optional)] pub valid_until: Option<String>,
        /// Why to keep what has card data or a secret in it; without a reason it is refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// Attaches bytes that never were a file: a pasted screenshot. At most 32 MiB.
    pub struct PasteEvidence {
        /// The requirements they prove.
        pub requirements: Vec<String>,
        /// The name to keep them under.
        pub name: String,
        /// The bytes in Base64.
        pub base64: String,
        /// Why to keep what has card data or a secret in it; without a reason it is refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// Evidence, the newest first.
    pub struct EvidenceList {
        /// The newest first.
        pub evidence: Vec<EvidenceView>,
        /// What could not be looked into for card data, in words; only when something is attached.
        pub unchecked: Vec<String>,
    }

    /// Asks for evidence. What is given narrows the list.
    pub struct ListEvidence {
        /// Of this requirement.
        #[serde(default)] #[ts(optional)] pub requirement: Option<String>,
        /// With these words in the name.
        #[serde(default)] #[ts(optional)] pub search: Option<String>,
        /// Also what was replaced or removed.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub all: bool,
    }

    /// One evidence.
    pub struct EvidenceView {
        /// Its id.
        pub id: String,
        /// The file's name.
        pub name: String,
        /// Media type.
        pub media_type: String,
        /// Bytes.
        #[ts(type = "number")]
        pub size: u64,
        /// SHA-256, 64 hex digits.
        pub sha256: String,
        /// The day on which it was made.
        pub collected_on: String,
        /// The last day on which it counts, as set by hand.
        pub valid_until: Option<String>,
        /// The last day on which it counts, also by the freshness rules of its requirements.
        pub counts_until: Option<String>,
        /// Its state today.
        pub state: ProofState,
        /// When it was attached.
        pub added_at: String,
        /// Who attached it.
        pub added_by: String,
        /// Version, from 1.
        pub version: u32,
        /// The version that replaced it.
        pub replaced_by: Option<String>,
        /// Why it is kept although card data or a secret was found in it.
        pub card_data_reason: Option<String>,
        /// Why it was removed.
        pub removed_reason: Option<String>,
        /// The requirements it proves.
        pub requirements: Vec<RequirementRef>,
        /// Counts the changes.
        #[ts(type = "number")]
        pub rev: i64,
    }

    /// A requirement, named.
    pub struct RequirementRef {
        /// Its id.
        pub id: String,
        /// Its number as this language writes it.
        pub label: String,
        /// The framework's short name.
        pub framework_name: String,
        /// The topic.
        pub title: String,
    }

    /// Names one evidence.
    pub struct EvidenceRequest {
        /// Its id.
        pub evidence: String,
    }

    /// What can be shown of an evidence.
    pub struct EvidencePreview {
        /// The evidence.
        pub evidence: EvidenceView,
        /// `image`, `text` or `none`.
        pub kind: String,
        /// The text, if it is one; at most 64 KiB.
        pub text: Option<String>,
        /// The image in Base64, if it is one; at most 8 MiB.
        pub base64: Option<String>,
        /// Whether there is more than is shown.
        pub truncated: bool,
    }

    /// Writes the bytes of an evidence to a file.
    pub struct ExportEvidence {
        /// Its id.
        pub evidence: String,
        /// Where to. A file that exists is never overwritten. A folder takes the evidence's own name.
        pub path: String,
    }

    /// Puts a new version in the place of an evidence; the old one is kept.
    pub struct ReplaceEvidence {
        /// Its id.
        pub evidence: String,
        /// The new file.
        pub path: String,
        /// The day on which it was made; today if not given.
        #[serde(default)] #[ts(optional)] pub collected_on: Option<String>,
        /// The last day on which it counts.
        #[serde(default)] #[ts(optional)] pub valid_until: Option<String>,
        /// Why to keep what has card data or a secret in it; without a reason it is refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// Changes what is known about an evidence.
    pub struct SetEvidence {
        /// Its id.
        pub evidence: String,
        /// The requirements it proves; replaces all of them.
        #[serde(default)] #[ts(optional)] pub requirements: Option<Vec<String>>,
        /// The day on which it was made.
        #[serde(default)] #[ts(optional)] pub collected_on: Option<String>,
        /// The last day on which it counts; an empty text takes the day away.
        #[serde(default)] #[ts(optional)] pub valid_until: Option<String>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// Takes an evidence out of the count. Its bytes and its record stay.
    pub struct RemoveEvidence {
        /// Its id.
        pub evidence: String,
        /// Why; required.
        pub reason: String,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }
}
