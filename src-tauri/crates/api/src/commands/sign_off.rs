//! Assessments over time: how one ends, how the next begins, and what differs between two.

use super::assessment::{find_assessment, find_framework, must_be_open, period, refuse_twin};
use super::{commit, guard, parse};
use crate::error::Error;
use crate::host::Host;
use crate::session::Session;
use crate::types::Empty;
use crate::types::assessment::{
    AssessmentSummary, Assessments, CompareAssessments, Comparison, NextAssessment, SignOffAssessment, VerdictChange,
};
use crate::view::{Snapshot, count};
use tillproof_domain::answer::{Answer, Verdict};
use tillproof_domain::assessment::{Assessment, SignOff};
use tillproof_domain::id::{AssessmentId, RequirementId};
use tillproof_domain::score::Direction;
use tillproof_store::{Change, Reads, Store};

/// All assessments: open ones first, then those that are signed off, the newest first.
///
/// # Errors
/// The workspace cannot be read.
pub fn list_assessments(session: &mut Session, host: &dyn Host, _: Empty) -> Result<Assessments, Error> {
    let snapshot = Snapshot::read(session.store()?, host)?;
    let mut list = snapshot.assessments_in_order();
    list.extend(snapshot.assessments.iter().filter(|assessment| !assessment.is_open()));
    Ok(Assessments { assessments: list.into_iter().map(|assessment| snapshot.summary(assessment)).collect() })
}

/// Ends an assessment. Whatever its outcome: what is signed is what is there, and it never changes
/// again. The journal head of that moment stands in it.
///
/// # Errors
/// The assessment is unknown or signed off already, or name or role are missing.
pub fn sign_off(
    session: &mut Session,
    host: &dyn Host,
    request: SignOffAssessment,
) -> Result<AssessmentSummary, Error> {
    let name = parse::bearable(parse::required("signer-missing", &request.name)?)?;
    let role = parse::bearable(parse::required("signer-missing", &request.role)?)?;
    guard::text(host, &name)?;
    guard::text(host, &role)?;
    let signed_on = parse::day_opt(request.signed_on.as_deref())?.unwrap_or_else(|| host.today());
    let transaction = session.store_mut()?.begin()?;
    let found = find_assessment(transaction.as_ref(), request.assessment.as_deref(), request.framework.as_deref())?;
    must_be_open(&found)?;
    let summary = Snapshot::read(transaction.as_ref(), host)?.summary(&found);
    let head = transaction.head()?;
    let signed = SignOff {
        at: host.now(),
        signed_on,
        name,
        role,
        seq: head.seq,
        head: head.hash,
        tally: summary.tally,
        outcome: summary.outcome,
    };
    let assessment = Assessment { signed_off: Some(signed), rev: found.rev + 1, ..found };
    commit(transaction, host, "sign_off", vec![Change::Assessment(assessment.clone())])?;
    Ok(Snapshot::read(session.store()?, host)?.summary(&assessment))
}

/// Starts the assessment that follows one that is signed off. Verdicts, notes and reasons come
/// along, marked as carried until somebody gives them anew; evidence and tasks belong to the
/// requirements and need not move. Criteria of eligibility are asked again.
///
/// # Errors
/// No or more than one assessment could be meant, it is still open, or the next one is there.
pub fn next_assessment(
    session: &mut Session,
    host: &dyn Host,
    request: NextAssessment,
) -> Result<AssessmentSummary, Error> {
    let catalog = session.catalog()?;
    let transaction = session.store_mut()?.begin()?;
    let last = last_of(transaction.as_ref(), &request)?;
    let framework = find_framework(&catalog, last.framework.as_str())?;
    refuse_twin(transaction.as_ref(), framework, &last.scopes)?;
    let after = last.period_end.succ_opt().unwrap_or(last.period_end);
    let (period_start, period_end) = period(request.period_start.as_deref(), request.period_end.as_deref(), after)?;
    let assessment = Assessment {
        id: AssessmentId(host.new_uuid()),
        framework: framework.id.clone(),
        framework_version: framework.version.clone(),
        scopes: last.scopes.clone(),
        period_start,
        period_end,
        started_at: host.now(),
        follows: Some(last.id),
        signed_off: None,
        rev: 1,
    };
    let mut rows = vec![Change::Assessment(assessment.clone())];
    for answer in transaction.answers(last.id)? {
        let carried_from = (answer.verdict != Verdict::Unanswered).then_some(last.id);
        rows.push(Change::Answer(Answer { assessment: assessment.id, carried_from, rev: 1, ..answer }));
    }
    commit(transaction, host, "next_assessment", rows)?;
    Ok(Snapshot::read(session.store()?, host)?.summary(&assessment))
}

/// The assessment that the next one follows: the one named, or the only one that is signed off and
/// has no follower.
fn last_of(reads: &dyn Reads, request: &NextAssessment) -> Result<Assessment, Error> {
    if let Some(id) = &request.assessment {
        let found = find_assessment(reads, Some(id), None)?;
        return if found.is_open() { Err(Error::new("not-signed-off")) } else { Ok(found) };
    }
    let rows = reads.rows()?;
    let followed = |id| rows.assessments.iter().any(|assessment| assessment.follows == Some(id));
    let mut found = rows
        .assessments
        .iter()
        .filter(|known| !known.is_open() && !followed(known.id))
        .filter(|known| request.framework.as_ref().is_none_or(|framework| known.framework.as_str() == framework));
    match (found.next(), found.next()) {
        (Some(last), None) => Ok(last.clone()),
        (Some(one), Some(_)) => Err(Error::new("which-assessment").with("requirement", &one.framework)),
        (None, _) => Err(Error::new("not-signed-off")),
    }
}

/// Compares the verdicts of two assessments of one framework.
///
/// # Errors
/// An assessment is unknown, there is no earlier one, or they are of two frameworks.
pub fn compare_assessments(
    session: &mut Session,
    host: &dyn Host,
    request: CompareAssessments,
) -> Result<Comparison, Error> {
    let store = session.store()?;
    let to = find_assessment(store, Some(&request.to), None)?;
    let from = match &request.from {
        Some(id) => find_assessment(store, Some(id), None)?,
        None => {
            let rows = store.rows()?;
            let before = to.follows.and_then(|id| rows.assessment(id));
            before.cloned().ok_or_else(|| Error::new("nothing-to-compare"))?
        }
    };
    if from.framework != to.framework {
        return Err(Error::new("not-comparable"));
    }
    let snapshot = Snapshot::read(store, host)?.with(store, from.id)?.with(store, to.id)?;
    let verdicts = |assessment: &Assessment| -> Vec<(RequirementId, Verdict)> {
        let placed = snapshot.requirements_of(assessment);
        placed.map(|placed| (placed.requirement.id.clone(), snapshot.verdict(&placed))).collect()
    };
    let (then, now) = (verdicts(&from), verdicts(&to));
    let find = |list: &[(RequirementId, Verdict)], id: &RequirementId| {
        list.iter().find(|(known, _)| known == id).map(|(_, verdict)| *verdict)
    };
    let gone = then.iter().filter(|(id, _)| find(&now, id).is_none());
    let pairs: Vec<(&RequirementId, Option<Verdict>, Option<Verdict>)> = now
        .iter()
        .map(|(id, verdict)| (id, find(&then, id), Some(*verdict)))
        .chain(gone.map(|(id, verdict)| (id, Some(*verdict), None)))
        .collect();
    let changes: Vec<VerdictChange> = pairs
        .iter()
        .filter(|(_, from, to)| from != to)
        .map(|(id, from, to)| VerdictChange {
            requirement: snapshot.reference(id),
            from: *from,
            to: *to,
            direction: Direction::of(*from, *to),
        })
        .collect();
    Ok(Comparison {
        same: count(pairs.iter().filter(|(_, from, to)| from == to)),
        from: snapshot.summary(&from),
        to: snapshot.summary(&to),
        changes,
    })
}
