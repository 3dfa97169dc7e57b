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
        Command::list_evidence | Command::attach_evidence | Command::add_note | Command::add_link => {
            table("evidence", &["id", "state", "size", "sha256", "name"]);
            notes(rows("evidence"), command != Command::list_evidence);
            for said in ["left_out", "unchecked"].into_iter().flat_map(rows) {
                line(&inert(&cell(Some(said))));
            }
            if let Some(total) = response.get("total").and_then(Value::as_u64)
                && total != rows("evidence").len() as u64
            {
                line(&format!("total: {total}"));
            }
        }
        Command::list_worksheets => table("worksheets", &["requirement", "kind", "state", "open", "requirement_title"]),
        Command::list_providers => table("providers", &["id", "name", "service", "country", "contact"]),
        Command::list_tasks => {
            table("tasks", &["id", "status", "priority", "due", "owner", "title"]);
            fields("sums", response.get("sums").unwrap_or(&Value::Null), 0);
        }
        Command::plan_duties => {
            for duty in rows("duties") {
                let rule = duty.pointer("/recurrence/text");
                line(&inert(&[cell(duty.get("due")), cell(rule), cell(duty.get("title"))].join("  ")));
            }
            line(&format!("made: {}", cell(response.get("made"))));
        }
        Command::list_replies => table("replies", &["id", "said_on", "auditor", "file"]),
        Command::data_quality => table("points", &["kind", "text"]),
        Command::list_assessments => {
            table("assessments", &["id", "framework", "scope", "period_start", "period_end", "outcome"]);
        }
        Command::list_backups => table("backups", &["at", "state", "size", "path"]),
        Command::list_processing => table("activities", &["id", "name", "responsible", "ended"]),
        Command::start_processing => table("added", &["id", "name"]),
        Command::list_person_requests => {
            table("requests", &["id", "state", "due", "received_on", "right", "reference"])
        }
        Command::list_breaches => table("breaches", &["id", "state", "due_at", "hours_left", "risk", "title"]),
        Command::verify_report => {
            for field in ["summary", "signatures", "not_proven", "sha256", "ok"] {
                fields(field, response.get(field).unwrap_or(&Value::Null), 0);
            }
        }
        Command::history => table("entries", &["seq", "at", "actor", "summary"]),
        Command::verify_workspace | Command::verify_bundle => {
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

/// Says which evidence has bytes that are there already, and, of new evidence, what else it proves.
fn notes(evidence: &[Value], new: bool) {
    let ids = |row: &Value, field: &str| {
        let items = row.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        items.iter().map(|item| cell(item.get("id"))).collect::<Vec<_>>().join(" ")
    };
    for row in evidence {
        let same = ids(row, "same_as");
        if !same.is_empty() {
            line(&inert(&format!("{} same_as: {same}", cell(row.get("id")))));
        }
    }
    // What is attached together proves the same.
    let also = evidence.first().filter(|_| new).map(|row| ids(row, "also_counts_for")).unwrap_or_default();
    if !also.is_empty() {
        line(&inert(&format!("also_counts_for: {also}")));
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
