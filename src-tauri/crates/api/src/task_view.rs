//! How a task goes over the wire: with its proof as it counts today, its place in a series, and what
//! is still open although it is done.

use crate::commands::provider::current;
use crate::messages;
use crate::types::evidence::RequirementRef;
use crate::types::task::{Cost, RecurrenceView, TaskCommentView, TaskProof, TaskView};
use crate::view::{Placed, Snapshot};
use tillproof_domain::answer::Verdict;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::id::{EvidenceId, RequirementId};
use tillproof_domain::locale::Locale;
use tillproof_domain::money::Money;
use tillproof_domain::recurrence::{Recurrence, Unit};
use tillproof_domain::task::{Task, TaskStatus};
use tillproof_domain::time::Timestamp;

pub(crate) fn of(snapshot: &Snapshot, task: &Task) -> TaskView {
    TaskView {
        id: task.id.to_string(),
        title: task.title.clone(),
        description: task.description.clone(),
        owner: task.owner.clone(),
        due: task.due.map(|day| day.to_string()),
        overdue: task.is_overdue(snapshot.today),
        due_soon: task.is_due_soon(snapshot.today),
        priority: task.priority,
        status: task.status,
        requirements: task.requirements.iter().map(|id| snapshot.reference(id)).collect(),
        effort_minutes: task.effort_minutes,
        cost: task.cost.as_ref().map(cost),
        links: task.links.clone(),
        recurrence: task.recurrence.as_ref().map(|rule| recurrence(&Recurrence::stored(rule.clone()), snapshot.locale)),
        proof: task.proof.iter().filter_map(|id| proof(snapshot, *id)).collect(),
        follows: task.follows.map(|id| id.to_string()),
        followed_by: snapshot.task_after(task.id).map(|next| next.to_string()),
        verdict_open: verdict_open(snapshot, task),
        card_data_reason: task.card_data_reason.clone(),
        comments: snapshot
            .comments_on(task.id)
            .iter()
            .map(|comment| TaskCommentView {
                at: comment.at.to_rfc3339(),
                author: comment.author.clone(),
                text: comment.text.clone(),
                card_data_reason: comment.card_data_reason.clone(),
            })
            .collect(),
        created_at: task.created_at.to_rfc3339(),
        closed_at: task.closed_at.map(Timestamp::to_rfc3339),
        rev: task.rev,
    }
}

pub(crate) fn cost(money: &Money) -> Cost {
    Cost { amount: money.amount(), currency: money.currency.clone() }
}

pub(crate) fn recurrence(rule: &Recurrence, locale: Locale) -> RecurrenceView {
    let span = rule.span();
    let say = |key: &str, count: u32| messages::text(locale, "every", key, &[("count", &count.to_string())]);
    let text = match span {
        Some((unit, 1)) => say(unit.as_str(), 1),
        Some((Unit::Day, count)) => say("days", count),
        Some((Unit::Week, count)) => say("weeks", count),
        Some((Unit::Month, count)) => say("months", count),
        Some((Unit::Year, count)) => say("years", count),
        None => messages::text(locale, "every", "rule", &[("rule", rule.as_str())]),
    };
    RecurrenceView {
        rule: rule.as_str().to_owned(),
        unit: span.map(|(unit, _)| unit),
        every: span.map(|(_, count)| count),
        text,
    }
}

/// An evidence under its newest version; one that was removed is named and does not count.
fn proof(snapshot: &Snapshot, id: EvidenceId) -> Option<TaskProof> {
    let linked = snapshot.evidence_by_id(id)?;
    let counts = current(snapshot, id);
    let shown: &Evidence = counts.unwrap_or(linked);
    Some(TaskProof { id: shown.id.to_string(), name: shown.name.clone(), counts: counts.is_some() })
}

/// The requirements of a task that is done whose answer is still a gap, or not given: the work is
/// said to be finished, and nobody has looked at the requirement since.
fn verdict_open(snapshot: &Snapshot, task: &Task) -> Vec<RequirementRef> {
    if task.status != TaskStatus::Done {
        return Vec::new();
    }
    let open = |id: &&RequirementId| {
        let Some((framework, section, requirement)) = snapshot.catalog.requirement(id) else { return false };
        snapshot
            .assessments
            .iter()
            .filter(|assessment| assessment.framework == id.framework)
            .map(|assessment| Placed { framework, section, requirement, assessment })
            .filter(|placed| snapshot.applies(placed))
            .map(|placed| snapshot.verdict(&placed))
            .any(|verdict| verdict == Verdict::Unanswered || verdict.is_gap())
    };
    task.requirements.iter().filter(open).map(|id| snapshot.reference(id)).collect()
}
