//! What is acknowledged stays, whatever happens to the process, the disk or the file.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod full_disk;
mod kill;
mod large;
mod read_only;
mod talk;
mod two_writers;
