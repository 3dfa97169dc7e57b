//! A checklist that somebody brought into a workspace: the merchant's own or a consultant's.

use crate::id::FrameworkId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A framework kept in the workspace, with the very files it came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedChecklist {
    /// The framework. A newer version has an id of its own.
    pub framework: FrameworkId,
    /// Its version.
    pub version: String,
    /// Its files by their path in the folder, with `/` between folders.
    pub files: BTreeMap<String, String>,
    /// SHA-256 of the files, 64 lower-case hex digits; see `docs/data-format.md`.
    pub sha256: String,
    /// When it was brought in.
    pub imported_at: Timestamp,
    /// Who brought it in.
    pub imported_by: String,
    /// Counts the changes, from 1.
    pub rev: i64,
}
