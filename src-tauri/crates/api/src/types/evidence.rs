//! Evidence.

use super::wire;
use tillproof_domain::evidence::{Confidentiality, EvidenceKind};
use tillproof_domain::freshness::ProofState;

wire! {
    /// Attaches files to requirements.
    pub struct AttachEvidence {
        /// The requirements they prove.
        pub requirements: Vec<String>,
        /// The files, and folders with files; at most 20,000 files.
        pub paths: Vec<String>,
        /// The day on which they were made; today if not given.
        #[serde(default)] #[ts(optional)] pub collected_on: Option<String>,
        /// The last day on which they count.
        #[serde(default)] #[ts(optional)] pub valid_until: Option<String>,
        /// What people call it.
        #[serde(default)] #[ts(optional)] pub title: Option<String>,
        /// Where it comes from, in words; the path in the folder if not given.
        #[serde(default)] #[ts(optional)] pub source: Option<String>,
        /// The first day of the time that it covers.
        #[serde(default)] #[ts(optional)] pub period_start: Option<String>,
        /// The last day of the time that it covers.
        #[serde(default)] #[ts(optional)] pub period_end: Option<String>,
        /// Who may see it: `public`, `internal`, `confidential`; `internal` if not given.
        #[serde(default)] #[ts(optional, as = "Option<Confidentiality>")] pub confidentiality: Option<String>,
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
        /// The day on which it was made; today if not given.
        #[serde(default)] #[ts(optional)] pub collected_on: Option<String>,
        /// The last day on which it counts.
        #[serde(default)] #[ts(optional)] pub valid_until: Option<String>,
        /// What people call it.
        #[serde(default)] #[ts(optional)] pub title: Option<String>,
        /// Where it comes from, in words.
        #[serde(default)] #[ts(optional)] pub source: Option<String>,
        /// The first day of the time that it covers.
        #[serde(default)] #[ts(optional)] pub period_start: Option<String>,
        /// The last day of the time that it covers.
        #[serde(default)] #[ts(optional)] pub period_end: Option<String>,
        /// Who may see it: `public`, `internal`, `confidential`; `internal` if not given.
        #[serde(default)] #[ts(optional, as = "Option<Confidentiality>")] pub confidentiality: Option<String>,
        /// Why to keep what has card data or a secret in it; without a reason it is refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// Writes down a note as evidence.
    pub struct AddNote {
        /// The requirements it proves.
        pub requirements: Vec<String>,
        /// What people call it.
        pub title: String,
        /// The text.
        pub text: String,
        /// The day on which it was made; today if not given.
        #[serde(default)] #[ts(optional)] pub collected_on: Option<String>,
        /// The last day on which it counts.
        #[serde(default)] #[ts(optional)] pub valid_until: Option<String>,
        /// Where it comes from, in words.
        #[serde(default)] #[ts(optional)] pub source: Option<String>,
        /// The first day of the time that it covers.
        #[serde(default)] #[ts(optional)] pub period_start: Option<String>,
        /// The last day of the time that it covers.
        #[serde(default)] #[ts(optional)] pub period_end: Option<String>,
        /// Who may see it: `public`, `internal`, `confidential`; `internal` if not given.
        #[serde(default)] #[ts(optional, as = "Option<Confidentiality>")] pub confidentiality: Option<String>,
        /// Why to keep what has card data or a secret in it; without a reason it is refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// Keeps the address of something elsewhere as evidence. It is never fetched.
    pub struct AddLink {
        /// The requirements it proves.
        pub requirements: Vec<String>,
        /// The address: http or https, without a password.
        pub url: String,
        /// The day on which it was made; today if not given.
        #[serde(default)] #[ts(optional)] pub collected_on: Option<String>,
        /// The last day on which it counts.
        #[serde(default)] #[ts(optional)] pub valid_until: Option<String>,
        /// What people call it.
        #[serde(default)] #[ts(optional)] pub title: Option<String>,
        /// Where it comes from, in words.
        #[serde(default)] #[ts(optional)] pub source: Option<String>,
        /// The first day of the time that it covers.
        #[serde(default)] #[ts(optional)] pub period_start: Option<String>,
        /// The last day of the time that it covers.
        #[serde(default)] #[ts(optional)] pub period_end: Option<String>,
        /// Who may see it: `public`, `internal`, `confidential`; `internal` if not given.
        #[serde(default)] #[ts(optional, as = "Option<Confidentiality>")] pub confidentiality: Option<String>,
        /// Why to keep what has card data or a secret in it; without a reason it is refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// Asks what is to be known before files are attached. Changes nothing.
    pub struct PrepareAttachment {
        /// The requirements they are to prove.
        pub requirements: Vec<String>,
        /// The files and folders.
        #[serde(default)] #[ts(optional, as = "Option<Vec<String>>")] pub paths: Vec<String>,
    }

    /// What is to be known before files are attached.
    pub struct AttachmentPrepared {
        /// Requirements of other frameworks that the same proof counts for.
        pub also_counts_for: Vec<RequirementRef>,
        /// The files whose bytes are there already.
        pub known: Vec<KnownFile>,
        /// How many files there are.
        pub files: u32,
        /// Bytes of all of them.
        #[ts(type = "number")]
        pub size: u64,
        /// What is in the folders and will not be taken, in words.
        pub left_out: Vec<String>,
    }

    /// A file whose bytes are there already.
    pub struct KnownFile {
        /// The file.
        pub path: String,
        /// The evidence that has its bytes and counts.
        pub same_as: Vec<EvidenceName>,
    }

    /// Lets an evidence prove further requirements.
    pub struct LinkEvidence {
        /// Its id.
        pub evidence: String,
        /// The requirements it proves, too.
        pub requirements: Vec<String>,
    }

    /// Evidence, the newest first.
    pub struct EvidenceList {
        /// The newest first.
        pub evidence: Vec<EvidenceView>,
        /// How many there are in all, on this page or not.
        pub total: u32,
        /// What was in the folders and was not taken, in words; only when something is attached.
        pub left_out: Vec<String>,
        /// What could not be looked into for card data, in words; only when something is attached.
        pub unchecked: Vec<String>,
    }

    /// Asks for evidence. What is given narrows the list.
    pub struct ListEvidence {
        /// Of this requirement.
        #[serde(default)] #[ts(optional)] pub requirement: Option<String>,
        /// With these words in name, title or source.
        #[serde(default)] #[ts(optional)] pub search: Option<String>,
        /// In this state today: `fresh`, `due-soon`, `expired`.
        #[serde(default)] #[ts(optional, as = "Option<ProofState>")] pub state: Option<String>,
        /// Of this kind: `file`, `note`, `link`.
        #[serde(default)] #[ts(optional, as = "Option<EvidenceKind>")] pub kind: Option<String>,
        /// At most so many; all if not given.
        #[serde(default)] #[ts(optional)] pub limit: Option<u32>,
        /// Without the first so many.
        #[serde(default)] #[ts(optional)] pub offset: Option<u32>,
        /// Also what was replaced or removed.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub all: bool,
    }

    /// One evidence.
    pub struct EvidenceView {
        /// Its id.
        pub id: String,
        /// The file's name.
        pub name: String,
        /// What it is.
        pub kind: EvidenceKind,
        /// What people call it; empty where the name says enough.
        pub title: String,
        /// Where it comes from; may be empty.
        pub source: String,
        /// The first day of the time that it covers.
        pub period_start: Option<String>,
        /// The last day of the time that it covers.
        pub period_end: Option<String>,
        /// Who may see it.
        pub confidentiality: Confidentiality,
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
        /// The version that it replaced.
        pub replaces: Option<String>,
        /// The version that replaced it.
        pub replaced_by: Option<String>,
        /// Why it is kept although card data or a secret was found in it.
        pub card_data_reason: Option<String>,
        /// Why it was removed.
        pub removed_reason: Option<String>,
        /// The requirements it proves.
        pub requirements: Vec<RequirementRef>,
        /// Other evidence that counts and has the same bytes; the first twenty.
        pub same_as: Vec<EvidenceName>,
        /// Requirements of other frameworks that it proves as well and is not linked to.
        pub also_counts_for: Vec<RequirementRef>,
        /// Counts the changes.
        #[ts(type = "number")]
        pub rev: i64,
    }

    /// An evidence, named.
    pub struct EvidenceName {
        /// Its id.
        pub id: String,
        /// Its title, or its name where it has none.
        pub name: String,
    }

    /// One version of an evidence.
    pub struct EvidenceVersion {
        /// Its id.
        pub id: String,
        /// Version, from 1.
        pub version: u32,
        /// The file's name.
        pub name: String,
        /// Bytes.
        #[ts(type = "number")]
        pub size: u64,
        /// SHA-256, 64 hex digits.
        pub sha256: String,
        /// The day on which it was made.
        pub collected_on: String,
        /// When it was attached.
        pub added_at: String,
        /// Who attached it.
        pub added_by: String,
        /// Why it was removed.
        pub removed_reason: Option<String>,
        /// Whether it counts.
        pub current: bool,
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
        /// All versions, the newest first.
        pub versions: Vec<EvidenceVersion>,
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
        /// The first day of the time that it covers.
        #[serde(default)] #[ts(optional)] pub period_start: Option<String>,
        /// The last day of the time that it covers.
        #[serde(default)] #[ts(optional)] pub period_end: Option<String>,
        /// Why to keep what has card data or a secret in it; without a reason it is refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
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
        /// What people call it; an empty text takes the title away.
        #[serde(default)] #[ts(optional)] pub title: Option<String>,
        /// Where it comes from, in words.
        #[serde(default)] #[ts(optional)] pub source: Option<String>,
        /// The first day of the time that it covers; an empty text takes the day away.
        #[serde(default)] #[ts(optional)] pub period_start: Option<String>,
        /// The last day of the time that it covers; an empty text takes the day away.
        #[serde(default)] #[ts(optional)] pub period_end: Option<String>,
        /// Who may see it: `public`, `internal`, `confidential`.
        #[serde(default)] #[ts(optional, as = "Option<Confidentiality>")] pub confidentiality: Option<String>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
        /// Why to keep texts that have card data or a secret in them; without a reason it is refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// Takes an evidence out of the count. Its bytes and its record stay.
    pub struct RemoveEvidence {
        /// Its id.
        pub evidence: String,
        /// Why; required.
        pub reason: String,
    }
}
