//! Dates, instants, sizes and hashes as each language writes them.

use crate::messages::Messages;
use chrono::{Datelike, NaiveDate};
use tillproof_domain::locale::Locale;
use tillproof_domain::time::Timestamp;

/// Writes values in the language of the report.
#[derive(Clone, Copy)]
pub struct Format<'a> {
    locale: Locale,
    messages: &'a Messages,
}

impl<'a> Format<'a> {
    /// In this language.
    #[must_use]
    pub const fn new(locale: Locale, messages: &'a Messages) -> Self {
        Self { locale, messages }
    }

    /// `22 November 2026`, `22. November 2026`.
    #[must_use]
    pub fn long_date(self, day: NaiveDate) -> String {
        let month = self.messages.months.get(day.month0() as usize).map_or("", String::as_str);
        match self.locale {
            Locale::En => format!("{} {month} {}", day.day(), day.year()),
            Locale::De => format!("{}. {month} {}", day.day(), day.year()),
        }
    }

    /// `22 Nov 2026`, `22.11.2026`.
    #[must_use]
    pub fn date(self, day: NaiveDate) -> String {
        self.locale.day(day)
    }

    /// `22 Nov 2026, 10:00 UTC`.
    #[must_use]
    pub fn instant(self, at: Timestamp) -> String {
        let utc = at.to_utc();
        format!("{}, {} UTC", self.date(utc.date_naive()), utc.format("%H:%M"))
    }

    /// `1.5 h`, `1,5 h`.
    #[must_use]
    pub fn hours(self, minutes: u32) -> String {
        let hundredths = (u64::from(minutes) * 100 + 30) / 60;
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        let point = self.point();
        let digits = format!("{rest:02}");
        match digits.trim_end_matches('0') {
            "" => format!("{whole} h"),
            digits => format!("{whole}{point}{digits} h"),
        }
    }

    const fn point(self) -> char {
        match self.locale {
            Locale::En => '.',
            Locale::De => ',',
        }
    }

    /// `1.4 MB`, `1,4 MB`.
    #[must_use]
    pub fn size(self, bytes: u64) -> String {
        let units = [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")];
        let Some((unit, name)) = units.into_iter().find(|(unit, _)| bytes >= *unit) else {
            return format!("{bytes} {}", self.messages.unit_bytes);
        };
        let point = self.point();
        // Whole numbers only: tenths, rounded half up.
        let tenths = (u128::from(bytes) * 10 + u128::from(unit) / 2) / u128::from(unit);
        format!("{}{point}{} {name}", tenths / 10, tenths % 10)
    }
}

/// The first digits of a hash, for a reader to recognise it by.
#[must_use]
pub fn short_hash(hash: &str) -> String {
    hash.chars().take(12).collect()
}

/// A hash in pieces of 32 digits, one a line.
#[must_use]
pub fn hash_lines(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().collect();
    digits.chunks(32).map(|chunk| chunk.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
}
