//! Tasks that Tillproof words itself: from a gap, and for every proof that has to be renewed.

use super::{commit, guard, parse, task};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::task_view;
use crate::types::task::{Duties, DutyView, PlanDuties, TaskFromGap, TaskView};
use crate::view::{Placed, Snapshot, count};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use tillproof_domain::answer::Verdict;
use tillproof_domain::framework::{Effort, LinkKind, Obligation, RequirementFacts};
use tillproof_domain::freshness::counts_until;
use tillproof_domain::id::{AssessmentId, RequirementId};
use tillproof_domain::locale::Locale;
use tillproof_domain::recurrence::{Recurrence, days_after};
use tillproof_domain::task::{Priority, Task};
use tillproof_domain::time::CalendarSpan;
use tillproof_store::{Change, Store};

/// Where there is no proof yet, it is due in so many days: soon, and not overdue on the first day.
const FIRST_PROOF_DAYS: i64 = 14;
/// Milestones whose tasks go before the others (PCI SSC Prioritized Approach).
const EARLY_MILESTONE: u8 = 2;
/// The last year of which a day can be written.
const LAST_YEAR: i32 = 9999;

/// Makes a task from a requirement that is not met, with its own words, steps and target date.
///
/// # Errors
/// The requirement is met or does not apply, or an open task is there for it.
pub fn task_from_gap(session: &mut Session, host: &dyn Host, request: TaskFromGap) -> Result<TaskView, Error> {
    let id = parse::requirement(session.catalog()?.as_ref(), &request.requirement)?;
    let assessment = request.assessment.as_deref().map(|text| parse::id("assessment", text)).transpose()?;
    let due = parse::day_opt(request.due.as_deref())?;
    let owner = parse::bearable(request.owner.unwrap_or_default())?;
    guard::text(host, &owner)?;
    let transaction = session.store_mut()?.begin()?;
    let snapshot = Snapshot::read(transaction.as_ref(), host)?;
    let placed = snapshot.place(&id, assessment)?;
    let label = placed.requirement.label(snapshot.locale);
    let verdict = snapshot.verdict(&placed);
    if verdict.claims_met() || verdict == Verdict::NotApplicable || !snapshot.applies(&placed) {
        return Err(Error::new("no-gap").with("requirement", label).with("verdict", verdict));
    }
    // A duty that comes back does not close a gap.
    let open = |task: &&Task| task.status.is_open() && task.recurrence.is_none();
    if let Some(task) = snapshot.tasks_for(&id).find(open) {
        return Err(Error::new("task-open").with("requirement", label).with("title", &task.title));
    }
    let texts = placed.requirement.texts.get(snapshot.locale);
    let steps = texts.steps.iter().enumerate().map(|(i, step)| format!("{}. {step}", i + 1));
    let task = Task {
        description: steps.collect::<Vec<_>>().join("\n"),
        owner,
        due: due.or_else(|| snapshot.answer(&placed).and_then(|answer| answer.target_date)),
        priority: priority(&placed.requirement.facts),
        requirements: vec![id],
        ..task::new(host, say(snapshot.locale, "from-gap", &texts.title, &[&named(&snapshot, &placed)]))
    };
    let id = task.id;
    // What is kept of the rows must be let go before they move on.
    drop(snapshot);
    commit(transaction, host, "task_from_gap", vec![Change::Task(task)])?;
    task::view(session, host, id)
}

/// Early milestones first, advice last; what takes minutes one step sooner.
fn priority(facts: &RequirementFacts) -> Priority {
    let quick = facts.effort == Effort::Minutes;
    match (facts.obligation, facts.milestone) {
        (Obligation::Advice, _) if quick => Priority::Normal,
        (Obligation::Advice, _) => Priority::Low,
        (Obligation::Required, Some(milestone)) if milestone <= EARLY_MILESTONE => Priority::High,
        (Obligation::Required, _) if quick => Priority::High,
        (Obligation::Required, _) => Priority::Normal,
    }
}

fn say(locale: Locale, key: &str, title: &str, names: &[&str]) -> String {
    messages::text(locale, "duty", key, &[("title", title), ("requirement", &names.join(", "))])
}

/// The framework's name and the number: `PCI DSS 8.3.6`.
fn named(snapshot: &Snapshot, placed: &Placed<'_>) -> String {
    let name = &placed.framework.texts.get(snapshot.locale).name;
    let label = placed.requirement.label(snapshot.locale);
    messages::text(snapshot.locale, "word", "requirement", &[("framework", name), ("label", label)])
}

/// A proof that has to be renewed, and by when.
struct Renewal<'a> {
    placed: Placed<'a>,
    every: CalendarSpan,
    due: NaiveDate,
    proven: bool,
}

/// Plans a recurring task for every requirement whose proof grows old and that has none. What one
/// and the same document proves is one task, if it is renewed equally often.
///
/// # Errors
/// There is no such assessment.
pub fn plan_duties(session: &mut Session, host: &dyn Host, request: PlanDuties) -> Result<Duties, Error> {
    let assessment: Option<AssessmentId> =
        request.assessment.as_deref().map(|text| parse::id("assessment", text)).transpose()?;
    if request.preview {
        let snapshot = Snapshot::read(session.store()?, host)?;
        let planned = plan(&snapshot, host, assessment)?;
        return Ok(Duties { duties: planned.into_iter().map(|(duty, _)| duty).collect(), made: 0 });
    }
    let transaction = session.store_mut()?.begin()?;
    let snapshot = Snapshot::read(transaction.as_ref(), host)?;
    let planned = plan(&snapshot, host, assessment)?;
    let made = count(planned.iter());
    let changes: Vec<Change> = planned.iter().map(|(_, task)| Change::Task(task.clone())).collect();
    if changes.is_empty() {
        drop(transaction);
    } else {
        commit(transaction, host, "plan_duties", changes)?;
    }
    let duties = planned.into_iter().map(|(duty, task)| DutyView { task: Some(task.id.to_string()), ..duty });
    Ok(Duties { duties: duties.collect(), made })
}

fn plan(
    snapshot: &Snapshot,
    host: &dyn Host,
    assessment: Option<AssessmentId>,
) -> Result<Vec<(DutyView, Task)>, Error> {
    if let Some(id) = assessment.filter(|id| snapshot.assessments.iter().all(|known| known.id != *id)) {
        return Err(Error::not_found("assessment", id));
    }
    let renewals = renewals(snapshot, assessment);
    let mut planned: Vec<(DutyView, Task)> =
        groups(snapshot, &renewals).iter().filter_map(|group| duty(snapshot, host, group)).collect();
    planned.sort_by(|(_, a), (_, b)| (a.due, &a.requirements).cmp(&(b.due, &b.requirements)));
    Ok(planned)
}

/// The requirements that need a recurring task, each once, in the order of the lists.
fn renewals(snapshot: &Snapshot, assessment: Option<AssessmentId>) -> BTreeMap<RequirementId, Renewal<'_>> {
    let mut renewals = BTreeMap::new();
    let wanted = snapshot.open_assessments().filter(|open| assessment.is_none_or(|id| open.id == id));
    for placed in wanted.flat_map(|open| snapshot.requirements_of(open)) {
        let id = &placed.requirement.id;
        let Some(rule) = &placed.requirement.facts.freshness else { continue };
        let planned = snapshot.tasks_for(id).any(|task| task.status.is_open() && task.recurrence.is_some());
        if planned || snapshot.verdict(&placed) == Verdict::NotApplicable {
            continue;
        }
        let until = snapshot.evidence_for(id).filter_map(|evidence| counts_until(evidence, Some(rule))).max();
        let until = until.filter(|day| day.year() <= LAST_YEAR);
        let due = until.unwrap_or_else(|| days_after(snapshot.today, FIRST_PROOF_DAYS));
        let renewal = Renewal { placed, every: rule.every, due, proven: until.is_some() };
        renewals.entry(id.clone()).or_insert(renewal);
    }
    renewals
}

/// Renewals that one document serves: linked as same evidence, directly with the first of them,
/// and equally often. Chains of links are not followed, because their ends have little in common.
fn groups<'r, 'a>(
    snapshot: &Snapshot,
    renewals: &'r BTreeMap<RequirementId, Renewal<'a>>,
) -> Vec<Vec<&'r Renewal<'a>>> {
    let mut taken: BTreeSet<&RequirementId> = BTreeSet::new();
    let mut groups = Vec::new();
    // A requirement with many partners draws them together, whatever the order of their ids.
    let partners = |id: &RequirementId, every: CalendarSpan| -> Vec<&'r RequirementId> {
        let same = snapshot.catalog.links_of(id).filter(|(link, _)| link.kind == LinkKind::SameEvidence);
        let known = same.filter_map(|(_, other)| renewals.get_key_value(other));
        known.filter(|(_, renewal)| renewal.every == every).map(|(id, _)| id).collect()
    };
    let mut order: Vec<(&RequirementId, &Renewal<'a>)> = renewals.iter().collect();
    order.sort_by_key(|(id, renewal)| std::cmp::Reverse(partners(id, renewal.every).len()));
    for (id, renewal) in order {
        if !taken.insert(id) {
            continue;
        }
        let mut group = vec![renewal];
        for partner in partners(id, renewal.every) {
            if taken.insert(partner) {
                group.extend(renewals.get(partner));
            }
        }
        groups.push(group);
    }
    groups
}

fn duty(snapshot: &Snapshot, host: &dyn Host, group: &[&Renewal<'_>]) -> Option<(DutyView, Task)> {
    let first = group.first()?;
    let locale = snapshot.locale;
    // One document serves them all, so the proof of one says when the next is due.
    let proven = group.iter().filter(|renewal| renewal.proven).min_by_key(|renewal| renewal.due);
    let soonest = proven.or_else(|| group.iter().min_by_key(|renewal| renewal.due))?;
    let due = soonest.due;
    let mut requirements: Vec<RequirementId> =
        group.iter().map(|renewal| renewal.placed.requirement.id.clone()).collect();
    requirements.sort();
    let proofs = group.iter().map(|renewal| {
        let texts = renewal.placed.requirement.texts.get(locale);
        let lines = texts.proof.iter().map(|proof| format!("- {proof}")).collect::<Vec<_>>();
        format!("{}: {}\n{}", named(snapshot, &renewal.placed), texts.title, lines.join("\n"))
    });
    let names: Vec<String> = group.iter().map(|renewal| named(snapshot, &renewal.placed)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let rule = Recurrence::every(first.every);
    let task = Task {
        description: proofs.collect::<Vec<_>>().join("\n\n"),
        due: Some(due),
        priority: group.iter().map(|renewal| priority(&renewal.placed.requirement.facts)).max()?,
        requirements,
        recurrence: Some(rule.as_str().to_owned()),
        ..task::new(host, say(locale, "renew", &first.placed.requirement.texts.get(locale).title, &names))
    };
    let view = DutyView {
        title: task.title.clone(),
        requirements: task.requirements.iter().map(|id| snapshot.reference(id)).collect(),
        recurrence: task_view::recurrence(&rule, locale),
        due: due.to_string(),
        proven: soonest.proven,
        task: None,
    };
    Some((view, task))
}
