//! Proof that a requirement is met: bytes that never change, and what is known about them.

use crate::id::{EvidenceId, RequirementId};
use crate::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One version of one piece of evidence. Its bytes are stored under `sha256`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The name of the file as it was attached, without folders.
    pub name: String,
    /// The media type guessed from the name, such as `image/png`.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, 64 lower-case hex digits.
    pub sha256: String,
    /// The day on which the proof was made or taken.
    pub collected_on: NaiveDate,
    /// The last day on which it counts, where somebody set one.
    pub valid_until: Option<NaiveDate>,
    /// When it was attached.
    pub added_at: Timestamp,
    /// Who attached it.
    pub added_by: String,
    /// 1 for a first version; one more than the version it replaces.
    pub version: u32,
    /// The version it replaces.
    pub replaces: Option<EvidenceId>,
    /// The version that replaced it.
    pub replaced_by: Option<EvidenceId>,
    /// The requirements it proves, sorted.
    pub requirements: Vec<RequirementId>,
    /// Why it is kept although card data or a secret was found in it; none where nothing was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_data_reason: Option<String>,
    /// When and why it was removed. The bytes stay.
    pub removed: Option<Removal>,
    /// Counts the changes, from 1.
    pub rev: i64,
}

/// The end of an evidence: it is no longer counted, and nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// When.
    pub at: Timestamp,
    /// Why; never empty.
    pub reason: String,
}

impl Evidence {
    /// Whether it counts today: neither removed nor replaced.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.removed.is_none() && self.replaced_by.is_none()
    }
}
