//! What the auditor takes home, and what comes back.

use super::report::ReportChoice;
use super::task::TaskView;
use super::wire;
use super::workspace::JournalHead;
use tillproof_domain::locale::Locale;
use tillproof_domain::reply::Said;

wire! {
    /// Writes report, evidence and journal as one ZIP that can be checked without Tillproof.
    pub struct ExportBundle {
        /// Where to.
        pub path: String,
        /// Whether an existing file may be overwritten.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub overwrite: bool,
        /// The language; that of the merchant if not given.
        #[serde(default)] #[ts(optional)] pub locale: Option<Locale>,
        /// The assessments; all open ones if empty.
        #[serde(default)] #[ts(optional, as = "Option<Vec<String>>")] pub assessments: Vec<String>,
        /// What goes in.
        #[serde(default)] #[ts(optional, as = "Option<ReportChoice>")] pub choice: ReportChoice,
        /// Whether evidence that was replaced goes in, too.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub all_versions: bool,
        /// Whether to go on where evidence is damaged; the bundle names what it lacks.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub keep_going: bool,
    }

    /// A bundle that was written.
    pub struct BundleMade {
        /// Where, in full.
        pub path: String,
        /// Bytes.
        #[ts(type = "number")]
        pub size: u64,
        /// SHA-256, 64 hex digits.
        pub sha256: String,
        /// Files in it.
        pub files: u32,
        /// Files of evidence among them.
        pub evidence: u32,
        /// Pages of the report.
        pub pages: u32,
        /// The head of the journal that it shows.
        pub journal: JournalHead,
        /// Whether journal and files of evidence were left out on purpose.
        pub redacted: bool,
        /// What is damaged and therefore not in it.
        pub damaged: Vec<String>,
    }

    /// Checks a bundle; no workspace needs to be open.
    pub struct VerifyBundle {
        /// The ZIP.
        pub path: String,
    }

    /// Writes the results in a form that other programs read.
    pub struct ExportResults {
        /// Where to.
        pub path: String,
        /// Whether an existing file may be overwritten.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub overwrite: bool,
        /// The language; that of the merchant if not given.
        #[serde(default)] #[ts(optional)] pub locale: Option<Locale>,
        /// The assessments; all open ones if empty.
        #[serde(default)] #[ts(optional, as = "Option<Vec<String>>")] pub assessments: Vec<String>,
    }

    /// Brings in what an auditor replied, as spreadsheet or CSV.
    pub struct ImportReply {
        /// The file.
        pub path: String,
        /// Keep the texts although card data or a secret is in them, and why.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// A reply that was brought in.
    pub struct ReplyImported {
        /// Its id.
        pub id: String,
        /// Who replied.
        pub auditor: String,
        /// The day on it.
        pub said_on: String,
        /// SHA-256 of the file, 64 hex digits.
        pub sha256: String,
        /// Requirements that were accepted.
        pub accepted: u32,
        /// Questions; each is a task.
        pub questions: u32,
        /// Findings; each is a task.
        pub findings: u32,
        /// The tasks that were made.
        pub tasks: Vec<TaskView>,
        /// The head of the journal afterwards.
        pub journal: JournalHead,
    }

    /// Every reply that was brought in, the newest first.
    pub struct Replies {
        /// The replies.
        pub replies: Vec<ReplyView>,
    }

    /// A reply.
    pub struct ReplyView {
        /// Its id.
        pub id: String,
        /// Who replied.
        pub auditor: String,
        /// The day on it.
        pub said_on: String,
        /// When it was brought in.
        pub received_at: String,
        /// The file's name.
        pub file: String,
        /// SHA-256 of the file, 64 hex digits.
        pub sha256: String,
        /// What was said, in the order of the file.
        pub items: Vec<ReplyItemView>,
    }

    /// What was said about a requirement.
    pub struct ReplyItemView {
        /// The requirement.
        pub requirement: String,
        /// Its number.
        pub label: String,
        /// What.
        pub said: Said,
        /// In words; may be empty.
        pub comment: String,
        /// Until when.
        pub due: Option<String>,
        /// The task that it became.
        pub task: Option<String>,
    }
}
