//! What goes into a report.

crate::word_enum! {
    /// How much goes into a report.
    #[derive(Default)]
    ReportKind {
        /// Everything.
        #[default]
        Full = "full",
        /// Two pages for who decides.
        Executive = "executive",
        /// What is open, and who does it until when.
        ActionPlan = "action-plan",
    }
}
