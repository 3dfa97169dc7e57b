//! Proof that a requirement is met: bytes that never change, and what is known about them.

use crate::id::{EvidenceId, RequirementId};
use crate::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// What an evidence is.
    EvidenceKind {
        /// A file, or a picture that was pasted.
        File = "file",
        /// A text that somebody wrote down: its bytes are the text in UTF-8.
        Note = "note",
        /// The address of something elsewhere: its bytes are the address (RFC 2483). It is never
        /// fetched, so what it points at may change or go away.
        Link = "link",
    }
}

impl EvidenceKind {
    /// Whether it is a file, as all evidence before format 7 is.
    #[must_use]
    pub fn is_file(&self) -> bool {
        *self == Self::File
    }
}

crate::word_enum! {
    /// Who may see an evidence.
    Confidentiality {
        /// Everybody.
        Public = "public",
        /// Who works here, and who checks us.
        Internal = "internal",
        /// Few people, named by whoever gives it out.
        Confidential = "confidential",
    }
}

impl Confidentiality {
    /// Whether nobody said anything else.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        *self == Self::Internal
    }
}

fn file() -> EvidenceKind {
    EvidenceKind::File
}

fn internal() -> Confidentiality {
    Confidentiality::Internal
}

/// One version of one piece of evidence. Its bytes are stored under `sha256`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The name of the file as it was attached, without folders.
    pub name: String,
    /// What it is.
    #[serde(default = "file", skip_serializing_if = "EvidenceKind::is_file")]
    pub kind: EvidenceKind,
    /// What people call it; empty where the name says enough.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Where it comes from, in words, or the path it had in a folder. May be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The media type guessed from the name, such as `image/png`.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes, 64 lower-case hex digits.
    pub sha256: String,
    /// The day on which the proof was made or taken. Its freshness counts from here, whatever time
    /// it covers.
    pub collected_on: NaiveDate,
    /// The last day on which it counts, where somebody set one.
    pub valid_until: Option<NaiveDate>,
    /// The first day of the time that it covers, such as that of a log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_start: Option<NaiveDate>,
    /// The last day of the time that it covers; not before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period_end: Option<NaiveDate>,
    /// Who may see it.
    #[serde(default = "internal", skip_serializing_if = "Confidentiality::is_internal")]
    pub confidentiality: Confidentiality,
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
    /// What people call it: the title, or the name where it has none.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    /// Whether it counts today: neither removed nor replaced.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.removed.is_none() && self.replaced_by.is_none()
    }
}
