//! Assessments and their criteria of eligibility.

use super::{commit, parse};
use crate::error::Error;
use crate::host::Host;
use crate::session::{Session, catalog};
use crate::types::assessment::{AssessmentSummary, ConfirmCriterion, StartAssessment};
use crate::view::Snapshot;
use chrono::{Days, Months};
use tillproof_domain::assessment::{Assessment, CriterionAnswer};
use tillproof_domain::id::{AssessmentId, CriterionId, FrameworkId, ScopeId};
use tillproof_store::{Change, Store};

/// Starts an assessment.
///
/// # Errors
/// The framework or scope is unknown or not yet written, or one is open already.
pub fn start_assessment(
    session: &mut Session,
    host: &dyn Host,
    request: StartAssessment,
) -> Result<AssessmentSummary, Error> {
    let frameworks = &catalog()?.frameworks;
    let known = || frameworks.iter().map(|framework| framework.id.as_str()).collect::<Vec<_>>().join(", ");
    let framework = catalog()?.framework(&FrameworkId(request.framework.clone())).ok_or_else(|| {
        Error::new("unknown-value").with("what", "framework").with("value", &request.framework).with("known", known())
    })?;
    let scopes = || framework.scopes.iter().map(|scope| scope.id.as_str()).collect::<Vec<_>>().join(", ");
    let scope = match (&request.scope, framework.scopes.as_slice()) {
        (Some(wanted), _) => framework.scope(&ScopeId(wanted.clone())).ok_or_else(|| {
            Error::new("unknown-value").with("what", "scope").with("value", wanted).with("known", scopes())
        })?,
        (None, [only]) => only,
        (None, _) => return Err(Error::new("scope-missing").with("known", scopes())),
    };
    if !scope.available {
        return Err(Error::new("scope-not-available").with("scope", &scope.id));
    }
    let period_start = parse::day_opt(request.period_start.as_deref())?.unwrap_or_else(|| host.today());
    let period_end = match parse::day_opt(request.period_end.as_deref())? {
        Some(end) => end,
        None => period_start
            .checked_add_months(Months::new(12))
            .and_then(|day| day.checked_sub_days(Days::new(1)))
            .ok_or_else(|| Error::new("invalid-date").with("value", period_start))?,
    };
    if period_end < period_start {
        return Err(Error::new("period-reversed").with("start", period_start).with("end", period_end));
    }
    let transaction = session.store_mut()?.begin()?;
    if transaction.assessments()?.iter().any(|open| open.framework == framework.id && open.scope == scope.id) {
        return Err(Error::new("assessment-open").with("framework", &framework.id).with("scope", &scope.id));
    }
    let assessment = Assessment {
        id: AssessmentId(host.new_uuid()),
        framework: framework.id.clone(),
        framework_version: framework.version.clone(),
        scope: scope.id.clone(),
        period_start,
        period_end,
        started_at: host.now(),
        rev: 1,
    };
    commit(transaction, host, "start_assessment", vec![Change::Assessment(assessment.clone())])?;
    Ok(Snapshot::read(session.store()?, host)?.summary(&assessment))
}

/// Confirms, denies or reopens a criterion of eligibility.
///
/// # Errors
/// No open assessment has the criterion, or several have.
pub fn confirm_criterion(
    session: &mut Session,
    host: &dyn Host,
    request: ConfirmCriterion,
) -> Result<AssessmentSummary, Error> {
    let wanted: Option<AssessmentId> =
        request.assessment.as_deref().map(|text| parse::id("assessment", text)).transpose()?;
    let criterion = CriterionId(request.criterion);
    let transaction = session.store_mut()?.begin()?;
    let has = |assessment: &&Assessment| {
        let framework = catalog().ok().and_then(|catalog| catalog.framework(&assessment.framework));
        let criteria = framework.and_then(|framework| framework.criteria.get(&assessment.scope));
        wanted.is_none_or(|id| assessment.id == id)
            && criteria.is_some_and(|criteria| criteria.iter().any(|known| known.id == criterion))
    };
    let assessments = transaction.assessments()?;
    let mut found = assessments.iter().filter(has);
    let assessment = match (found.next(), found.next()) {
        (Some(assessment), None) => assessment.clone(),
        (None, _) => return Err(Error::not_found("criterion", criterion)),
        (Some(_), Some(_)) => return Err(Error::new("which-assessment").with("requirement", criterion)),
    };
    let before = transaction.criteria(assessment.id)?.into_iter().find(|row| row.criterion == criterion);
    let rev = before.as_ref().map_or(0, |row| row.rev) + 1;
    if before.is_none_or(|row| row.confirmed != request.confirmed) {
        let row = CriterionAnswer { assessment: assessment.id, criterion, confirmed: request.confirmed, rev };
        commit(transaction, host, "confirm_criterion", vec![Change::Criterion(row)])?;
    } else {
        drop(transaction);
    }
    Ok(Snapshot::read(session.store()?, host)?.summary(&assessment))
}
