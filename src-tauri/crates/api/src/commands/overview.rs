//! Where the merchant stands, and the one thing to do next.

use super::quality;
use super::register::register_clocks;
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::types::Empty;
use crate::types::overview::{NextStep, Overview, ThemeTally};
use crate::view::{Placed, Snapshot, count};
use chrono::TimeDelta;
use tillproof_domain::framework::Effort;
use tillproof_domain::freshness::{DUE_SOON_DAYS, ProofState, state_on};
use tillproof_domain::score::Tally;

/// The most tasks, and the most evidence, that an overview shows.
const SHOWN: usize = 20;

/// Where the merchant stands.
///
/// # Errors
/// No workspace is open, or it cannot be read.
pub fn overview(session: &mut Session, host: &dyn Host, _: Empty) -> Result<Overview, Error> {
    let store = session.store()?;
    let snapshot = Snapshot::read(store, host)?;
    let placed: Vec<Placed<'_>> = snapshot
        .assessments_in_order()
        .into_iter()
        .flat_map(|assessment| snapshot.requirements_of(assessment))
        .collect();
    let themes = snapshot
        .catalog
        .themes
        .iter()
        .map(|theme| {
            let of_theme = placed.iter().filter(|placed| placed.requirement.facts.themes.contains(&theme.id));
            let texts = theme.texts.get(snapshot.locale);
            ThemeTally {
                id: theme.id.to_string(),
                name: texts.name.clone(),
                summary: texts.summary.clone(),
                core: theme.core,
                tally: of_theme.map(|placed| snapshot.verdict(placed)).collect::<Tally>(),
            }
        })
        .filter(|theme| theme.tally.total() > 0)
        .collect();
    let soon = snapshot.today + TimeDelta::days(DUE_SOON_DAYS);
    let due = |task: &&&tillproof_domain::task::Task| task.status.is_open() && task.due.is_some_and(|due| due <= soon);
    let ordered = snapshot.tasks_in_order();
    let due: Vec<_> = ordered.iter().filter(due).collect();
    let expiring = snapshot.evidence_list().filter(|evidence| {
        evidence.is_current()
            && matches!(
                state_on(evidence.collected_on, snapshot.counts_until(evidence), snapshot.today),
                ProofState::DueSoon | ProofState::Expired
            )
    });
    let expiring: Vec<_> = expiring.collect();
    let clocks = register_clocks(store, host)?;
    Ok(Overview {
        quality: quality::points(&snapshot, &clocks).counts,
        clocks,
        next_step: next_step(&snapshot, &placed, store.profile()?.finder_answers.is_empty()),
        assessments: snapshot
            .assessments_in_order()
            .into_iter()
            .map(|assessment| snapshot.summary(assessment))
            .collect(),
        themes,
        tasks: due.iter().take(SHOWN).map(|task| snapshot.task_view(task)).collect(),
        tasks_total: count(due.iter()),
        expiring: expiring.iter().take(SHOWN).map(|evidence| snapshot.evidence_view(evidence)).collect(),
        expiring_total: count(expiring.iter()),
    })
}

/// The one thing to do next: first what is overdue, then eligibility, then open requirements in
/// the order of the path, then reasons and proof that are missing, then the report.
fn next_step(snapshot: &Snapshot, placed: &[Placed<'_>], finder_open: bool) -> Option<NextStep> {
    let step = |kind: &str, name: &str| NextStep {
        kind: kind.to_owned(),
        title: messages::text(snapshot.locale, "next", kind, &[("name", name)]),
        why: messages::text(snapshot.locale, "next-why", kind, &[("name", name)]),
        requirement: None,
        assessment: None,
        task: None,
    };
    if snapshot.open_assessments().next().is_none() {
        let kind = match (snapshot.assessments.is_empty(), finder_open) {
            (false, _) => "next-list",
            (true, true) => "set-up",
            (true, false) => "start",
        };
        return Some(step(kind, ""));
    }
    if let Some(task) = snapshot.tasks_in_order().into_iter().find(|task| task.is_overdue(snapshot.today)) {
        return Some(NextStep { task: Some(task.id.to_string()), ..step("task", &task.title) });
    }
    for assessment in snapshot.assessments_in_order() {
        if let Some(open) = snapshot.criteria(assessment).into_iter().find(|criterion| criterion.confirmed.is_none()) {
            let step = step("confirm-criterion", &open.statement);
            return Some(NextStep { assessment: Some(assessment.id.to_string()), ..step });
        }
    }
    let about = |kind: &str, placed: &Placed<'_>| {
        let texts = placed.requirement.texts.get(snapshot.locale);
        let label = placed.requirement.label(snapshot.locale);
        let name = messages::text(snapshot.locale, "word", "titled", &[("label", label), ("title", &texts.title)]);
        NextStep {
            requirement: Some(placed.requirement.id.to_string()),
            assessment: Some(placed.assessment.id.to_string()),
            ..step(kind, &name)
        }
    };
    let path = snapshot.path(placed);
    let unanswered = |placed: &Placed<'_>| snapshot.verdict(placed) == tillproof_domain::answer::Verdict::Unanswered;
    if let Some((first, unlocks)) = path.iter().find(|(placed, _)| unanswered(placed)) {
        return Some(NextStep { why: why(snapshot, first, *unlocks), ..about("answer", first) });
    }
    if let Some(first) = placed.iter().find(|placed| Snapshot::reason_missing(snapshot.answer(placed))) {
        return Some(about("give-reason", first));
    }
    let met = || placed.iter().filter(|placed| snapshot.verdict(placed).claims_met());
    let proof = |placed: &&Placed<'_>| snapshot.row(placed).proof;
    if let Some(first) = met().find(|placed| proof(placed) == ProofState::Expired) {
        return Some(about("renew-proof", first));
    }
    if let Some(first) = met().find(|placed| proof(placed) == ProofState::Missing) {
        return Some(about("attach-proof", first));
    }
    // Only gaps are left on the path.
    if let Some((first, _)) = path.first() {
        return Some(about("close-gap", first));
    }
    Some(step("report", ""))
}

/// Why an open requirement comes before all others: its milestone, what waits for it, how quick it is.
fn why(snapshot: &Snapshot, placed: &Placed<'_>, unlocks: u32) -> String {
    let say = |key: &str, values: &[(&str, &str)]| messages::text(snapshot.locale, "next-because", key, values);
    let facts = &placed.requirement.facts;
    let mut reasons = vec![match facts.milestone {
        Some(milestone) => say("milestone", &[("milestone", &milestone.to_string())]),
        None => say("no-milestone", &[]),
    }];
    match unlocks {
        0 => {}
        1 => reasons.push(say("unlocks-one", &[])),
        more => reasons.push(say("unlocks", &[("count", &more.to_string())])),
    }
    if facts.effort == Effort::Minutes {
        reasons.push(say("quick", &[]));
    }
    reasons.join(" ")
}
