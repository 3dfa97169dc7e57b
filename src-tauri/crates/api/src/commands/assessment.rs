//! Assessments and their criteria of eligibility.

use super::{commit, parse};
use crate::error::Error;
use crate::host::Host;
use crate::session::Session;
use crate::types::assessment::{AssessmentSummary, ChangeScope, ConfirmCriterion, StartAssessment};
use crate::view::Snapshot;
use chrono::{Days, Months, NaiveDate};
use tillproof_catalog::Catalog;
use tillproof_domain::assessment::{Assessment, CriterionAnswer};
use tillproof_domain::framework::Framework;
use tillproof_domain::id::{AssessmentId, CriterionId, FrameworkId, Scopes};
use tillproof_store::{Change, Reads, Store};

/// Starts an assessment.
///
/// # Errors
/// The framework or scope is unknown or not yet written, or one is open already.
pub fn start_assessment(
    session: &mut Session,
    host: &dyn Host,
    request: StartAssessment,
) -> Result<AssessmentSummary, Error> {
    let catalog = session.catalog()?;
    let framework = find_framework(&catalog, &request.framework)?;
    let scopes = parse::scopes(framework, request.scope.as_deref())?;
    let (period_start, period_end) =
        period(request.period_start.as_deref(), request.period_end.as_deref(), host.today())?;
    let transaction = session.store_mut()?.begin()?;
    refuse_twin(transaction.as_ref(), framework, &scopes)?;
    let assessment = Assessment {
        id: AssessmentId(host.new_uuid()),
        framework: framework.id.clone(),
        framework_version: framework.version.clone(),
        scopes,
        period_start,
        period_end,
        started_at: host.now(),
        follows: None,
        signed_off: None,
        rev: 1,
    };
    commit(transaction, host, "start_assessment", vec![Change::Assessment(assessment.clone())])?;
    Ok(Snapshot::read(session.store()?, host)?.summary(&assessment))
}

/// First and last day: as given, or from `otherwise` and for a year.
pub(super) fn period(
    start: Option<&str>,
    end: Option<&str>,
    otherwise: NaiveDate,
) -> Result<(NaiveDate, NaiveDate), Error> {
    let start = parse::day_opt(start)?.unwrap_or(otherwise);
    let end = match parse::day_opt(end)? {
        Some(end) => end,
        None => start
            .checked_add_months(Months::new(12))
            .and_then(|day| day.checked_sub_days(Days::new(1)))
            .ok_or_else(|| Error::new("invalid-date").with("value", start))?,
    };
    if end < start {
        return Err(Error::new("period-reversed").with("start", start).with("end", end));
    }
    Ok((start, end))
}

pub(super) fn find_framework<'c>(catalog: &'c Catalog, id: &str) -> Result<&'c Framework, Error> {
    let known = || catalog.frameworks.iter().map(|framework| framework.id.as_str()).collect::<Vec<_>>().join(", ");
    catalog
        .framework(&FrameworkId(id.to_owned()))
        .ok_or_else(|| Error::new("unknown-value").with("what", "framework").with("value", id).with("known", known()))
}

/// Two assessments of one framework and the same scopes could not be told apart.
pub(super) fn refuse_twin(reads: &dyn Reads, framework: &Framework, scopes: &Scopes) -> Result<(), Error> {
    if reads.rows()?.open_assessments().any(|open| open.framework == framework.id && open.scopes == *scopes) {
        return Err(Error::new("assessment-open").with("framework", &framework.id).with("scope", scopes));
    }
    Ok(())
}

/// The assessment that is meant: the one named, or the only one of the framework, or of all.
pub(super) fn find_assessment(
    reads: &dyn Reads,
    id: Option<&str>,
    framework: Option<&str>,
) -> Result<Assessment, Error> {
    let wanted: Option<AssessmentId> = id.map(|text| parse::id("assessment", text)).transpose()?;
    let rows = reads.rows()?;
    let mut found = rows
        .assessments
        .iter()
        .filter(|known| wanted.map_or(known.is_open(), |id| known.id == id))
        .filter(|known| framework.is_none_or(|framework| known.framework.as_str() == framework));
    match (found.next(), found.next()) {
        (Some(assessment), None) => Ok(assessment.clone()),
        (None, _) => Err(Error::not_found("assessment", id.or(framework).unwrap_or_default())),
        (Some(one), Some(_)) => Err(Error::new("which-assessment").with("requirement", &one.framework)),
    }
}

/// Refuses to change what is signed off.
pub(super) fn must_be_open(assessment: &Assessment) -> Result<(), Error> {
    match &assessment.signed_off {
        None => Ok(()),
        Some(signed) => {
            Err(Error::new("assessment-signed-off").with("name", &signed.name).with("day", signed.signed_on))
        }
    }
}

/// Gives an assessment other scopes, for a merchant who takes payments in another way than before.
/// No answer is lost: what does not apply any more is kept beside the list.
///
/// # Errors
/// The assessment or a scope is unknown or not yet written, or another assessment has these scopes.
pub fn change_scope(session: &mut Session, host: &dyn Host, request: ChangeScope) -> Result<AssessmentSummary, Error> {
    let catalog = session.catalog()?;
    let transaction = session.store_mut()?.begin()?;
    let found = find_assessment(transaction.as_ref(), request.assessment.as_deref(), request.framework.as_deref())?;
    must_be_open(&found)?;
    let framework = find_framework(&catalog, found.framework.as_str())?;
    let scopes = parse::scopes(framework, Some(&request.scope))?;
    let assessment = if scopes == found.scopes {
        drop(transaction);
        found
    } else {
        refuse_twin(transaction.as_ref(), framework, &scopes)?;
        let assessment = Assessment { scopes, rev: found.rev + 1, ..found };
        commit(transaction, host, "change_scope", vec![Change::Assessment(assessment.clone())])?;
        assessment
    };
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
    let catalog = session.catalog()?;
    let transaction = session.store_mut()?.begin()?;
    let has = |assessment: &&Assessment| {
        let criteria = catalog
            .framework(&assessment.framework)
            .into_iter()
            .flat_map(|framework| assessment.scopes.iter().filter_map(|scope| framework.criteria.get(scope)).flatten());
        wanted.map_or(assessment.is_open(), |id| assessment.id == id)
            && criteria.into_iter().any(|known| known.id == criterion)
    };
    let rows = transaction.rows()?;
    let mut found = rows.assessments.iter().filter(has);
    let assessment = match (found.next(), found.next()) {
        (Some(assessment), None) => assessment.clone(),
        (None, _) => return Err(Error::not_found("criterion", criterion)),
        (Some(_), Some(_)) => return Err(Error::new("which-assessment").with("requirement", criterion)),
    };
    drop(rows);
    must_be_open(&assessment)?;
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
