//! Copies of a workspace: made by hand, made by date, listed.

use super::wire;
use super::workspace::JournalHead;

wire! {
    /// A copy that was written and read back.
    pub struct BackupWritten {
        /// Where, in full.
        pub path: String,
        /// Bytes.
        #[ts(type = "number")]
        pub size: u64,
        /// SHA-256 of the file, 64 hex digits.
        pub sha256: String,
        /// The last journal entry in it.
        pub journal: JournalHead,
        /// What was compared with the workspace after writing. A copy that differs is an error.
        pub checked: BackupChecked,
    }

    /// What of a copy was read back from the disk and compared with the workspace.
    pub struct BackupChecked {
        /// Rows of all tables, the journal included; every one of them is compared.
        #[ts(type = "number")]
        pub rows: u64,
        /// Evidence contents whose bytes were hashed.
        #[ts(type = "number")]
        pub evidence: u64,
        /// Bytes of evidence hashed.
        #[ts(type = "number")]
        pub evidence_bytes: u64,
        /// Evidence contents that were not hashed, as the bound of a dated copy was reached.
        #[ts(type = "number")]
        pub evidence_left: u64,
    }

    /// Makes a dated copy if it is time for one, and removes the oldest beyond a number.
    pub struct AutoBackup {
        /// Where to; `NAME backups` beside the file if not given. Made if it is missing.
        #[serde(default)] #[ts(optional)]
        pub folder: Option<String>,
        /// So many are kept, at least 1; 7 if not given.
        #[serde(default)] #[ts(optional)]
        pub keep: Option<u32>,
        /// A newer one than that makes another needless; 20 if not given.
        #[serde(default)] #[ts(optional)]
        pub every_hours: Option<u32>,
        /// Makes one in any case.
        #[serde(default)] #[ts(optional, as = "Option<bool>")]
        pub force: bool,
    }

    /// What became of it.
    pub struct AutoBackupDone {
        /// `made`; `recent`: the newest is not old enough; `unchanged`: nothing was changed since the newest.
        pub outcome: String,
        /// The folder.
        pub folder: String,
        /// The newest copy, in full.
        pub path: String,
        /// When it was made, RFC 3339.
        pub at: String,
        /// Bytes.
        #[ts(type = "number")]
        pub size: u64,
        /// The last journal entry in it.
        pub journal: JournalHead,
        /// What was compared after writing; none if none was made.
        pub checked: Option<BackupChecked>,
        /// The copies that were removed, in full.
        pub removed: Vec<String>,
        /// Files with the name of a copy that the passphrase does not open or that are damaged. They are never removed.
        pub left: Vec<String>,
    }

    /// Asks for the dated copies of the open workspace.
    pub struct ListBackups {
        /// Where; `NAME backups` beside the file if not given.
        #[serde(default)] #[ts(optional)]
        pub folder: Option<String>,
    }

    /// The dated copies of the open workspace.
    pub struct Backups {
        /// The folder. It need not exist.
        pub folder: String,
        /// The newest first.
        pub backups: Vec<BackupView>,
    }

    /// A dated copy.
    pub struct BackupView {
        /// Where, in full.
        pub path: String,
        /// Its name.
        pub name: String,
        /// When it was made, RFC 3339.
        pub at: String,
        /// Bytes.
        #[ts(type = "number")]
        pub size: u64,
        /// `readable`; `other-passphrase`: it has another passphrase than the workspace has now; `damaged`.
        pub state: String,
        /// The last journal entry in it, where it is readable.
        pub journal: Option<JournalHead>,
    }

    /// Asks whether somebody else has written to the open workspace.
    pub struct ChangedSince {
        /// The number of the last journal entry that is known.
        #[ts(type = "number")]
        pub seq: u64,
        /// The `version` of the last answer. With it, own changes do not count.
        #[serde(default)] #[ts(optional, type = "number")]
        pub version: Option<i64>,
    }

    /// What others have written.
    pub struct Changes {
        /// Whether there is anything.
        pub changed: bool,
        /// Changes when somebody else writes; means nothing else, and nothing after the file was opened again.
        #[ts(type = "number")]
        pub version: i64,
        /// The last journal entry now.
        pub journal: JournalHead,
        /// What the newer entries touch: requirement, evidence and task ids. Of the newest 500 entries.
        pub subjects: Vec<String>,
        /// Who wrote them.
        pub people: Vec<String>,
        /// Whether another file lies where the open one was. Nothing can be written any more.
        pub replaced: bool,
    }
}
