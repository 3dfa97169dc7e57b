//! What the tests of Tillproof's core share: a host without a machine, a shop to test with, chance
//! that repeats itself, and the program as a child process.
//!
//! Deliberately absent: anything that looks at the user's own folders, clock or account.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

pub mod chance;
pub mod checklist;
pub mod host;
pub mod program;
pub mod shop;

/// The size of a test: `normal`, or `soak` where the environment says `TILLPROOF_SOAK=1`.
#[must_use]
pub fn size(normal: usize, soak: usize) -> usize {
    if std::env::var("TILLPROOF_SOAK").is_ok_and(|value| value == "1") { soak } else { normal }
}
