//! The summary: counts, results in words, themes, and what the report cannot prove. No percentages,
//! and never the word that only a signed attestation may say.

use super::{Composer, assessment_name, cell, column, fact, lead, paragraph, verdict_label};
use crate::document::{Bar, Block, Paragraph, Row, Size, Span, Table, TableColumn, Tone};
use crate::input::AssessmentPart;
use crate::layout::FULL_WIDTH;
use crate::messages::fill;
use crate::text::fonts::Weight;
use tillproof_domain::answer::Verdict;
use tillproof_domain::freshness::ProofState;
use tillproof_domain::score::Outcome;

/// The verdicts in the order that they are counted in.
pub(super) const ORDER: [Verdict; 7] = [
    Verdict::InPlace,
    Verdict::InPlaceCcw,
    Verdict::Partly,
    Verdict::NotInPlace,
    Verdict::NotApplicable,
    Verdict::NotTested,
    Verdict::Unanswered,
];

impl Composer<'_> {
    /// The chapter.
    pub(super) fn summary(&self) -> Vec<Block> {
        let words = &self.words.summary;
        let intro = fill(&words.intro, &[("date", &self.format.long_date(self.report.state_on))]);
        let mut blocks = vec![self.chapter("summary", &words.title), paragraph(&intro)];
        if self.report.assessments.is_empty() {
            blocks.push(paragraph(&words.no_assessments));
        }
        for (index, assessment) in self.report.assessments.iter().enumerate() {
            blocks.extend(self.assessment_summary(index, assessment));
        }
        if !self.report.themes.is_empty() {
            blocks.push(self.section("themes", &words.themes));
            blocks.push(lead(&words.themes_intro));
            blocks.push(self.themes());
        }
        blocks.push(self.section("proof", &words.proof));
        blocks.push(fact(&words.evidence_count, vec![Paragraph::text(self.evidence_count())]));
        blocks.push(fact(&words.tasks_count, vec![Paragraph::text(self.task_count())]));
        if let Some(chart) = self.age_chart() {
            blocks.extend([Block::Space(10.0), Block::Caption(self.words.charts.age.clone()), chart]);
        }
        blocks.push(self.section("limits", &words.limits));
        blocks.extend(
            words.limits_items.iter().map(|text| Block::Paragraph(Paragraph::text(text.clone()).item("–").before(3.0))),
        );
        blocks
    }

    fn assessment_summary(&self, index: usize, assessment: &AssessmentPart) -> Vec<Block> {
        let words = &self.words.summary;
        let (outcome, detail) = self.outcome(assessment.outcome);
        let count = assessment.tally.total();
        let requirements = if count == 1 {
            words.requirements_one.clone()
        } else {
            fill(&words.requirements_many, &[("count", &count.to_string())])
        };
        let period = fill(
            &words.period,
            &[("start", &self.format.date(assessment.period_start)), ("end", &self.format.date(assessment.period_end))],
        );
        // A part of the requirements says nothing about the whole.
        let narrowed = self.report.choice.narrowed.is_some();
        let mut result = if narrowed {
            vec![Paragraph::new(vec![Span::new(words.narrowed.clone()).tone(Tone::Soft)])]
        } else {
            vec![
                Paragraph::new(vec![Span::new(outcome).weight(Weight::Semibold)]),
                Paragraph::new(vec![Span::new(detail).tone(Tone::Soft)]),
            ]
        };
        let unconfirmed = assessment.criteria.iter().filter(|(_, answer)| *answer != Some(true)).count();
        let requirements_of = || assessment.sections.iter().flat_map(|section| &section.requirements);
        let without_reason = requirements_of().filter(|requirement| requirement.reason_missing).count();
        let worksheets = requirements_of().filter_map(|requirement| requirement.worksheet.as_ref());
        let open_worksheets = worksheets.filter(|worksheet| worksheet.is_open()).count();
        for (count, text) in [
            (unconfirmed, &words.criteria_open),
            (without_reason, &words.reasons_missing),
            (open_worksheets, &words.worksheets_open),
        ] {
            if count > 0 {
                result.push(Paragraph::text(fill(text, &[("count", &count.to_string())])));
            }
        }
        let mut blocks = vec![Block::Together(vec![
            self.section(&format!("summary-{index}"), &assessment_name(assessment)),
            fact(&words.outcome, result),
            fact("", vec![Paragraph::new(vec![Span::new(format!("{period}  ·  {requirements}")).tone(Tone::Soft)])]),
            Block::Space(8.0),
            Block::Bars(self.bars(assessment)),
        ])];
        let charts = &self.words.charts;
        for (title, chart) in
            [(&charts.sections, self.sections_chart(assessment)), (&charts.progress, self.progress_chart(assessment))]
        {
            if let Some(chart) = chart {
                blocks.push(Block::Together(vec![Block::Space(14.0), Block::Caption(title.clone()), chart]));
            }
        }
        blocks
    }

    pub(super) fn outcome(&self, outcome: Outcome) -> (&str, &str) {
        let words = &self.words.outcomes;
        match outcome {
            Outcome::Open => (&words.open, &words.open_detail),
            Outcome::Partial => (&words.partial, &words.partial_detail),
            Outcome::ReadyWithLegalException => (&words.legal_exception, &words.legal_exception_detail),
            Outcome::ReadyToAttest => (&words.ready, &words.ready_detail),
        }
    }

    fn bars(&self, assessment: &AssessmentPart) -> Vec<Bar> {
        let known = |verdict: Verdict| {
            verdict == Verdict::Unanswered || assessment.verdict_labels.iter().any(|(label, _)| *label == verdict)
        };
        ORDER
            .into_iter()
            .filter(|verdict| known(*verdict) || assessment.tally.count(*verdict) > 0)
            .map(|verdict| Bar {
                verdict,
                label: verdict_label(assessment, self.words, verdict).to_owned(),
                count: assessment.tally.count(verdict),
                total: assessment.tally.total(),
            })
            .collect()
    }

    fn themes(&self) -> Block {
        const COUNT: f32 = 47.0;
        const ALL: f32 = 28.0;
        let words = &self.words.summary;
        let mut columns = vec![column(FULL_WIDTH - 7.0 * COUNT - ALL)];
        columns.extend([TableColumn { width: COUNT, numeric: true }; 7]);
        columns.push(TableColumn { width: ALL, numeric: true });
        let mut head = vec![vec![Span::new(words.theme.clone())]];
        head.extend(
            ORDER.map(|verdict| vec![Span::verdict(verdict, format!("\n{}", self.words.theme_heads.get(verdict)))]),
        );
        head.push(vec![Span::new(words.total.clone())]);
        let rows = self.report.themes.iter().map(|theme| {
            let mut cells = vec![cell(&theme.name)];
            cells.extend(ORDER.map(|verdict| number(theme.tally.count(verdict))));
            cells.push(number(theme.tally.total()));
            Row { anchor: None, cells }
        });
        Block::Table(Table { columns, head, rows: rows.collect() })
    }

    pub(super) fn evidence_count(&self) -> String {
        let words = &self.words.summary;
        let evidence = &self.report.evidence;
        if evidence.is_empty() {
            return words.evidence_none.clone();
        }
        let count = |state: ProofState| evidence.iter().filter(|evidence| evidence.state == state).count().to_string();
        fill(
            &words.evidence_value,
            &[
                ("count", &evidence.len().to_string()),
                ("expired", &count(ProofState::Expired)),
                ("due", &count(ProofState::DueSoon)),
            ],
        )
    }

    pub(super) fn task_count(&self) -> String {
        let words = &self.words.summary;
        let tasks = &self.report.tasks;
        if tasks.is_empty() {
            return words.tasks_none.clone();
        }
        let open = tasks.iter().filter(|task| task.status.is_open()).count();
        let overdue = tasks.iter().filter(|task| task.overdue).count();
        fill(
            &words.tasks_value,
            &[
                ("open", &open.to_string()),
                ("overdue", &overdue.to_string()),
                ("closed", &(tasks.len() - open).to_string()),
            ],
        )
    }
}

fn number(count: u32) -> Vec<Paragraph> {
    let tone = if count == 0 { Tone::Soft } else { Tone::Ink };
    vec![Paragraph::new(vec![Span::new(count.to_string()).tone(tone)]).size(Size::Small)]
}
