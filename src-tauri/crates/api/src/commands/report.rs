//! The PDF report: gathers what it says and writes it.

use super::register::register_clocks;
use super::{finder, parse, paths, provider_report, quality, report_registers, worksheet};
use crate::error::Error;
use crate::host::{Host, go_on};
use crate::messages;
use crate::session::Session;
use crate::types::quality::DataQuality;
use crate::types::report::{ExportReport, ReportMade};
use crate::view::{Placed, Snapshot, head_view, scope_note, verdict_label};
use std::collections::BTreeMap;
use tillproof_domain::answer::{Progress, Verdict};
use tillproof_domain::assessment::Assessment;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::freshness::{proof_state, state_on};
use tillproof_domain::id::{AssessmentId, EvidenceId, RequirementId, TaskId};
use tillproof_domain::locale::Locale;
use tillproof_domain::profile::Profile;
use tillproof_domain::score::Tally;
use tillproof_domain::task::Task;
use tillproof_report::input;
use tillproof_report::{Rendered, ReportError, render};
use tillproof_store::Reads;

/// Writes the PDF report. The workspace is not changed.
///
/// # Errors
/// An assessment is unknown, or the file exists or cannot be written.
pub fn export_report(session: &mut Session, host: &dyn Host, request: ExportReport) -> Result<ReportMade, Error> {
    let path = paths::target(host, &request.path)?;
    // Said before the work is done; the write itself checks again.
    if !request.overwrite && path.is_file() {
        return Err(Error::new("file-exists").with("path", path.display()));
    }
    let head = session.store()?.head()?;
    let Made { rendered, .. } = render_report(session, host, &request)?;
    let written = paths::write_whole(&path, request.overwrite, |file| {
        file.write_all(&rendered.pdf).map_err(|error| paths::io_error(&path, &error))
    })?;
    Ok(ReportMade {
        path: written.path,
        size: written.size,
        pages: rendered.pages,
        sha256: written.sha256,
        journal: head_view(head),
    })
}

/// What a report says, and its PDF.
pub(super) struct Made {
    pub(super) report: input::Report,
    pub(super) rendered: Rendered,
}

/// Makes a report without writing it anywhere.
pub(super) fn render_report(session: &Session, host: &dyn Host, request: &ExportReport) -> Result<Made, Error> {
    let report = said(session, host, request)?;
    let rendered = render(&report, &mut go_on(host)).map_err(|error| match error {
        ReportError::Cancelled => Error::new("cancelled"),
        ReportError::Pdf(detail) => Error::new("report-failed").with("detail", detail),
    })?;
    Ok(Made { report, rendered })
}

/// What a report says.
pub(super) fn said(session: &Session, host: &dyn Host, request: &ExportReport) -> Result<input::Report, Error> {
    let wanted = request.assessments.iter().map(|text| parse::id("assessment", text)).collect::<Result<Vec<_>, _>>()?;
    let store = session.store()?;
    let profile = store.profile()?;
    gather(store, host, &profile, request.locale.unwrap_or(profile.locale), &wanted)
}

fn gather(
    store: &dyn Reads,
    host: &dyn Host,
    profile: &Profile,
    locale: Locale,
    wanted: &[AssessmentId],
) -> Result<input::Report, Error> {
    let mut snapshot = Snapshot::read(store, host)?;
    snapshot.locale = locale;
    // One that is signed off is told where it is named.
    for id in wanted {
        snapshot = snapshot.with(store, *id)?;
    }
    let closed = snapshot.assessments.iter().filter(|assessment| !assessment.is_open());
    let assessments: Vec<&Assessment> = snapshot
        .assessments_in_order()
        .into_iter()
        .filter(|assessment| wanted.is_empty() || wanted.contains(&assessment.id))
        .chain(closed.filter(|assessment| wanted.contains(&assessment.id)))
        .collect();
    // Evidence in the order in which it came; its numbers stay the same when more is added.
    let evidence: Vec<&Evidence> = snapshot.evidence.iter().rev().filter(|evidence| evidence.is_current()).collect();
    let tasks = snapshot.tasks_in_order();
    let numbers = Numbers {
        evidence: evidence.iter().enumerate().map(|(i, evidence)| (evidence.id, i)).collect(),
        tasks: tasks.iter().enumerate().map(|(i, task)| (task.id, i)).collect(),
    };
    let head = store.head()?;
    Ok(input::Report {
        locale,
        made_at: host.now(),
        made_on: host.day_of(host.now()),
        state_on: host.today(),
        made_by: host.actor(),
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        workspace_id: profile.id.to_string(),
        journal_seq: head.seq,
        journal_head: head.hash,
        merchant: merchant(profile),
        finder: finder_paths(profile, locale)?,
        assessments: assessments.iter().map(|assessment| assessment_part(&snapshot, assessment, &numbers)).collect(),
        themes: themes(&snapshot, &assessments),
        providers: provider_report::part(&snapshot, &store.providers()?, &numbers.evidence),
        evidence: evidence.iter().enumerate().map(|(i, evidence)| evidence_part(&snapshot, i, evidence)).collect(),
        tasks: tasks.iter().enumerate().map(|(i, task)| task_part(&snapshot, i, task)).collect(),
        quality: quality_parts(&quality::points(&snapshot, &register_clocks(store, host)?)),
        registers: report_registers::registers(store, host, locale, &numbers.evidence)?,
    })
}

fn quality_parts(found: &DataQuality) -> Vec<input::QualityPart> {
    let of = |kind| found.points.iter().filter(move |point| point.kind == kind).map(|point| point.text.clone());
    found
        .counts
        .iter()
        .map(|one| input::QualityPart { name: one.name.clone(), points: of(one.kind).collect() })
        .collect()
}

/// Where evidence and tasks stand in the report.
struct Numbers {
    evidence: BTreeMap<EvidenceId, usize>,
    tasks: BTreeMap<TaskId, usize>,
}

fn merchant(profile: &Profile) -> input::Merchant {
    input::Merchant {
        name: profile.name.clone(),
        trading_name: profile.trading_name.clone(),
        address: profile.address.clone(),
        country: profile.country.clone(),
        website: profile.website.clone(),
        platform: profile.platform.clone(),
        payment_provider: profile.payment_provider.clone(),
        contact_name: profile.contact_name.clone(),
        contact_role: profile.contact_role.clone(),
        contact_email: profile.contact_email.clone(),
        staff: profile.staff,
        channels: profile.channels.clone(),
        payment_description: profile.payment_description.clone(),
    }
}

fn finder_paths(profile: &Profile, locale: Locale) -> Result<Vec<input::FinderPath>, Error> {
    let ways = std::iter::once(&profile.finder_answers).chain(&profile.more_finder_answers);
    ways.filter(|answers| !answers.is_empty()).map(|answers| finder_path(answers, locale)).collect()
}

fn finder_path(answers: &BTreeMap<String, String>, locale: Locale) -> Result<input::FinderPath, Error> {
    let state = finder::state(answers, locale)?;
    let steps = state.path.into_iter().map(|step| input::FinderStep {
        question: step.question_text,
        answer: step.answer_text,
        reason: step.reason,
    });
    let result = state.result;
    Ok(input::FinderPath {
        steps: steps.collect(),
        result_title: result.as_ref().map(|result| result.title.clone()).unwrap_or_default(),
        result_summary: result.as_ref().map(|result| result.summary.clone()).unwrap_or_default(),
        ruled_out: result
            .as_ref()
            .map(|result| result.ruled_out.iter().map(|out| (out.name.clone(), out.reason.clone())).collect())
            .unwrap_or_default(),
        confirm: result.map(|result| result.confirm).unwrap_or_default(),
    })
}

fn themes(snapshot: &Snapshot, assessments: &[&Assessment]) -> Vec<input::ThemePart> {
    let placed: Vec<Placed<'_>> =
        assessments.iter().flat_map(|assessment| snapshot.requirements_of(assessment)).collect();
    let part = |theme: &tillproof_domain::framework::Theme| {
        let of_theme = placed.iter().filter(|placed| placed.requirement.facts.themes.contains(&theme.id));
        let tally: Tally = of_theme.map(|placed| snapshot.verdict(placed)).collect();
        input::ThemePart { name: theme.texts.get(snapshot.locale).name.clone(), tally }
    };
    snapshot.catalog.themes.iter().map(part).filter(|theme| theme.tally.total() > 0).collect()
}

fn assessment_part(snapshot: &Snapshot, assessment: &Assessment, numbers: &Numbers) -> input::AssessmentPart {
    let locale = snapshot.locale;
    let summary = snapshot.summary(assessment);
    let framework = snapshot.catalog.framework(&assessment.framework);
    let texts = framework.map(|framework| framework.texts.get(locale));
    let scopes = summary.scopes.into_iter().zip(assessment.scopes.iter()).map(|(scope, id)| input::ScopePart {
        name: scope.name,
        summary: texts.and_then(|t| t.scopes.get(id)).map(|scope| scope.summary.clone()).unwrap_or_default(),
        notice: scope.notice,
        confidence: scope.confidence,
    });
    let mut sections: Vec<input::SectionPart> = Vec::new();
    let mut current = None;
    for placed in snapshot.requirements_of(assessment) {
        if current != Some(&placed.section.id) {
            let title = placed.section.texts.get(locale).title.clone();
            sections.push(input::SectionPart { title, requirements: Vec::new() });
            current = Some(&placed.section.id);
        }
        if let Some(section) = sections.last_mut() {
            section.requirements.push(requirement_part(snapshot, &placed, numbers));
        }
    }
    let labels = framework.into_iter().flat_map(|framework| {
        let known = framework.verdicts.iter().copied().chain([Verdict::Unanswered]);
        known.map(|verdict| (verdict, verdict_label(framework, verdict, locale)))
    });
    input::AssessmentPart {
        framework_name: summary.framework_name,
        framework_full_name: texts.map(|texts| texts.full_name.clone()).unwrap_or_default(),
        framework_version: assessment.framework_version.clone(),
        framework_notice: texts.map(|texts| texts.notice.clone()).unwrap_or_default(),
        scope_name: summary.scope_name,
        scopes: scopes.collect(),
        period_start: assessment.period_start,
        period_end: assessment.period_end,
        tally: summary.tally,
        outcome: summary.outcome,
        signed: assessment.signed_off.as_ref().map(|signed| input::SignedPart {
            name: signed.name.clone(),
            role: signed.role.clone(),
            on: signed.signed_on,
            seq: signed.seq,
            head: signed.head.clone(),
        }),
        verdict_labels: labels.collect(),
        criteria: summary.criteria.into_iter().map(|criterion| (criterion.statement, criterion.confirmed)).collect(),
        sections,
    }
}

fn requirement_part(snapshot: &Snapshot, placed: &Placed<'_>, numbers: &Numbers) -> input::RequirementPart {
    let requirement = placed.requirement;
    let (id, facts, texts) = (&requirement.id, &requirement.facts, requirement.texts.get(snapshot.locale));
    let answer = snapshot.answer(placed);
    let text =
        |select: fn(&tillproof_domain::answer::Answer) -> &String| answer.map(select).cloned().unwrap_or_default();
    let mut evidence: Vec<usize> =
        snapshot.evidence_for(id).filter_map(|evidence| numbers.evidence.get(&evidence.id).copied()).collect();
    evidence.sort_unstable();
    let mut tasks: Vec<usize> =
        snapshot.tasks_for(id).filter_map(|task| numbers.tasks.get(&task.id).copied()).collect();
    tasks.sort_unstable();
    input::RequirementPart {
        id: id.to_string(),
        label: requirement.label(snapshot.locale).to_owned(),
        title: texts.title.clone(),
        question: texts.question.clone(),
        scope_note: scope_note(placed, snapshot.locale),
        scopes: match placed.assessment.scopes.count() {
            1 => Vec::new(),
            _ => facts.asked_by(&placed.assessment.scopes).map(|(scope, _)| scope.to_string()).collect(),
        },
        parts: facts
            .parts
            .iter()
            .map(|part| {
                let said = answer.and_then(|answer| answer.parts.get(part)).copied();
                (texts.parts.get(part).cloned().unwrap_or_default(), said.unwrap_or(Verdict::Unanswered))
            })
            .collect(),
        tester_methods: facts.tester_methods.clone(),
        verdict: snapshot.verdict(placed),
        reason_missing: Snapshot::reason_missing(answer),
        carried: answer.is_some_and(|answer| answer.carried_from.is_some()),
        progress: answer.map_or(Progress::ToDo, |answer| answer.progress),
        note: text(|answer| &answer.note),
        justification: text(|answer| &answer.justification),
        worksheet: worksheet::part(placed, answer, snapshot.locale),
        target_date: answer.and_then(|answer| answer.target_date),
        answered_at: answer.map(|answer| answer.answered_at),
        answered_by: text(|answer| &answer.answered_by),
        proof: proof_state(snapshot.evidence_for(id), facts.freshness.as_ref(), snapshot.today),
        evidence,
        tasks,
    }
}

fn named(snapshot: &Snapshot, requirements: &[RequirementId]) -> Vec<String> {
    requirements
        .iter()
        .map(|id| {
            let reference = snapshot.reference(id);
            messages::text(
                snapshot.locale,
                "word",
                "requirement",
                &[("framework", &reference.framework_name), ("label", &reference.label)],
            )
        })
        .collect()
}

fn evidence_part(snapshot: &Snapshot, position: usize, evidence: &Evidence) -> input::EvidencePart {
    let until = snapshot.counts_until(evidence);
    input::EvidencePart {
        number: format!("E-{}", position + 1),
        name: evidence.name.clone(),
        media_type: evidence.media_type.clone(),
        size: evidence.size,
        sha256: evidence.sha256.clone(),
        version: evidence.version,
        collected_on: evidence.collected_on,
        counts_until: until,
        state: state_on(evidence.collected_on, until, snapshot.today),
        added_at: evidence.added_at,
        added_by: evidence.added_by.clone(),
        requirements: named(snapshot, &evidence.requirements),
    }
}

fn task_part(snapshot: &Snapshot, position: usize, task: &Task) -> input::TaskPart {
    let comments = snapshot.comments_on(task.id).iter();
    input::TaskPart {
        number: format!("T-{}", position + 1),
        title: task.title.clone(),
        description: task.description.clone(),
        owner: task.owner.clone(),
        due: task.due,
        overdue: task.is_overdue(snapshot.today),
        priority: task.priority,
        status: task.status,
        requirements: named(snapshot, &task.requirements),
        comments: comments.map(|comment| (comment.at, comment.author.clone(), comment.text.clone())).collect(),
    }
}
