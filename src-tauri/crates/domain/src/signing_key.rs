//! The workspace's own key for signing reports: what is known about it. The private half is never in a
//! row, so that neither the journal nor anything made of it can hold it.

use crate::evidence::Removal;
use crate::id::SigningKeyId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A key that signs reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKey {
    /// Its id.
    pub id: SigningKeyId,
    /// The name in its certificate. Never empty.
    pub name: String,
    /// The certificate in PEM form (RFC 7468).
    pub certificate: String,
    /// SHA-256 of the private key, under which the workspace keeps it; 64 lower-case hex digits.
    pub private_sha256: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: String,
    /// When and why the private key was deleted; none while it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removal>,
    /// Counts the changes, from 1.
    pub rev: i64,
}

impl SigningKey {
    /// Whether it can still sign.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        self.removed.is_none()
    }

    /// The texts that people write in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let reason = self.removed.as_ref().map(|removed| removed.reason.as_str());
        std::iter::once(self.name.as_str()).chain(reason).collect()
    }
}
