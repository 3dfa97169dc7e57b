//! Remediation: who does what until when.

use crate::id::{CommentId, RequirementId, TaskId};
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
}
