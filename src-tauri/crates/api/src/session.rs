//! What stays between two commands: the open workspace.

use crate::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use tillproof_catalog::{Catalog, Files};
use tillproof_domain::checklist::ImportedChecklist;
use tillproof_store::{Reads, SqliteStore};

/// One host's connection to at most one workspace.
#[derive(Default)]
pub struct Session {
    store: Option<SqliteStore>,
}

impl Session {
    /// A session without a workspace.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The open workspace.
    pub(crate) fn store(&self) -> Result<&SqliteStore, Error> {
        self.store.as_ref().ok_or(Error::new("no-workspace"))
    }

    /// The open workspace, to change it.
    pub(crate) fn store_mut(&mut self) -> Result<&mut SqliteStore, Error> {
        self.store.as_mut().ok_or(Error::new("no-workspace"))
    }

    /// The catalogue: that of the open workspace, or the shipped one alone.
    pub(crate) fn catalog(&self) -> Result<Arc<Catalog>, Error> {
        self.store.as_ref().map_or_else(|| shipped().cloned(), |store| catalog(store))
    }

    /// A second session on the same workspace, which only reads: for work that takes long while the
    /// person goes on.
    ///
    /// # Errors
    /// None is open, or its file has gone.
    pub fn beside(&self) -> Result<Self, Error> {
        Ok(Self { store: Some(self.store()?.beside()?) })
    }

    /// Puts a workspace in the place of the open one, which is closed.
    pub(crate) fn set(&mut self, store: Option<SqliteStore>) {
        self.store = store;
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
