//! The worksheets: what the official form asks beyond a verdict, filled in or open. Left out where
//! no verdict opened one.

use super::{Composer, assessment_name, paragraph, requirement_anchor, verdict_label, worksheet_anchor};
use crate::document::{Block, Columns, Heading, Paragraph, Size, Span, Tone};
use crate::input::{AssessmentPart, RequirementPart, WorksheetPart};
use crate::messages::fill;
use crate::text::fonts::Weight;
use tillproof_domain::answer::Verdict;
use tillproof_domain::worksheet::WorksheetKind;

impl Composer<'_> {
    /// The chapter.
    pub(super) fn worksheets(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (index, assessment) in self.report.assessments.iter().enumerate() {
            for kind in WorksheetKind::ALL {
                blocks.extend(self.worksheets_of(index, assessment, *kind));
            }
        }
        if !blocks.is_empty() {
            let words = &self.words.worksheets;
            blocks.splice(0..0, [self.chapter("worksheets", &words.title), paragraph(&words.intro)]);
        }
        blocks
    }

    /// A section with all worksheets of one kind, in the order of the list.
    fn worksheets_of(&self, index: usize, assessment: &AssessmentPart, kind: WorksheetKind) -> Vec<Block> {
        let requirements = assessment.sections.iter().flat_map(|section| &section.requirements);
        let of_kind: Vec<(&RequirementPart, &WorksheetPart)> = requirements
            .filter_map(|requirement| Some((requirement, requirement.worksheet.as_ref()?)))
            .filter(|(_, worksheet)| worksheet.kind == kind)
            .collect();
        let Some((_, first)) = of_kind.first() else { return Vec::new() };
        let name = assessment_name(assessment);
        let values = [("title", first.title.as_str()), ("source", &first.source), ("name", &name)];
        let title = fill(&self.words.worksheets.kind, &values);
        let mut blocks = vec![self.section(&format!("worksheets-{index}-{kind}"), &title)];
        blocks.extend(
            of_kind.iter().map(|(requirement, worksheet)| self.worksheet(index, assessment, requirement, worksheet)),
        );
        blocks
    }

    fn worksheet(
        &self,
        index: usize,
        assessment: &AssessmentPart,
        requirement: &RequirementPart,
        worksheet: &WorksheetPart,
    ) -> Block {
        let label = Span::new(requirement.label.clone()).weight(Weight::Semibold);
        let verdict = verdict_label(assessment, self.words, requirement.verdict);
        let left = vec![
            Paragraph::new(vec![label.to(requirement_anchor(index, requirement))]),
            Paragraph::new(vec![Span::verdict(requirement.verdict, verdict)]).size(Size::Small).before(3.0),
        ];
        let mut right = Vec::new();
        if !requirement.title.trim().is_empty() {
            right.push(Paragraph::new(vec![Span::new(requirement.title.clone()).weight(Weight::Semibold)]));
        }
        for (asked, text) in &worksheet.points {
            let asked = Span::new(asked.clone()).tone(Tone::Soft);
            right.push(Paragraph::new(vec![asked]).size(Size::Small).before(5.0));
            right.push(if text.trim().is_empty() {
                let tone = Tone::Verdict(Verdict::NotInPlace);
                let open = Span::new(self.words.worksheets.open.clone()).weight(Weight::Semibold).tone(tone);
                Paragraph::new(vec![open])
            } else {
                Paragraph::text(text.clone())
            });
        }
        let short: String = requirement.label.chars().take(16).collect();
        let text = format!("{}  {}", requirement.label, requirement.title).trim().to_owned();
        Block::Columns(Columns {
            left,
            right,
            heading: Some(Heading { level: 3, text, anchor: worksheet_anchor(index, requirement) }),
            ruled: true,
            before: 9.0,
            keep: 3,
            continued: Some(fill(&self.words.worksheets.continued, &[("label", &short)])),
        })
    }
}
