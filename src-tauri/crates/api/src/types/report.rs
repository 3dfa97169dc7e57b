//! The report.

use super::signing::{SignReport, SignatureView};
use super::wire;
use super::workspace::JournalHead;
use tillproof_domain::locale::Locale;
use tillproof_domain::report::ReportKind;

wire! {
    /// What goes into a report.
    #[derive(Default)]
    pub struct ReportChoice {
        /// How much of it.
        #[serde(default)] #[ts(optional, as = "Option<ReportKind>")] pub kind: ReportKind,
        /// Only the assessments of this framework.
        #[serde(default)] #[ts(optional)] pub framework: Option<String>,
        /// Only the requirements of this theme.
        #[serde(default)] #[ts(optional)] pub theme: Option<String>,
        /// Whether names of people, notes and names of files are left out.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub redacted: bool,
        /// A PNG or JPEG file for the cover.
        #[serde(default)] #[ts(optional)] pub logo: Option<String>,
    }

    /// Writes the PDF report. The kept files are read through on the way, and the report says which
    /// of them are damaged.
    pub struct ExportReport {
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
        /// Evidence whose content is no longer what was attached, by number and name.
        pub damaged: Vec<String>,
        /// Who signed it; none if nobody did.
        pub signature: Option<SignatureView>,
    }
}
