//! The journal in words.

use super::{parse, undo};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::{Session, catalog};
use crate::types::workspace::{History, HistoryEntry, HistoryPage};
use crate::view::scope_name;
use chrono::NaiveDate;
use tillproof_catalog::Catalog;
use tillproof_domain::id::RequirementId;
use tillproof_domain::locale::Locale;
use tillproof_store::{Change, Reads, Rows, StoredEntry, by};

/// Entries on a page that does not say how many.
const PAGE: u32 = 100;
/// The most entries on a page.
const LARGEST_PAGE: u32 = 1000;

/// A stretch of the journal, the newest first.
///
/// # Errors
/// No workspace is open, it cannot be read, or a day is none.
pub fn history(session: &mut Session, host: &dyn Host, request: History) -> Result<HistoryPage, Error> {
    let limit = request.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let store = session.store()?;
    let last = store.head()?.seq;
    let from = parse::day_opt(request.from.as_deref())?;
    let to = parse::day_opt(request.to.as_deref())?;
    // The first entry of the days that are asked for, and the first after them.
    let first = from.map_or(Ok(1), |day| first_on(store, host, last, |on| on >= day))?;
    let after = to.map_or(Ok(last + 1), |day| first_on(store, host, last, |on| on > day))?;
    let before = request.before.map_or(after, |before| before.min(after));
    let mut wanted = Wanted { first, subject: request.subject, person: request.person };
    if wanted.subject.is_none() {
        // Entries can be looked up by one subject; a person is one, too.
        wanted.subject = wanted.person.take().map(|person| by(&person));
    }
    page(store, host, before, limit, &wanted)
}

/// Which entries are meant.
#[derive(Default)]
pub(super) struct Wanted {
    /// None before this one.
    pub(super) first: u64,
    /// Those that touch this.
    pub(super) subject: Option<String>,
    /// Those of this person.
    pub(super) person: Option<String>,
}

/// The first entry whose day is `late` enough, or the one after the last. Days rise with the
/// entries, unless a clock went wrong.
fn first_on(reads: &dyn Reads, host: &dyn Host, last: u64, late: impl Fn(NaiveDate) -> bool) -> Result<u64, Error> {
    let (mut low, mut high) = (1, last + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let entry = reads.journal(Some(middle + 1), 1, None)?.pop();
        if entry.is_some_and(|stored| late(host.day_of(stored.entry.at))) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}

pub(super) fn page(
    reads: &dyn Reads,
    host: &dyn Host,
    before: u64,
    limit: u32,
    wanted: &Wanted,
) -> Result<HistoryPage, Error> {
    let limit = limit as usize;
    let mut entries = Vec::new();
    let mut before = before;
    // One more than is shown tells whether there are more.
    while entries.len() <= limit {
        let asked = u32::try_from(limit + 1).unwrap_or(u32::MAX);
        let found = reads.journal(Some(before), asked, wanted.subject.as_deref())?;
        let Some(oldest) = found.last().map(|stored| stored.entry.seq) else { break };
        let meant = |stored: &StoredEntry| {
            stored.entry.seq >= wanted.first
                && wanted.person.as_ref().is_none_or(|person| stored.entry.actor == *person)
        };
        entries.extend(found.into_iter().filter(meant));
        if oldest <= wanted.first {
            break;
        }
        before = oldest;
    }
    let more = entries.len() > limit;
    entries.truncate(limit);
    let (catalog, rows) = (catalog(reads)?, reads.rows()?);
    let entries = entries.iter().map(|entry| in_words(&catalog, &rows, entry, host.locale()));
    Ok(HistoryPage { entries: entries.collect(), more })
}

pub(super) fn in_words(catalog: &Catalog, rows: &Rows, stored: &StoredEntry, locale: Locale) -> HistoryEntry {
    let entry = &stored.entry;
    let mut subjects: Vec<String> = entry.changes.iter().flat_map(Change::subjects).collect();
    subjects.sort_unstable();
    subjects.dedup();
    HistoryEntry {
        seq: entry.seq,
        at: entry.at.to_rfc3339(),
        actor: entry.actor.clone(),
        command: entry.command.clone(),
        summary: summary(catalog, &entry.command, &entry.changes, locale),
        subjects,
        hash: stored.hash.clone(),
        can_undo: undo::refusal(rows, stored).is_none(),
    }
}

fn summary(catalog: &Catalog, command: &str, changes: &[Change], locale: Locale) -> String {
    let count = changes.len().to_string();
    let names: Vec<String> = changes.iter().map(|change| name(catalog, change, locale)).collect();
    let verdict = changes.iter().find_map(|change| match change {
        Change::Answer(answer) => Some(messages::text(locale, "verdict", answer.verdict.as_str(), &[])),
        _ => None,
    });
    let status = changes.iter().find_map(|change| match change {
        Change::Task(task) => Some(messages::text(locale, "status", task.status.as_str(), &[])),
        _ => None,
    });
    let reason = changes.iter().find_map(|change| match change {
        Change::Evidence(evidence) => evidence.removed.as_ref().map(|removed| removed.reason.clone()),
        Change::SigningKey(key) => key.removed.as_ref().map(|removed| removed.reason.clone()),
        _ => None,
    });
    let confirmed = changes.iter().find_map(|change| match change {
        Change::Criterion(row) => Some(match row.confirmed {
            Some(true) => "confirmed",
            Some(false) => "denied",
            None => "reopened",
        }),
        _ => None,
    });
    let confirmed = confirmed.map(|key| messages::text(locale, "criterion", key, &[]));
    let values = [
        ("count", count.as_str()),
        ("names", &listed(&names, locale)),
        ("name", names.first().map_or("", String::as_str)),
        ("verdict", verdict.as_deref().unwrap_or_default()),
        ("status", status.as_deref().unwrap_or_default()),
        ("reason", reason.as_deref().unwrap_or_default()),
        ("confirmed", confirmed.as_deref().unwrap_or_default()),
    ];
    messages::text(locale, "history", command, &values)
}

/// Names in one line; of many the first few.
fn listed(names: &[String], locale: Locale) -> String {
    const NAMED: usize = 5;
    let first = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(NAMED) {
        None | Some(0) => first,
        Some(more) => {
            format!("{first} {}", messages::text(locale, "word", "and-more", &[("count", &more.to_string())]))
        }
    }
}

/// What a row is called where a person reads it.
fn name(catalog: &Catalog, change: &Change, locale: Locale) -> String {
    match change {
        Change::Profile(profile) => profile.name.clone(),
        Change::Assessment(assessment) => {
            let texts = catalog.framework(&assessment.framework).map(|framework| framework.texts.get(locale));
            let framework = texts.map_or(assessment.framework.as_str(), |texts| &texts.name);
            format!("{framework}, {}", scope_name(texts, &assessment.scopes))
        }
        Change::Criterion(row) => catalog
            .frameworks
            .iter()
            .flat_map(|framework| framework.criteria.values().flatten())
            .find(|known| known.id == row.criterion)
            .map_or_else(|| row.criterion.to_string(), |criterion| criterion.texts.get(locale).statement.clone()),
        Change::Answer(answer) => requirement(catalog, &answer.requirement, locale),
        Change::Evidence(evidence) => evidence.called().to_owned(),
        Change::Task(task) => task.title.clone(),
        Change::Comment(comment) => comment.text.clone(),
        Change::Provider(provider) => provider.name.clone(),
        Change::Processing(row) => row.name.clone(),
        Change::PersonRequest(row) => super::person_request::title(row, locale),
        Change::Breach(row) => row.title.clone(),
        Change::SigningKey(row) => row.name.clone(),
        Change::Reply(row) => row.auditor.clone(),
        Change::Checklist(checklist) => {
            let framework = catalog.framework(&checklist.framework);
            let name = framework.map_or(checklist.framework.as_str(), |framework| &framework.texts.get(locale).name);
            format!("{name} {}", checklist.version)
        }
    }
}

fn requirement(catalog: &Catalog, id: &RequirementId, locale: Locale) -> String {
    match catalog.requirement(id) {
        Some((framework, _, requirement)) => {
            format!("{} {}", framework.texts.get(locale).name, requirement.label(locale))
        }
        None => id.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_that_writes_has_its_sentence_in_both_languages() {
        // A command that only reads never stands in a journal.
        let writes = [
            "create_workspace",
            "set_profile",
            "start_assessment",
            "confirm_criterion",
            "answer_requirement",
            "answer_many",
            "attach_evidence",
            "paste_evidence",
            "replace_evidence",
            "set_evidence",
            "remove_evidence",
            "add_note",
            "add_link",
            "link_evidence",
            "add_task",
            "set_task",
            "comment_task",
            "task_from_gap",
            "plan_duties",
            "change_scope",
            "carry_over",
            "import_checklist",
            "add_provider",
            "set_provider",
            "undo",
            "sign_off",
            "next_assessment",
            "add_processing",
            "set_processing",
            "start_processing",
            "add_person_request",
            "set_person_request",
            "add_breach",
            "set_breach",
            "make_signing_key",
            "remove_signing_key",
            "import_reply",
        ];
        for command in writes {
            for locale in Locale::ALL {
                let said = summary(Catalog::embedded().expect("a catalogue"), command, &[], *locale);
                assert!(!said.starts_with("history."), "{command} has no sentence in {locale}");
            }
        }
    }
}
