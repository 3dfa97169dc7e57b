//! What does not fit together: a verdict without proof, a task done for a gap that is still open.
//!
//! Nothing here changes a verdict. A person decides.

use super::register::register_clocks;
use super::{parse, provider};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::types::quality::{DataQuality, ListQuality, QualityCount, QualityKind, QualityPoint, RegisterRow};
use crate::types::register::RegisterClock;
use crate::view::{Placed, Snapshot, count};
use chrono::TimeDelta;
use std::collections::BTreeMap;
use tillproof_domain::answer::Verdict;
use tillproof_domain::freshness::ProofState;
use tillproof_domain::register::ClockState;
use tillproof_domain::task::TaskStatus;

/// Days after a verdict in which its proof may still come.
const PATIENCE_DAYS: i64 = 30;

/// What does not fit together.
///
/// # Errors
/// No workspace is open, it cannot be read, or there is no such kind.
pub fn data_quality(session: &mut Session, host: &dyn Host, request: ListQuality) -> Result<DataQuality, Error> {
    let kind = request.kind.as_deref().map(|text| parse::word::<QualityKind>("quality-kind", text)).transpose()?;
    let store = session.store()?;
    let mut quality = points(&Snapshot::read(store, host)?, &register_clocks(store, host)?);
    let mut of_each: BTreeMap<QualityKind, u32> = BTreeMap::new();
    quality.points.retain(|point| {
        let before = of_each.entry(point.kind).or_default();
        *before += 1;
        kind.is_none_or(|kind| point.kind == kind) && request.limit.is_none_or(|limit| *before <= limit)
    });
    Ok(quality)
}

/// What does not fit together in a snapshot, and the periods of its registers.
pub(super) fn points(snapshot: &Snapshot, clocks: &[RegisterClock]) -> DataQuality {
    let mut points = Vec::new();
    for assessment in snapshot.assessments_in_order() {
        for placed in snapshot.requirements_of(assessment) {
            points.extend(kinds(snapshot, &placed).into_iter().map(|kind| about(snapshot, kind, &placed)));
        }
    }
    points.extend(done_for_nothing(snapshot));
    for known in snapshot.providers_by_name() {
        points.extend(provider::provider_points(snapshot, std::slice::from_ref(known)).into_iter().map(|one| {
            let values = [("name", known.name.as_str()), ("lack", &one.lack.text)];
            QualityPoint { provider: Some(one.provider.to_string()), ..point(snapshot, QualityKind::Provider, &values) }
        }));
    }
    for clock in clocks.iter().filter(|clock| clock.state == ClockState::Overdue) {
        let row = RegisterRow { register: clock.register, id: clock.id.clone() };
        let day = clock.due.get(..10).and_then(|day| day.parse().ok());
        let due = day.map_or_else(|| clock.due.clone(), |day| snapshot.locale.day(day));
        let values = [("name", clock.title.as_str()), ("due", due.as_str())];
        points.push(QualityPoint { register: Some(row), ..point(snapshot, QualityKind::Register, &values) });
    }
    points.sort_by_key(|point| point.kind);
    let counts = QualityKind::ALL.iter().map(|kind| QualityCount {
        kind: *kind,
        name: messages::text(snapshot.locale, "quality-kind", kind.as_str(), &[]),
        count: count(points.iter().filter(|point| point.kind == *kind)),
    });
    DataQuality { counts: counts.filter(|one| one.count > 0).collect(), points }
}

fn point(snapshot: &Snapshot, kind: QualityKind, values: &[(&str, &str)]) -> QualityPoint {
    QualityPoint {
        kind,
        text: messages::text(snapshot.locale, "quality", kind.as_str(), values),
        requirement: None,
        assessment: None,
        task: None,
        provider: None,
        register: None,
    }
}

fn about(snapshot: &Snapshot, kind: QualityKind, placed: &Placed<'_>) -> QualityPoint {
    let reference = snapshot.reference(&placed.requirement.id);
    let values =
        [("framework", reference.framework_name.as_str()), ("label", &reference.label), ("title", &reference.title)];
    QualityPoint {
        requirement: Some(reference.id.clone()),
        assessment: Some(placed.assessment.id.to_string()),
        ..point(snapshot, kind, &values)
    }
}

/// What does not fit about one requirement.
fn kinds(snapshot: &Snapshot, placed: &Placed<'_>) -> Vec<QualityKind> {
    let Some(answer) = snapshot.answer(placed).filter(|answer| answer.verdict != Verdict::Unanswered) else {
        return Vec::new();
    };
    let mut kinds = Vec::new();
    let row = snapshot.row(placed);
    if answer.verdict.claims_met() {
        match row.proof {
            ProofState::Missing => kinds.push(QualityKind::NoProof),
            ProofState::Expired => kinds.push(QualityKind::ProofExpired),
            _ => {}
        }
    }
    if row.reason_missing {
        kinds.push(QualityKind::ReasonMissing);
    }
    if !row.worksheet_open.is_empty() {
        kinds.push(QualityKind::WorksheetOpen);
    }
    if answer.carried_from.is_some() {
        kinds.push(QualityKind::Carried);
    } else {
        // Proof that comes after a gap may close it; proof that comes soon after "in place" is the
        // usual order of work, one that renews it later asks for another look.
        let patience = if answer.verdict.is_gap() { TimeDelta::zero() } else { TimeDelta::days(PATIENCE_DAYS) };
        let since = answer.answered_at.to_utc() + patience;
        if snapshot.evidence_for(&placed.requirement.id).any(|evidence| evidence.added_at.to_utc() > since) {
            kinds.push(QualityKind::VerdictOlder);
        }
    }
    kinds
}

/// Tasks that are done although a requirement they were for is still open.
fn done_for_nothing(snapshot: &Snapshot) -> Vec<QualityPoint> {
    let mut points = Vec::new();
    for task in snapshot.tasks().iter().filter(|task| task.status == TaskStatus::Done) {
        let closed = task.closed_at.unwrap_or(task.created_at);
        for id in &task.requirements {
            let Ok(placed) = snapshot.place(id, None) else { continue };
            let Some(answer) = snapshot.answer(&placed).filter(|answer| answer.verdict.is_gap()) else { continue };
            // Whoever found the gap after the task was done knows better.
            if answer.answered_at > closed {
                continue;
            }
            let mut point = about(snapshot, QualityKind::TaskDone, &placed);
            let label = snapshot.reference(id).label;
            let values = [("task", task.title.as_str()), ("label", label.as_str())];
            point.text = messages::text(snapshot.locale, "quality", QualityKind::TaskDone.as_str(), &values);
            point.task = Some(task.id.to_string());
            points.push(point);
        }
    }
    points
}
