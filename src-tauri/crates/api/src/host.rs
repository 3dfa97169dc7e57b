//! What a command may ask of whoever runs it: the time, new ids, the person, and whether to go on.

use crate::error::Error;
use chrono::{DateTime, FixedOffset, Local, NaiveDate, Utc};
use std::path::Path;
use tillproof_domain::locale::Locale;
use tillproof_domain::time::Timestamp;
use uuid::Uuid;

/// Whoever runs a command.
pub trait Host: Send + Sync {
    /// The instant that counts as now.
    fn now(&self) -> Timestamp;
    /// The day that it is where the person is.
    fn today(&self) -> NaiveDate;
    /// The day that an instant falls on where the person is.
    fn day_of(&self, instant: Timestamp) -> NaiveDate {
        instant.to_utc().date_naive()
    }
    /// A new id, UUIDv7.
    fn new_uuid(&self) -> Uuid;
    /// Fills `into` with random bytes that nobody can guess.
    ///
    /// # Errors
    /// The system has none to give.
    fn random(&self, into: &mut [u8]) -> Result<(), Error>;
    /// The name of the person.
    fn actor(&self) -> String;
    /// The language of the person.
    fn locale(&self) -> Locale;
    /// Whether the command may read or write at this path. The window allows what the person chose
    /// in a dialog; the command line allows what its user typed.
    fn may_use(&self, path: &Path) -> bool {
        let _ = path;
        true
    }
    /// Hears how far a long command is.
    fn progress(&self, done: u64, total: u64) {
        let _ = (done, total);
    }
    /// Whether the person has asked to stop.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Reports progress and answers whether to go on, as the lower crates ask for it.
pub(crate) fn go_on(host: &dyn Host) -> impl FnMut(u64, u64) -> bool + '_ {
    move |done, total| {
        host.progress(done, total);
        !host.cancelled()
    }
}

/// A host that looks at an earlier day: that day is its today. Its clock still runs.
pub(crate) struct OnDay<'a> {
    pub(crate) host: &'a dyn Host,
    pub(crate) day: NaiveDate,
}

impl Host for OnDay<'_> {
    fn now(&self) -> Timestamp {
        self.host.now()
    }

    fn today(&self) -> NaiveDate {
        self.day
    }

    fn day_of(&self, instant: Timestamp) -> NaiveDate {
        self.host.day_of(instant)
    }

    fn new_uuid(&self) -> Uuid {
        self.host.new_uuid()
    }

    fn random(&self, into: &mut [u8]) -> Result<(), Error> {
        self.host.random(into)
    }

    fn actor(&self) -> String {
        self.host.actor()
    }

    fn locale(&self) -> Locale {
        self.host.locale()
    }

    fn may_use(&self, path: &Path) -> bool {
        self.host.may_use(path)
    }

    fn progress(&self, done: u64, total: u64) {
        self.host.progress(done, total);
    }

    fn cancelled(&self) -> bool {
        self.host.cancelled()
    }
}

/// The clock and the user of this machine.
#[derive(Debug, Clone)]
pub struct SystemHost {
    /// The language.
    pub locale: Locale,
    /// The person; the name of the account if not given.
    pub actor: Option<String>,
    /// A clock that stands still, with its offset from UTC.
    pub fixed_now: Option<DateTime<FixedOffset>>,
}

impl SystemHost {
    /// The machine as it is.
    #[must_use]
    pub const fn new(locale: Locale) -> Self {
        Self { locale, actor: None, fixed_now: None }
    }

    /// The language of the account, from the environment; English if it is none of ours.
    #[must_use]
    pub fn environment_locale() -> Locale {
        let wanted = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
        if wanted.is_some_and(|locale| locale.starts_with("de")) { Locale::De } else { Locale::En }
    }
}

// The one place where the ambient clock, randomness and account are read.
#[expect(clippy::disallowed_methods, reason = "this is the door through which the ambient clock and ids come in")]
impl Host for SystemHost {
    fn now(&self) -> Timestamp {
        self.fixed_now.map_or_else(|| Utc::now().into(), |now| now.to_utc().into())
    }

    fn today(&self) -> NaiveDate {
        self.fixed_now.map_or_else(|| Local::now().date_naive(), |now| now.date_naive())
    }

    fn day_of(&self, instant: Timestamp) -> NaiveDate {
        match self.fixed_now {
            Some(now) => instant.to_utc().with_timezone(&now.timezone()).date_naive(),
            None => instant.to_utc().with_timezone(&Local).date_naive(),
        }
    }

    fn new_uuid(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn random(&self, into: &mut [u8]) -> Result<(), Error> {
        getrandom::fill(into).map_err(|error| Error::new("internal").with("detail", error))
    }

    fn actor(&self) -> String {
        // The real name where the account has one: it is what an auditor reads.
        let account = || whoami::realname().or_else(|_| whoami::username()).ok();
        let spoken = |name: &String| !name.trim().is_empty();
        self.actor.clone().filter(spoken).or_else(|| account().filter(spoken)).unwrap_or_else(|| "?".to_owned())
    }

    fn locale(&self) -> Locale {
        self.locale
    }
}
