//! From the arguments of `tillproof task` to a command and its request.

use crate::arguments::{TaskFields, TaskFilter, TaskTask};
use crate::requests::{list, object, text};
use serde_json::{Value, json};
use tillproof_api::dispatch::Command;

pub(crate) fn request(task: &TaskTask) -> (Command, Value) {
    match task {
        TaskTask::Add { title, fields } => (Command::add_task, with_fields(json!({ "title": title }), fields)),
        TaskTask::List { filter } => (Command::list_tasks, with_filter(json!({}), filter)),
        TaskTask::FromGap { requirement, owner, due, assessment } => {
            let request = object([
                ("requirement", requirement.as_str().into()),
                ("owner", text(owner.as_ref())),
                ("due", text(due.as_ref())),
                ("assessment", text(assessment.as_ref())),
            ]);
            (Command::task_from_gap, request)
        }
        TaskTask::Plan { assessment, dry_run } => {
            let request = object([("assessment", text(assessment.as_ref())), ("preview", (*dry_run).into())]);
            (Command::plan_duties, request)
        }
        TaskTask::Export { csv, ics, entries, force, filter } => {
            let request = object([
                ("path", text(csv.as_ref().or(ics.as_ref()))),
                ("format", if csv.is_some() { "csv" } else { "ics" }.into()),
                ("entries", text(entries.as_ref())),
                ("overwrite", (*force).into()),
            ]);
            (Command::export_tasks, with_filter(request, filter))
        }
        TaskTask::Set { id, title, status, evidence, fields } => {
            let request = object([
                ("task", id.as_str().into()),
                ("title", text(title.as_ref())),
                ("status", text(status.as_ref())),
                ("evidence", list(evidence)),
            ]);
            (Command::set_task, with_fields(request, fields))
        }
        TaskTask::Comment { id, text: comment, allow_card_data } => {
            let request = object([
                ("task", id.as_str().into()),
                ("text", comment.as_str().into()),
                ("allow_card_data", text(allow_card_data.as_ref())),
            ]);
            (Command::comment_task, request)
        }
    }
}

fn with_fields(request: Value, fields: &TaskFields) -> Value {
    let cost = fields.cost.as_ref().map(|cost| {
        let cost = cost.trim();
        let (amount, currency) = cost.rsplit_once(char::is_whitespace).unwrap_or((cost, ""));
        json!({ "amount": amount.trim(), "currency": currency })
    });
    let more = object([
        ("description", text(fields.description.as_ref())),
        ("owner", text(fields.owner.as_ref())),
        ("due", text(fields.due.as_ref())),
        ("priority", text(fields.priority.as_ref())),
        ("requirements", list(&fields.requirement)),
        // Whole minutes; whether they are whole quarters, the command decides.
        ("effort_minutes", fields.effort.map_or(Value::Null, |hours| ((hours * 60.0).round().max(0.0) as u32).into())),
        ("cost", cost.unwrap_or_default()),
        ("links", list(&fields.link)),
        ("recurrence", text(fields.repeat.as_ref())),
        ("allow_card_data", text(fields.allow_card_data.as_ref())),
    ]);
    with(request, more)
}

fn with_filter(request: Value, filter: &TaskFilter) -> Value {
    let more = object([
        ("overdue", filter.overdue.into()),
        ("upcoming", filter.upcoming.into()),
        ("status", text(filter.status.as_ref())),
        ("requirement", text(filter.requirement.as_ref())),
        ("owner", text(filter.owner.as_ref())),
    ]);
    with(request, more)
}

fn with(mut request: Value, more: Value) -> Value {
    if let (Value::Object(request), Value::Object(more)) = (&mut request, more) {
        request.extend(more);
    }
    request
}
