//! The charts: counts that stand elsewhere as numbers, side by side. Each carries its words.

use super::executive::short;
use super::summary::ORDER;
use super::{Composer, assessment_name, verdict_label};
use crate::document::{Block, Chart, ChartRow, Tone};
use crate::input::AssessmentPart;
use crate::messages::fill;
use tillproof_domain::answer::Verdict;
use tillproof_domain::score::Tally;

/// A name is cut after so many letters; it stands in full elsewhere.
const NAME: usize = 80;

/// A line of counts by verdict.
struct Counted {
    name: String,
    tally: Tally,
}

impl Composer<'_> {
    /// How far each assessment is, one bar each.
    pub(super) fn assessments_chart(&self) -> Option<Block> {
        let rows = self.report.assessments.iter();
        let rows: Vec<Counted> =
            rows.map(|part| Counted { name: short(&assessment_name(part), NAME), tally: part.tally }).collect();
        let labels = |verdict| self.words.verdicts.get(verdict).to_owned();
        (!rows.is_empty()).then(|| self.verdict_chart(&self.words.charts.assessments, &rows, &labels))
    }

    /// How far each theme is.
    pub(super) fn themes_chart(&self, most: usize) -> Option<Block> {
        let rows = self.report.themes.iter().take(most);
        let rows: Vec<Counted> =
            rows.map(|theme| Counted { name: short(&theme.name, NAME), tally: theme.tally }).collect();
        let labels = |verdict| self.words.verdicts.get(verdict).to_owned();
        (!rows.is_empty()).then(|| self.verdict_chart(&self.words.summary.themes, &rows, &labels))
    }

    /// How far each section of an assessment is.
    pub(super) fn sections_chart(&self, assessment: &AssessmentPart) -> Option<Block> {
        let rows: Vec<Counted> = assessment
            .sections
            .iter()
            .map(|section| Counted {
                name: short(&section.title, NAME),
                tally: section.requirements.iter().map(|requirement| requirement.verdict).collect(),
            })
            .collect();
        let labels = |verdict| verdict_label(assessment, self.words, verdict).to_owned();
        (rows.len() > 1).then(|| self.verdict_chart(&self.words.charts.sections, &rows, &labels))
    }

    /// How an assessment compares with those before it.
    pub(super) fn progress_chart(&self, assessment: &AssessmentPart) -> Option<Block> {
        const MOST: usize = 8;
        let words = &self.words.charts;
        let earlier = assessment.earlier.iter().rev().take(MOST).rev();
        let mut rows: Vec<Counted> = earlier
            .map(|one| {
                let name = fill(&words.signed, &[("date", &self.format.date(one.signed_on))]);
                Counted { name, tally: one.tally }
            })
            .collect();
        if rows.is_empty() {
            return None;
        }
        rows.push(Counted { name: words.this.clone(), tally: assessment.tally });
        let labels = |verdict| verdict_label(assessment, self.words, verdict).to_owned();
        Some(self.verdict_chart(&words.progress, &rows, &labels))
    }

    /// How long ago the evidence was collected.
    pub(super) fn age_chart(&self) -> Option<Block> {
        let words = &self.words.charts;
        let total = u32::try_from(self.report.evidence.len()).unwrap_or(u32::MAX);
        if total == 0 {
            return None;
        }
        // Quarters, half years and years are what PCI DSS asks in.
        let mut counts = [0_u32; 4];
        for evidence in &self.report.evidence {
            let days = (self.report.state_on - evidence.collected_on).num_days();
            let class = [92, 183, 366].iter().position(|limit| days <= *limit).unwrap_or(3);
            if let Some(count) = counts.get_mut(class) {
                *count += 1;
            }
        }
        let names = [&words.quarter, &words.half_year, &words.year, &words.older];
        let rows: Vec<ChartRow> = names
            .iter()
            .zip(counts)
            .map(|(name, count)| ChartRow {
                name: (*name).clone(),
                segments: vec![(Tone::Accent, count)],
                total,
                value: count.to_string(),
            })
            .collect();
        let said: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.name, row.value)).collect();
        let words = format!("{}: {}.", words.age, said.join("; "));
        Some(Block::Chart(Chart { words, legend: Vec::new(), rows }))
    }

    fn verdict_chart(&self, title: &str, rows: &[Counted], label: &dyn Fn(Verdict) -> String) -> Block {
        let used = ORDER.into_iter().filter(|verdict| rows.iter().any(|row| row.tally.count(*verdict) > 0));
        let legend: Vec<(Verdict, String)> = used.map(|verdict| (verdict, short(&label(verdict), NAME / 2))).collect();
        let said = rows.iter().map(|row| {
            let counts = legend.iter().filter(|(verdict, _)| row.tally.count(*verdict) > 0);
            let counts: Vec<String> =
                counts.map(|(verdict, label)| format!("{label} {}", row.tally.count(*verdict))).collect();
            format!("{}: {}", row.name, counts.join(", "))
        });
        let words = format!("{title}: {}.", said.collect::<Vec<_>>().join("; "));
        let rows = rows
            .iter()
            .map(|row| {
                let total = row.tally.total();
                let answered = total - row.tally.count(Verdict::Unanswered);
                ChartRow {
                    name: row.name.clone(),
                    // What nobody has answered stays as empty as its mark.
                    segments: ORDER
                        .iter()
                        .filter(|verdict| **verdict != Verdict::Unanswered)
                        .map(|verdict| (Tone::Verdict(*verdict), row.tally.count(*verdict)))
                        .collect(),
                    total,
                    value: fill(
                        &self.words.charts.answered,
                        &[("count", &answered.to_string()), ("total", &total.to_string())],
                    ),
                }
            })
            .collect();
        Block::Chart(Chart { words, legend, rows })
    }
}
