//! The results: each requirement with its question, its answer, and what stands behind it.

use super::{Composer, assessment_name, evidence_anchor, paragraph, requirement_anchor, verdict_label};
use crate::document::{Block, Columns, Heading, Paragraph, Size, Span, Tone};
use crate::input::{AssessmentPart, RequirementPart};
use crate::messages::fill;
use crate::text::fonts::Weight;
use tillproof_domain::answer::Verdict;
use tillproof_domain::freshness::ProofState;
use tillproof_domain::time::Timestamp;

impl Composer<'_> {
    /// A chapter for each assessment.
    pub(super) fn results(&self) -> Vec<Block> {
        let words = &self.words.results;
        let mut blocks = Vec::new();
        for (index, assessment) in self.report.assessments.iter().enumerate() {
            if index > 0 {
                blocks.push(Block::PageBreak);
            }
            let title = fill(&words.title, &[("name", &assessment_name(assessment))]);
            blocks.push(self.chapter(&format!("results-{index}"), &title));
            if assessment.sections.is_empty() {
                blocks.push(paragraph(&words.no_requirements));
            }
            for (number, section) in assessment.sections.iter().enumerate() {
                blocks.push(self.section(&format!("results-{index}-{number}"), &section.title));
                blocks.extend(
                    section.requirements.iter().map(|requirement| self.requirement(index, assessment, requirement)),
                );
            }
        }
        blocks
    }

    fn requirement(&self, index: usize, assessment: &AssessmentPart, requirement: &RequirementPart) -> Block {
        let label = verdict_label(assessment, self.words, requirement.verdict);
        let mut left = vec![
            Paragraph::new(vec![Span::new(requirement.label.clone()).weight(Weight::Semibold)]),
            Paragraph::new(vec![Span::verdict(requirement.verdict, label)]).size(Size::Small).before(3.0),
        ];
        if requirement.verdict.claims_met() || requirement.proof != ProofState::Missing {
            let proof = Span::new(self.words.proof.get(requirement.proof)).tone(Tone::Soft);
            left.push(Paragraph::new(vec![proof]).size(Size::Small).before(2.0));
        }
        let work = format!("{}: {}", self.words.results.progress, self.words.progress.get(requirement.progress));
        left.push(Paragraph::new(vec![Span::new(work).tone(Tone::Soft)]).size(Size::Small));
        if !requirement.tester_methods.is_empty() {
            let methods: Vec<&str> =
                requirement.tester_methods.iter().map(|method| self.words.methods.get(*method)).collect();
            let methods = format!("{}: {}", self.words.results.methods, methods.join(", "));
            left.push(Paragraph::new(vec![Span::new(methods).tone(Tone::Soft)]).size(Size::Small));
        }
        let name = if requirement.label.trim().is_empty() {
            requirement.title.clone()
        } else {
            format!("{}  {}", requirement.label, requirement.title)
        };
        let heading = Heading { level: 3, text: name, anchor: requirement_anchor(index, requirement) };
        Block::Columns(Columns {
            left,
            right: self.answer(assessment, requirement),
            heading: Some(heading),
            ruled: true,
            before: 9.0,
            keep: 3,
            continued: Some(self.continued(requirement)),
        })
    }

    fn answer(&self, assessment: &AssessmentPart, requirement: &RequirementPart) -> Vec<Paragraph> {
        let words = &self.words.results;
        let mut right = Vec::new();
        if !requirement.title.trim().is_empty() {
            right.push(Paragraph::new(vec![Span::new(requirement.title.clone()).weight(Weight::Semibold)]));
        }
        right.push(Paragraph::text(requirement.question.clone()).before(1.0));
        for (index, (part, verdict)) in requirement.parts.iter().enumerate() {
            let label = verdict_label(assessment, self.words, *verdict);
            right.push(row(&words.parts, index, Span::verdict(*verdict, label), part).size(Size::Small));
        }
        right.extend(said(&words.scopes, &requirement.scopes.join(", "), Tone::Soft));
        right.extend(said(&words.scope_note, &requirement.scope_note, Tone::Soft));
        right.extend(said(&words.note, &requirement.note, Tone::Ink));
        right.extend(said(&words.reason, &requirement.justification, Tone::Ink));
        if requirement.reason_missing {
            let tone = Tone::Verdict(Verdict::NotInPlace);
            let span = Span::new(words.reason_missing.clone()).weight(Weight::Semibold).tone(tone);
            right.push(Paragraph::new(vec![span]).before(5.0).labelled(words.reason.clone()));
        }
        right.extend(self.evidence_of(requirement));
        let tasks = requirement.tasks.iter().filter_map(|index| self.report.tasks.get(*index));
        for (index, task) in tasks.enumerate() {
            let number = Span::new(task.number.clone()).weight(Weight::Semibold).to(super::task_anchor(&task.number));
            right.push(row(&words.tasks, index, number, &task.title));
        }
        let circumstances = self.circumstances(requirement);
        if !circumstances.text.is_empty() {
            right.push(Paragraph::new(vec![circumstances]).size(Size::Small).before(6.0));
        }
        right
    }

    fn evidence_of(&self, requirement: &RequirementPart) -> Vec<Paragraph> {
        let evidence = requirement.evidence.iter().filter_map(|index| self.report.evidence.get(*index));
        evidence
            .enumerate()
            .map(|(index, evidence)| {
                let number =
                    Span::new(evidence.number.clone()).weight(Weight::Semibold).to(evidence_anchor(&evidence.number));
                row(&self.words.results.evidence, index, number, &evidence.name)
            })
            .collect()
    }

    fn circumstances(&self, requirement: &RequirementPart) -> Span {
        let words = &self.words.results;
        let mut parts = Vec::new();
        if let Some(day) = requirement.target_date {
            parts.push((&words.target, self.format.date(day)));
        }
        if let Some(at) = requirement.answered_at {
            let from =
                if requirement.carried { format!(" ({})", self.words.open_points.carried) } else { String::new() };
            parts.push((&words.answered, self.answered(at, &requirement.answered_by) + &from));
        }
        let text: Vec<String> = parts.into_iter().map(|(word, value)| format!("{word}: {value}")).collect();
        Span::new(text.join("  ·  ")).tone(Tone::Soft)
    }

    /// The label is a few digits; whatever somebody made of it, the note must stay one.
    fn continued(&self, requirement: &RequirementPart) -> String {
        let label: String = requirement.label.chars().take(16).collect();
        fill(&self.words.results.continued, &[("label", &label)])
    }

    fn answered(&self, at: Timestamp, who: &str) -> String {
        let at = self.format.instant(at);
        if who.trim().is_empty() {
            return at;
        }
        fill(&self.words.results.answered_value, &[("at", &at), ("who", who)])
    }
}

/// A text that somebody wrote, after the word for what it is.
fn said(word: &str, text: &str, tone: Tone) -> Option<Paragraph> {
    let size = if tone == Tone::Soft { Size::Small } else { Size::Body };
    (!text.trim().is_empty())
        .then(|| Paragraph::new(vec![Span::new(text).tone(tone)]).size(size).before(5.0).labelled(word))
}

/// One of several things with a number; the word for them stands before the first.
fn row(word: &str, index: usize, number: Span, name: &str) -> Paragraph {
    let (before, word) = if index == 0 { (5.0, word) } else { (0.0, "") };
    Paragraph::new(vec![number, Span::new(format!("  {name}"))]).before(before).labelled(word)
}
