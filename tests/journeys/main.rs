//! Journeys through the commands, as the window and the command line call them.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod bad_input;
mod bundle;
mod command_line;
mod evidence;
mod finder;
mod fuzz;
mod guard;
mod house;
mod many;
mod over_time;
mod own_checklists;
mod providers;
mod registers;
mod replay;
mod replies;
mod safe;
mod scopes;
mod signing;
mod story;
mod task_files;
mod tasks;
mod tasks_command_line;
mod texts;
mod typed_texts;
mod worksheets;
