//! The PDF report: gathers what it says and writes it.

use super::register::register_clocks;
use super::{finder, parse, paths, provider_report, quality, report_registers, signing, worksheet};
use crate::error::Error;
use crate::host::{Host, go_on};
use crate::messages;
use crate::session::Session;
use crate::types::quality::DataQuality;
use crate::types::report::{ExportReport, ReportChoice, ReportMade};
use crate::view::{Placed, Snapshot, head_view, scope_note, verdict_label};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use tillproof_domain::answer::{Progress, Verdict};
use tillproof_domain::assessment::Assessment;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::framework::Theme;
use tillproof_domain::freshness::{proof_state, state_on};
use tillproof_domain::id::{EvidenceId, FrameworkId, RequirementId, TaskId};
use tillproof_domain::locale::Locale;
use tillproof_domain::profile::Profile;
use tillproof_domain::score::Tally;
use tillproof_domain::task::Task;
use tillproof_report::input;
use tillproof_report::redact::redacted;
use tillproof_report::{Rendered, ReportError, render};
use tillproof_store::{Reads, StoreError};

/// What a report is to hold.
pub(crate) struct Wanted<'a> {
    /// The language; that of the merchant if not given.
    pub(crate) locale: Option<Locale>,
    /// The assessments; all open ones if empty.
    pub(crate) assessments: &'a [String],
    /// What goes in.
    pub(crate) choice: &'a ReportChoice,
}

/// Writes the PDF report. The workspace is not changed.
///
/// # Errors
/// An assessment, framework or theme is unknown, the logo cannot be read, or the file exists or
/// cannot be written.
pub fn export_report(session: &mut Session, host: &dyn Host, request: ExportReport) -> Result<ReportMade, Error> {
    let path = paths::target(host, &request.path)?;
    // Said before the work is done; the write itself checks again.
    if !request.overwrite && path.is_file() {
        return Err(Error::new("file-exists").with("path", path.display()));
    }
    let wanted = Wanted { locale: request.locale, assessments: &request.assessments, choice: &request.choice };
    // A key that cannot sign is said before the work is done.
    let key = signing::key_for(session, host, request.sign)?;
    let store = session.store()?;
    let head = store.head()?;
    let report = gather(store, host, &wanted)?;
    let rendered = drawn(host, &report)?;
    let (pdf, signature) = signing::sign(host, key.as_ref(), report.locale, head.seq, rendered.pdf)?;
    let written = paths::write_whole(&path, request.overwrite, |file| {
        file.write_all(&pdf).map_err(|error| paths::io_error(&path, &error))
    })?;
    Ok(ReportMade {
        path: written.path,
        size: written.size,
        pages: rendered.pages,
        sha256: written.sha256,
        journal: head_view(head),
        damaged: damaged(&report),
        signature,
    })
}

/// The PDF of a report.
pub(crate) fn drawn(host: &dyn Host, report: &input::Report) -> Result<Rendered, Error> {
    render(report, &mut go_on(host)).map_err(|error| match error {
        ReportError::Cancelled => Error::new("cancelled"),
        ReportError::Pdf(detail) => Error::new("report-failed").with("detail", detail),
    })
}

/// The evidence whose content is no longer what was attached, by number and name.
pub(crate) fn damaged(report: &input::Report) -> Vec<String> {
    let damaged = report.evidence.iter().filter(|evidence| evidence.damaged == Some(true));
    damaged.map(|evidence| format!("{} {}", evidence.number, evidence.name)).collect()
}

/// All that a report says. Reads the kept files through.
pub(crate) fn gather(store: &dyn Reads, host: &dyn Host, wanted: &Wanted<'_>) -> Result<input::Report, Error> {
    let ids = wanted.assessments.iter().map(|text| parse::id("assessment", text)).collect::<Result<Vec<_>, _>>()?;
    let choice = wanted.choice;
    let logo = choice.logo.as_deref().map(|path| logo(host, path)).transpose()?;
    let profile = store.profile()?;
    let locale = wanted.locale.unwrap_or(profile.locale);
    let mut snapshot = Snapshot::read(store, host)?;
    snapshot.locale = locale;
    // One that is signed off is told where it is named.
    for id in &ids {
        snapshot = snapshot.with(store, *id)?;
    }
    let part = narrowed(&snapshot, choice)?;
    let closed = snapshot.assessments.iter().filter(|assessment| !assessment.is_open());
    let assessments: Vec<&Assessment> = snapshot
        .assessments_in_order()
        .into_iter()
        .filter(|assessment| ids.is_empty() || ids.contains(&assessment.id))
        .chain(closed.filter(|assessment| ids.contains(&assessment.id)))
        .filter(|assessment| part.framework.as_ref().is_none_or(|framework| assessment.framework == *framework))
        .collect();
    let placed: Vec<Placed<'_>> = assessments
        .iter()
        .flat_map(|assessment| snapshot.requirements_of(assessment))
        .filter(|placed| part.shows(placed))
        .collect();
    let shown: BTreeSet<&RequirementId> = placed.iter().map(|placed| &placed.requirement.id).collect();
    let serves = |requirements: &[RequirementId]| part.is_whole() || requirements.iter().any(|id| shown.contains(id));
    // Evidence in the order in which it came; its numbers stay the same when more is added.
    let evidence = snapshot.evidence_list().rev().filter(|evidence| evidence.is_current()).enumerate();
    let evidence: Vec<(usize, &Evidence)> = evidence.filter(|(_, one)| serves(&one.requirements)).collect();
    let tasks = snapshot.tasks_in_order().into_iter().enumerate();
    let tasks: Vec<(usize, &Task)> = tasks.filter(|(_, one)| serves(&one.requirements)).collect();
    let numbers = Numbers {
        evidence: evidence.iter().enumerate().map(|(i, (_, evidence))| (evidence.id, i)).collect(),
        tasks: tasks.iter().enumerate().map(|(i, (_, task))| (task.id, i)).collect(),
    };
    let sound = check_evidence(store, host, &evidence)?;
    let choice = input::Choice { kind: choice.kind, narrowed: part.words(&snapshot), redacted: choice.redacted };
    // What the pages leave out is not in the data beside them either.
    let every_chapter = choice.has_every_chapter();
    let head = store.head()?;
    let mut report = input::Report {
        choice,
        logo,
        locale,
        made_at: host.now(),
        made_on: host.day_of(host.now()),
        state_on: host.today(),
        made_by: host.actor(),
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        workspace_id: profile.id.to_string(),
        journal_seq: head.seq,
        journal_head: head.hash,
        merchant: merchant(&profile),
        finder: if part.has_finder(&snapshot) { finder_paths(&profile, locale)? } else { Vec::new() },
        assessments: assessments
            .iter()
            .map(|assessment| assessment_part(&snapshot, assessment, &part, &numbers))
            .filter(|assessment| part.is_whole() || !assessment.sections.is_empty())
            .collect(),
        themes: themes(&snapshot, &placed, &part),
        providers: input::ProvidersPart::default(),
        evidence: evidence.iter().map(|(i, evidence)| evidence_part(&snapshot, *i, evidence, &sound)).collect(),
        tasks: tasks.iter().map(|(i, task)| task_part(&snapshot, *i, task, &numbers)).collect(),
        quality: if part.is_whole() {
            quality_parts(&quality::points(&snapshot, &register_clocks(store, host)?))
        } else {
            Vec::new()
        },
        registers: Vec::new(),
    };
    if every_chapter {
        report.providers = provider_report::part(&snapshot, &store.providers()?, &numbers.evidence);
        report.registers = report_registers::registers(store, host, locale, &numbers.evidence)?;
    }
    if report.choice.redacted {
        return redacted(report).map_err(|error| Error::new("report-failed").with("detail", error));
    }
    Ok(report)
}

/// The merchant's logo for the cover.
fn logo(host: &dyn Host, path: &str) -> Result<input::Logo, Error> {
    /// No logo is larger.
    const LARGEST: u64 = 20 << 20;
    let path = paths::allowed(host, path)?;
    let (file, size) = paths::open_regular(&path)?;
    let unreadable = |reason: &dyn std::fmt::Display| {
        Error::new("logo-unreadable").with("path", path.display()).with("reason", reason)
    };
    if size > LARGEST {
        return Err(unreadable(&"> 20 MiB"));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|error| paths::io_error(&path, &error))?;
    input::Logo::read(&bytes).map_err(|error| unreadable(&error))
}

/// What the report is narrowed to.
struct Part<'a> {
    framework: Option<FrameworkId>,
    theme: Option<&'a Theme>,
}

impl Part<'_> {
    const fn is_whole(&self) -> bool {
        self.framework.is_none() && self.theme.is_none()
    }

    /// Whether the way to its form belongs to it.
    fn has_finder(&self, snapshot: &Snapshot) -> bool {
        let framework = |id| snapshot.catalog.framework(id);
        self.framework.as_ref().is_none_or(|id| framework(id).is_some_and(|framework| framework.finder.is_some()))
    }

    fn shows(&self, placed: &Placed<'_>) -> bool {
        self.theme.is_none_or(|theme| placed.requirement.facts.themes.contains(&theme.id))
    }

    /// In words, for the cover.
    fn words(&self, snapshot: &Snapshot) -> Option<String> {
        let framework = self.framework.as_ref().and_then(|id| snapshot.catalog.framework(id));
        let framework = framework.map(|framework| framework.texts.get(snapshot.locale).name.clone());
        let theme = self.theme.map(|theme| theme.texts.get(snapshot.locale).name.clone());
        let words: Vec<String> = framework.into_iter().chain(theme).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

fn narrowed<'a>(snapshot: &'a Snapshot, choice: &ReportChoice) -> Result<Part<'a>, Error> {
    let framework = choice.framework.as_deref().map(|text| {
        let id = FrameworkId::from(text);
        snapshot.catalog.framework(&id).map(|_| id).ok_or_else(|| Error::not_found("framework", text))
    });
    let theme = choice.theme.as_deref().map(|text| {
        let found = snapshot.catalog.themes.iter().find(|theme| theme.id.to_string() == text);
        found.ok_or_else(|| Error::not_found("theme", text))
    });
    Ok(Part { framework: framework.transpose()?, theme: theme.transpose()? })
}

/// Reads the contents of the evidence through: which are still what was attached.
fn check_evidence(
    store: &dyn Reads,
    host: &dyn Host,
    evidence: &[(usize, &Evidence)],
) -> Result<BTreeMap<String, bool>, Error> {
    let contents: BTreeMap<&str, u64> =
        evidence.iter().map(|(_, evidence)| (evidence.sha256.as_str(), evidence.size)).collect();
    let total: u64 = contents.values().sum();
    let (mut done, mut going_on) = (0, go_on(host));
    let mut sound = BTreeMap::new();
    for sha256 in contents.keys() {
        let mut hasher = Sha256::new();
        let mut cancelled = false;
        let read = store.read_content(sha256, &mut |chunk| {
            hasher.update(chunk);
            done += chunk.len() as u64;
            // Drawing takes about as long again.
            cancelled = !going_on(done, total.saturating_mul(2).max(1));
            Ok(!cancelled)
        });
        if cancelled {
            return Err(Error::new("cancelled"));
        }
        let same = match read {
            Ok(()) => paths::hex(hasher) == **sha256,
            Err(StoreError::ContentMissing(_) | StoreError::Damaged(_)) => false,
            Err(other) => return Err(other.into()),
        };
        sound.insert((*sha256).to_owned(), same);
    }
    Ok(sound)
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
        scope_facts: profile.scope_facts.clone(),
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

fn themes(snapshot: &Snapshot, placed: &[Placed<'_>], part: &Part<'_>) -> Vec<input::ThemePart> {
    let counted = |theme: &Theme| {
        let of_theme = placed.iter().filter(|placed| placed.requirement.facts.themes.contains(&theme.id));
        let tally: Tally = of_theme.map(|placed| snapshot.verdict(placed)).collect();
        input::ThemePart { name: theme.texts.get(snapshot.locale).name.clone(), tally }
    };
    let themes = snapshot.catalog.themes.iter();
    let themes = themes.filter(|theme| part.theme.is_none_or(|only| only.id == theme.id));
    themes.map(counted).filter(|theme| theme.tally.total() > 0).collect()
}

fn assessment_part(
    snapshot: &Snapshot,
    assessment: &Assessment,
    part: &Part<'_>,
    numbers: &Numbers,
) -> input::AssessmentPart {
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
    for placed in snapshot.requirements_of(assessment).filter(|placed| part.shows(placed)) {
        if current != Some(&placed.section.id) {
            let title = placed.section.texts.get(locale).title.clone();
            sections.push(input::SectionPart { title, requirements: Vec::new() });
            current = Some(&placed.section.id);
        }
        if let Some(section) = sections.last_mut() {
            section.requirements.push(requirement_part(snapshot, &placed, numbers));
        }
    }
    let tally = match part.theme {
        None => summary.tally,
        Some(_) => sections.iter().flat_map(|section| &section.requirements).map(|one| one.verdict).collect(),
    };
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
        tally,
        outcome: summary.outcome,
        signed: assessment.signed_off.as_ref().map(|signed| input::SignedPart {
            name: signed.name.clone(),
            role: signed.role.clone(),
            on: signed.signed_on,
            seq: signed.seq,
            head: signed.head.clone(),
        }),
        earlier: if part.is_whole() { earlier(snapshot, assessment) } else { Vec::new() },
        verdict_labels: labels.collect(),
        criteria: summary.criteria.into_iter().map(|criterion| (criterion.statement, criterion.confirmed)).collect(),
        sections,
    }
}

/// Those that were signed off before in the same series, oldest first.
fn earlier(snapshot: &Snapshot, assessment: &Assessment) -> Vec<input::EarlierPart> {
    let mut earlier = Vec::new();
    let mut before = assessment.follows;
    while let Some(one) = before.and_then(|id| snapshot.assessment(id)) {
        if let Some(signed) = &one.signed_off {
            earlier.push(input::EarlierPart { signed_on: signed.signed_on, tally: signed.tally });
        }
        before = one.follows;
    }
    earlier.reverse();
    earlier
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

fn evidence_part(
    snapshot: &Snapshot,
    position: usize,
    evidence: &Evidence,
    sound: &BTreeMap<String, bool>,
) -> input::EvidencePart {
    let until = snapshot.counts_until(evidence);
    input::EvidencePart {
        number: format!("E-{}", position + 1),
        name: evidence.name.clone(),
        title: evidence.title.clone(),
        source: evidence.source.clone(),
        period: (evidence.period_start, evidence.period_end),
        confidentiality: evidence.confidentiality,
        damaged: sound.get(&evidence.sha256).map(|sound| !sound),
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

fn task_part(snapshot: &Snapshot, position: usize, task: &Task, numbers: &Numbers) -> input::TaskPart {
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
        effort_minutes: task.effort_minutes,
        cost: task.cost.as_ref().map(|cost| format!("{} {}", cost.amount(), cost.currency)).unwrap_or_default(),
        proof: task.proof.iter().filter_map(|id| numbers.evidence.get(id).copied()).collect(),
        comments: comments.map(|comment| (comment.at, comment.author.clone(), comment.text.clone())).collect(),
    }
}
