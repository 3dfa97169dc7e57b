//! Tests of the guard by areas: the set of cases, files, streams, limits, hostile input, speed.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod bench;
mod cases;
mod files;
mod hostile;
mod make;
mod reports;
mod rules;
mod streams;
