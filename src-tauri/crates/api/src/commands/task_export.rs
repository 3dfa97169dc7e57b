//! Tasks as a file: for a spreadsheet or a calendar.

use super::ics::{self, Entries};
use super::task::Filter;
use super::{csv, parse, paths};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::task_view;
use crate::types::task::{ExportTasks, ListTasks};
use crate::types::workspace::FileWritten;
use crate::view::Snapshot;
use tillproof_domain::recurrence::Recurrence;
use tillproof_domain::task::Task;

tillproof_domain::word_enum! {
    /// The form of the file.
    Format {
        /// For a spreadsheet (RFC 4180).
        Csv = "csv",
        /// For a calendar (RFC 5545).
        Ics = "ics",
    }
}

/// Writes tasks to a file: all that are wanted as CSV; the open ones, or those of the status that is
/// wanted, as a calendar.
///
/// # Errors
/// The format or a filter is not known, no task is left, or the file exists or cannot be written.
pub fn export_tasks(session: &mut Session, host: &dyn Host, request: ExportTasks) -> Result<FileWritten, Error> {
    let format = parse::word("format", &request.format)?;
    let entries = request.entries.as_deref().map_or(Ok(Entries::Event), |text| parse::word("entries", text))?;
    let list = ListTasks {
        overdue: request.overdue,
        upcoming: request.upcoming,
        status: request.status,
        requirement: request.requirement,
        owner: request.owner,
        task: None,
        limit: None,
        offset: None,
    };
    let filter = Filter::new(session.catalog()?.as_ref(), list)?;
    let store = session.store()?;
    let snapshot = Snapshot::read(store, host)?;
    let mut tasks = filter.apply(&snapshot);
    match format {
        Format::Csv => {
            let say = |key: &&str| messages::text(snapshot.locale, "task-column", key, &[]);
            let head: Vec<String> = COLUMNS.iter().map(say).collect();
            let rows: Vec<Vec<String>> = tasks.iter().map(|task| row(&snapshot, task)).collect();
            csv::write(host, &request.path, request.overwrite, &head, &rows)
        }
        Format::Ics => {
            if filter.status.is_none() {
                tasks.retain(|task| task.status.is_open());
            }
            let path = paths::target(host, &request.path)?;
            let calendar = ics::calendar(&snapshot, &tasks, entries, store.profile()?.id, host.now().to_utc());
            let calendar = calendar.ok_or(Error::new("nothing-to-export"))?;
            paths::write_whole(&path, request.overwrite, |file| {
                file.write_all(calendar.as_bytes()).map_err(|error| paths::io_error(&path, &error))
            })
        }
    }
}

const COLUMNS: [&str; 18] = [
    "title",
    "status",
    "priority",
    "due",
    "overdue",
    "owner",
    "effort",
    "cost",
    "currency",
    "recurrence",
    "requirements",
    "proof",
    "verdict-open",
    "links",
    "description",
    "comments",
    "created",
    "closed",
];

fn row(snapshot: &Snapshot, task: &Task) -> Vec<String> {
    let view = task_view::of(snapshot, task);
    let say = |group: &str, key: &str| messages::text(snapshot.locale, group, key, &[]);
    let labels = |list: &[crate::types::evidence::RequirementRef]| {
        list.iter().map(|one| format!("{} {}", one.framework_name, one.label)).collect::<Vec<_>>().join("; ")
    };
    // A day without the time, which a spreadsheet reads as a day.
    let on = |at: Option<&String>| at.and_then(|at| at.split('T').next()).unwrap_or_default().to_owned();
    let cost = view.cost.as_ref();
    vec![
        view.title.clone(),
        say("status", view.status.as_str()),
        say("priority", view.priority.as_str()),
        view.due.clone().unwrap_or_default(),
        if view.overdue { say("word", "yes") } else { String::new() },
        view.owner.clone(),
        view.effort_minutes.map(hours).unwrap_or_default(),
        cost.map(|cost| cost.amount.clone()).unwrap_or_default(),
        cost.map(|cost| cost.currency.clone()).unwrap_or_default(),
        task.recurrence.as_ref().map_or_else(String::new, |rule| {
            task_view::recurrence(&Recurrence::stored(rule.clone()), snapshot.locale).text
        }),
        labels(&view.requirements),
        view.proof.iter().map(|proof| proof.name.clone()).collect::<Vec<_>>().join("; "),
        labels(&view.verdict_open),
        view.links.join(" "),
        view.description.clone(),
        view.comments
            .iter()
            .map(|comment| format!("{} {}: {}", on(Some(&comment.at)), comment.author, comment.text))
            .collect::<Vec<_>>()
            .join("\n"),
        on(Some(&view.created_at)),
        on(view.closed_at.as_ref()),
    ]
}

/// Minutes as hours with quarters: `1.5`.
fn hours(minutes: u32) -> String {
    let hundredths = minutes % 60 * 100 / 60;
    let text = format!("{}.{hundredths:02}", minutes / 60);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::hours;

    #[test]
    fn quarters_of_an_hour_are_written_as_hours() {
        for (minutes, text) in [(15, "0.25"), (30, "0.5"), (60, "1"), (600, "10"), (6_000, "100"), (105, "1.75")] {
            assert_eq!(hours(minutes), text, "{minutes} minutes");
        }
    }
}
