//! What does not fit together in a workspace.

use super::wire;
use tillproof_domain::register::Register;

tillproof_domain::word_enum! {
    /// What does not fit together.
    QualityKind {
        /// Said to be in place, and no proof is attached.
        NoProof = "no-proof",
        /// Said to be in place, and the proof has expired.
        ProofExpired = "proof-expired",
        /// The reason that the verdict needs is missing.
        ReasonMissing = "reason-missing",
        /// A worksheet that the verdict needs is not filled in.
        WorksheetOpen = "worksheet-open",
        /// Proof was attached after the verdict was given.
        VerdictOlder = "verdict-older",
        /// The verdict comes from an earlier assessment.
        Carried = "carried",
        /// A task is done, and the verdict it was to change is still a gap.
        TaskDone = "task-done",
        /// A provider's paper is missing or has expired.
        Provider = "provider",
        /// A period of a register has ended without an answer or a notification.
        Register = "register",
    }
}

wire! {
    /// What does not fit together.
    pub struct ListQuality {
        /// Only of this kind.
        #[serde(default)] #[ts(optional, as = "Option<QualityKind>")] pub kind: Option<String>,
        /// At most so many of each kind; all if not given.
        #[serde(default)] #[ts(optional)] pub limit: Option<u32>,
    }

    /// What does not fit together, in the order of the kinds.
    pub struct DataQuality {
        /// Each point that is wanted.
        pub points: Vec<QualityPoint>,
        /// How many there are of each kind, whatever is wanted.
        pub counts: Vec<QualityCount>,
    }

    /// How many points of one kind there are.
    pub struct QualityCount {
        /// The kind.
        pub kind: QualityKind,
        /// In words.
        pub name: String,
        /// How many.
        pub count: u32,
    }

    /// A row of a register.
    pub struct RegisterRow {
        /// The register.
        pub register: Register,
        /// The row.
        pub id: String,
    }

    /// Something that does not fit together.
    pub struct QualityPoint {
        /// Of which kind.
        pub kind: QualityKind,
        /// In words.
        pub text: String,
        /// The requirement it is about.
        pub requirement: Option<String>,
        /// The assessment it is about.
        pub assessment: Option<String>,
        /// The task it is about.
        pub task: Option<String>,
        /// The provider it is about.
        pub provider: Option<String>,
        /// The row of a register it is about.
        pub register: Option<RegisterRow>,
    }
}
