//! Journeys through the commands, as the window and the command line call them.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod bad_input;
mod command_line;
mod finder;
mod fuzz;
mod guard;
mod house;
mod own_checklists;
mod providers;
mod registers;
mod replay;
mod scopes;
mod story;
mod texts;
