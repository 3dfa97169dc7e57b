//! What people read on the terminal. The words are the field names of the responses, so that they
//! are the same in every language and in `--json`.

use serde_json::Value;
use std::io::Write;
use tillproof_api::dispatch::Command;

/// Prints a line at once; answers whether somebody still reads.
pub(crate) fn line(text: &str) -> bool {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).is_ok()
}

/// Prints what went wrong and what to do next.
pub(crate) fn error(message: &str, hint: &str) {
    let _ = writeln!(std::io::stderr(), "{}\n  {}", inert(message), inert(hint));
}

/// Control characters could move the cursor or change the terminal; they are shown as pictures.
fn inert(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\u{7f}'..='\u{9f}' => '\u{fffd}',
            other => other,
        })
        .collect()
}

/// Prints a response: lists as one line an item, everything else as fields.
pub(crate) fn response(command: Command, response: &Value) {
    let rows = |field: &str| response.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let table = |field: &str, columns: &[&str]| {
        for row in rows(field) {
            let cells: Vec<String> = columns.iter().map(|column| cell(row.get(*column))).collect();
            line(&inert(&cells.join("  ")));
        }
        line(&format!("{}: {}", field, rows(field).len()));
    };
    match command {
        Command::list_requirements => table("requirements", &["id", "verdict", "progress", "evidence_count", "title"]),
        Command::list_evidence | Command::attach_evidence => {
            table("evidence", &["id", "state", "size", "sha256", "name"])
        }
        Command::list_providers => table("providers", &["id", "name", "service", "country", "contact"]),
        Command::list_processing => table("activities", &["id", "name", "responsible", "ended"]),
        Command::start_processing => table("added", &["id", "name"]),
        Command::list_person_requests => {
            table("requests", &["id", "state", "due", "received_on", "right", "reference"])
        }
        Command::list_breaches => table("breaches", &["id", "state", "due_at", "hours_left", "risk", "title"]),
        Command::list_tasks => table("tasks", &["id", "status", "priority", "due", "owner", "title"]),
        Command::history => table("entries", &["seq", "at", "actor", "summary"]),
        Command::verify_workspace => {
            table("problems", &["kind", "where", "message"]);
            for field in ["ok", "checked", "journal", "not_proven"] {
                fields(field, response.get(field).unwrap_or(&Value::Null), 0);
            }
        }
        _ => {
            if let Value::Object(map) = response {
                for (name, value) in map {
                    fields(name, value, 0);
                }
            }
        }
    }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "-".to_owned(),
        Some(Value::String(text)) => text.replace(['\n', '\t'], " "),
        Some(other) => other.to_string(),
    }
}

fn fields(name: &str, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Null => {}
        Value::Object(map) => {
            line(&format!("{indent}{name}:"));
            for (name, value) in map {
                fields(name, value, depth + 1);
            }
        }
        Value::Array(items) => {
            line(&format!("{indent}{name}: {}", items.len()));
            for item in items {
                fields("-", item, depth + 1);
            }
        }
        Value::String(text) if text.is_empty() => {}
        other => {
            line(&inert(&format!("{indent}{name}: {}", cell(Some(other)))));
        }
    }
}
