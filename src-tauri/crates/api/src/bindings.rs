//! The TypeScript types of every request and response, made from the Rust ones.

use crate::error::ErrorView;
use crate::types::{
    Empty, assessment::*, backup::*, bundle::*, checklist::*, evidence::*, finder::*, overview::*, past::*,
    provider::*, quality::*, register::*, report::*, requirement::*, signing::*, task::*, worksheet::*, workspace::*,
};
use std::path::Path;
use ts_rs::{Config, ExportError, TS};

/// Writes `api.ts` into `directory`: the types, and an interface that names every command with its
/// request and response.
///
/// # Errors
/// The folder cannot be written.
pub fn write(directory: &Path) -> Result<(), ExportError> {
    let config = Config::new().with_out_dir(directory);
    let mut commands = String::from(
        "\n/** Every command of the list, with what goes in and what comes out. */\nexport interface Commands {\n",
    );
    macro_rules! export {
        ($($name:ident($request:ident) -> $response:ident),+ $(,)?) => { $(
            $request::export_all(&config)?;
            $response::export_all(&config)?;
            commands.push_str(concat!(
                "  ", stringify!($name), ": { request: ", stringify!($request), "; response: ", stringify!($response), " };\n"
            ));
        )+ };
    }
    crate::with_commands!(export);
    ErrorView::export_all(&config)?;
    commands.push_str("}\n");
    let file = directory.join("api.ts");
    let types = std::fs::read_to_string(&file)?;
    std::fs::write(&file, types + &commands)?;
    Ok(())
}
