//! What stays between two commands: the open workspace.

use crate::error::Error;
use chrono::NaiveDate;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tillproof_catalog::{Catalog, Files};
use tillproof_domain::checklist::ImportedChecklist;
use tillproof_store::{Past, Reads, Rows, SqliteStore};
use zeroize::Zeroizing;

/// One host's connection to at most one workspace.
#[derive(Default)]
pub struct Session {
    open: Option<Open>,
}

/// An open workspace: as it is, or as it was on a day.
enum Open {
    Now(SqliteStore),
    Past(Past, NaiveDate),
}

impl Session {
    /// A session without a workspace.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a workspace is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Where the open workspace is, and its passphrase: for a host that keeps it in the key store of
    /// the system. None where no workspace is open, or one that is not encrypted.
    #[must_use]
    pub fn passphrase(&self) -> Option<(PathBuf, Zeroizing<String>)> {
        let store = self.file().ok()?;
        Some((store.path().to_owned(), store.passphrase()?))
    }

    /// The open workspace, to read: as it was, while somebody looks back.
    pub(crate) fn store(&self) -> Result<&dyn Reads, Error> {
        match self.open.as_ref().ok_or(Error::new("no-workspace"))? {
            Open::Now(store) => Ok(store),
            Open::Past(past, _) => Ok(past),
        }
    }

    /// The file of the open workspace, whatever day is looked at.
    pub(crate) fn file(&self) -> Result<&SqliteStore, Error> {
        match self.open.as_ref().ok_or(Error::new("no-workspace"))? {
            Open::Now(store) => Ok(store),
            Open::Past(past, _) => Ok(past.store()),
        }
    }

    /// The open workspace, to change it.
    pub(crate) fn store_mut(&mut self) -> Result<&mut SqliteStore, Error> {
        match self.open.as_mut().ok_or(Error::new("no-workspace"))? {
            Open::Now(store) => Ok(store),
            Open::Past(_, day) => Err(Error::new("looking-back").with("day", day)),
        }
    }

    /// The day that is looked at, if it is an earlier one.
    pub(crate) fn looking_at(&self) -> Option<NaiveDate> {
        match self.open {
            Some(Open::Past(_, day)) => Some(day),
            _ => None,
        }
    }

    /// Looks at the workspace as these rows have it, on a day; or again as it is.
    pub(crate) fn look(&mut self, at: Option<(Rows, NaiveDate)>) {
        let store = match self.open.take() {
            Some(Open::Now(store)) => store,
            Some(Open::Past(past, _)) => past.into_store(),
            None => return,
        };
        self.open = Some(match at {
            Some((rows, day)) => Open::Past(Past::new(store, rows), day),
            None => Open::Now(store),
        });
    }

    /// The catalogue: that of the open workspace, or the shipped one alone.
    pub(crate) fn catalog(&self) -> Result<Arc<Catalog>, Error> {
        if self.open.is_some() { catalog(self.store()?) } else { shipped().cloned() }
    }

    /// A second session on the same workspace, which only reads: for work that takes long while the
    /// person goes on.
    ///
    /// # Errors
    /// None is open, or its file has gone.
    pub fn beside(&self) -> Result<Self, Error> {
        Ok(Self { open: Some(Open::Now(self.file()?.beside()?)) })
    }

    /// Puts a workspace in the place of the open one, which is closed.
    pub(crate) fn set(&mut self, store: Option<SqliteStore>) {
        self.open = store.map(Open::Now);
    }
}

/// The catalogue that Tillproof ships.
pub(crate) fn shipped() -> Result<&'static Arc<Catalog>, Error> {
    Catalog::embedded().map_err(|faults| {
        Error::new("catalog-faulty").with("detail", faults.first().map(ToString::to_string).unwrap_or_default())
    })
}

/// The last catalogue that was made of the shipped one and a workspace's own checklists, with the
/// hashes of those.
static LAST: Mutex<Option<(Vec<String>, Arc<Catalog>)>> = Mutex::new(None);

/// The catalogue of a workspace: the shipped one and the checklists that were brought in.
pub(crate) fn catalog(reads: &dyn Reads) -> Result<Arc<Catalog>, Error> {
    let hashes = reads.checklist_hashes()?;
    if hashes.is_empty() {
        return shipped().cloned();
    }
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, catalog)) = last.as_ref().filter(|(known, _)| *known == hashes) {
        return Ok(Arc::clone(catalog));
    }
    let mut catalog = Arc::clone(shipped()?);
    for checklist in reads.checklists()? {
        // It was checked when it was brought in. One that no longer fits a newer shipped catalogue
        // must not lock anybody out: its answers stay, its words are missing.
        if let Ok(with) = catalog.with([&files(&checklist)]) {
            catalog = Arc::new(with);
        }
    }
    *last = Some((hashes, Arc::clone(&catalog)));
    Ok(catalog)
}

/// The files of a checklist as the catalogue reads them.
pub(crate) fn files(checklist: &ImportedChecklist) -> Files {
    Files(checklist.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect())
}
