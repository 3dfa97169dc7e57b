//! The checklists that Tillproof ships are of their form, in plain words and our own, and folders
//! with a fault are refused.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod faults;
mod form;
mod own_words;
mod plain;
mod prose;
mod scopes;
