//! Taking back a change: a new entry that gives the rows the values they had before.

use super::{commit, history};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::{Session, catalog};
use crate::types::past::Undo;
use crate::types::workspace::HistoryEntry;
use tillproof_domain::answer::Answer;
use tillproof_domain::assessment::CriterionAnswer;
use tillproof_domain::evidence::{Evidence, Removal};
use tillproof_domain::provider::Provider;
use tillproof_domain::register::processing::Processing;
use tillproof_domain::task::{Task, TaskStatus};
use tillproof_store::{Change, Reads, Rows, Store, StoredEntry, by};

/// Entries of a person that are looked through for one that can be taken back.
const LOOKED_THROUGH: u32 = 20;

/// Entries that are read at once while looking for the values before.
const PAGE: u32 = 50;

/// Takes back what an entry changed. Rows that were new are put aside the way their kind allows:
/// evidence is removed, a task dropped, a provider ended, an answer open again; nothing is deleted.
///
/// # Errors
/// There is no such entry, it cannot be taken back, or a row has changed since.
pub fn undo(session: &mut Session, host: &dyn Host, request: Undo) -> Result<HistoryEntry, Error> {
    let transaction = session.store_mut()?.begin()?;
    let rows = transaction.rows()?;
    let entry = match request.seq {
        Some(seq) => transaction
            .journal(Some(seq.saturating_add(1)), 1, None)?
            .pop()
            .filter(|stored| stored.entry.seq == seq)
            .ok_or_else(|| Error::not_found("entry", seq))?,
        None => {
            let mine = transaction.journal(None, LOOKED_THROUGH, Some(&by(&host.actor())))?;
            // What was taken back is not taken back again by asking twice: that goes further back.
            let undone = |stored: &StoredEntry| stored.entry.command == "undo";
            let possible = |stored: &&StoredEntry| !undone(stored) && refusal(&rows, stored).is_none();
            mine.iter().find(possible).cloned().ok_or_else(|| Error::new("nothing-to-undo"))?
        }
    };
    if let Some(error) = refusal(&rows, &entry) {
        return Err(error);
    }
    let mut changes = Vec::new();
    for change in &entry.entry.changes {
        let before = before(transaction.as_ref(), change, entry.entry.seq)?;
        let row = before.or_else(|| put_aside(change, host)).ok_or_else(|| cannot(&entry))?;
        changes.push(row.with_rev(change.rev().unwrap_or_default() + 1));
    }
    drop(rows);
    commit(transaction, host, "undo", changes)?;
    let store = session.store()?;
    let newest = store.journal(None, 1, None)?.pop().ok_or_else(|| Error::new("nothing-to-undo"))?;
    Ok(history::in_words(catalog(store)?.as_ref(), store.rows()?.as_ref(), &newest, host.locale()))
}

fn cannot(entry: &StoredEntry) -> Error {
    Error::new("cannot-undo").with("seq", entry.entry.seq)
}

/// Why an entry cannot be taken back; none if it can.
pub(super) fn refusal(rows: &Rows, stored: &StoredEntry) -> Option<Error> {
    let entry = &stored.entry;
    // What began or ended an assessment is what others stand on.
    let stands =
        ["create_workspace", "start_assessment", "next_assessment", "sign_off", "carry_over", "import_checklist"];
    if stands.contains(&entry.command.as_str()) || entry.changes.is_empty() {
        return Some(cannot(stored));
    }
    for change in &entry.changes {
        let (Some(now), Some(then)) = (rev_now(rows, change), change.rev()) else { return Some(cannot(stored)) };
        if now != then {
            return Some(Error::new("changed-since").with("row", change.name()).with("seq", entry.seq));
        }
    }
    None
}

/// How often a row has changed by now; none for what is never taken back.
fn rev_now(rows: &Rows, change: &Change) -> Option<i64> {
    let open = |id| rows.assessment(id).filter(|assessment| assessment.is_open());
    Some(match change {
        Change::Profile(_) => rows.profile.as_ref()?.rev,
        Change::Assessment(row) => open(row.id).filter(|_| row.rev > 1)?.rev,
        Change::Criterion(row) => {
            open(row.assessment)?;
            rows.criteria.get(&row.assessment)?.get(&row.criterion)?.rev
        }
        Change::Answer(row) => {
            open(row.assessment)?;
            rows.answers.get(&row.assessment)?.get(&row.requirement)?.rev
        }
        Change::Evidence(row) => rows.evidence_by_id(row.id)?.rev,
        Change::Task(row) => rows.task_by_id(row.id)?.rev,
        Change::Provider(row) => rows.providers.get(&row.id)?.rev,
        Change::Processing(row) => rows.processing.get(&row.id)?.rev,
        // A request of a person or a breach that was written down stays (Art. 5(2), 33(5)).
        Change::PersonRequest(row) => rows.person_requests.get(&row.id).filter(|_| row.rev > 1)?.rev,
        Change::Breach(row) => rows.breaches.get(&row.id).filter(|_| row.rev > 1)?.rev,
        // A comment and a reply are words that were said; a checklist is what was answered; a key is gone when it is.
        Change::Comment(_) | Change::Checklist(_) | Change::SigningKey(_) | Change::Reply(_) => return None,
    })
}

/// The row as it was before an entry; none if the entry made it.
fn before(reads: &dyn Reads, change: &Change, seq: u64) -> Result<Option<Change>, Error> {
    let (key, subjects) = (change.key(), change.subjects());
    let mut before = seq;
    loop {
        let page = reads.journal(Some(before), PAGE, subjects.first().map(String::as_str))?;
        let Some(last) = page.last().map(|stored| stored.entry.seq) else { return Ok(None) };
        let found = page.into_iter().flat_map(|stored| stored.entry.changes).find(|known| known.key() == key);
        if found.is_some() {
            return Ok(found);
        }
        before = last;
    }
}

/// A row that was new, as somebody would put it aside who may not delete.
fn put_aside(change: &Change, host: &dyn Host) -> Option<Change> {
    let reason = || messages::text(host.locale(), "word", "taken-back", &[]);
    Some(match change.clone() {
        Change::Criterion(row) => Change::Criterion(CriterionAnswer { confirmed: None, ..row }),
        Change::Answer(row) => Change::Answer(Answer::unanswered(row.assessment, row.requirement)),
        Change::Evidence(row) => {
            Change::Evidence(Evidence { removed: Some(Removal { at: host.now(), reason: reason() }), ..row })
        }
        Change::Task(row) => Change::Task(Task { status: TaskStatus::Dropped, closed_at: Some(host.now()), ..row }),
        Change::Provider(row) => Change::Provider(Provider { ended: Some(reason()), ..row }),
        Change::Processing(row) => Change::Processing(Processing { ended: Some(reason()), ..row }),
        _ => return None,
    })
}
