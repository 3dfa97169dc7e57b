//! The journal in words.

use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::{Session, catalog};
use crate::types::workspace::{History, HistoryEntry, HistoryPage};
use crate::view::scope_name;
use tillproof_catalog::Catalog;
use tillproof_domain::id::RequirementId;
use tillproof_domain::locale::Locale;
use tillproof_store::{Change, Reads, StoredEntry};

/// Entries on a page that does not say how many.
const PAGE: u32 = 100;
/// The most entries on a page.
const LARGEST_PAGE: u32 = 1000;

/// A stretch of the journal, the newest first.
///
/// # Errors
/// No workspace is open, or it cannot be read.
pub fn history(session: &mut Session, host: &dyn Host, request: History) -> Result<HistoryPage, Error> {
    let limit = request.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    page(session.store()?, host, request.before, limit, request.subject.as_deref())
}

pub(super) fn page(
    reads: &dyn Reads,
    host: &dyn Host,
    before: Option<u64>,
    limit: u32,
    subject: Option<&str>,
) -> Result<HistoryPage, Error> {
    let mut entries = reads.journal(before, limit + 1, subject)?;
    let more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let catalog = catalog(reads)?;
    Ok(HistoryPage { entries: entries.iter().map(|entry| in_words(&catalog, entry, host.locale())).collect(), more })
}

fn in_words(catalog: &Catalog, stored: &StoredEntry, locale: Locale) -> HistoryEntry {
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
        ("names", &names.join(", ")),
        ("name", names.first().map_or("", String::as_str)),
        ("verdict", verdict.as_deref().unwrap_or_default()),
        ("status", status.as_deref().unwrap_or_default()),
        ("reason", reason.as_deref().unwrap_or_default()),
        ("confirmed", confirmed.as_deref().unwrap_or_default()),
    ];
    messages::text(locale, "history", command, &values)
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
        Change::Evidence(evidence) => evidence.name.clone(),
        Change::Task(task) => task.title.clone(),
        Change::Comment(comment) => comment.text.clone(),
        Change::Provider(provider) => provider.name.clone(),
        Change::Processing(row) => row.name.clone(),
        Change::PersonRequest(row) => super::person_request::title(row, locale),
        Change::Breach(row) => row.title.clone(),
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
            "add_task",
            "set_task",
            "comment_task",
            "change_scope",
            "carry_over",
            "import_checklist",
            "add_provider",
            "set_provider",
            "add_processing",
            "set_processing",
            "start_processing",
            "add_person_request",
            "set_person_request",
            "add_breach",
            "set_breach",
        ];
        for command in writes {
            for locale in Locale::ALL {
                let said = summary(Catalog::embedded().expect("a catalogue"), command, &[], *locale);
                assert!(!said.starts_with("history."), "{command} has no sentence in {locale}");
            }
        }
    }
}
