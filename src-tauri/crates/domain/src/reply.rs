//! What an auditor replied to a report, as it came back.

use crate::id::{ReplyId, RequirementId, TaskId};
use crate::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// What an auditor says about a requirement.
    Said {
        /// It is accepted as it is shown.
        Accept = "accept",
        /// Something is to be answered.
        Question = "question",
        /// Something is to be mended.
        Finding = "finding",
    }
}

/// A reply that was brought in. Never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditorReply {
    /// Its id.
    pub id: ReplyId,
    /// Who replied, as the file says.
    pub auditor: String,
    /// The day on it.
    pub said_on: NaiveDate,
    /// The name of the file, without folders.
    pub file: String,
    /// SHA-256 of the file, 64 lower-case hex digits. No file comes in twice.
    pub sha256: String,
    /// The journal head of the report that was replied to; may be empty.
    pub head: String,
    /// What was said, in the order of the file.
    pub items: Vec<ReplyItem>,
    /// Why its texts are kept although card data or a secret was found in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_data_reason: Option<String>,
    /// When it was brought in.
    pub received_at: Timestamp,
}

/// What was said about one requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyItem {
    /// The requirement.
    pub requirement: RequirementId,
    /// What.
    pub said: Said,
    /// In words; may be empty where it is accepted.
    pub comment: String,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// The task that it became; none where it is accepted.
    pub task: Option<TaskId>,
}

impl AuditorReply {
    /// The texts that people wrote in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        let comments = self.items.iter().map(|item| item.comment.as_str());
        [self.auditor.as_str(), &self.file].into_iter().chain(comments).collect()
    }
}
