//! From rows and catalogue to what goes over the wire, in one language and on one day.

use crate::commands::worksheet::open_points;
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::catalog;
use crate::types::assessment::{AssessmentScope, AssessmentSummary, CriterionView, SignOffView};
use crate::types::evidence::{EvidenceView, RequirementRef};
use crate::types::finder::VerdictOption;
use crate::types::requirement::RequirementRow;
use crate::types::task::TaskView;
use crate::types::workspace::{JournalHead, ProfileView, ScopeFactsView};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;
use tillproof_catalog::Catalog;
use tillproof_domain::answer::{Answer, Progress, Stale, Verdict};
use tillproof_domain::assessment::Assessment;
use tillproof_domain::evidence::Evidence;
use tillproof_domain::framework::{Confidence, Framework, FrameworkTexts, Requirement, Section};
use tillproof_domain::freshness::{ProofState, counts_until, proof_state, state_on};
use tillproof_domain::id::{AssessmentId, RequirementId, Scopes};
use tillproof_domain::locale::Locale;
use tillproof_domain::path::{self, Step};
use tillproof_domain::profile::{Profile, ScopeFacts};
use tillproof_domain::score::{Tally, outcome};
use tillproof_domain::task::Task;
use tillproof_domain::time::CalendarSpan;
use tillproof_domain::worksheet::WorksheetKind;
use tillproof_store::{Answers, Criteria, Head, Reads, Rows};

/// The state of a workspace for one command: its rows, in a person's language, on their day.
pub(crate) struct Snapshot {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) locale: Locale,
    pub(crate) today: NaiveDate,
    /// Where the merchant is, or empty.
    country: String,
    rows: Arc<Rows>,
    /// What assessments that are signed off were answered with, where a command asks for them.
    closed: BTreeMap<AssessmentId, (Answers, Criteria)>,
}

impl Deref for Snapshot {
    type Target = Rows;

    fn deref(&self) -> &Rows {
        &self.rows
    }
}

/// A requirement in its place: framework, section, assessment.
#[derive(Clone, Copy)]
pub(crate) struct Placed<'a> {
    pub(crate) framework: &'a Framework,
    pub(crate) section: &'a Section,
    pub(crate) requirement: &'a Requirement,
    pub(crate) assessment: &'a Assessment,
}

impl Snapshot {
    pub(crate) fn read(reads: &dyn Reads, host: &dyn Host) -> Result<Self, Error> {
        let rows = reads.rows()?;
        Ok(Self {
            catalog: catalog(reads)?,
            locale: host.locale(),
            today: host.today(),
            country: rows.profile.as_ref().map(|profile| profile.country.clone()).unwrap_or_default(),
            rows,
            closed: BTreeMap::new(),
        })
    }

    /// Reads an assessment that may be signed off, too.
    pub(crate) fn with(mut self, reads: &dyn Reads, id: AssessmentId) -> Result<Self, Error> {
        let assessment = self.assessment(id).ok_or_else(|| Error::not_found("assessment", id))?;
        if !assessment.is_open() {
            let answers = reads.answers(id)?.into_iter().map(|row| (row.requirement.clone(), row)).collect();
            let criteria = reads.criteria(id)?.into_iter().map(|row| (row.criterion.clone(), row)).collect();
            self.closed.insert(id, (answers, criteria));
        }
        Ok(self)
    }

    pub(crate) fn answers_of(&self, assessment: AssessmentId) -> Option<&Answers> {
        self.closed.get(&assessment).map(|(answers, _)| answers).or_else(|| self.answers.get(&assessment))
    }

    /// The open assessments in the order of their frameworks; of one framework the newest first.
    pub(crate) fn assessments_in_order(&self) -> Vec<&Assessment> {
        let place = |assessment: &Assessment| {
            self.catalog.frameworks.iter().position(|framework| framework.id == assessment.framework)
        };
        let mut list: Vec<&Assessment> = self.open_assessments().collect();
        list.sort_by_key(|assessment| place(assessment).unwrap_or(usize::MAX));
        list
    }

    /// What was answered in an assessment but does not apply any more, because the scope or the
    /// country has changed. Kept, and told apart.
    pub(crate) fn kept_of<'a>(&'a self, assessment: &'a Assessment) -> impl Iterator<Item = Placed<'a>> {
        let answers = self.answers_of(assessment.id);
        self.catalog.framework(&assessment.framework).into_iter().flat_map(move |framework| {
            framework
                .requirements()
                .filter(move |(_, requirement)| {
                    !requirement.facts.applies(&assessment.scopes, &self.country)
                        && answers.and_then(|answers| answers.get(&requirement.id)).is_some_and(said)
                })
                .map(move |(section, requirement)| Placed { framework, section, requirement, assessment })
        })
    }

    /// Every requirement of an assessment, in order. Empty if its framework is not in the catalogue.
    pub(crate) fn requirements_of<'a>(&'a self, assessment: &'a Assessment) -> impl Iterator<Item = Placed<'a>> {
        self.catalog.framework(&assessment.framework).into_iter().flat_map(move |framework| {
            framework.requirements_of(&assessment.scopes, &self.country).map(move |(section, requirement)| Placed {
                framework,
                section,
                requirement,
                assessment,
            })
        })
    }

    /// The one assessment that a requirement is answered in: the one named, or the only open one
    /// that has it.
    pub(crate) fn place(
        &self,
        requirement: &RequirementId,
        assessment: Option<AssessmentId>,
    ) -> Result<Placed<'_>, Error> {
        let Some((framework, section, found)) = self.catalog.requirement(requirement) else {
            return Err(Error::not_found("requirement", requirement));
        };
        let has = |candidate: &&Assessment| {
            candidate.framework == framework.id
                && (found.facts.applies(&candidate.scopes, &self.country)
                    || self.answers_of(candidate.id).and_then(|rows| rows.get(requirement)).is_some_and(said))
        };
        let meant = |candidate: &&Assessment| assessment.map_or(candidate.is_open(), |id| candidate.id == id);
        let mut places = self.assessments.iter().filter(meant).filter(has);
        match (places.next(), places.next()) {
            (Some(assessment), None) => Ok(Placed { framework, section, requirement: found, assessment }),
            (Some(_), Some(_)) => Err(Error::new("which-assessment").with("requirement", requirement)),
            (None, _) if assessment.is_some_and(|id| self.assessment(id).is_none()) => {
                Err(Error::not_found("assessment", assessment.map(|id| id.to_string()).unwrap_or_default()))
            }
            (None, _) => Err(Error::new("no-assessment").with("requirement", requirement)),
        }
    }

    pub(crate) fn answer(&self, placed: &Placed<'_>) -> Option<&Answer> {
        self.answers_of(placed.assessment.id)?.get(&placed.requirement.id)
    }

    pub(crate) fn verdict(&self, placed: &Placed<'_>) -> Verdict {
        self.answer(placed).map_or(Verdict::Unanswered, |answer| answer.verdict)
    }

    pub(crate) fn reason_missing(answer: Option<&Answer>) -> bool {
        answer.is_some_and(|answer| answer.verdict.needs_justification() && answer.justification.trim().is_empty())
    }

    pub(crate) fn row(&self, placed: &Placed<'_>) -> RequirementRow {
        let Placed { framework, section, requirement, assessment } = *placed;
        let answer = self.answer(placed);
        let facts = &requirement.facts;
        let id = &requirement.id;
        RequirementRow {
            id: id.to_string(),
            number: facts.number.clone(),
            label: requirement.label(self.locale).to_owned(),
            framework: framework.id.to_string(),
            framework_name: framework.texts.get(self.locale).name.clone(),
            section: section.id.clone(),
            section_title: section.texts.get(self.locale).title.clone(),
            assessment: assessment.id.to_string(),
            title: requirement.texts.get(self.locale).title.clone(),
            themes: facts.themes.iter().map(ToString::to_string).collect(),
            verdict: self.verdict(placed),
            progress: answer.map_or(Progress::ToDo, |answer| answer.progress),
            carried: answer.is_some_and(|answer| answer.carried_from.is_some()),
            stale: self.stale(placed),
            reason_missing: Self::reason_missing(answer),
            worksheet_open: open_points(placed, answer),
            evidence_count: count(self.evidence_for(id)),
            proof: proof_state(self.evidence_for(id), facts.freshness.as_ref(), self.today),
            open_tasks: count(self.tasks_for(id).filter(|task| task.status.is_open())),
            who: facts.who.clone(),
            effort: facts.effort,
            milestone: facts.milestone,
            only_when: facts.only_when(&assessment.scopes),
            scopes: facts.asked_by(&assessment.scopes).map(|(scope, _)| scope.to_string()).collect(),
            confidence: facts.asked_by(&assessment.scopes).map(|(_, m)| m.confidence).min(),
            country: facts.country.clone(),
            parts: count(facts.parts.iter()),
            parts_open: answer.map_or(count(facts.parts.iter()), |answer| {
                count(facts.parts.iter().filter(|part| !answer.parts.contains_key(*part)))
            }),
            waits_for: self.waits_for(placed),
            unlocks: 0,
        }
    }

    /// Why the verdict of an earlier assessment does not stand by itself any more.
    pub(crate) fn stale(&self, placed: &Placed<'_>) -> Option<Stale> {
        let answer = self.answer(placed).filter(|answer| answer.carried_from.is_some())?;
        let id = &placed.requirement.id;
        let rule = placed.requirement.facts.freshness.as_ref();
        if answer.verdict.claims_met() && proof_state(self.evidence_for(id), rule, self.today) == ProofState::Expired {
            return Some(Stale::ProofExpired);
        }
        let every = rule.map_or(CalendarSpan::Months(12), |rule| rule.every);
        if every.after(answer.answered_at.to_utc().date_naive()) < self.today {
            return Some(Stale::TooOld);
        }
        let newer = self.evidence_for(id).any(|evidence| evidence.added_at > answer.answered_at);
        newer.then_some(Stale::NewProof)
    }

    /// Whether the scope and the country ask it.
    pub(crate) fn applies(&self, placed: &Placed<'_>) -> bool {
        placed.requirement.facts.applies(&placed.assessment.scopes, &self.country)
    }

    /// Whether nothing is left to do about a requirement of an assessment.
    fn settled(&self, placed: &Placed<'_>) -> bool {
        let verdict = self.verdict(placed);
        let legal = self.answer(placed).is_some_and(Answer::is_legal_exception);
        verdict != Verdict::Unanswered && (!verdict.is_gap() || legal)
    }

    /// The numbers of the requirements that this one builds on and that are still open, as this
    /// language writes them.
    fn waits_for(&self, placed: &Placed<'_>) -> Vec<String> {
        let before = placed.requirement.facts.after.iter().filter_map(|number| {
            let id = RequirementId { framework: placed.framework.id.clone(), number: number.clone() };
            let (framework, section, requirement) = self.catalog.requirement(&id)?;
            requirement.facts.applies(&placed.assessment.scopes, &self.country).then_some(Placed {
                framework,
                section,
                requirement,
                assessment: placed.assessment,
            })
        });
        before
            .filter(|before| !self.settled(before))
            .map(|before| before.requirement.label(self.locale).to_owned())
            .collect()
    }

    /// What is still open among `placed`, in the order in which it is best worked off, each with
    /// the number of open requirements that wait for it.
    pub(crate) fn path<'p>(&self, placed: &[Placed<'p>]) -> Vec<(Placed<'p>, u32)> {
        let open: Vec<Placed<'p>> = placed.iter().filter(|placed| !self.settled(placed)).copied().collect();
        // A requirement waits for those of its own assessment only.
        let key = |placed: &Placed<'_>, number: &str| (placed.assessment.id, number.to_owned());
        let steps: Vec<Step<_>> = open
            .iter()
            .map(|placed| {
                let facts = &placed.requirement.facts;
                Step {
                    key: key(placed, &facts.number),
                    milestone: facts.milestone,
                    effort: facts.effort,
                    after: facts.after.iter().map(|number| key(placed, number)).collect(),
                }
            })
            .collect();
        let waiting = path::waiting(&steps);
        path::order(&steps)
            .into_iter()
            .filter_map(|i| {
                let placed = *open.get(i)?;
                Some((placed, waiting.get(&steps.get(i)?.key).copied().unwrap_or(0)))
            })
            .collect()
    }

    pub(crate) fn criteria(&self, assessment: &Assessment) -> Vec<CriterionView> {
        let closed = self.closed.get(&assessment.id).map(|(_, criteria)| criteria);
        let said = closed.or_else(|| self.rows.criteria.get(&assessment.id));
        self.catalog
            .framework(&assessment.framework)
            .into_iter()
            .flat_map(|framework| assessment.scopes.iter().filter_map(|scope| framework.criteria.get(scope)))
            .flatten()
            .map(|criterion| {
                let texts = criterion.texts.get(self.locale);
                CriterionView {
                    id: criterion.id.to_string(),
                    channel: criterion.channel,
                    statement: texts.statement.clone(),
                    help: texts.help.clone(),
                    confirmed: said.and_then(|said| said.get(&criterion.id)).and_then(|row| row.confirmed),
                    rev: said.and_then(|said| said.get(&criterion.id)).map_or(0, |row| row.rev),
                }
            })
            .collect()
    }

    pub(crate) fn summary(&self, assessment: &Assessment) -> AssessmentSummary {
        let framework = self.catalog.framework(&assessment.framework);
        let texts = framework.map(|framework| framework.texts.get(self.locale));
        let signed = assessment.signed_off.as_ref();
        // What was signed off is told as it was; its answers are not at hand.
        let unread = signed.is_some() && !self.closed.contains_key(&assessment.id);
        let placed: Vec<Placed<'_>> = if unread { Vec::new() } else { self.requirements_of(assessment).collect() };
        let criteria = if unread { Vec::new() } else { self.criteria(assessment) };
        let unconfirmed = |placed: &&Placed<'_>| self.answer(placed).is_some_and(|one| one.carried_from.is_some());
        let proof_missing = placed
            .iter()
            .filter(|placed| self.verdict(placed).claims_met())
            .filter(|placed| self.evidence_for(&placed.requirement.id).next().is_none());
        AssessmentSummary {
            id: assessment.id.to_string(),
            framework: assessment.framework.to_string(),
            framework_name: texts.map_or_else(|| assessment.framework.to_string(), |texts| texts.name.clone()),
            framework_version: assessment.framework_version.clone(),
            scope: assessment.scopes.to_string(),
            scope_name: scope_name(texts, &assessment.scopes),
            scopes: assessment
                .scopes
                .iter()
                .map(|id| {
                    let scope = texts.and_then(|texts| texts.scopes.get(id));
                    AssessmentScope {
                        id: id.to_string(),
                        name: scope.map_or_else(|| id.to_string(), |scope| scope.name.clone()),
                        notice: scope.map(|scope| scope.notice.clone()).unwrap_or_default(),
                        confidence: framework
                            .and_then(|framework| framework.scope(id))
                            .map_or(Confidence::Medium, |scope| scope.confidence),
                    }
                })
                .collect(),
            period_start: assessment.period_start.to_string(),
            period_end: assessment.period_end.to_string(),
            tally: signed.map_or_else(
                || placed.iter().map(|placed| self.verdict(placed)).collect::<Tally>(),
                |signed| signed.tally,
            ),
            outcome: signed.map_or_else(
                || {
                    let answers = placed.iter().map(|placed| self.answer(placed));
                    outcome(answers, criteria.iter().map(|criterion| criterion.confirmed))
                },
                |signed| signed.outcome,
            ),
            follows: assessment.follows.map(|id| id.to_string()),
            signed_off: signed.map(|signed| SignOffView {
                at: signed.at.to_rfc3339(),
                signed_on: signed.signed_on.to_string(),
                name: signed.name.clone(),
                role: signed.role.clone(),
                seq: signed.seq,
                head: signed.head.clone(),
            }),
            carried: count(placed.iter().filter(unconfirmed)),
            stale: count(placed.iter().filter(|placed| self.stale(placed).is_some())),
            reasons_missing: count(placed.iter().filter(|placed| Self::reason_missing(self.answer(placed)))),
            proof_missing: count(proof_missing),
            kept: if unread { 0 } else { count(self.kept_of(assessment)) },
            criteria,
        }
    }

    pub(crate) fn reference(&self, id: &RequirementId) -> RequirementRef {
        match self.catalog.requirement(id) {
            Some((framework, _, requirement)) => RequirementRef {
                id: id.to_string(),
                label: requirement.label(self.locale).to_owned(),
                framework_name: framework.texts.get(self.locale).name.clone(),
                title: requirement.texts.get(self.locale).title.clone(),
            },
            None => RequirementRef {
                id: id.to_string(),
                label: id.number.clone(),
                framework_name: id.framework.to_string(),
                title: String::new(),
            },
        }
    }

    /// The last day on which an evidence counts for all of its requirements.
    pub(crate) fn counts_until(&self, evidence: &Evidence) -> Option<NaiveDate> {
        evidence
            .requirements
            .iter()
            .filter_map(|id| self.catalog.requirement(id))
            .filter_map(|(_, _, requirement)| counts_until(evidence, requirement.facts.freshness.as_ref()))
            .chain(evidence.valid_until)
            .min()
    }

    pub(crate) fn evidence_view(&self, evidence: &Evidence) -> EvidenceView {
        let until = self.counts_until(evidence);
        EvidenceView {
            id: evidence.id.to_string(),
            name: evidence.name.clone(),
            kind: evidence.kind,
            title: evidence.title.clone(),
            source: evidence.source.clone(),
            period_start: evidence.period_start.map(|day| day.to_string()),
            period_end: evidence.period_end.map(|day| day.to_string()),
            confidentiality: evidence.confidentiality,
            media_type: evidence.media_type.clone(),
            size: evidence.size,
            sha256: evidence.sha256.clone(),
            collected_on: evidence.collected_on.to_string(),
            valid_until: evidence.valid_until.map(|day| day.to_string()),
            counts_until: until.map(|day| day.to_string()),
            state: state_on(evidence.collected_on, until, self.today),
            added_at: evidence.added_at.to_rfc3339(),
            added_by: evidence.added_by.clone(),
            version: evidence.version,
            replaces: evidence.replaces.map(|id| id.to_string()),
            replaced_by: evidence.replaced_by.map(|id| id.to_string()),
            card_data_reason: evidence.card_data_reason.clone(),
            removed_reason: evidence.removed.as_ref().map(|removed| removed.reason.clone()),
            requirements: evidence.requirements.iter().map(|id| self.reference(id)).collect(),
            // See `relations`.
            same_as: Vec::new(),
            also_counts_for: Vec::new(),
            rev: evidence.rev,
        }
    }

    pub(crate) fn task_view(&self, task: &Task) -> TaskView {
        crate::task_view::of(self, task)
    }

    /// Tasks as people work them off: open ones first, overdue on top, then by due day and priority.
    pub(crate) fn tasks_in_order(&self) -> Vec<&Task> {
        let mut tasks: Vec<&Task> = self.rows.tasks().iter().collect();
        tasks.sort_by_key(|task| {
            (
                !task.status.is_open(),
                !task.is_overdue(self.today),
                task.due.unwrap_or(NaiveDate::MAX),
                std::cmp::Reverse(task.priority),
                task.created_at,
                task.id,
            )
        });
        tasks
    }
}

/// Whether an answer says anything that must not get lost.
fn said(answer: &Answer) -> bool {
    answer.verdict != Verdict::Unanswered || !answer.note.is_empty() || !answer.parts.is_empty()
}

/// The label of a verdict in a framework.
pub(crate) fn verdict_label(framework: &Framework, verdict: Verdict, locale: Locale) -> String {
    framework
        .texts
        .get(locale)
        .verdicts
        .get(&verdict)
        .cloned()
        .unwrap_or_else(|| messages::text(locale, "verdict", verdict.as_str(), &[]))
}

/// The names of the scopes of an assessment: `SAQ A + SAQ B-IP`.
pub(crate) fn scope_name(texts: Option<&FrameworkTexts>, scopes: &Scopes) -> String {
    let name = |id| texts.and_then(|t| t.scopes.get(id)).map_or_else(|| id.to_string(), |scope| scope.name.clone());
    scopes.iter().map(name).collect::<Vec<_>>().join(" + ")
}

/// What is special about a requirement in the scopes of an assessment. With several scopes each
/// note says which one it is for.
pub(crate) fn scope_note(placed: &Placed<'_>, locale: Locale) -> String {
    let notes = &placed.requirement.texts.get(locale).scope_notes;
    let scopes = &placed.assessment.scopes;
    let names = placed.framework.texts.get(locale);
    let note = |scope| {
        let text = notes.get(scope)?;
        let name = names.scopes.get(scope).map(|scope| scope.name.as_str());
        Some(match name {
            Some(name) if scopes.count() > 1 => format!("{name}: {text}"),
            _ => text.clone(),
        })
    };
    scopes.iter().filter_map(note).collect::<Vec<_>>().join("\n")
}

/// The verdicts a framework offers in some scopes, or in any. "Not tested" is for SAQ D only.
pub(crate) fn verdict_options(framework: &Framework, scopes: Option<&Scopes>, locale: Locale) -> Vec<VerdictOption> {
    let partial = scopes.is_none_or(|scopes| scopes.iter().any(|scope| scope.as_str().starts_with("D-")));
    framework
        .verdicts
        .iter()
        .filter(|verdict| **verdict != Verdict::NotTested || partial)
        .map(|verdict| VerdictOption {
            verdict: *verdict,
            label: verdict_label(framework, *verdict, locale),
            needs_justification: verdict.needs_justification(),
            worksheet: WorksheetKind::of(*verdict).filter(|_| WorksheetKind::asked_by(&framework.verdicts)),
        })
        .collect()
}

/// A stretch of a list that may be long.
pub(crate) struct Page {
    offset: usize,
    limit: usize,
}

impl Page {
    pub(crate) fn new(offset: Option<u32>, limit: Option<u32>) -> Self {
        let size = |number: Option<u32>| number.and_then(|number| usize::try_from(number).ok());
        Self { offset: size(offset).unwrap_or(0), limit: size(limit).unwrap_or(usize::MAX) }
    }

    pub(crate) fn of<'l, T>(&self, list: &'l [T]) -> impl Iterator<Item = &'l T> + use<'l, T> {
        list.iter().skip(self.offset).take(self.limit)
    }
}

pub(crate) fn count<T>(iterator: impl Iterator<Item = T>) -> u32 {
    u32::try_from(iterator.count()).unwrap_or(u32::MAX)
}

pub(crate) fn head_view(head: Head) -> JournalHead {
    JournalHead { seq: head.seq, head: head.hash }
}

pub(crate) fn profile_view(profile: &Profile) -> ProfileView {
    let Profile {
        id: _,
        name,
        trading_name,
        address,
        country,
        locale,
        website,
        platform,
        payment_provider,
        contact_name,
        contact_role,
        contact_email,
        staff,
        channels,
        payment_description,
        scope_facts,
        finder_answers,
        more_finder_answers,
        card_data_reason,
        created_at: _,
        rev,
    } = profile.clone();
    let ScopeFacts { assessors, left_out, environment, segmented, locations, products } = scope_facts;
    ProfileView {
        name,
        trading_name,
        address,
        country,
        locale,
        website,
        platform,
        payment_provider,
        contact_name,
        contact_role,
        contact_email,
        staff,
        channels,
        payment_description,
        scope_facts: ScopeFactsView { assessors, left_out, environment, segmented, locations, products },
        finder_answers,
        more_finder_answers,
        card_data_reason,
        rev,
    }
}
