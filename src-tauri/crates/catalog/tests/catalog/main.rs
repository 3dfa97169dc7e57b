//! The checklists that Tillproof ships are of their form, and folders with a fault are refused.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod faults;
mod form;
mod scopes;
