//! Remediation: who does what until when.

use crate::freshness::DUE_SOON_DAYS;
use crate::id::{CommentId, EvidenceId, RequirementId, TaskId};
use crate::money::Money;
use crate::time::Timestamp;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// How urgent a task is.
    Priority {
        /// When there is time.
        Low = "low",
        /// In its turn.
        Normal = "normal",
        /// Before the others.
        High = "high",
        /// Now.
        Urgent = "urgent",
    }
}

crate::word_enum! {
    /// How far a task is.
    TaskStatus {
        /// Not begun.
        Open = "open",
        /// Begun.
        InProgress = "in-progress",
        /// Waits for somebody else.
        Waiting = "waiting",
        /// Finished.
        Done = "done",
        /// Given up; kept for the record.
        Dropped = "dropped",
    }
}

impl TaskStatus {
    /// Whether work is still expected.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::Dropped)
    }
}

/// One remediation task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// What is to be done, in a line.
    pub title: String,
    /// More about it. May be empty.
    pub description: String,
    /// Who does it. May be empty.
    pub owner: String,
    /// Until when.
    pub due: Option<NaiveDate>,
    /// How urgent it is.
    pub priority: Priority,
    /// How far it is.
    pub status: TaskStatus,
    /// The requirements it serves, sorted.
    pub requirements: Vec<RequirementId>,
    /// How long it takes, in minutes; whole quarters of an hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort_minutes: Option<u32>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Money>,
    /// Where to read on: `http` and `https` addresses, in the order they were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<String>,
    /// How it comes back: a rule of RFC 5545, 3.3.10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurrence: Option<String>,
    /// The evidence that shows that it was done, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proof: Vec<EvidenceId>,
    /// The task of the same series before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<TaskId>,
    /// Why its texts are kept although card data or a secret was found in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_data_reason: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was finished or dropped.
    pub closed_at: Option<Timestamp>,
    /// Counts the changes, from 1.
    pub rev: i64,
}

impl Task {
    /// Whether it should have been finished before `today`.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.status.is_open() && self.due.is_some_and(|due| due < today)
    }

    /// Whether it is due within [`DUE_SOON_DAYS`] days from `today`, today included.
    #[must_use]
    pub fn is_due_soon(&self, today: NaiveDate) -> bool {
        let left = |due: NaiveDate| due.signed_duration_since(today).num_days();
        self.status.is_open() && self.due.is_some_and(|due| (0..=DUE_SOON_DAYS).contains(&left(due)))
    }

    /// The texts that people write in it.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        [&self.title, &self.description, &self.owner].into_iter().chain(&self.links).map(String::as_str).collect()
    }
}

/// A comment on a task. Comments are never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskComment {
    /// Its id.
    pub id: CommentId,
    /// The task it belongs to.
    pub task: TaskId,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub author: String,
    /// What it says.
    pub text: String,
    /// Why it is kept although card data or a secret was found in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_data_reason: Option<String>,
}
