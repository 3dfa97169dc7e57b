//! What goes in and out of the commands: plain, flat, made for a wire.
//!
//! The types of the domain are converted explicitly; only its enumerations of words and the tally
//! pass as they are. Instants are RFC 3339 texts in UTC, days are `YYYY-MM-DD`, ids are texts.

pub mod assessment;
pub mod backup;
pub mod bundle;
pub mod checklist;
pub mod evidence;
pub mod finder;
pub mod overview;
pub mod past;
pub mod provider;
pub mod quality;
pub mod register;
pub mod report;
pub mod requirement;
pub mod signing;
pub mod task;
pub mod worksheet;
pub mod workspace;

/// Declares a request or response: what every one of them derives stands here once.
macro_rules! wire {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident : $ty:ty),* $(,)? })+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        #[serde(deny_unknown_fields)]
        #[ts(export_to = "api.ts")]
        pub struct $name { $($(#[$field_meta])* pub $field: $ty),* }
    )+ };
}
pub(crate) use wire;

wire! {
    /// Nothing to say.
    pub struct Empty {}
}
