//! The overview: where the merchant stands and what comes next.

use super::assessment::AssessmentSummary;
use super::evidence::EvidenceView;
use super::quality::QualityCount;
use super::register::RegisterClock;
use super::task::TaskView;
use super::wire;
use tillproof_domain::score::Tally;

wire! {
    /// Where the merchant stands.
    pub struct Overview {
        /// The one thing to do next; none when all is done.
        pub next_step: Option<NextStep>,
        /// The open assessments, with honest counts.
        pub assessments: Vec<AssessmentSummary>,
        /// The themes, the six core ones first.
        pub themes: Vec<ThemeTally>,
        /// Open tasks that are overdue or due within thirty days: the first twenty.
        pub tasks: Vec<TaskView>,
        /// How many of them there are.
        pub tasks_total: u32,
        /// Evidence that expires within thirty days or has expired: the newest twenty.
        pub expiring: Vec<EvidenceView>,
        /// How many of it there are.
        pub expiring_total: u32,
        /// Periods of the registers that run or have ended, the most urgent first.
        pub clocks: Vec<RegisterClock>,
        /// What does not fit together, by kind.
        pub quality: Vec<QualityCount>,
    }

    /// The one thing to do next.
    pub struct NextStep {
        /// `set-up`, `start`, `next-list`, `confirm-criterion`, `task`, `renew-proof`, `answer`, `give-reason`, `attach-proof`, `close-gap`, `report`.
        pub kind: String,
        /// What to do, in words.
        pub title: String,
        /// Why just this, in words.
        pub why: String,
        /// The requirement it is about.
        pub requirement: Option<String>,
        /// The assessment it is about.
        pub assessment: Option<String>,
        /// The task it is about.
        pub task: Option<String>,
    }

    /// A theme across the open assessments.
    pub struct ThemeTally {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// What it is about.
        pub summary: String,
        /// One of the six.
        pub core: bool,
        /// Counts by verdict.
        pub tally: Tally,
    }
}
