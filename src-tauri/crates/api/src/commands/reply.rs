//! What an auditor replied to a report, brought in: findings and questions become tasks, and all of
//! it stays as it was said.

use super::{commit, guard, parse, paths, task};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::types::Empty;
use crate::types::bundle::{ImportReply, Replies, ReplyImported, ReplyItemView, ReplyView};
use crate::view::{Snapshot, count, head_view};
use sha2::{Digest, Sha256};
use std::io::Read;
use tillproof_bundle::reply_read::{FILE, Reply, ReplyError, ReplyRow, read};
use tillproof_domain::id::{ReplyId, RequirementId};
use tillproof_domain::reply::{AuditorReply, ReplyItem, Said};
use tillproof_domain::task::{Priority, Task};
use tillproof_store::{Change, Store};

/// Brings in what an auditor replied: one journal entry with the reply and its tasks.
///
/// # Errors
/// The file is no reply, belongs to another workspace, was brought in already, or a row of it is
/// not as it must be; then nothing is stored.
pub fn import_reply(session: &mut Session, host: &dyn Host, request: ImportReply) -> Result<ReplyImported, Error> {
    session.store()?;
    let path = paths::allowed(host, &request.path)?;
    let (file, size) = paths::open_regular(&path)?;
    let limit = FILE as u64;
    let too_large = || Error::new("reply-too-large").with("path", path.display()).with("limit", limit >> 20);
    if size > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| paths::io_error(&path, &error))?;
    let reply = read(&bytes).map_err(|error| match error {
        ReplyError::NotAReply => Error::new("not-a-reply").with("path", path.display()),
        ReplyError::TooLarge => too_large(),
        ReplyError::NoName => Error::new("reply-nameless"),
        ReplyError::Cell { row, fault, value } => in_row(host, row, fault, &value),
    })?;
    let name = paths::file_name(&path);
    store(session, host, &request, reply, name, paths::hex(Sha256::new_with_prefix(&bytes)))
}

/// An error that names the row of the spreadsheet.
fn in_row(host: &dyn Host, row: u32, fault: &str, value: &str) -> Error {
    let value: String = value.chars().take(80).collect();
    let reason = messages::text(host.locale(), "reply-fault", fault, &[("value", &value)]);
    Error::new("reply-row").with("row", row).with("reason", reason)
}

fn store(
    session: &mut Session,
    host: &dyn Host,
    request: &ImportReply,
    reply: Reply,
    file: String,
    sha256: String,
) -> Result<ReplyImported, Error> {
    let catalog = session.catalog()?;
    let given = request.allow_card_data.clone();
    let transaction = session.store_mut()?.begin()?;
    if transaction.profile()?.id.to_string() != reply.workspace {
        return Err(Error::new("reply-elsewhere"));
    }
    if let Some(known) = transaction.replies()?.into_iter().find(|known| known.sha256 == sha256) {
        let day = host.day_of(known.received_at);
        return Err(Error::new("reply-known").with("name", known.auditor).with("day", day));
    }
    if reply.rows.is_empty() {
        return Err(Error::new("reply-empty"));
    }
    let snapshot = Snapshot::read(transaction.as_ref(), host)?;
    let mut tasks = Vec::new();
    let mut items = Vec::new();
    for row in reply.rows {
        let requirement = parse::requirement(&catalog, &row.requirement)
            .map_err(|_| in_row(host, row.row, "requirement", &row.requirement))?;
        let task = (row.said != Said::Accept).then(|| task_of(&snapshot, host, &reply.auditor, &requirement, &row));
        items.push(ReplyItem {
            requirement,
            said: row.said,
            comment: parse::bearable(row.comment)?,
            due: row.due,
            task: task.as_ref().map(|task| task.id),
        });
        tasks.extend(task);
    }
    for task in &mut tasks {
        task.card_data_reason = guard::row(host, given.clone(), &guard::Kept::default(), &task.texts())?;
    }
    let mut row = AuditorReply {
        id: ReplyId(host.new_uuid()),
        auditor: parse::bearable(reply.auditor)?,
        said_on: reply.on.unwrap_or_else(|| host.today()),
        file,
        sha256,
        head: parse::bearable(reply.head)?,
        items,
        card_data_reason: None,
        received_at: host.now(),
    };
    row.card_data_reason = guard::row(host, given, &guard::Kept::default(), &row.texts())?;
    let ids: Vec<_> = tasks.iter().map(|task| task.id).collect();
    let changes = std::iter::once(Change::Reply(row.clone())).chain(tasks.into_iter().map(Change::Task));
    let head = commit(transaction, host, "import_reply", changes.collect())?;
    let said = |said| count(row.items.iter().filter(|item| item.said == said));
    let snapshot = Snapshot::read(session.store()?, host)?;
    let tasks = ids.into_iter().filter_map(|id| snapshot.task_by_id(id)).map(|task| snapshot.task_view(task));
    Ok(ReplyImported {
        id: row.id.to_string(),
        accepted: said(Said::Accept),
        questions: said(Said::Question),
        findings: said(Said::Finding),
        tasks: tasks.collect(),
        auditor: row.auditor,
        said_on: row.said_on.to_string(),
        sha256: row.sha256,
        journal: head_view(head),
    })
}

/// The task that a question or a finding becomes.
fn task_of(snapshot: &Snapshot, host: &dyn Host, auditor: &str, requirement: &RequirementId, row: &ReplyRow) -> Task {
    let locale = host.locale();
    let reference = snapshot.reference(requirement);
    let values = [("framework", reference.framework_name.as_str()), ("label", reference.label.as_str())];
    let named = messages::text(locale, "word", "requirement", &values);
    let key = if row.said == Said::Finding { "finding" } else { "question" };
    let said_by = messages::text(locale, "reply", "said-by", &[("name", auditor)]);
    Task {
        description: format!("{}\n\n{said_by}", row.comment),
        due: row.due,
        priority: if row.said == Said::Finding { Priority::High } else { Priority::Normal },
        requirements: vec![requirement.clone()],
        ..task::new(host, messages::text(locale, "reply", key, &[("requirement", &named)]))
    }
}

/// Every reply that was brought in, the newest first.
///
/// # Errors
/// No workspace is open, or it cannot be read.
pub fn list_replies(session: &mut Session, host: &dyn Host, _: Empty) -> Result<Replies, Error> {
    let snapshot = Snapshot::read(session.store()?, host)?;
    let item = |item: ReplyItem| ReplyItemView {
        label: snapshot.reference(&item.requirement).label,
        requirement: item.requirement.to_string(),
        said: item.said,
        comment: item.comment,
        due: item.due.map(|due| due.to_string()),
        task: item.task.map(|task| task.to_string()),
    };
    let replies = session.store()?.replies()?.into_iter().rev().map(|reply| ReplyView {
        id: reply.id.to_string(),
        auditor: reply.auditor,
        said_on: reply.said_on.to_string(),
        received_at: reply.received_at.to_rfc3339(),
        file: reply.file,
        sha256: reply.sha256,
        items: reply.items.into_iter().map(item).collect(),
    });
    Ok(Replies { replies: replies.collect() })
}
