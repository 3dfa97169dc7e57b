//! Making, opening and keeping a workspace.

use super::assessment::AssessmentSummary;
use super::wire;
use std::collections::BTreeMap;
use tillproof_domain::locale::Locale;
use tillproof_domain::profile::Channel;

wire! {
    /// Makes a new workspace file and opens it.
    pub struct CreateWorkspace {
        /// Where. A file that exists is never overwritten.
        pub path: String,
        /// The company.
        pub name: String,
        /// The language the merchant works in.
        pub locale: Locale,
        /// ISO 3166-1 alpha-2.
        #[serde(default)] #[ts(optional)]
        pub country: Option<String>,
        /// Encrypts the file. Missing or empty is refused unless `unencrypted` is set.
        #[serde(default)] #[ts(optional)]
        pub passphrase: Option<String>,
        /// The explicit choice of a file that anyone can read.
        #[serde(default)] #[ts(optional, as = "Option<bool>")]
        pub unencrypted: bool,
    }

    /// Opens a workspace file.
    pub struct OpenWorkspace {
        /// Where it is.
        pub path: String,
        /// Its passphrase; none for a file that is not encrypted.
        #[serde(default)] #[ts(optional)]
        pub passphrase: Option<String>,
    }

    /// What a file looks like from outside.
    pub struct ProbeWorkspace {
        /// Where it is.
        pub path: String,
    }

    /// What a file looks like from outside.
    pub struct WorkspaceProbe {
        /// Where it is, in full.
        pub path: String,
        /// Whether there is a file.
        pub exists: bool,
        /// Whether it takes a passphrase to open.
        pub encrypted: bool,
        /// Bytes.
        #[ts(type = "number")]
        pub size: u64,
    }

    /// The open workspace at a glance.
    pub struct WorkspaceInfo {
        /// Where the file is, in full.
        pub path: String,
        /// Whether it is encrypted.
        pub encrypted: bool,
        /// Whether it can only be read.
        pub read_only: bool,
        /// Why it can only be read, in words.
        pub read_only_because: Option<String>,
        /// What kind of place it lies in.
        pub place: PlaceView,
        /// Bytes on disk.
        #[ts(type = "number")]
        pub size: u64,
        /// Version of the file format.
        pub format: u32,
        /// Version of Tillproof.
        pub app_version: String,
        /// The merchant.
        pub profile: ProfileView,
        /// Head of the journal.
        pub journal: JournalHead,
        /// Counts.
        pub counts: Counts,
        /// Assessments, the newest of each framework first.
        pub assessments: Vec<AssessmentSummary>,
        /// The day that is looked at, while that is not today.
        pub as_of: Option<String>,
    }

    /// The place a file lies in, and what to do where that is not safe.
    pub struct PlaceView {
        /// `local`; `network`: other machines write there too; `synced`: a program copies it to other machines.
        pub kind: String,
        /// What it is called: “OneDrive”, “SMB share”. Empty for `local`.
        pub name: String,
        /// What to do, in words. Empty for `local`.
        pub advice: String,
    }

    /// How much is in a workspace.
    pub struct Counts {
        /// Evidence that counts: current versions, not removed.
        pub evidence: u32,
        /// Tasks that are open.
        pub tasks_open: u32,
        /// Open tasks past their due day.
        pub tasks_overdue: u32,
    }

    /// The last entry of the journal.
    pub struct JournalHead {
        /// Its number, from 1; 0 for an empty journal.
        #[ts(type = "number")]
        pub seq: u64,
        /// Its hash, 64 hex digits.
        pub head: String,
    }

    /// The merchant.
    pub struct ProfileView {
        /// The company.
        pub name: String,
        /// The name customers know, where it differs.
        pub trading_name: String,
        /// Postal address.
        pub address: String,
        /// ISO 3166-1 alpha-2, or empty.
        pub country: String,
        /// The language the merchant works in.
        pub locale: Locale,
        /// Address of the shop on the web.
        pub website: String,
        /// Shop software or platform.
        pub platform: String,
        /// Payment service providers.
        pub payment_provider: String,
        /// Contact: name.
        pub contact_name: String,
        /// Contact: role.
        pub contact_role: String,
        /// Contact: e-mail.
        pub contact_email: String,
        /// People who work in the company.
        pub staff: Option<u32>,
        /// The ways in which payments are taken.
        pub channels: Vec<Channel>,
        /// How card data is taken, sent and kept.
        pub payment_description: String,
        /// What the SAQ asks beyond that.
        pub scope_facts: ScopeFactsView,
        /// The answers given to the SAQ finder.
        pub finder_answers: BTreeMap<String, String>,
        /// The answers for further ways of payment, one entry a way.
        pub more_finder_answers: Vec<BTreeMap<String, String>>,
        /// Why its texts are kept although card data or a secret was found in them.
        pub card_data_reason: Option<String>,
        /// Counts the changes.
        #[ts(type = "number")]
        pub rev: i64,
    }

    /// What the SAQ asks about the assessment in Parts 1b and 2. Each text may be empty.
    #[derive(Default)]
    pub struct ScopeFactsView {
        /// Who helps or tests: internal assessor, QSA company (Part 1b).
        #[serde(default)] pub assessors: String,
        /// Ways of payment that are left out, and why (Part 2a).
        #[serde(default)] pub left_out: String,
        /// Connections, critical components, what else could affect card data (Part 2c).
        #[serde(default)] pub environment: String,
        /// Whether segmentation makes the scope smaller (Part 2c).
        #[serde(default)] pub segmented: Option<bool>,
        /// Kinds of places, how many, and where (Part 2d).
        #[serde(default)] pub locations: String,
        /// Products and solutions listed by the PCI SSC (Part 2e).
        #[serde(default)] pub products: String,
    }

    /// Changes the profile: what is given replaces what was.
    pub struct SetProfile {
        /// The company.
        #[serde(default)] #[ts(optional)] pub name: Option<String>,
        /// The name customers know.
        #[serde(default)] #[ts(optional)] pub trading_name: Option<String>,
        /// Postal address.
        #[serde(default)] #[ts(optional)] pub address: Option<String>,
        /// ISO 3166-1 alpha-2.
        #[serde(default)] #[ts(optional)] pub country: Option<String>,
        /// The language the merchant works in.
        #[serde(default)] #[ts(optional)] pub locale: Option<Locale>,
        /// Address of the shop on the web.
        #[serde(default)] #[ts(optional)] pub website: Option<String>,
        /// Shop software or platform.
        #[serde(default)] #[ts(optional)] pub platform: Option<String>,
        /// Payment service providers.
        #[serde(default)] #[ts(optional)] pub payment_provider: Option<String>,
        /// Contact: name.
        #[serde(default)] #[ts(optional)] pub contact_name: Option<String>,
        /// Contact: role.
        #[serde(default)] #[ts(optional)] pub contact_role: Option<String>,
        /// Contact: e-mail.
        #[serde(default)] #[ts(optional)] pub contact_email: Option<String>,
        /// People who work in the company.
        #[serde(default)] #[ts(optional)] pub staff: Option<u32>,
        /// The ways in which payments are taken.
        #[serde(default)] #[ts(optional)] pub channels: Option<Vec<Channel>>,
        /// How card data is taken, sent and kept.
        #[serde(default)] #[ts(optional)] pub payment_description: Option<String>,
        /// What the SAQ asks beyond that; replaces all of it.
        #[serde(default)] #[ts(optional)] pub scope_facts: Option<ScopeFactsView>,
        /// The answers given to the SAQ finder; replaces all of them.
        #[serde(default)] #[ts(optional)] pub finder_answers: Option<BTreeMap<String, String>>,
        /// The answers for further ways of payment, one entry a way; replaces them all.
        #[serde(default)] #[ts(optional)] pub more_finder_answers: Option<Vec<BTreeMap<String, String>>>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// Sets another passphrase, or removes or adds the encryption's key.
    pub struct ChangePassphrase {
        /// The passphrase until now.
        pub current: String,
        /// The passphrase from now on.
        pub new: String,
    }

    /// Writes a copy of the open workspace.
    pub struct BackupWorkspace {
        /// Where to. A file that exists is never overwritten.
        pub path: String,
    }

    /// Puts a backup in place as a workspace, after checking it, and opens it.
    pub struct RestoreWorkspace {
        /// The backup.
        pub backup: String,
        /// Where the workspace is to be. A file that exists is never overwritten.
        pub path: String,
        /// The passphrase the backup was made with.
        #[serde(default)] #[ts(optional)]
        pub passphrase: Option<String>,
    }

    /// A file that was written.
    pub struct FileWritten {
        /// Where, in full.
        pub path: String,
        /// Bytes.
        #[ts(type = "number")]
        pub size: u64,
        /// SHA-256, 64 hex digits.
        pub sha256: String,
    }

    /// What a check of the whole workspace found.
    pub struct Verification {
        /// Whether nothing is wrong.
        pub ok: bool,
        /// What is wrong.
        pub problems: Vec<Problem>,
        /// What was looked at.
        pub checked: Checked,
        /// Head of the journal.
        pub journal: JournalHead,
        /// What this check cannot prove, in words.
        pub not_proven: Vec<String>,
    }

    /// What was looked at.
    pub struct Checked {
        /// Journal entries.
        #[ts(type = "number")]
        pub journal_entries: u64,
        /// Rows compared with the journal.
        #[ts(type = "number")]
        pub rows: u64,
        /// Evidence contents hashed.
        #[ts(type = "number")]
        pub evidence: u64,
        /// Bytes of evidence hashed.
        #[ts(type = "number")]
        pub evidence_bytes: u64,
    }

    /// One thing that is wrong.
    pub struct Problem {
        /// What kind: `file`, `journal`, `row`, `evidence`.
        pub kind: String,
        /// Where: `journal entry 17`, `answer pci-dss-4.0.1:8.3.6`, `evidence scan.pdf`.
        pub r#where: String,
        /// What.
        pub message: String,
    }

    /// Asks for the journal in words, the newest first.
    pub struct History {
        /// Only entries before this number.
        #[serde(default)] #[ts(optional, type = "number")]
        pub before: Option<u64>,
        /// At most so many; 100 if not given.
        #[serde(default)] #[ts(optional)]
        pub limit: Option<u32>,
        /// Only entries that touch this: a requirement id, a task id, an evidence id.
        #[serde(default)] #[ts(optional)]
        pub subject: Option<String>,
        /// Of this person.
        #[serde(default)] #[ts(optional)] pub person: Option<String>,
        /// From this day on.
        #[serde(default)] #[ts(optional)] pub from: Option<String>,
        /// Up to this day.
        #[serde(default)] #[ts(optional)] pub to: Option<String>,
    }

    /// A stretch of the journal.
    pub struct HistoryPage {
        /// The newest first.
        pub entries: Vec<HistoryEntry>,
        /// Whether there are older ones.
        pub more: bool,
    }

    /// One change.
    pub struct HistoryEntry {
        /// Its number.
        #[ts(type = "number")]
        pub seq: u64,
        /// When, RFC 3339.
        pub at: String,
        /// Who.
        pub actor: String,
        /// The command that made it.
        pub command: String,
        /// What happened, in words.
        pub summary: String,
        /// What it touches: requirement, task and evidence ids.
        pub subjects: Vec<String>,
        /// Its hash, 64 hex digits.
        pub hash: String,
        /// Whether it can be taken back.
        pub can_undo: bool,
    }

    /// Makes an example shop with answers, evidence, tasks and a report.
    pub struct MakeDemo {
        /// The folder; made if it is missing. Files that exist are never overwritten.
        pub directory: String,
    }

    /// Where the example is.
    pub struct DemoMade {
        /// The workspace; not encrypted.
        pub workspace: String,
        /// The reports.
        pub reports: Vec<String>,
    }
}
