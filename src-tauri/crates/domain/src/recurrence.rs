//! How a duty comes back: recurrence rules of RFC 5545, on calendar days.
//!
//! Deliberately absent: times of day, time zones, and exceptions. A duty is due on a day.

use crate::time::CalendarSpan;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta};
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};

/// The most characters of a rule.
const LIMIT: usize = 200;
/// Occurrences that are looked through for the next due day; about thirty years of days.
const LOOKED_THROUGH: usize = 11_000;
/// The last year of which a day can be written as `YYYY-MM-DD`.
const LAST_YEAR: i32 = 9999;

/// A recurrence rule (RFC 5545, 3.3.10) that comes back on days: daily, weekly, monthly or yearly,
/// without times and without `COUNT`, which a series that is planned one task ahead cannot count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence(String);

/// A text that is no rule for days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no rule such as FREQ=MONTHLY;INTERVAL=3")]
pub struct NotARecurrence(pub String);

crate::word_enum! {
    /// The unit in which a rule counts.
    Unit {
        /// Days.
        Day = "day",
        /// Weeks.
        Week = "week",
        /// Calendar months.
        Month = "month",
        /// Years.
        Year = "year",
    }
}

impl Recurrence {
    /// Reads a rule, with or without `RRULE:` before it, for a series that begins on `start`.
    ///
    /// # Errors
    /// It is no rule, comes back within a day, counts its occurrences, or never comes back.
    pub fn new(text: &str, start: NaiveDate) -> Result<Self, NotARecurrence> {
        let refused = || NotARecurrence(text.to_owned());
        let rule = text.trim().to_ascii_uppercase();
        let rule = rule.strip_prefix("RRULE:").unwrap_or(&rule);
        let allowed = |c: char| c.is_ascii_alphanumeric() || ";=,+-".contains(c);
        if rule.len() > LIMIT || !rule.chars().all(allowed) {
            return Err(refused());
        }
        let parts: Vec<&str> = rule.split(';').map(|part| part.split('=').next().unwrap_or_default()).collect();
        let unwanted = ["COUNT", "BYHOUR", "BYMINUTE", "BYSECOND", "BYEASTER"];
        if parts.iter().any(|part| unwanted.contains(part)) {
            return Err(refused());
        }
        let parsed: RRule<Unvalidated> = rule.parse().map_err(|_| refused())?;
        let daily = [Frequency::Daily, Frequency::Weekly, Frequency::Monthly, Frequency::Yearly];
        if !daily.contains(&parsed.get_freq()) || parsed.get_interval() == 0 {
            return Err(refused());
        }
        let rule = Self(rule.to_owned());
        if rule.next(start, start).is_none() { Err(refused()) } else { Ok(rule) }
    }

    /// A rule as it was stored.
    #[must_use]
    pub const fn stored(rule: String) -> Self {
        Self(rule)
    }

    /// The rule for what has to be renewed after a span.
    #[must_use]
    pub fn every(span: CalendarSpan) -> Self {
        let (unit, count) = match span {
            CalendarSpan::Days(days) if days % 7 == 0 => ("WEEKLY", days / 7),
            CalendarSpan::Days(days) => ("DAILY", days),
            CalendarSpan::Months(months) if months % 12 == 0 => ("YEARLY", months / 12),
            CalendarSpan::Months(months) => ("MONTHLY", months),
        };
        Self(if count == 1 { format!("FREQ={unit}") } else { format!("FREQ={unit};INTERVAL={count}") })
    }

    /// The rule, without `RRULE:`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How often it comes back, where the rule says no more than that.
    #[must_use]
    pub fn span(&self) -> Option<(Unit, u32)> {
        let mut unit = None;
        let mut count = 1;
        for part in self.0.split(';') {
            match part.split_once('=')? {
                ("FREQ", "DAILY") => unit = Some(Unit::Day),
                ("FREQ", "WEEKLY") => unit = Some(Unit::Week),
                ("FREQ", "MONTHLY") => unit = Some(Unit::Month),
                ("FREQ", "YEARLY") => unit = Some(Unit::Year),
                ("INTERVAL", number) => count = number.parse().ok()?,
                _ => return None,
            }
        }
        Some((unit?, count))
    }

    /// The rule as a calendar must read it for a series that stands on `day`. RFC 5545 leaves out
    /// months that do not have the day; a duty of the 31st is due on the last day of such a month.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> String {
        let last_days = || (28..=day.day()).map(|day| day.to_string()).collect::<Vec<_>>().join(",");
        match self.span() {
            Some((Unit::Month, _)) if day.day() > 28 => {
                format!("{};BYMONTHDAY={};BYSETPOS=-1", self.0, last_days())
            }
            Some((Unit::Year, _)) if (day.month(), day.day()) == (2, 29) => {
                format!("{};BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", self.0)
            }
            _ => self.0.clone(),
        }
    }

    /// The next due day of a series whose last task was due on `due` and closed on `today`: the
    /// next occurrence after `due`. Occurrences that were missed altogether are passed over, so
    /// that the new task is late by less than one period. None if the series has ended.
    #[must_use]
    pub fn next(&self, due: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
        let at_midnight =
            |day: NaiveDate| -> DateTime<Tz> { day.and_time(NaiveTime::MIN).and_utc().with_timezone(&Tz::UTC) };
        let start = at_midnight(due);
        // A rule may name its last day without a time; the library wants one of the same zone.
        let rule: String = self
            .on(due)
            .split(';')
            .map(|part| match part.strip_prefix("UNTIL=") {
                Some(day) if day.len() == 8 => format!("UNTIL={day}T000000Z"),
                _ => part.to_owned(),
            })
            .collect::<Vec<_>>()
            .join(";");
        let rule: RRule<Unvalidated> = rule.parse().ok()?;
        let set = RRuleSet::new(start).rrule(rule.validate(start).ok()?).limit();
        let days = set.into_iter().map(|at| at.date_naive()).take_while(|day| day.year() <= LAST_YEAR);
        let mut missed = None;
        for day in days.filter(|day| *day > due).take(LOOKED_THROUGH) {
            if day > today {
                return missed.or(Some(day));
            }
            missed = Some(day);
        }
        missed
    }
}

/// A day so many days after another; the last day there is where the calendar ends.
#[must_use]
pub fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    let last = NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).unwrap_or(NaiveDate::MAX);
    day.checked_add_signed(TimeDelta::days(days)).filter(|day| *day <= last).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn the_next_day_follows_the_rule_and_the_calendar() {
        let check = |rule: &str, due: &str, today: &str, next: Option<&str>| {
            let found = Recurrence::stored(rule.to_owned()).next(day(due), day(today));
            assert_eq!(found, next.map(day), "{rule} after {due}, closed on {today}");
        };
        check("FREQ=MONTHLY;INTERVAL=3", "2026-11-15", "2026-11-10", Some("2027-02-15"));
        // A month without the day: the last one it has.
        check("FREQ=MONTHLY", "2027-01-31", "2027-01-31", Some("2027-02-28"));
        check("FREQ=MONTHLY;INTERVAL=3", "2026-11-30", "2026-11-30", Some("2027-02-28"));
        check("FREQ=YEARLY", "2028-02-29", "2028-02-29", Some("2029-02-28"));
        check("FREQ=YEARLY", "2026-11-22", "2026-11-22", Some("2027-11-22"));
        check("FREQ=WEEKLY", "2026-11-22", "2026-11-25", Some("2026-11-29"));
        check("FREQ=MONTHLY;BYDAY=1MO", "2026-11-02", "2026-11-02", Some("2026-12-07"));
        // Missed altogether: February and March; April is late by less than a month.
        check("FREQ=MONTHLY", "2027-01-01", "2027-04-15", Some("2027-04-01"));
        check("FREQ=MONTHLY", "2027-01-01", "2027-04-01", Some("2027-04-01"));
        check("FREQ=DAILY", "2026-11-01", "2026-11-22", Some("2026-11-22"));
        // The series ends.
        check("FREQ=MONTHLY;UNTIL=20270101", "2026-11-22", "2026-11-22", Some("2026-12-22"));
        check("FREQ=MONTHLY;UNTIL=20270101", "2026-12-22", "2026-12-22", None);
        check("FREQ=YEARLY", "9999-06-01", "2026-11-22", None);
    }

    #[test]
    fn what_is_no_rule_for_days_is_refused() {
        let start = day("2026-11-22");
        for text in [
            "",
            "monthly",
            "FREQ=HOURLY",
            "FREQ=DAILY;COUNT=3",
            "FREQ=DAILY;BYHOUR=3",
            "FREQ=MONTHLY;INTERVAL=0",
            "FREQ=MONTHLY\nDTSTART:20260101T000000Z",
            "FREQ=MONTHLY;UNTIL=20200101",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MONTHLY;BYMONTHDAY=77",
            "FREQ=NEVER",
        ] {
            assert!(Recurrence::new(text, start).is_err(), "{text:?} was taken for a rule");
        }
        for (text, rule) in [
            ("FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=3"),
            (" rrule:freq=weekly;byday=mo,th ", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("FREQ=YEARLY;UNTIL=20300101", "FREQ=YEARLY;UNTIL=20300101"),
        ] {
            assert_eq!(Recurrence::new(text, start).map(|rule| rule.0), Ok(rule.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn a_span_becomes_a_rule() {
        let check = |span: &str, rule: &str| {
            let span = CalendarSpan::try_from(span.to_owned()).expect("a span");
            assert_eq!(Recurrence::every(span).as_str(), rule, "{span:?}");
        };
        check("P3M", "FREQ=MONTHLY;INTERVAL=3");
        check("P1M", "FREQ=MONTHLY");
        check("P12M", "FREQ=YEARLY");
        check("P7D", "FREQ=WEEKLY");
        check("P90D", "FREQ=DAILY;INTERVAL=90");
        assert_eq!(Recurrence::stored("FREQ=MONTHLY;INTERVAL=3".to_owned()).span(), Some((Unit::Month, 3)), "and back");
        assert_eq!(Recurrence::stored("FREQ=WEEKLY;BYDAY=MO".to_owned()).span(), None, "no plain span");
    }
}
