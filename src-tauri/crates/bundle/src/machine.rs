//! `report.json`: the facts of the report for programs.

use serde_json::{Value, json};
use tillproof_report::input::{AssessmentPart, Report};

/// The report as JSON. `journal.head` is where [`crate::write::REPORT_HEAD`] says.
#[must_use]
pub fn json(report: &Report) -> Vec<u8> {
    let evidence = report.evidence.iter().map(|one| {
        json!({
            "number": one.number, "name": one.name, "media_type": one.media_type, "size": one.size,
            "sha256": one.sha256, "version": one.version, "collected_on": one.collected_on,
            "counts_until": one.counts_until, "state": one.state, "requirements": one.requirements,
        })
    });
    let tasks = report.tasks.iter().map(|one| {
        json!({
            "number": one.number, "title": one.title, "owner": one.owner, "due": one.due,
            "priority": one.priority, "status": one.status, "requirements": one.requirements,
        })
    });
    let value = json!({
        "tillproof": report.app_version,
        "locale": report.locale,
        "made_at": report.made_at.to_rfc3339(),
        "made_by": report.made_by,
        "state_on": report.state_on,
        "workspace": report.workspace_id,
        "journal": { "seq": report.journal_seq, "head": report.journal_head },
        "merchant": { "name": report.merchant.name, "country": report.merchant.country, "website": report.merchant.website },
        "assessments": report.assessments.iter().map(|one| assessment(report, one)).collect::<Vec<_>>(),
        "evidence": evidence.collect::<Vec<_>>(),
        "tasks": tasks.collect::<Vec<_>>(),
    });
    let mut text = format!("{value:#}");
    text.push('\n');
    text.into_bytes()
}

fn assessment(report: &Report, one: &AssessmentPart) -> Value {
    let requirements = one.sections.iter().flat_map(|section| &section.requirements).map(|requirement| {
        let evidence = requirement.evidence.iter().filter_map(|at| report.evidence.get(*at)).map(|part| &part.number);
        let tasks = requirement.tasks.iter().filter_map(|at| report.tasks.get(*at)).map(|part| &part.number);
        json!({
            "id": requirement.id, "title": requirement.title, "verdict": requirement.verdict,
            "justification": requirement.justification, "note": requirement.note,
            "target_date": requirement.target_date, "answered_by": requirement.answered_by,
            "answered_at": requirement.answered_at.map(|at| at.to_rfc3339()), "carried": requirement.carried,
            "proof": requirement.proof, "evidence": evidence.collect::<Vec<_>>(), "tasks": tasks.collect::<Vec<_>>(),
        })
    });
    json!({
        "framework": one.framework_name, "version": one.framework_version, "scope": one.scope_name,
        "period_start": one.period_start, "period_end": one.period_end, "outcome": one.outcome,
        "tally": one.tally, "requirements": requirements.collect::<Vec<_>>(),
    })
}
