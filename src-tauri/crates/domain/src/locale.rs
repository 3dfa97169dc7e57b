//! The languages that every text of Tillproof exists in.

crate::word_enum! {
    /// A language of the window, the checklists and the report.
    Locale {
        /// English.
        En = "en",
        /// German.
        De = "de",
    }
}
