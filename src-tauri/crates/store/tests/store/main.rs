//! The workspace file, looked at and tampered with from outside.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod flips;
mod sample;
mod tamper;
