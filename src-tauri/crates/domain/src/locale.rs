//! The languages that every text of Tillproof exists in.

use chrono::NaiveDate;

crate::word_enum! {
    /// A language of the window, the checklists and the report.
    Locale {
        /// English.
        En = "en",
        /// German.
        De = "de",
    }
}

impl Locale {
    /// A day as this language writes it: `22 Nov 2026`, `22.11.2026`.
    #[must_use]
    pub fn day(self, day: NaiveDate) -> String {
        let form = match self {
            Self::En => "%-d %b %Y",
            Self::De => "%d.%m.%Y",
        };
        day.format(form).to_string()
    }
}
