//! Every use case of Tillproof once: requests, responses, errors, and the list that names them.


pub mod bindings;
pub mod error;
pub mod list;
mod messages;
pub mod types;
