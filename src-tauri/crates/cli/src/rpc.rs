//! `tillproof rpc`: a conversation in JSON lines. A response is printed, and what it acknowledges
//! is on disk, before the next line is read.

use crate::print;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::BufRead;
use tillproof_api::dispatch::dispatch;
use tillproof_api::error::Error;
use tillproof_api::host::Host;
use tillproof_api::session::Session;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    command: String,
    #[serde(default)]
    request: Value,
}

/// Runs every line of `input`; answers whether none failed. Empty lines are skipped.
pub(crate) fn run(session: &mut Session, host: &dyn Host, input: impl BufRead) -> Result<bool, Error> {
    let mut all_well = true;
    for line in input.split(b'\n') {
        let line = line.map_err(|error| Error::new("internal").with("detail", error))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let response = serde_json::from_slice::<Line>(&line)
            .map_err(|error| Error::new("invalid-request").with("command", "rpc").with("reason", error))
            .and_then(|line| {
                let request = if line.request.is_null() { json!({}) } else { line.request };
                dispatch(session, host, &line.command, request)
            })
            .unwrap_or_else(|error| {
                all_well = false;
                json!({ "error": error.view(host.locale()) })
            });
        if !print::line(&response.to_string()) {
            break;
        }
    }
    Ok(all_well)
}
