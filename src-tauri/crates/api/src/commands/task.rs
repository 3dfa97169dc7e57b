//! Tasks: who does what until when.

use super::{commit, parse};
use crate::error::Error;
use crate::host::Host;
use crate::session::Session;
use crate::types::task::{AddTask, CommentTask, ListTasks, SetTask, TaskView, Tasks};
use crate::view::Snapshot;
use tillproof_domain::id::{CommentId, TaskId};
use tillproof_domain::task::{Priority, Task, TaskComment, TaskStatus};
use tillproof_store::{Change, Reads, Store};

/// Makes a task.
///
/// # Errors
/// The title is missing, or a priority, date or requirement is none.
pub fn add_task(session: &mut Session, host: &dyn Host, request: AddTask) -> Result<TaskView, Error> {
    let priority = request.priority.as_deref().map_or(Ok(Priority::Normal), |text| parse::word("priority", text))?;
    let task = Task {
        id: TaskId(host.new_uuid()),
        title: parse::bearable(parse::required("title-missing", &request.title)?)?,
        description: parse::bearable(request.description.unwrap_or_default())?,
        owner: parse::bearable(request.owner.unwrap_or_default())?,
        due: parse::day_opt(request.due.as_deref())?,
        priority,
        status: TaskStatus::Open,
        requirements: parse::requirements(session.catalog()?.as_ref(), &request.requirements)?,
        created_at: host.now(),
        closed_at: None,
        rev: 1,
    };
    let transaction = session.store_mut()?.begin()?;
    commit(transaction, host, "add_task", vec![Change::Task(task.clone())])?;
    view(session, host, task.id)
}

fn view(session: &Session, host: &dyn Host, id: TaskId) -> Result<TaskView, Error> {
    let snapshot = Snapshot::read(session.store()?, host)?;
    let task = snapshot.tasks.iter().find(|task| task.id == id).ok_or_else(|| Error::not_found("task", id))?;
    Ok(snapshot.task_view(task))
}

fn find(reads: &dyn Reads, text: &str) -> Result<Task, Error> {
    let id: TaskId = parse::id("task", text)?;
    reads.task(id)?.ok_or_else(|| Error::not_found("task", text))
}

/// Changes a task. What is not given stays as it was.
///
/// # Errors
/// There is no such task, a value is none, or the `rev` is old.
pub fn set_task(session: &mut Session, host: &dyn Host, request: SetTask) -> Result<TaskView, Error> {
    let priority = request.priority.as_deref().map(|text| parse::word("priority", text)).transpose()?;
    let status: Option<TaskStatus> = request.status.as_deref().map(|text| parse::word("status", text)).transpose()?;
    let due = request.due.as_deref().map(|text| parse::day_opt(Some(text))).transpose()?;
    let catalog = session.catalog()?;
    let requirements = request.requirements.as_deref().map(|texts| parse::requirements(&catalog, texts)).transpose()?;
    let title = request.title.as_deref().map(|text| parse::required("title-missing", text)).transpose()?;
    let transaction = session.store_mut()?.begin()?;
    let before = find(transaction.as_ref(), &request.task)?;
    if request.rev.is_some_and(|seen| seen != before.rev) {
        return Err(Error::new("conflict").with("row", &before.title));
    }
    let mut task = before.clone();
    task.title = parse::bearable(title.unwrap_or(task.title))?;
    task.description = parse::bearable(request.description.unwrap_or(task.description))?;
    task.owner = parse::bearable(request.owner.unwrap_or(task.owner))?;
    task.due = due.unwrap_or(task.due);
    task.priority = priority.unwrap_or(task.priority);
    task.requirements = requirements.unwrap_or(task.requirements);
    if let Some(status) = status.filter(|status| *status != task.status) {
        task.closed_at = (!status.is_open()).then(|| host.now());
        task.status = status;
    }
    let id = task.id;
    if task == before {
        drop(transaction);
    } else {
        task.rev += 1;
        commit(transaction, host, "set_task", vec![Change::Task(task)])?;
    }
    view(session, host, id)
}

/// Comments on a task.
///
/// # Errors
/// There is no such task, or nothing is said.
pub fn comment_task(session: &mut Session, host: &dyn Host, request: CommentTask) -> Result<TaskView, Error> {
    let text = parse::bearable(parse::required("comment-missing", &request.text)?)?;
    let transaction = session.store_mut()?.begin()?;
    let task = find(transaction.as_ref(), &request.task)?.id;
    let comment = TaskComment { id: CommentId(host.new_uuid()), task, at: host.now(), author: host.actor(), text };
    commit(transaction, host, "comment_task", vec![Change::Comment(comment)])?;
    view(session, host, task)
}

/// Tasks as people work them off.
///
/// # Errors
/// A status or requirement that is not known.
pub fn list_tasks(session: &mut Session, host: &dyn Host, request: ListTasks) -> Result<Tasks, Error> {
    let status: Option<TaskStatus> = request.status.as_deref().map(|text| parse::word("status", text)).transpose()?;
    let catalog = session.catalog()?;
    let requirement = request.requirement.as_deref().map(|text| parse::requirement(&catalog, text)).transpose()?;
    let snapshot = Snapshot::read(session.store()?, host)?;
    let wanted = |task: &&Task| {
        (!request.overdue || task.is_overdue(snapshot.today))
            && status.is_none_or(|status| task.status == status)
            && requirement.as_ref().is_none_or(|id| task.requirements.contains(id))
            && request.owner.as_ref().is_none_or(|owner| task.owner == *owner)
    };
    let tasks = snapshot.tasks_in_order().into_iter().filter(wanted).map(|task| snapshot.task_view(task)).collect();
    Ok(Tasks { tasks })
}
