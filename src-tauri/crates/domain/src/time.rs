//! Instants and days. The domain never asks for the time; it is told.

use chrono::{DateTime, Months, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// An instant: microseconds since 1970-01-01T00:00:00Z. Frozen form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The instant as a UTC date and time; an instant outside what a calendar holds becomes 1970.
    #[must_use]
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// The instant as RFC 3339 text in UTC, whole seconds: `2026-11-22T10:00:00Z`.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        self.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(instant: DateTime<Utc>) -> Self {
        Self(instant.timestamp_micros())
    }
}

/// A span on the calendar, as a freshness rule writes it: `P90D` or `P12M` (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum CalendarSpan {
    /// So many days.
    Days(u32),
    /// So many calendar months.
    Months(u32),
}

/// A text that is no calendar span.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a span such as P90D or P12M")]
pub struct NotASpan(pub String);

impl CalendarSpan {
    /// The last day that the span covers when it starts on `day`. A span past the end of the
    /// calendar ends with the calendar.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(days) => day.checked_add_signed(TimeDelta::days(i64::from(days))),
            Self::Months(months) => day.checked_add_months(Months::new(months)),
        }
        .unwrap_or(NaiveDate::MAX)
    }
}

impl TryFrom<String> for CalendarSpan {
    type Error = NotASpan;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let number = |digits: &str| digits.parse::<u32>().ok().filter(|n| *n > 0);
        let span = text.strip_prefix('P').and_then(|rest| {
            if let Some(days) = rest.strip_suffix('D') {
                number(days).map(Self::Days)
            } else {
                rest.strip_suffix('M').and_then(number).map(Self::Months)
            }
        });
        span.ok_or(NotASpan(text))
    }
}

impl From<CalendarSpan> for String {
    fn from(span: CalendarSpan) -> Self {
        match span {
            CalendarSpan::Days(days) => format!("P{days}D"),
            CalendarSpan::Months(months) => format!("P{months}M"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_ends_on_the_calendar() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let check = |span: &str, start: &str, end: &str| {
            let span = CalendarSpan::try_from(span.to_owned()).expect("a span");
            assert_eq!(span.after(day(start)), day(end), "{span:?} from {start}");
        };
        check("P90D", "2026-11-22", "2027-02-20");
        check("P3M", "2026-11-30", "2027-02-28");
        check("P12M", "2028-02-29", "2029-02-28");
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in ["", "P", "P0D", "PD", "3M", "P3W", "P-1D", "P1.5M"] {
            assert!(CalendarSpan::try_from(text.to_owned()).is_err(), "{text:?} was taken for a span");
        }
    }
}
