//! Measurements. Each is an ignored test that prints what it found: `make bench` runs them in a
//! release build. None asserts a time; machines differ.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a measurement may stop at the first surprise")]

mod large;
mod memory;
mod screens;
