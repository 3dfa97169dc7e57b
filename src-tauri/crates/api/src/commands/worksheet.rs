//! Worksheets: what the official forms ask beyond a verdict, in words and as a list.
//!
//! Deliberately absent: writing them. They belong to the answer (`answer_requirement`).

use super::parse;
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::types::worksheet::{
    ListWorksheets, WorksheetFieldView, WorksheetReason, WorksheetRow, WorksheetView, Worksheets,
};
use crate::view::{Placed, Snapshot, count};
use std::collections::BTreeMap;
use tillproof_domain::answer::Answer;
use tillproof_domain::id::AssessmentId;
use tillproof_domain::locale::Locale;
use tillproof_domain::worksheet::{WorksheetField, WorksheetKind, WorksheetState};
use tillproof_report::input;

/// The worksheets of the open assessments, those that nobody claims left out.
///
/// # Errors
/// No workspace is open, or there is no such assessment.
pub fn list_worksheets(session: &mut Session, host: &dyn Host, request: ListWorksheets) -> Result<Worksheets, Error> {
    let snapshot = Snapshot::read(session.store()?, host)?;
    let wanted: Option<AssessmentId> =
        request.assessment.as_deref().map(|text| parse::id("assessment", text)).transpose()?;
    if let Some(id) = wanted.filter(|id| snapshot.assessments.iter().all(|known| known.id != *id)) {
        return Err(Error::not_found("assessment", id));
    }
    let assessments = snapshot.assessments_in_order();
    let of_wanted = assessments.into_iter().filter(|one| wanted.is_none_or(|id| one.id == id));
    let all: Vec<WorksheetRow> =
        of_wanted.flat_map(|one| snapshot.requirements_of(one)).filter_map(|placed| row(&snapshot, &placed)).collect();
    let is_open = |row: &&WorksheetRow| row.state == WorksheetState::Open;
    let open = count(all.iter().filter(is_open));
    Ok(Worksheets { worksheets: all.into_iter().filter(|row| !request.open || is_open(&row)).collect(), open })
}

fn row(snapshot: &Snapshot, placed: &Placed<'_>) -> Option<WorksheetRow> {
    let answer = snapshot.answer(placed)?;
    let worksheet = view(placed, Some(answer), snapshot.locale).filter(|one| one.state != WorksheetState::Offered)?;
    let reference = snapshot.reference(&placed.requirement.id);
    Some(WorksheetRow {
        requirement: reference.id,
        label: reference.label,
        framework_name: reference.framework_name,
        requirement_title: reference.title,
        assessment: placed.assessment.id.to_string(),
        verdict: answer.verdict,
        kind: worksheet.kind,
        state: worksheet.state,
        open: open_points(placed, Some(answer)),
        worksheet,
    })
}

/// The points that are left to fill in; none where the framework asks for no worksheets.
pub(crate) fn open_points(placed: &Placed<'_>, answer: Option<&Answer>) -> Vec<WorksheetField> {
    let asked = WorksheetKind::asked_by(&placed.framework.verdicts);
    answer.filter(|_| asked).map(Answer::open_points).unwrap_or_default()
}

/// The worksheet that an answer asks for or may use, with its words.
pub(super) fn view(placed: &Placed<'_>, answer: Option<&Answer>, locale: Locale) -> Option<WorksheetView> {
    let answer = answer.filter(|_| WorksheetKind::asked_by(&placed.framework.verdicts))?;
    let kind = WorksheetKind::of(answer.verdict)?;
    let say = |group: &str, key: &str| messages::text(locale, group, key, &[]);
    let open = answer.open_points();
    let field = |field: &WorksheetField| WorksheetFieldView {
        field: *field,
        label: say("worksheet-field", field.as_str()),
        help: say("worksheet-help", field.as_str()),
        text: answer.worksheet.get(field).cloned().unwrap_or_default(),
        open: open.contains(field),
    };
    Some(WorksheetView {
        kind,
        title: say("worksheet", kind.as_str()),
        intro: say("worksheet-intro", kind.as_str()),
        source: say("worksheet-source", kind.as_str()),
        state: answer.worksheet_state(kind),
        reason: kind
            .asks_for_reason()
            .then(|| WorksheetReason { label: say("worksheet-field", "reason"), text: answer.justification.clone() }),
        fields: kind.fields().iter().map(field).collect(),
    })
}

/// The worksheet of an answer for the report; none where nobody claims it.
pub(super) fn part(placed: &Placed<'_>, answer: Option<&Answer>, locale: Locale) -> Option<input::WorksheetPart> {
    let view = view(placed, answer, locale).filter(|view| view.state != WorksheetState::Offered)?;
    let reason = view.reason.into_iter().map(|reason| (reason.label, reason.text));
    Some(input::WorksheetPart {
        kind: view.kind,
        title: view.title,
        source: view.source,
        points: reason.chain(view.fields.into_iter().map(|field| (field.label, field.text))).collect(),
    })
}

/// Writes points of a worksheet into an answer; an empty text takes one away. Whatever the verdict
/// is, so that nothing is lost on the way to another one.
pub(super) fn write(
    host: &dyn Host,
    placed: &Placed<'_>,
    answer: &mut Answer,
    points: BTreeMap<String, String>,
) -> Result<(), Error> {
    if !points.is_empty() && !WorksheetKind::asked_by(&placed.framework.verdicts) {
        let name = &placed.framework.texts.get(host.locale()).name;
        return Err(Error::new("no-worksheets").with("framework", name));
    }
    for (field, text) in points {
        let field: WorksheetField = parse::word("worksheet-point", &field)?;
        let text = parse::bearable(text)?;
        if text.trim().is_empty() {
            answer.worksheet.remove(&field);
        } else {
            answer.worksheet.insert(field, text);
        }
    }
    Ok(())
}
