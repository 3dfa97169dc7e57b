//! Reads the checklists, checks them, and embeds the ones that Tillproof ships.
//!
//! Deliberately absent: answers, evidence, and every rule about them. A catalogue that has a fault
//! is refused whole, with every fault named by file and place.

mod fault;
mod files;
mod read;

pub use fault::{Fault, FaultKind};
pub use files::{Files, LIMIT_BYTES, LIMIT_FILES};
pub use read::LIMIT_REQUIREMENTS;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use tillproof_domain::framework::{Framework, Requirement, RequirementLink, Section, Theme};
use tillproof_domain::id::{FrameworkId, RequirementId};

/// All frameworks with what connects them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    /// The frameworks, in the order they are shown.
    pub frameworks: Vec<Framework>,
    /// The themes, in the order they are shown.
    pub themes: Vec<Theme>,
    /// The links between requirements of different frameworks.
    pub links: Vec<RequirementLink>,
    places: BTreeMap<RequirementId, (usize, usize, usize)>,
}

static EMBEDDED: LazyLock<Result<Arc<Catalog>, Vec<Fault>>> =
    LazyLock::new(|| Catalog::read(&Files::embedded()).map(Arc::new));

impl Catalog {
    /// The catalogue that Tillproof ships.
    ///
    /// # Errors
    /// The faults of the embedded checklists; the tests make sure that there are none.
    pub fn embedded() -> Result<&'static Arc<Self>, &'static [Fault]> {
        EMBEDDED.as_ref().map_err(Vec::as_slice)
    }

    /// Reads and checks a folder of checklists.
    ///
    /// # Errors
    /// Every fault that was found.
    pub fn read(files: &Files) -> Result<Self, Vec<Fault>> {
        read::catalog(files)
    }

    /// This catalogue with further frameworks behind its own, each read from a folder of its own
    /// (`framework.json` at the top). They may use the themes of this catalogue and bring links to
    /// its requirements in `links.json`.
    ///
    /// # Errors
    /// Every fault that was found, by the first folder that has one.
    pub fn with<'f>(&self, folders: impl IntoIterator<Item = &'f Files>) -> Result<Self, Vec<Fault>> {
        folders.into_iter().try_fold(self.clone(), read::further)
    }

    pub(crate) fn new(frameworks: Vec<Framework>, themes: Vec<Theme>, links: Vec<RequirementLink>) -> Self {
        let mut places = BTreeMap::new();
        for (f, framework) in frameworks.iter().enumerate() {
            for (s, section) in framework.sections.iter().enumerate() {
                for (r, requirement) in section.requirements.iter().enumerate() {
                    places.insert(requirement.id.clone(), (f, s, r));
                }
            }
        }
        Self { frameworks, themes, links, places }
    }

    /// The framework with this id.
    #[must_use]
    pub fn framework(&self, id: &FrameworkId) -> Option<&Framework> {
        self.frameworks.iter().find(|framework| framework.id == *id)
    }

    /// The requirement with this id, with its framework and section.
    #[must_use]
    pub fn requirement(&self, id: &RequirementId) -> Option<(&Framework, &Section, &Requirement)> {
        let (f, s, r) = *self.places.get(id)?;
        let framework = self.frameworks.get(f)?;
        let section = framework.sections.get(s)?;
        Some((framework, section, section.requirements.get(r)?))
    }

    /// The links from or to a requirement, each with the requirement at its other end.
    pub fn links_of<'a>(
        &'a self,
        id: &'a RequirementId,
    ) -> impl Iterator<Item = (&'a RequirementLink, &'a RequirementId)> {
        self.links.iter().filter_map(move |link| {
            if link.from == *id {
                Some((link, &link.to))
            } else if link.to == *id {
                Some((link, &link.from))
            } else {
                None
            }
        })
    }
}
