//! Every use case of Tillproof once: requests, responses, errors, and the list that names them.
//!
//! A host (the window, the command line, a test) brings the clock, the ids and the person, and
//! calls [`dispatch::dispatch`] or a command's own function. Deliberately absent: windows, dialogs,
//! and arguments.

pub mod bindings;
pub mod commands;
pub mod dispatch;
pub mod error;
pub mod host;
pub mod list;
mod messages;
mod relations;
pub mod session;
mod task_view;
pub mod types;
mod view;
