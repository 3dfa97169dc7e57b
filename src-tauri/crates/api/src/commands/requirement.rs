//! Requirements and their answers.

use super::assessment::must_be_open;
use super::{commit, guard, history, parse, provider, worksheet};
use crate::error::Error;
use crate::host::Host;
use crate::relations::Relations;
use crate::session::Session;
use crate::types::requirement::{
    AnswerMany, AnswerRequirement, LinkedRequirement, ListRequirements, PartView, RequirementDetail, RequirementRow,
    Requirements, ShowRequirement,
};
use crate::view::{Placed, Snapshot, scope_note, verdict_options};
use std::collections::BTreeSet;
use tillproof_domain::answer::{Answer, Verdict};
use tillproof_domain::framework::{Effort, Who};
use tillproof_domain::id::{AssessmentId, FrameworkId, RequirementId, ThemeId};
use tillproof_domain::register::Register;
use tillproof_store::{Change, Store};

/// The most evidence shown with a requirement.
const EVIDENCE: usize = 50;
/// Entries of the history shown with a requirement.
const HISTORY: u32 = 50;

tillproof_domain::word_enum! {
    /// The order of a list of requirements.
    Order {
        /// As the frameworks number them.
        Framework = "framework",
        /// Open ones first, as they are best worked off.
        Path = "path",
    }
}

/// The requirements of the open assessments, narrowed by what is asked.
///
/// # Errors
/// A framework, assessment, theme or verdict that is not known.
pub fn list_requirements(
    session: &mut Session,
    host: &dyn Host,
    request: ListRequirements,
) -> Result<Requirements, Error> {
    let store = session.store()?;
    let mut snapshot = Snapshot::read(store, host)?;
    let framework = request.framework.map(FrameworkId);
    if let Some(id) = framework.as_ref().filter(|id| snapshot.catalog.framework(id).is_none()) {
        return Err(Error::not_found("framework", id));
    }
    let theme = request.theme.map(ThemeId);
    if let Some(id) = theme.as_ref().filter(|id| snapshot.catalog.themes.iter().all(|theme| theme.id != **id)) {
        return Err(Error::not_found("theme", id));
    }
    let assessment: Option<AssessmentId> =
        request.assessment.as_deref().map(|text| parse::id("assessment", text)).transpose()?;
    if let Some(id) = assessment {
        snapshot = snapshot.with(store, id)?;
    }
    let verdict: Option<Verdict> = request.verdict.as_deref().map(|text| parse::word("verdict", text)).transpose()?;
    let who: Option<Who> = request.who.as_deref().map(|text| parse::word("who", text)).transpose()?;
    let effort: Option<Effort> = request.effort.as_deref().map(|text| parse::word("effort", text)).transpose()?;
    let order = request.order.as_deref().map_or(Ok(Order::Framework), |text| parse::word("order", text))?;
    let words: Vec<String> = request.search.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();

    let wanted = |placed: &Placed<'_>| {
        framework.as_ref().is_none_or(|id| placed.framework.id == *id)
            && theme.as_ref().is_none_or(|id| placed.requirement.facts.themes.contains(id))
            && verdict.is_none_or(|verdict| snapshot.verdict(placed) == verdict)
            && request.section.as_ref().is_none_or(|section| placed.section.id == *section)
            && request.milestone.is_none_or(|milestone| placed.requirement.facts.milestone == Some(milestone))
            && who.is_none_or(|who| placed.requirement.facts.who.contains(&who))
            && effort.is_none_or(|effort| placed.requirement.facts.effort == effort)
            && (words.is_empty() || {
                let texts = placed.requirement.texts.get(snapshot.locale);
                let note = snapshot.answer(placed).map_or("", |answer| &answer.note);
                let label = placed.requirement.label(snapshot.locale);
                let number = &placed.requirement.facts.number;
                let all =
                    [label, number, &texts.title, &texts.question, &texts.meaning, note].join("\n").to_lowercase();
                words.iter().all(|word| all.contains(word.as_str()))
            })
    };
    let named = assessment.and_then(|id| snapshot.assessment(id));
    let assessments = named.map_or_else(|| snapshot.assessments_in_order(), |named| vec![named]);
    let applying: Vec<Placed<'_>> = assessments.iter().flat_map(|one| snapshot.requirements_of(one)).collect();
    let requirements = match order {
        Order::Framework => {
            applying.iter().filter(|placed| wanted(placed)).map(|placed| snapshot.row(placed)).collect()
        }
        Order::Path => {
            // The order is that of the whole list, whatever of it is shown.
            let path = snapshot.path(&applying);
            let open: BTreeSet<_> =
                path.iter().map(|(placed, _)| (placed.assessment.id, &placed.requirement.id)).collect();
            let settled =
                applying.iter().filter(|placed| !open.contains(&(placed.assessment.id, &placed.requirement.id)));
            path.iter()
                .map(|(placed, unlocks)| (placed, *unlocks))
                .chain(settled.map(|placed| (placed, 0)))
                .filter(|(placed, _)| wanted(placed))
                .map(|(placed, unlocks)| RequirementRow { unlocks, ..snapshot.row(placed) })
                .collect()
        }
    };
    let kept = assessments.iter().flat_map(|one| snapshot.kept_of(one)).filter(wanted);
    Ok(Requirements { requirements, kept: kept.map(|placed| snapshot.row(&placed)).collect() })
}

/// One requirement with its texts, answer, evidence, tasks, links and history.
///
/// # Errors
/// There is no such requirement, or no or more than one open assessment has it.
pub fn show_requirement(
    session: &mut Session,
    host: &dyn Host,
    request: ShowRequirement,
) -> Result<RequirementDetail, Error> {
    let id = parse::requirement(session.catalog()?.as_ref(), &request.requirement)?;
    let assessment = request.assessment.as_deref().map(|text| parse::id("assessment", text)).transpose()?;
    detail(session, host, &id, assessment)
}

fn detail(
    session: &Session,
    host: &dyn Host,
    id: &RequirementId,
    assessment: Option<AssessmentId>,
) -> Result<RequirementDetail, Error> {
    let store = session.store()?;
    let mut snapshot = Snapshot::read(store, host)?;
    if let Some(id) = assessment {
        snapshot = snapshot.with(store, id)?;
    }
    let placed = snapshot.place(id, assessment)?;
    let locale = snapshot.locale;
    let texts = placed.requirement.texts.get(locale);
    let facts = &placed.requirement.facts;
    let answer = snapshot.answer(&placed);
    let linked = snapshot.catalog.links_of(id).map(|(link, other)| {
        let reference = snapshot.reference(other);
        LinkedRequirement {
            id: reference.id,
            label: reference.label,
            framework_name: reference.framework_name,
            title: reference.title,
            kind: link.kind,
            confidence: link.confidence,
            verdict: snapshot.place(other, None).ok().map(|placed| snapshot.verdict(&placed)),
        }
    });
    let mut also_counts_for: Vec<LinkedRequirement> = linked.collect();
    // The surest first.
    also_counts_for.sort_by(|a, b| {
        let key = |link: &LinkedRequirement| (link.kind, link.confidence);
        key(a).cmp(&key(b)).then_with(|| (&a.framework_name, &a.id).cmp(&(&b.framework_name, &b.id)))
    });
    let about = history::Wanted { subject: Some(id.to_string()), ..history::Wanted::default() };
    let relations = Relations::new(&snapshot);
    let evidence = snapshot.evidence_for(id).take(EVIDENCE);
    Ok(RequirementDetail {
        row: snapshot.row(&placed),
        question: texts.question.clone(),
        meaning: texts.meaning.clone(),
        steps: texts.steps.clone(),
        proof: texts.proof.clone(),
        parts: facts
            .parts
            .iter()
            .map(|part| PartView {
                id: part.clone(),
                text: texts.parts.get(part).cloned().unwrap_or_default(),
                verdict: answer.and_then(|answer| answer.parts.get(part)).copied().unwrap_or(Verdict::Unanswered),
            })
            .collect(),
        applies: snapshot.applies(&placed),
        not_applicable_when: texts.not_applicable_when.clone(),
        scope_note: scope_note(&placed, locale),
        tester_methods: facts.tester_methods.clone(),
        freshness: facts.freshness.as_ref().map(|rule| rule.every.into()),
        freshness_source: facts.freshness.as_ref().map(|rule| rule.source.clone()),
        obligation: facts.obligation,
        register: Register::of(id),
        references: facts.references.clone(),
        verdicts: verdict_options(placed.framework, Some(&placed.assessment.scopes), locale),
        note: answer.map(|answer| answer.note.clone()).unwrap_or_default(),
        justification: answer.map(|answer| answer.justification.clone()).unwrap_or_default(),
        card_data_reason: answer.and_then(|answer| answer.card_data_reason.clone()),
        target_date: answer.and_then(|answer| answer.target_date).map(|day| day.to_string()),
        answered_at: answer.map(|answer| answer.answered_at.to_rfc3339()),
        answered_by: answer.map(|answer| answer.answered_by.clone()),
        worksheet: worksheet::view(&placed, answer, locale),
        rev: answer.map_or(0, |answer| answer.rev),
        evidence: evidence.map(|evidence| relations.view(evidence)).collect(),
        tasks: snapshot.tasks_for(id).map(|task| snapshot.task_view(task)).collect(),
        providers: provider::of_requirement(&snapshot, store, id)?,
        also_counts_for,
        history: history::page(store, host, u64::MAX, HISTORY, &about)?.entries,
    })
}

/// Refuses a verdict that the framework and scope do not offer, or that lacks its reason.
fn check_verdict(placed: &Placed<'_>, answer: &Answer, host: &dyn Host) -> Result<(), Error> {
    let options = verdict_options(placed.framework, Some(&placed.assessment.scopes), host.locale());
    let verdict = answer.verdict;
    if verdict != Verdict::Unanswered && options.iter().all(|option| option.verdict != verdict) {
        let known = options.iter().map(|option| option.verdict.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Error::new("verdict-not-allowed")
            .with("verdict", verdict)
            .with("framework", &placed.framework.texts.get(host.locale()).name)
            .with("known", known));
    }
    let options_of_parts = |verdict: &Verdict| options.iter().any(|option| option.verdict == *verdict);
    if let Some((part, verdict)) = answer.parts.iter().find(|(_, verdict)| !options_of_parts(verdict)) {
        let known = options.iter().map(|option| option.verdict.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Error::new("unknown-value")
            .with("what", "part")
            .with("value", format!("{part}={verdict}"))
            .with("known", known));
    }
    if let Some(part) = answer.contradiction() {
        let name = placed.requirement.texts.get(host.locale()).parts.get(part).map_or(part, String::as_str);
        return Err(Error::new("parts-disagree")
            .with("requirement", placed.requirement.label(host.locale()))
            .with("part", name));
    }
    if verdict.needs_justification() && answer.justification.trim().is_empty() {
        return Err(Error::new("justification-missing").with("verdict", verdict));
    }
    Ok(())
}

/// Answers one requirement. What is not given stays as it was; a command that changes nothing
/// leaves no trace.
///
/// # Errors
/// An unknown requirement, verdict, progress or date; a reason that is missing; a `rev` that is old.
pub fn answer_requirement(
    session: &mut Session,
    host: &dyn Host,
    request: AnswerRequirement,
) -> Result<RequirementDetail, Error> {
    let id = parse::requirement(session.catalog()?.as_ref(), &request.requirement)?;
    let assessment = request.assessment.as_deref().map(|text| parse::id("assessment", text)).transpose()?;
    let verdict = request.verdict.as_deref().map(|text| parse::word("verdict", text)).transpose()?;
    let progress = request.progress.as_deref().map(|text| parse::word("progress", text)).transpose()?;
    let target_date = request.target_date.as_deref().map(|text| parse::day_opt(Some(text))).transpose()?;

    let transaction = session.store_mut()?.begin()?;
    let snapshot = Snapshot::read(transaction.as_ref(), host)?;
    let placed = snapshot.place(&id, assessment)?;
    must_be_open(placed.assessment)?;
    let assessment = placed.assessment.id;
    let before =
        transaction.answer(assessment, &id)?.unwrap_or_else(|| Answer::unanswered(placed.assessment.id, id.clone()));
    if request.rev.is_some_and(|seen| seen != before.rev) {
        return Err(Error::new("conflict").with("row", &id));
    }
    let mut answer = before.clone();
    answer.verdict = verdict.unwrap_or(answer.verdict);
    answer.progress = progress.unwrap_or(answer.progress);
    answer.target_date = target_date.unwrap_or(answer.target_date);
    for (field, text) in [(&mut answer.note, request.note), (&mut answer.justification, request.justification)] {
        if let Some(text) = text {
            *field = parse::bearable(text)?;
        }
    }
    worksheet::write(host, &placed, &mut answer, request.worksheet.unwrap_or_default())?;
    let kept = guard::Kept { texts: before.texts(), reason: before.card_data_reason.as_deref() };
    answer.card_data_reason = guard::row(host, request.allow_card_data, &kept, &answer.texts())?;
    for (part, verdict) in request.parts.into_iter().flatten() {
        let known = &placed.requirement.facts.parts;
        if !known.contains(&part) {
            return Err(Error::new("unknown-value")
                .with("what", "part")
                .with("value", part)
                .with("known", known.join(", ")));
        }
        match parse::word("verdict", &verdict)? {
            Verdict::Unanswered => drop(answer.parts.remove(&part)),
            verdict => drop(answer.parts.insert(part, verdict)),
        }
    }
    check_verdict(&placed, &answer, host)?;
    if verdict.is_some() {
        // Said anew, it is no longer that of the assessment before.
        answer.carried_from = None;
    }
    // What is kept of the rows must be let go before they move on.
    drop(snapshot);
    if answer != before {
        answer.answered_at = host.now();
        answer.answered_by = host.actor();
        answer.rev += 1;
        commit(transaction, host, "answer_requirement", vec![Change::Answer(answer)])?;
    } else {
        drop(transaction);
    }
    detail(session, host, &id, Some(assessment))
}

/// Answers several requirements alike, with one reason, in one change.
///
/// # Errors
/// As for one; then none is answered.
pub fn answer_many(session: &mut Session, host: &dyn Host, request: AnswerMany) -> Result<Requirements, Error> {
    let ids = parse::requirements(session.catalog()?.as_ref(), &request.requirements)?;
    if ids.is_empty() {
        return Err(Error::new("requirements-missing"));
    }
    let wanted = request.assessment.as_deref().map(|text| parse::id("assessment", text)).transpose()?;
    let verdict: Verdict = parse::word("verdict", &request.verdict)?;
    let justification = request.justification.map(parse::bearable).transpose()?;
    guard::text(host, justification.as_deref().unwrap_or_default())?;
    let transaction = session.store_mut()?.begin()?;
    let snapshot = Snapshot::read(transaction.as_ref(), host)?;
    let mut changes = Vec::new();
    for id in &ids {
        let placed = snapshot.place(id, wanted)?;
        must_be_open(placed.assessment)?;
        let before = transaction
            .answer(placed.assessment.id, id)?
            .unwrap_or_else(|| Answer::unanswered(placed.assessment.id, id.clone()));
        let mut answer = Answer { verdict, carried_from: None, ..before.clone() };
        if let Some(justification) = &justification {
            answer.justification.clone_from(justification);
        }
        worksheet::write(host, &placed, &mut answer, request.worksheet.clone().unwrap_or_default())?;
        check_verdict(&placed, &answer, host)?;
        if answer != before {
            answer.answered_at = host.now();
            answer.answered_by = host.actor();
            answer.rev += 1;
            changes.push(Change::Answer(answer));
        }
    }
    drop(snapshot);
    if changes.is_empty() {
        drop(transaction);
    } else {
        commit(transaction, host, "answer_many", changes)?;
    }
    let snapshot = Snapshot::read(session.store()?, host)?;
    let rows = ids.iter().map(|id| Ok(snapshot.row(&snapshot.place(id, wanted)?)));
    Ok(Requirements { requirements: rows.collect::<Result<_, Error>>()?, kept: Vec::new() })
}
