//! Taking back, and looking at an earlier day.

use super::wire;

wire! {
    /// Takes back what one journal entry changed, as a new entry.
    pub struct Undo {
        /// The entry; the last one that can be taken back, of whoever asks, if not given.
        #[serde(default)] #[ts(optional, type = "number")] pub seq: Option<u64>,
    }

    /// Looks at the workspace as it was. Until `look_now` nothing can be changed.
    pub struct LookBack {
        /// At the end of this day.
        #[serde(default)] #[ts(optional)] pub day: Option<String>,
        /// After this journal entry.
        #[serde(default)] #[ts(optional, type = "number")] pub seq: Option<u64>,
    }
}
