//! The report.

use super::signing::{SignReport, SignatureView};
use super::wire;
use super::workspace::JournalHead;
use tillproof_domain::locale::Locale;

wire! {
    /// Writes the PDF report.
    pub struct ExportReport {
        /// Where to.
        pub path: String,
        /// Whether an existing file may be overwritten.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub overwrite: bool,
        /// The language; that of the merchant if not given.
        #[serde(default)] #[ts(optional)] pub locale: Option<Locale>,
        /// The assessments; all open ones if empty.
        #[serde(default)] #[ts(optional, as = "Option<Vec<String>>")] pub assessments: Vec<String>,
        /// What to sign it with; not at all if not given.
        #[serde(default)] #[ts(optional)] pub sign: Option<SignReport>,
    }

    /// A report that was written.
    pub struct ReportMade {
        /// Where, in full.
        pub path: String,
        /// Bytes.
        #[ts(type = "number")]
        pub size: u64,
        /// Pages.
        pub pages: u32,
        /// SHA-256, 64 hex digits.
        pub sha256: String,
        /// The head of the journal that it shows.
        pub journal: JournalHead,
        /// Who signed it; none if nobody did.
        pub signature: Option<SignatureView>,
    }
}
