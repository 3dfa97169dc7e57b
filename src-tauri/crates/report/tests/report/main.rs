//! The report, tested as a whole: what it says, where it stands, and that the file is sound.
#![expect(clippy::expect_used, reason = "tests say what they expect")]

mod archive;
mod file;
mod fixture;
mod pages;
mod random;
mod text;
mod words;
