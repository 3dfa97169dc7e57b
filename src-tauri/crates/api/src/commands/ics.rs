//! Tasks as a calendar file (RFC 5545).
//!
//! An event is what every calendar shows; most ignore to-dos. Deliberately absent: times of day and
//! time zones, because a task is due on a day.

use crate::messages;
use crate::task_view;
use crate::view::Snapshot;
use chrono::{DateTime, NaiveDate, Utc};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property, Todo, TodoStatus};
use std::collections::{BTreeMap, BTreeSet};
use tillproof_domain::id::{TaskId, WorkspaceId};
use tillproof_domain::recurrence::{Recurrence, days_after};
use tillproof_domain::task::{Priority, Task, TaskStatus};

/// A reminder comes so many days before the due day.
const REMINDER: &str = "-P7D";
/// The most characters of a description; calendars cut or refuse long ones.
const DESCRIPTION: usize = 4_000;
/// The most characters of a title.
const SUMMARY: usize = 250;

tillproof_domain::word_enum! {
    /// What a calendar gets.
    Entries {
        /// A day with a reminder; every calendar shows it.
        Event = "event",
        /// A to-do; few calendars show it.
        Todo = "todo",
    }
}

/// The calendar of some tasks. An event needs a due day; a task without one is left out.
pub(super) fn calendar(
    snapshot: &Snapshot,
    tasks: &[&Task],
    entries: Entries,
    workspace: WorkspaceId,
    stamp: DateTime<Utc>,
) -> Option<String> {
    let uids = uids(snapshot.tasks(), workspace);
    let mut calendar = Calendar::empty();
    for (key, value) in
        [("VERSION", "2.0"), ("PRODID", "-//Tillproof//Tasks//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")]
    {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(Property::new("X-WR-CALNAME", "Tillproof"));
    for task in tasks {
        let Some(uid) = uids.get(&task.id) else { continue };
        match (entries, task.due) {
            (Entries::Event, None) => {}
            (Entries::Event, Some(due)) => {
                let mut event = Event::new();
                about(&mut event, snapshot, task, uid, stamp);
                event.starts(due).ends(days_after(due, 1));
                // A day with a duty is not a day off.
                event.add_property("TRANSP", "TRANSPARENT");
                event
                    .add_property("STATUS", if task.status == TaskStatus::Dropped { "CANCELLED" } else { "CONFIRMED" });
                if task.status.is_open() {
                    event.alarm(reminder(&task.title, uid, stamp));
                }
                calendar.push(event.done());
            }
            (Entries::Todo, due) => {
                let mut todo = Todo::new();
                about(&mut todo, snapshot, task, uid, stamp);
                if let Some(due) = due {
                    // What comes back must say from when (3.8.2.4).
                    if task.recurrence.is_some() {
                        todo.append_property(day("DTSTART", due));
                    }
                    todo.due(due);
                }
                todo.status(status(task.status));
                if let Some(at) = task.closed_at.filter(|_| task.status == TaskStatus::Done) {
                    todo.completed(at.to_utc()).percent_complete(100);
                }
                calendar.push(todo.done());
            }
        }
    }
    (!calendar.components.is_empty()).then(|| calendar.to_string())
}

fn day(key: &str, day: NaiveDate) -> Property {
    Property::new(key, day.format("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
}

/// What events and to-dos have in common.
fn about(entry: &mut impl EventLike, snapshot: &Snapshot, task: &Task, uid: &str, stamp: DateTime<Utc>) {
    entry.uid(uid);
    entry.timestamp(stamp);
    entry.created(task.created_at.to_utc());
    entry.sequence(u32::try_from(task.rev - 1).unwrap_or_default());
    entry.summary(&shortened(&line(&task.title), SUMMARY));
    let description = shortened(&text(&description(snapshot, task)), DESCRIPTION);
    if !description.is_empty() {
        entry.description(&description);
    }
    entry.priority(priority(task.priority));
    let frameworks: BTreeSet<String> =
        task.requirements.iter().map(|id| line(&snapshot.reference(id).framework_name)).collect();
    entry.categories(std::iter::once("Tillproof".to_owned()).chain(frameworks));
    if let Some(link) = task.links.first() {
        entry.url(link);
    }
    if let (Some(rule), Some(due), true) = (&task.recurrence, task.due, task.status.is_open()) {
        entry.add_property("RRULE", Recurrence::stored(rule.clone()).on(due));
    }
}

/// A reminder a week before. The library writes spans in seconds, which some calendars do not read,
/// and would name the reminder by chance and by its own clock.
fn reminder(title: &str, uid: &str, stamp: DateTime<Utc>) -> Alarm {
    let mut alarm = Alarm::display(&shortened(&line(title), SUMMARY), chrono::TimeDelta::days(-7));
    alarm.add_property("TRIGGER", REMINDER);
    alarm.uid(&format!("reminder-{uid}"));
    alarm.timestamp(stamp);
    alarm
}

fn description(snapshot: &Snapshot, task: &Task) -> String {
    let say = |key: &str, value: &str| messages::text(snapshot.locale, "calendar", key, &[("value", value)]);
    let requirements: Vec<String> = task
        .requirements
        .iter()
        .map(|id| snapshot.reference(id))
        .map(|one| format!("{} {}", one.framework_name, one.label))
        .collect();
    let mut parts = vec![task.description.clone()];
    if !task.owner.is_empty() {
        parts.push(say("owner", &task.owner));
    }
    if !requirements.is_empty() {
        parts.push(say("requirements", &requirements.join(", ")));
    }
    if let Some(rule) = &task.recurrence {
        parts.push(task_view::recurrence(&Recurrence::stored(rule.clone()), snapshot.locale).text);
    }
    parts.push(task.links.join("\n"));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// RFC 5545, 3.8.1.9: 1 is the highest, 9 the lowest.
const fn priority(priority: Priority) -> u32 {
    match priority {
        Priority::Urgent => 1,
        Priority::High => 3,
        Priority::Normal => 5,
        Priority::Low => 9,
    }
}

const fn status(status: TaskStatus) -> TodoStatus {
    match status {
        TaskStatus::Open | TaskStatus::Waiting => TodoStatus::NeedsAction,
        TaskStatus::InProgress => TodoStatus::InProcess,
        TaskStatus::Done => TodoStatus::Completed,
        TaskStatus::Dropped => TodoStatus::Cancelled,
    }
}

/// The name of each task in a calendar. The newest task of a series takes over the entry of the one
/// before, so that a calendar that reads the file anew shows the series once.
fn uids(tasks: &[Task], workspace: WorkspaceId) -> BTreeMap<TaskId, String> {
    let before: BTreeMap<TaskId, TaskId> = tasks.iter().filter_map(|task| Some((task.id, task.follows?))).collect();
    let followed: BTreeSet<TaskId> = before.values().copied().collect();
    let uid = |task: &Task| {
        if followed.contains(&task.id) || (task.recurrence.is_none() && task.follows.is_none()) {
            return format!("{}@{workspace}", task.id);
        }
        let mut first = task.id;
        // A series is a chain without circles; it is no longer than the list.
        for _ in 0..tasks.len() {
            match before.get(&first) {
                Some(earlier) => first = *earlier,
                None => break,
            }
        }
        format!("series-{first}@{workspace}")
    };
    tasks.iter().map(|task| (task.id, uid(task))).collect()
}

/// A text without what a calendar file may not hold: control characters, and line breaks other than
/// the one that the library escapes.
fn text(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    lines
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The same on one line.
fn line(one: &str) -> String {
    text(one).replace('\n', " ")
}

fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit - 1).chain(['…']).collect()
}
