//! What stays between two commands: the open workspace.

use crate::error::Error;
use tillproof_catalog::Catalog;
use tillproof_store::SqliteStore;

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

    /// Puts a workspace in the place of the open one, which is closed.
    pub(crate) fn set(&mut self, store: Option<SqliteStore>) {
        self.store = store;
    }
}

/// The catalogue that Tillproof ships.
pub(crate) fn catalog() -> Result<&'static Catalog, Error> {
    Catalog::embedded().map_err(|faults| {
        Error::new("catalog-faulty").with("detail", faults.first().map(ToString::to_string).unwrap_or_default())
    })
}
