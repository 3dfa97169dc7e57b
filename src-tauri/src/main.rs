//! Starts the window.

// A console beside the window would only puzzle a shop owner on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match tillproof_desktop::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Tillproof cannot open its window: {error}");
            eprintln!("The command line does the same without a window: tillproof --help");
            ExitCode::FAILURE
        }
    }
}
