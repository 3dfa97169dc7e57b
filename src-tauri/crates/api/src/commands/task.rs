//! Tasks: who does what until when, how it comes back, and what shows that it was done.

use super::{commit, guard, parse};
use crate::error::Error;
use crate::host::Host;
use crate::session::Session;
use crate::task_view::cost;
use crate::types::task::{AddTask, CommentTask, Cost, ListTasks, SetTask, TaskSums, TaskView, Tasks};
use crate::view::{Page, Snapshot, count};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use tillproof_catalog::Catalog;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::id::{CommentId, EvidenceId, RequirementId, TaskId};
use tillproof_domain::money::Money;
use tillproof_domain::recurrence::Recurrence;
use tillproof_domain::task::{Priority, Task, TaskComment, TaskStatus};
use tillproof_store::{Change, Reads, Store};
use url::Url;

/// The most links of one task.
const LINKS: usize = 20;
/// The most characters of one link.
const LINK_LENGTH: usize = 2_000;
/// Effort is counted in quarters of an hour.
const QUARTER: u32 = 15;
/// The most minutes of one task: ten thousand hours.
const MINUTES: u32 = 600_000;

/// A task that says nothing yet but what it is called.
pub(super) fn new(host: &dyn Host, title: String) -> Task {
    Task {
        id: TaskId(host.new_uuid()),
        title,
        description: String::new(),
        owner: String::new(),
        due: None,
        priority: Priority::Normal,
        status: TaskStatus::Open,
        requirements: Vec::new(),
        effort_minutes: None,
        cost: None,
        links: Vec::new(),
        recurrence: None,
        proof: Vec::new(),
        follows: None,
        card_data_reason: None,
        created_at: host.now(),
        closed_at: None,
        rev: 1,
    }
}

/// Makes a task.
///
/// # Errors
/// The title is missing, or a priority, date, requirement, effort, cost, link or rule is none.
pub fn add_task(session: &mut Session, host: &dyn Host, request: AddTask) -> Result<TaskView, Error> {
    let title = parse::bearable(parse::required("title-missing", &request.title)?)?;
    let priority = request.priority.as_deref().map_or(Ok(Priority::Normal), |text| parse::word("priority", text))?;
    let due = parse::day_opt(request.due.as_deref())?;
    let mut task = Task {
        description: parse::bearable(request.description.unwrap_or_default())?,
        owner: parse::bearable(request.owner.unwrap_or_default())?,
        due,
        priority,
        requirements: parse::requirements(session.catalog()?.as_ref(), &request.requirements)?,
        effort_minutes: request.effort_minutes.map_or(Ok(None), effort)?,
        cost: request.cost.map_or(Ok(None), |cost| money(&cost))?,
        links: request.links.map_or(Ok(Vec::new()), links)?,
        recurrence: request.recurrence.map_or(Ok(None), |rule| recurrence(&rule, due, host.today()))?,
        ..new(host, title)
    };
    task.card_data_reason = guard::row(host, request.allow_card_data, &guard::Kept::default(), &task.texts())?;
    let transaction = session.store_mut()?.begin()?;
    commit(transaction, host, "add_task", vec![Change::Task(task.clone())])?;
    view(session, host, task.id)
}

/// Minutes in whole quarters of an hour; none for 0.
fn effort(minutes: u32) -> Result<Option<u32>, Error> {
    if !minutes.is_multiple_of(QUARTER) || minutes > MINUTES {
        return Err(Error::new("invalid-effort").with("value", minutes));
    }
    Ok((minutes > 0).then_some(minutes))
}

/// An amount of money; none for an empty one.
fn money(cost: &Cost) -> Result<Option<Money>, Error> {
    if cost.amount.trim().is_empty() {
        return Ok(None);
    }
    let money = Money::new(&cost.amount, &cost.currency);
    money.map(Some).map_err(|error| Error::new("invalid-cost").with("value", error.0))
}

/// Addresses that a person may open; Tillproof never does by itself.
fn links(texts: Vec<String>) -> Result<Vec<String>, Error> {
    let mut links: Vec<String> = Vec::new();
    for text in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        let plain = text.len() <= LINK_LENGTH && !text.contains(|c: char| c.is_whitespace() || c.is_control());
        // A password in an address would be kept with it.
        let sound = |url: &Url| {
            ["http", "https"].contains(&url.scheme())
                && url.has_host()
                && url.username().is_empty()
                && url.password().is_none()
        };
        if !plain || !Url::parse(text).is_ok_and(|url| sound(&url)) {
            return Err(Error::new("invalid-link").with("value", text));
        }
        if links.iter().all(|known| known != text) {
            links.push(text.to_owned());
        }
    }
    if links.len() > LINKS {
        return Err(Error::new("too-many-links").with("limit", LINKS));
    }
    Ok(links)
}

/// A rule that comes back after the due day, or after today; none for an empty text.
fn recurrence(text: &str, due: Option<NaiveDate>, today: NaiveDate) -> Result<Option<String>, Error> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let rule = Recurrence::new(text, due.unwrap_or(today));
    rule.map(|rule| Some(rule.as_str().to_owned()))
        .map_err(|error| Error::new("invalid-recurrence").with("value", error.0))
}

pub(super) fn view(session: &Session, host: &dyn Host, id: TaskId) -> Result<TaskView, Error> {
    let snapshot = Snapshot::read(session.store()?, host)?;
    let task = snapshot.task_by_id(id).ok_or_else(|| Error::not_found("task", id))?;
    Ok(snapshot.task_view(task))
}

fn find(reads: &dyn Reads, text: &str) -> Result<Task, Error> {
    let id: TaskId = parse::id("task", text)?;
    reads.task(id)?.ok_or_else(|| Error::not_found("task", text))
}

/// Changes a task. What is not given stays as it was. A recurring task that is done makes the next
/// one of its series in the same change; one that is dropped ends the series.
///
/// # Errors
/// There is no such task, a value is none, the evidence does not count, or the `rev` is old.
pub fn set_task(session: &mut Session, host: &dyn Host, request: SetTask) -> Result<TaskView, Error> {
    let catalog = session.catalog()?;
    let transaction = session.store_mut()?.begin()?;
    let before = find(transaction.as_ref(), &request.task)?;
    if request.rev.is_some_and(|seen| seen != before.rev) {
        return Err(Error::new("conflict").with("row", &before.title));
    }
    let mut task = changed(&catalog, host, &before, &request)?;
    if let Some(texts) = &request.evidence {
        task.proof = proof(transaction.as_ref(), &before.proof, texts)?;
    }
    let kept = guard::Kept { texts: before.texts(), reason: before.card_data_reason.as_deref() };
    task.card_data_reason = guard::row(host, request.allow_card_data, &kept, &task.texts())?;
    let id = task.id;
    if task == before {
        drop(transaction);
    } else {
        let finished = task.status == TaskStatus::Done && before.status != TaskStatus::Done;
        let next = if finished { next_of_series(transaction.as_ref(), host, &task)? } else { None };
        task.rev += 1;
        let changes = std::iter::once(task).chain(next).map(Change::Task).collect();
        commit(transaction, host, "set_task", changes)?;
    }
    view(session, host, id)
}

/// The task as the request wants it, but for its proof.
fn changed(catalog: &Catalog, host: &dyn Host, before: &Task, request: &SetTask) -> Result<Task, Error> {
    let mut task = before.clone();
    if let Some(title) = &request.title {
        task.title = parse::bearable(parse::required("title-missing", title)?)?;
    }
    for (field, text) in [(&mut task.description, &request.description), (&mut task.owner, &request.owner)] {
        if let Some(text) = text {
            *field = parse::bearable(text.clone())?;
        }
    }
    if let Some(due) = &request.due {
        task.due = parse::day_opt(Some(due))?;
    }
    if let Some(priority) = &request.priority {
        task.priority = parse::word("priority", priority)?;
    }
    if let Some(texts) = &request.requirements {
        task.requirements = parse::requirements(catalog, texts)?;
    }
    if let Some(minutes) = request.effort_minutes {
        task.effort_minutes = effort(minutes)?;
    }
    if let Some(cost) = &request.cost {
        task.cost = money(cost)?;
    }
    if let Some(texts) = &request.links {
        task.links = links(texts.clone())?;
    }
    if let Some(rule) = &request.recurrence {
        task.recurrence = recurrence(rule, task.due, host.today())?;
    }
    let status = request.status.as_deref().map(|text| parse::word("status", text)).transpose()?;
    if let Some(status) = status.filter(|status: &TaskStatus| *status != task.status) {
        task.closed_at = (!status.is_open()).then(|| host.now());
        task.status = status;
    }
    Ok(task)
}

/// Evidence that counts. What was linked before may stay, whatever has become of it.
fn proof(reads: &dyn Reads, before: &[EvidenceId], texts: &[String]) -> Result<Vec<EvidenceId>, Error> {
    let mut ids = Vec::new();
    for text in texts.iter().filter(|text| !text.is_empty()) {
        let id: EvidenceId = parse::id("evidence", text)?;
        if !before.contains(&id) {
            let evidence: Evidence = reads.evidence(id)?.ok_or_else(|| Error::not_found("evidence", text))?;
            if !evidence.is_current() {
                return Err(Error::new("evidence-not-current").with("name", evidence.name));
            }
        }
        ids.push(id);
    }
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// The next task of a series, if it goes on and has none yet: a task that is reopened and done
/// again makes no second one.
fn next_of_series(reads: &dyn Reads, host: &dyn Host, task: &Task) -> Result<Option<Task>, Error> {
    let Some(rule) = &task.recurrence else { return Ok(None) };
    if reads.rows()?.task_after(task.id).is_some() {
        return Ok(None);
    }
    let today = host.today();
    let due = Recurrence::stored(rule.clone()).next(task.due.unwrap_or(today), today);
    Ok(due.map(|due| Task {
        description: task.description.clone(),
        owner: task.owner.clone(),
        due: Some(due),
        priority: task.priority,
        requirements: task.requirements.clone(),
        effort_minutes: task.effort_minutes,
        cost: task.cost.clone(),
        links: task.links.clone(),
        recurrence: task.recurrence.clone(),
        follows: Some(task.id),
        card_data_reason: task.card_data_reason.clone(),
        ..new(host, task.title.clone())
    }))
}

/// Comments on a task.
///
/// # Errors
/// There is no such task, or nothing is said.
pub fn comment_task(session: &mut Session, host: &dyn Host, request: CommentTask) -> Result<TaskView, Error> {
    let text = parse::bearable(parse::required("comment-missing", &request.text)?)?;
    let card_data_reason = guard::row(host, request.allow_card_data, &guard::Kept::default(), &[&text])?;
    let transaction = session.store_mut()?.begin()?;
    let task = find(transaction.as_ref(), &request.task)?.id;
    let id = CommentId(host.new_uuid());
    let comment = TaskComment { id, task, at: host.now(), author: host.actor(), text, card_data_reason };
    commit(transaction, host, "comment_task", vec![Change::Comment(comment)])?;
    view(session, host, task)
}

/// What narrows a list of tasks.
pub(super) struct Filter {
    overdue: bool,
    upcoming: bool,
    pub(super) status: Option<TaskStatus>,
    requirement: Option<RequirementId>,
    owner: Option<String>,
    task: Option<TaskId>,
}

impl Filter {
    pub(super) fn new(catalog: &Catalog, request: ListTasks) -> Result<Self, Error> {
        Ok(Self {
            overdue: request.overdue,
            upcoming: request.upcoming,
            status: request.status.as_deref().map(|text| parse::word("status", text)).transpose()?,
            requirement: request.requirement.as_deref().map(|text| parse::requirement(catalog, text)).transpose()?,
            owner: request.owner,
            task: request.task.as_deref().map(|text| parse::id("task", text)).transpose()?,
        })
    }

    /// Those that are wanted, in the order in which people work them off.
    pub(super) fn apply<'s>(&self, snapshot: &'s Snapshot) -> Vec<&'s Task> {
        let in_time = |task: &Task| {
            (!self.overdue && !self.upcoming)
                || (self.overdue && task.is_overdue(snapshot.today))
                || (self.upcoming && task.is_due_soon(snapshot.today))
        };
        let wanted = |task: &&Task| {
            in_time(task)
                && self.status.is_none_or(|status| task.status == status)
                && self.requirement.as_ref().is_none_or(|id| task.requirements.contains(id))
                && self.owner.as_ref().is_none_or(|owner| task.owner == *owner)
                && self.task.is_none_or(|id| task.id == id)
        };
        snapshot.tasks_in_order().into_iter().filter(wanted).collect()
    }
}

/// Tasks as people work them off, and what the open ones among them take and cost.
///
/// # Errors
/// A status or requirement that is not known.
pub fn list_tasks(session: &mut Session, host: &dyn Host, request: ListTasks) -> Result<Tasks, Error> {
    let page = Page::new(request.offset, request.limit);
    let filter = Filter::new(session.catalog()?.as_ref(), request)?;
    let snapshot = Snapshot::read(session.store()?, host)?;
    let tasks = filter.apply(&snapshot);
    let owners: BTreeSet<&str> = snapshot.tasks().iter().map(|task| task.owner.as_str()).collect();
    Ok(Tasks {
        sums: sums(&tasks),
        total: count(tasks.iter()),
        tasks: page.of(&tasks).map(|task| snapshot.task_view(task)).collect(),
        owners: owners.into_iter().filter(|owner| !owner.is_empty()).map(str::to_owned).collect(),
        me: host.actor(),
    })
}

fn sums(tasks: &[&Task]) -> TaskSums {
    let open = || tasks.iter().filter(|task| task.status.is_open());
    let mut costs: BTreeMap<&str, i64> = BTreeMap::new();
    for money in open().filter_map(|task| task.cost.as_ref()) {
        let sum = costs.entry(&money.currency).or_default();
        *sum = sum.saturating_add(money.minor);
    }
    TaskSums {
        open: count(open()),
        effort_minutes: open().filter_map(|task| task.effort_minutes).map(u64::from).sum(),
        without_effort: count(open().filter(|task| task.effort_minutes.is_none())),
        costs: costs
            .into_iter()
            .map(|(currency, minor)| cost(&Money { minor, currency: currency.to_owned() }))
            .collect(),
    }
}
