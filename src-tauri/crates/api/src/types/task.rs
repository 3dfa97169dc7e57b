//! Tasks.

use super::evidence::RequirementRef;
use super::wire;
use tillproof_domain::recurrence::Unit;
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
        /// How long it takes, in minutes; whole quarters of an hour. 0 takes it away.
        #[serde(default)] #[ts(optional)] pub effort_minutes: Option<u32>,
        /// What it costs; an empty amount takes it away.
        #[serde(default)] #[ts(optional)] pub cost: Option<Cost>,
        /// Where to read on: `http` and `https` addresses, at most 20.
        #[serde(default)] #[ts(optional)] pub links: Option<Vec<String>>,
        /// How it comes back: a rule of RFC 5545 such as `FREQ=MONTHLY;INTERVAL=3`; an empty text takes it away.
        #[serde(default)] #[ts(optional)] pub recurrence: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
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
        /// How long it takes, in minutes; whole quarters of an hour. 0 takes it away.
        #[serde(default)] #[ts(optional)] pub effort_minutes: Option<u32>,
        /// What it costs; an empty amount takes it away.
        #[serde(default)] #[ts(optional)] pub cost: Option<Cost>,
        /// Where to read on: `http` and `https` addresses, at most 20.
        #[serde(default)] #[ts(optional)] pub links: Option<Vec<String>>,
        /// How it comes back: a rule of RFC 5545 such as `FREQ=MONTHLY;INTERVAL=3`; an empty text takes it away.
        #[serde(default)] #[ts(optional)] pub recurrence: Option<String>,
        /// Why to keep texts that have card data or a secret in them; without a reason they are refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
        /// The evidence that shows that it was done; replaces all of it. It must count.
        #[serde(default)] #[ts(optional)] pub evidence: Option<Vec<String>>,
        /// The `rev` that was seen; a newer one is a conflict. Not checked if left out.
        #[serde(default)] #[ts(optional, type = "number")] pub rev: Option<i64>,
    }

    /// Comments on a task.
    pub struct CommentTask {
        /// Its id.
        pub task: String,
        /// The comment.
        pub text: String,
        /// Why to keep it although it has card data or a secret in it; without a reason it is refused.
        #[serde(default)] #[ts(optional)] pub allow_card_data: Option<String>,
    }

    /// An amount of money.
    pub struct Cost {
        /// The amount with a point before the minor units: `120.50`.
        pub amount: String,
        /// The currency, ISO 4217: `EUR`.
        pub currency: String,
    }

    /// Asks for tasks. What is given narrows the list.
    pub struct ListTasks {
        /// Only open ones past their due day.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub overdue: bool,
        /// Only open ones due within thirty days; with `overdue`, those too.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub upcoming: bool,
        /// Only with this status.
        #[serde(default)] #[ts(optional)] pub status: Option<String>,
        /// Only of this requirement.
        #[serde(default)] #[ts(optional)] pub requirement: Option<String>,
        /// Only of this owner.
        #[serde(default)] #[ts(optional)] pub owner: Option<String>,
        /// Only this one.
        #[serde(default)] #[ts(optional)] pub task: Option<String>,
        /// At most so many; all if not given.
        #[serde(default)] #[ts(optional)] pub limit: Option<u32>,
        /// Without the first so many.
        #[serde(default)] #[ts(optional)] pub offset: Option<u32>,
    }

    /// Tasks: open ones first, overdue on top, then by due day and priority.
    pub struct Tasks {
        /// In that order.
        pub tasks: Vec<TaskView>,
        /// How many there are in all.
        pub total: u32,
        /// Everybody who owns a task of the workspace, by name.
        pub owners: Vec<String>,
        /// What the open ones of the list take and cost together.
        pub sums: TaskSums,
        /// The person who asks, to find the own tasks by.
        pub me: String,
    }

    /// What open tasks take and cost together.
    pub struct TaskSums {
        /// How many are open.
        pub open: u32,
        /// Minutes of those that say how long they take.
        #[ts(type = "number")]
        pub effort_minutes: u64,
        /// How many open ones do not say how long they take.
        pub without_effort: u32,
        /// Cost by currency.
        pub costs: Vec<Cost>,
    }

    /// Makes a task from a gap.
    pub struct TaskFromGap {
        /// The requirement that is not met.
        pub requirement: String,
        /// The assessment, where several have it.
        #[serde(default)] #[ts(optional)] pub assessment: Option<String>,
        /// Who does it.
        #[serde(default)] #[ts(optional)] pub owner: Option<String>,
        /// Until when; the target date of the answer if not given.
        #[serde(default)] #[ts(optional)] pub due: Option<String>,
    }

    /// Plans a recurring task for every proof that has to be renewed.
    pub struct PlanDuties {
        /// Only for this assessment.
        #[serde(default)] #[ts(optional)] pub assessment: Option<String>,
        /// Only says what would be made.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub preview: bool,
    }

    /// Duties that come back.
    pub struct Duties {
        /// By due day.
        pub duties: Vec<DutyView>,
        /// How many tasks were made; 0 for a preview.
        pub made: u32,
    }

    /// One duty that comes back.
    pub struct DutyView {
        /// What is to be done.
        pub title: String,
        /// The requirements whose proof it renews.
        pub requirements: Vec<RequirementRef>,
        /// How it comes back.
        pub recurrence: RecurrenceView,
        /// When it is due first.
        pub due: String,
        /// Whether there is proof already, whose end is the due day.
        pub proven: bool,
        /// The task that was made; none for a preview.
        pub task: Option<String>,
    }

    /// How a task comes back.
    pub struct RecurrenceView {
        /// The rule (RFC 5545).
        pub rule: String,
        /// The unit, where the rule says no more than unit and count.
        pub unit: Option<Unit>,
        /// Every so many units.
        pub every: Option<u32>,
        /// In words.
        pub text: String,
    }

    /// Writes tasks to a file.
    pub struct ExportTasks {
        /// Where to.
        pub path: String,
        /// `csv` for a spreadsheet, `ics` for a calendar.
        pub format: String,
        /// What a calendar gets: `event`, a day with a reminder, which every calendar shows (the default), or `todo`.
        #[serde(default)] #[ts(optional)] pub entries: Option<String>,
        /// Replaces a file that is there.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub overwrite: bool,
        /// Only open ones past their due day.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub overdue: bool,
        /// Only open ones due within thirty days; with `overdue`, those too.
        #[serde(default)] #[ts(optional, as = "Option<bool>")] pub upcoming: bool,
        /// Only with this status. A calendar gets the open ones if not given.
        #[serde(default)] #[ts(optional)] pub status: Option<String>,
        /// Only of this requirement.
        #[serde(default)] #[ts(optional)] pub requirement: Option<String>,
        /// Only of this owner.
        #[serde(default)] #[ts(optional)] pub owner: Option<String>,
    }

    /// An evidence that shows that a task was done.
    pub struct TaskProof {
        /// Its id; that of the newest version.
        pub id: String,
        /// The file's name.
        pub name: String,
        /// Whether it still counts.
        pub counts: bool,
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
        /// Whether it is due within thirty days.
        pub due_soon: bool,
        /// How urgent.
        pub priority: Priority,
        /// How far.
        pub status: TaskStatus,
        /// The requirements it serves.
        pub requirements: Vec<RequirementRef>,
        /// How long it takes, in minutes.
        pub effort_minutes: Option<u32>,
        /// What it costs.
        pub cost: Option<Cost>,
        /// Where to read on.
        pub links: Vec<String>,
        /// How it comes back.
        pub recurrence: Option<RecurrenceView>,
        /// What shows that it was done.
        pub proof: Vec<TaskProof>,
        /// The task of the same series before it.
        pub follows: Option<String>,
        /// The task of the same series after it.
        pub followed_by: Option<String>,
        /// Requirements that it serves and that are still open although it is done.
        pub verdict_open: Vec<RequirementRef>,
        /// Why its texts are kept although card data or a secret was found in them.
        pub card_data_reason: Option<String>,
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
        /// Why it is kept although card data or a secret was found in it.
        pub card_data_reason: Option<String>,
    }
}
