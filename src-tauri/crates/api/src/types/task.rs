//! Tasks.

use super::evidence::RequirementRef;
use super::wire;
use tillproof_domain::task::{Priority, TaskStatus};

wire! {
    /// Makes a task.
    pub struct AddTask {
        /// What is to be done.
        pub title: String,
        /// More about it.
        #[serde(default)] #[ts(optional)] pub description: Option<String>,
        /// Who does it.
        #[serde(default)] #[ts(optional)] pub owner: Option<String>,
        /// Until when.
        #[serde(default)] #[ts(optional)] pub due: Option<String>,
        /// How urgent; `normal` if not given.
        #[serde(default)] #[ts(optional)] pub priority: Option<String>,
        /// The requirements it serves.
        #[serde(default)] #[ts(optional, as = "Option<Vec<String>>")] pub requirements: Vec<String>,
    }

    /// Changes a task: what is given replaces what was.
    pub struct SetTask {
        /// Its id.
        pub task: String,
        /// What is to be done.
        #[serde(default)] #[ts(optional)] pub title: Option<String>,
        /// More about it.
        #[serde(default)] #[ts(optional)] pub description: Option<String>,
        /// Who does it.
        #[serde(default)] #[ts(optional)] pub owner: Option<String>,
        /// Until when; an empty text takes the day away.
        #[serde(default)] #[ts(optional)] pub due: Option<String>,
        /// How urgent.
        #[serde(default)] #[ts(optional)] pub priority: Option<String>,
        /// How far.
        #[serde(default)] #[ts(optional)] pub status: Option<String>,
        /// The requirements it serves; replaces all of them.
        #[serde(default)] #[ts(optional)] pub requirements: Option<Vec<String>>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// Comments on a task.
    pub struct CommentTask {
        /// Its id.
        pub task: String,
        /// The comment.
        pub text: String,
    }

    /// Asks for tasks. What is given narrows the list.
    pub struct ListTasks {
        /// Only open ones past their due day.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub overdue: bool,
        /// Only with this status.
        #[serde(default)] #[ts(optional)] pub status: Option<String>,
        /// Only of this requirement.
        #[serde(default)] #[ts(optional)] pub requirement: Option<String>,
        /// Only of this owner.
        #[serde(default)] #[ts(optional)] pub owner: Option<String>,
    }

    /// Tasks: open ones first, overdue on top, then by priority and due day.
    pub struct Tasks {
        /// In that order.
        pub tasks: Vec<TaskView>,
    }

    /// One task.
    pub struct TaskView {
        /// Its id.
        pub id: String,
        /// What is to be done.
        pub title: String,
        /// More about it.
        pub description: String,
        /// Who does it.
        pub owner: String,
        /// Until when.
        pub due: Option<String>,
        /// Whether it should have been finished.
        pub overdue: bool,
        /// How urgent.
        pub priority: Priority,
        /// How far.
        pub status: TaskStatus,
        /// The requirements it serves.
        pub requirements: Vec<RequirementRef>,
        /// Its comments, the oldest first.
        pub comments: Vec<TaskCommentView>,
        /// When it was made.
        pub created_at: String,
        /// When it was finished or dropped.
        pub closed_at: Option<String>,
        /// Counts the changes.
        #[ts(type = "number")]
        pub rev: i64,
    }

    /// One comment.
    pub struct TaskCommentView {
        /// When.
        pub at: String,
        /// Who.
        pub author: String,
        /// What.
        pub text: String,
    }
}
