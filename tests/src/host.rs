//! A host without a machine: its clock steps, its ids count, and it sees one folder only.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tillproof_api::error::Error;
use tillproof_api::host::Host;
use tillproof_domain::locale::Locale;
use tillproof_domain::time::Timestamp;
use uuid::Uuid;

/// When every test begins.
pub const START: &str = "2026-11-22T10:00:00Z";

/// A host for tests.
#[derive(Debug)]
pub struct TestHost {
    locale: Locale,
    folder: PathBuf,
    clock: AtomicI64,
    step: i64,
    ids: AtomicU64,
    actor: Mutex<String>,
}

impl TestHost {
    /// A host that begins at [`START`], moves a second on with every look at its clock, and may use
    /// nothing outside of `folder`.
    #[must_use]
    pub fn new(locale: Locale, folder: &Path) -> Self {
        Self::at(locale, folder, START, 1)
    }

    /// A host whose clock stands still.
    #[must_use]
    pub fn still(locale: Locale, folder: &Path, instant: &str) -> Self {
        Self::at(locale, folder, instant, 0)
    }

    fn at(locale: Locale, folder: &Path, instant: &str, seconds: i64) -> Self {
        let instant = DateTime::parse_from_rfc3339(instant).expect("an instant").timestamp_micros();
        Self {
            locale,
            folder: folder.to_owned(),
            clock: AtomicI64::new(instant),
            step: seconds * 1_000_000,
            ids: AtomicU64::new(0),
            actor: Mutex::new("Test".to_owned()),
        }
    }

    /// Sets the clock.
    pub fn set(&self, instant: DateTime<Utc>) {
        self.clock.store(instant.timestamp_micros(), Ordering::Relaxed);
    }

    /// From now on somebody else sits there.
    pub fn be(&self, actor: &str) {
        actor.clone_into(&mut self.actor.lock().expect("nobody panicked"));
    }

    /// Lets days go by.
    pub fn wait_days(&self, days: i64) {
        let micros = TimeDelta::days(days).num_microseconds().expect("a time that fits");
        self.clock.fetch_add(micros, Ordering::Relaxed);
    }
}

impl Host for TestHost {
    fn now(&self) -> Timestamp {
        Timestamp(self.clock.fetch_add(self.step, Ordering::Relaxed))
    }

    fn today(&self) -> NaiveDate {
        Timestamp(self.clock.load(Ordering::Relaxed)).to_utc().date_naive()
    }

    fn new_uuid(&self) -> Uuid {
        let number = u128::from(self.ids.fetch_add(1, Ordering::Relaxed));
        Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + number)
    }

    fn random(&self, into: &mut [u8]) -> Result<(), Error> {
        for byte in into {
            *byte = u8::try_from(self.ids.fetch_add(1, Ordering::Relaxed) % 251).expect("a byte");
        }
        Ok(())
    }

    fn actor(&self) -> String {
        self.actor.lock().expect("nobody panicked").clone()
    }

    fn locale(&self) -> Locale {
        self.locale
    }

    fn may_use(&self, path: &Path) -> bool {
        path.starts_with(&self.folder) && path.components().all(|part| part != Component::ParentDir)
    }
}
