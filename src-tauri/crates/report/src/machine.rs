//! The report as data for programs: what the PDF carries as an attachment, and what lies beside it
//! in a bundle. Its form is told in `docs/data-format.md`; a change of it counts [`FORMAT`] up.

use crate::input::registers::{RegisterPart, RegisterValue};
use crate::input::{
    AssessmentPart, EvidencePart, FinderPath, ProvidersPart, Report, RequirementPart, TaskPart, WorksheetPart,
};
use serde_json::{Map, Value, json};
use tillproof_domain::answer::Verdict;
use tillproof_domain::report::ReportKind;
use tillproof_domain::score::Tally;
use tillproof_domain::time::Timestamp;

/// The version of the form.
pub const FORMAT: u32 = 2;

/// The report as JSON, the same bytes for the same report.
#[must_use]
pub fn json(report: &Report) -> Vec<u8> {
    bytes(&value(report))
}

/// How the value stands in a file.
pub(crate) fn bytes(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Calls `see` with every text in the value.
pub(crate) fn each_text(value: &Value, see: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => see(text),
        Value::Array(items) => items.iter().for_each(|item| each_text(item, see)),
        Value::Object(entries) => entries.values().for_each(|entry| each_text(entry, see)),
        _ => {}
    }
}

/// What only the pages of the full report say; null in the others, whose pages leave it out.
fn full(report: &Report, value: impl FnOnce() -> Value) -> Value {
    if report.choice.kind == ReportKind::Full { value() } else { Value::Null }
}

/// What the two pages of the executive report have no room for, and the others say.
fn at_length(report: &Report, value: impl FnOnce() -> Value) -> Value {
    if report.choice.kind == ReportKind::Executive { Value::Null } else { value() }
}

/// The report as a JSON value.
#[must_use]
pub fn value(report: &Report) -> Value {
    json!({
        "format": "tillproof-report",
        "version": FORMAT,
        "kind": report.choice.kind,
        "narrowed_to": report.choice.narrowed,
        "redacted": report.choice.redacted,
        "locale": report.locale,
        "made_at": at(report.made_at),
        "made_on": report.made_on,
        "state_on": report.state_on,
        "made_by": report.made_by,
        "app_version": report.app_version,
        "workspace": report.workspace_id,
        "journal": { "seq": report.journal_seq, "head": report.journal_head },
        "merchant": merchant(report),
        "finder": full(report, || report.finder.iter().map(finder).collect()),
        "assessments": report.assessments.iter().map(|part| assessment(report, part)).collect::<Vec<_>>(),
        "themes": report.themes.iter()
            .map(|theme| json!({ "name": theme.name, "tally": tally(&theme.tally) })).collect::<Vec<_>>(),
        "providers": providers(report, &report.providers),
        "evidence": full(report, || report.evidence.iter().map(evidence).collect()),
        "tasks": report.tasks.iter().map(|part| task(report, part)).collect::<Vec<_>>(),
        "registers": report.registers.iter().map(|part| register(report, part)).collect::<Vec<_>>(),
        "quality": at_length(report, || report.quality.iter()
            .map(|part| json!({ "name": part.name, "points": part.points })).collect()),
    })
}

fn at(instant: Timestamp) -> String {
    instant.to_rfc3339()
}

fn finder(path: &FinderPath) -> Value {
    json!({
        "steps": path.steps.iter().map(|step| json!({
            "question": step.question, "answer": step.answer, "reason": step.reason,
        })).collect::<Vec<_>>(),
        "result": path.result_title,
        "ruled_out": path.ruled_out.iter()
            .map(|(form, reason)| json!({ "form": form, "reason": reason })).collect::<Vec<_>>(),
        "confirm": path.confirm,
    })
}

fn merchant(report: &Report) -> Value {
    let merchant = &report.merchant;
    json!({
        "name": merchant.name,
        "trading_name": merchant.trading_name,
        "address": merchant.address,
        "country": merchant.country,
        "website": merchant.website,
        "platform": merchant.platform,
        "payment_provider": merchant.payment_provider,
        "contact": {
            "name": merchant.contact_name, "role": merchant.contact_role, "email": merchant.contact_email,
        },
        "staff": merchant.staff,
        "channels": merchant.channels,
        "payment_description": full(report, || json!(merchant.payment_description)),
        "scope_facts": full(report, || json!(merchant.scope_facts)),
    })
}

/// Counts by verdict; a verdict that nobody gave is there with 0.
fn tally(tally: &Tally) -> Value {
    let counts: Map<String, Value> =
        Verdict::ALL.iter().map(|verdict| (verdict.to_string(), tally.count(*verdict).into())).collect();
    counts.into()
}

fn assessment(report: &Report, part: &AssessmentPart) -> Value {
    json!({
        "framework": part.framework_name,
        "framework_version": part.framework_version,
        "scope": part.scope_name,
        "period": [part.period_start, part.period_end],
        "tally": tally(&part.tally),
        "outcome": if report.choice.narrowed.is_some() { Value::Null } else { json!(part.outcome) },
        "signed_off": part.signed.as_ref().map(|signed| json!({
            "name": signed.name, "role": signed.role, "on": signed.on, "seq": signed.seq, "head": signed.head,
        })),
        "earlier": part.earlier.iter()
            .map(|one| json!({ "signed_on": one.signed_on, "tally": tally(&one.tally) })).collect::<Vec<_>>(),
        "criteria": part.criteria.iter()
            .map(|(statement, answer)| json!({ "statement": statement, "confirmed": answer })).collect::<Vec<_>>(),
        "sections": part.sections.iter().map(|section| json!({
            "title": section.title,
            "requirements": section.requirements.iter()
                .map(|one| requirement(report, one)).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn requirement(report: &Report, part: &RequirementPart) -> Value {
    json!({
        "id": part.id,
        "number": part.label,
        "title": part.title,
        "question": part.question,
        "scopes": part.scopes,
        "verdict": part.verdict,
        "parts": part.parts.iter()
            .map(|(text, verdict)| json!({ "text": text, "verdict": verdict })).collect::<Vec<_>>(),
        "progress": part.progress,
        "note": full(report, || json!(part.note)),
        "reason": full(report, || json!(part.justification)),
        "reason_missing": part.reason_missing,
        "carried": part.carried,
        "worksheet": full(report, || part.worksheet.as_ref().map(worksheet).into()),
        "target_date": part.target_date,
        "tester_methods": part.tester_methods,
        "answered_at": part.answered_at.map(at),
        "answered_by": full(report, || json!(part.answered_by)),
        "proof": part.proof,
        "evidence": evidence_numbers(report, &part.evidence),
        "tasks": part.tasks.iter()
            .filter_map(|task| report.tasks.get(*task)).map(|task| &task.number).collect::<Vec<_>>(),
    })
}

fn worksheet(worksheet: &WorksheetPart) -> Value {
    json!({
        "title": worksheet.title,
        "source": worksheet.source,
        "points": worksheet.points.iter()
            .map(|(asked, text)| json!({ "asked": asked, "text": text })).collect::<Vec<_>>(),
    })
}

fn evidence_numbers<'a>(report: &'a Report, positions: &[usize]) -> Vec<&'a String> {
    positions.iter().filter_map(|position| report.evidence.get(*position)).map(|evidence| &evidence.number).collect()
}

fn evidence(part: &EvidencePart) -> Value {
    json!({
        "number": part.number,
        "title": part.title,
        "name": part.name,
        "media_type": part.media_type,
        "sha256": part.sha256,
        "size": part.size,
        "version": part.version,
        "collected_on": part.collected_on,
        "period": [part.period.0, part.period.1],
        "source": part.source,
        "confidentiality": part.confidentiality,
        "counts_until": part.counts_until,
        "state": part.state,
        "damaged": part.damaged,
        "added_at": at(part.added_at),
        "added_by": part.added_by,
        "requirements": part.requirements,
    })
}

fn task(report: &Report, part: &TaskPart) -> Value {
    json!({
        "number": part.number,
        "title": part.title,
        "description": at_length(report, || json!(part.description)),
        "owner": part.owner,
        "due": part.due,
        "overdue": part.overdue,
        "priority": part.priority,
        "status": part.status,
        "effort_minutes": part.effort_minutes,
        "cost": part.cost,
        "requirements": part.requirements,
        "proof": evidence_numbers(report, &part.proof),
        "comments": at_length(report, || part.comments.iter()
            .map(|(when, who, text)| json!({ "at": at(*when), "by": who, "text": text })).collect()),
    })
}

fn providers(report: &Report, part: &ProvidersPart) -> Value {
    json!({
        "list": part.providers.iter().map(|provider| json!({
            "name": provider.name,
            "service": provider.service,
            "country": provider.country,
            "contact": provider.contact,
            "handles": provider.handles,
            "papers": provider.papers.iter().map(|paper| json!({
                "name": paper.name,
                "on": paper.on,
                "evidence": paper.evidence.and_then(|at| report.evidence.get(at)).map(|evidence| &evidence.number),
            })).collect::<Vec<_>>(),
            "lacks": provider.lacks.iter()
                .map(|(state, text, rule)| json!({ "state": state, "text": text, "rule": rule })).collect::<Vec<_>>(),
            "note": provider.note,
        })).collect::<Vec<_>>(),
        "responsibilities": part.responsibilities.iter().map(|(requirement, provider, who)| json!({
            "requirement": requirement, "provider": provider, "who": who,
        })).collect::<Vec<_>>(),
    })
}

fn register(report: &Report, part: &RegisterPart) -> Value {
    json!({
        "id": part.id,
        "title": part.title,
        "entries": part.entries.iter().map(|entry| json!({
            "number": entry.number,
            "title": entry.title,
            "state": entry.state.as_ref().map(|(_, word)| word),
            "facts": entry.facts.iter().map(|(word, value)| json!({
                "name": word,
                "value": match value {
                    RegisterValue::Text(text) => json!(text),
                    RegisterValue::Day(day) => json!(day),
                    RegisterValue::At(instant) => json!(at(*instant)),
                    RegisterValue::Evidence(positions) => json!(evidence_numbers(report, positions)),
                    RegisterValue::Open(open) => json!(open),
                },
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
