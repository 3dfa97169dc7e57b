//! Worksheets: what the official forms ask beyond a verdict.

use super::wire;
use tillproof_domain::answer::Verdict;
use tillproof_domain::worksheet::{WorksheetField, WorksheetKind, WorksheetState};

wire! {
    /// Asks for the worksheets of the open assessments.
    pub struct ListWorksheets {
        /// Only those with something left to fill in.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub open: bool,
        /// Only of this assessment.
        #[serde(default)] #[ts(optional)] pub assessment: Option<String>,
    }

    /// The worksheets found, in the order of the lists.
    pub struct Worksheets {
        /// In the order of the lists.
        pub worksheets: Vec<WorksheetRow>,
        /// How many of all of them have something left to fill in.
        pub open: u32,
    }

    /// A worksheet in a list.
    pub struct WorksheetRow {
        /// The requirement it is for.
        pub requirement: String,
        /// Its number as this language writes it.
        pub label: String,
        /// The framework's short name.
        pub framework_name: String,
        /// The topic.
        pub requirement_title: String,
        /// The assessment.
        pub assessment: String,
        /// The answer that opened it.
        pub verdict: Verdict,
        /// Which one.
        pub kind: WorksheetKind,
        /// How far it is.
        pub state: WorksheetState,
        /// The points that are left to fill in.
        pub open: Vec<WorksheetField>,
        /// With its words.
        pub worksheet: WorksheetView,
    }

    /// A worksheet with its words.
    pub struct WorksheetView {
        /// Which one.
        pub kind: WorksheetKind,
        /// What it is called.
        pub title: String,
        /// What it is for.
        pub intro: String,
        /// Where the official form has it: `SAQ, Appendix B`.
        pub source: String,
        /// How far it is.
        pub state: WorksheetState,
        /// The reason, where it is one of the points; kept as the reason of the answer.
        pub reason: Option<WorksheetReason>,
        /// The points, in the order of the form.
        pub fields: Vec<WorksheetFieldView>,
    }

    /// The reason of an answer, where a worksheet asks for it.
    pub struct WorksheetReason {
        /// What is asked.
        pub label: String,
        /// What is written.
        pub text: String,
    }

    /// A point of a worksheet.
    pub struct WorksheetFieldView {
        /// Which one.
        pub field: WorksheetField,
        /// What is asked.
        pub label: String,
        /// What to write.
        pub help: String,
        /// What is written.
        pub text: String,
        /// Whether it is left to fill in.
        pub open: bool,
    }
}
