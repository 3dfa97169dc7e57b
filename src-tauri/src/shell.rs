//! What the window keeps while it runs: the session, the paths given out, what was written, the
//! recent list.

use crate::frame::FrameFile;
use crate::grants::Grants;
use crate::handed::Waiting;
use crate::recent::RecentList;
use crate::settings::SettingsFile;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use tauri::{AppHandle, Manager};
use tillproof_api::session::Session;
use tillproof_domain::locale::Locale;

/// The state of the window.
pub(crate) struct Shell {
    session: Mutex<Session>,
    grants: Mutex<Grants>,
    written: Mutex<Written>,
    locale: Mutex<Locale>,
    waiting: Mutex<Waiting>,
    open: AtomicBool,
    cancelled: AtomicBool,
    beside: Beside,
    pub(crate) recent: RecentList,
    pub(crate) settings: SettingsFile,
    pub(crate) frame: FrameFile,
}

/// The work that runs on a second connection while the person goes on.
#[derive(Default)]
struct Beside {
    running: AtomicUsize,
    cancelled: AtomicBool,
}

/// Files of this session that another program may be pointed to.
#[derive(Default)]
pub(crate) struct Written {
    /// Written by a command on the user's word.
    pub(crate) files: HashSet<PathBuf>,
    /// Workspaces that were open: they may be shown in their folder, never be opened elsewhere.
    pub(crate) workspaces: HashSet<PathBuf>,
}

impl Shell {
    /// A window without a workspace, keeping its list in this folder.
    pub(crate) fn new(config_directory: PathBuf) -> Self {
        Self {
            session: Mutex::new(Session::new()),
            grants: Mutex::default(),
            written: Mutex::default(),
            locale: Mutex::new(system_locale()),
            waiting: Mutex::default(),
            open: AtomicBool::new(false),
            cancelled: AtomicBool::new(false),
            beside: Beside::default(),
            recent: RecentList::in_folder(&config_directory),
            settings: SettingsFile::in_folder(&config_directory),
            frame: FrameFile::in_folder(&config_directory),
        }
    }

    /// The session, as soon as no other command uses it.
    pub(crate) fn session(&self) -> MutexGuard<'_, Session> {
        unpoisoned(&self.session)
    }

    /// The session, unless a command uses it now.
    pub(crate) fn idle_session(&self) -> Option<MutexGuard<'_, Session>> {
        match self.session.try_lock() {
            Ok(session) => Some(session),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    pub(crate) fn grants(&self) -> MutexGuard<'_, Grants> {
        unpoisoned(&self.grants)
    }

    pub(crate) fn written(&self) -> MutexGuard<'_, Written> {
        unpoisoned(&self.written)
    }

    /// The language of the page: that of its last command, and of the system before the first.
    pub(crate) fn locale(&self) -> Locale {
        *unpoisoned(&self.locale)
    }

    /// Whether it was another one before.
    pub(crate) fn set_locale(&self, locale: Locale) -> bool {
        std::mem::replace(&mut *unpoisoned(&self.locale), locale) != locale
    }

    /// What was handed over from outside.
    pub(crate) fn waiting(&self) -> MutexGuard<'_, Waiting> {
        unpoisoned(&self.waiting)
    }

    /// Whether a workspace is open, as of the last command.
    pub(crate) fn is_open(&self) -> bool {
        self.open.load(Ordering::Relaxed)
    }

    /// Whether it was the other way before.
    pub(crate) fn set_open(&self, open: bool) -> bool {
        self.open.swap(open, Ordering::Relaxed) != open
    }

    /// Asks the running command to stop.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Forgets an earlier wish to stop: it was meant for an earlier command.
    pub(crate) fn begin(&self) {
        self.cancelled.store(false, Ordering::Relaxed);
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Asks the work on the second connection to stop.
    pub(crate) fn cancel_beside(&self) {
        self.beside.cancelled.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_cancelled_beside(&self) -> bool {
        self.beside.cancelled.load(Ordering::Relaxed)
    }

    /// Runs work on a second connection; it is counted until it is over.
    pub(crate) fn beside<T>(&self, work: impl FnOnce() -> T) -> T {
        /// Counts back also when the work panics.
        struct Counted<'a>(&'a AtomicUsize);
        impl Drop for Counted<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::Release);
            }
        }
        if self.beside.running.fetch_add(1, Ordering::Acquire) == 0 {
            self.beside.cancelled.store(false, Ordering::Relaxed);
        }
        let _counted = Counted(&self.beside.running);
        work()
    }

    /// Whether no work runs on a second connection.
    pub(crate) fn is_idle_beside(&self) -> bool {
        self.beside.running.load(Ordering::Acquire) == 0
    }
}

/// What a panic left behind is whole: commands are transactions, and every other change here is a
/// single insertion.
fn unpoisoned<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The folder for the app's own settings.
pub(crate) fn config_directory(app: &AppHandle) -> Result<PathBuf, tauri::Error> {
    #[cfg(debug_assertions)]
    if let Some(directory) = crate::answers::config_directory() {
        return Ok(directory);
    }
    app.path().app_config_dir()
}

/// The folder where a dialog starts.
pub(crate) fn documents_directory(app: &AppHandle) -> Option<PathBuf> {
    app.path().document_dir().or_else(|_| app.path().home_dir()).ok().filter(|folder: &PathBuf| Path::is_dir(folder))
}

fn system_locale() -> Locale {
    locale_of(&sys_locale::get_locale().unwrap_or_default())
}

/// German for any kind of German, English for everything else.
fn locale_of(tag: &str) -> Locale {
    let language = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("de") { Locale::De } else { Locale::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_is_known_in_every_spelling() {
        for tag in ["de", "de-DE", "de_AT.UTF-8", "DE", "de-CH-1996", "de@euro"] {
            assert_eq!(locale_of(tag), Locale::De, "{tag}");
        }
        for tag in ["", "C", "C.UTF-8", "en-DE", "den", "fr-FR", "POSIX"] {
            assert_eq!(locale_of(tag), Locale::En, "{tag}");
        }
    }
}
