//! What is still open, and the tasks: who does what until when.

use super::{
    Composer, assessment_name, cell, cell_of, column, fact, lead, paragraph, requirement_anchor, task_anchor,
    verdict_label, worksheet_anchor,
};
use crate::document::{Block, Paragraph, Row, Size, Span, Table, Tone};
use crate::input::{AssessmentPart, RequirementPart, TaskPart, WorksheetPart};
use crate::layout::FULL_WIDTH;
use crate::messages::fill;
use crate::text::fonts::Weight;
use tillproof_domain::answer::Verdict;
use tillproof_domain::worksheet::WorksheetKind;

impl Composer<'_> {
    /// The chapter.
    pub(super) fn open_points(&self) -> Vec<Block> {
        let words = &self.words.open_points;
        let mut blocks = vec![self.chapter("open-points", &words.title), paragraph(&words.intro)];
        let mut any = false;
        for (index, assessment) in self.report.assessments.iter().enumerate() {
            let rows = self.open_rows(index, assessment);
            if rows.is_empty() {
                continue;
            }
            any = true;
            blocks.push(self.section(&format!("open-{index}"), &assessment_name(assessment)));
            let heads = [&words.requirement, &words.state, &words.target, &words.tasks];
            blocks.push(Block::Table(Table {
                columns: vec![column(FULL_WIDTH - 262.0), column(128.0), column(68.0), column(66.0)],
                head: heads.map(|word| vec![Span::new(word.clone())]).into(),
                rows,
            }));
        }
        if !any {
            blocks.push(paragraph(&words.none));
        }
        if !self.report.quality.is_empty() {
            blocks.push(self.section("quality", &words.quality));
            blocks.push(lead(&words.quality_intro));
            for kind in &self.report.quality {
                let points = kind.points.iter().map(|point| Paragraph::text(point).size(Size::Small).before(2.0));
                blocks.push(fact(&format!("{} ({})", kind.name, kind.points.len()), points.collect()));
            }
        }
        blocks.push(self.section("tasks", &words.all_tasks));
        if self.report.tasks.is_empty() {
            blocks.push(paragraph(&words.no_tasks));
        } else {
            blocks.push(lead(&words.tasks_intro));
            blocks.push(self.tasks());
        }
        blocks
    }

    fn open_rows(&self, index: usize, assessment: &AssessmentPart) -> Vec<Row> {
        let requirements = assessment.sections.iter().flat_map(|section| &section.requirements);
        let mut rows: Vec<Row> = requirements
            .filter(|requirement| is_open(requirement))
            .map(|requirement| self.open_row(index, assessment, requirement))
            .collect();
        let words = &self.words.open_points;
        let criteria = assessment.criteria.iter().filter(|(_, answer)| *answer != Some(true));
        rows.extend(criteria.map(|(statement, answer)| {
            let state = match answer {
                Some(_) => Span::verdict(Verdict::NotInPlace, self.words.scope.denied.clone()),
                None => Span::verdict(Verdict::Unanswered, self.words.scope.open.clone()),
            };
            let word = Span::new(format!("{}: ", words.criterion)).weight(Weight::Semibold);
            let statement = cell_of(vec![word, Span::new(statement.clone())]);
            Row { anchor: None, cells: vec![statement, cell_of(vec![state]), Vec::new(), Vec::new()] }
        }));
        rows
    }

    fn open_row(&self, index: usize, assessment: &AssessmentPart, requirement: &RequirementPart) -> Row {
        let label = verdict_label(assessment, self.words, requirement.verdict);
        let mut state = cell_of(vec![Span::verdict(requirement.verdict, label)]);
        if requirement.reason_missing {
            let missing = Span::new(self.words.open_points.reason_missing.clone());
            state.push(Paragraph::new(vec![missing]).size(Size::Small));
        }
        if let Some(worksheet) = &requirement.worksheet
            && (worksheet.is_open() || worksheet.kind == WorksheetKind::LegalException)
        {
            let words = &self.words.worksheets;
            let word = if worksheet.is_open() { &words.still_open } else { &words.see };
            let span = Span::new(fill(word, &[("title", &worksheet.title)])).to(worksheet_anchor(index, requirement));
            state.push(Paragraph::new(vec![span]).size(Size::Small));
        }
        if requirement.carried {
            let carried = Span::new(self.words.open_points.carried.clone());
            state.push(Paragraph::new(vec![carried]).size(Size::Small));
        }
        let link = Span::new(requirement.label.clone()).weight(Weight::Semibold);
        let name = vec![link.to(requirement_anchor(index, requirement)), Span::new(format!("  {}", requirement.title))];
        let target = requirement.target_date.map_or_else(String::new, |day| self.format.date(day));
        Row {
            anchor: None,
            cells: vec![cell_of(name), state, cell(&target), cell_of(self.task_links(&requirement.tasks))],
        }
    }

    fn tasks(&self) -> Block {
        let words = &self.words.open_points;
        let heads = [&words.number, &words.task, &words.owner, &words.due, &words.priority, &words.status];
        Block::Table(Table {
            columns: vec![
                column(34.0),
                column(FULL_WIDTH - 34.0 - 84.0 - 66.0 - 52.0 - 58.0),
                column(84.0),
                column(66.0),
                column(52.0),
                column(58.0),
            ],
            head: heads.map(|word| vec![Span::new(word.clone())]).into(),
            rows: self.report.tasks.iter().map(|task| self.task(task)).collect(),
        })
    }

    fn task(&self, task: &TaskPart) -> Row {
        let words = &self.words.open_points;
        let small = |span: Span| Paragraph::new(vec![span]).size(Size::Small);
        let mut what = vec![small(Span::new(task.title.clone()).weight(Weight::Semibold))];
        if !task.description.trim().is_empty() {
            what.push(small(Span::new(task.description.clone())).before(1.0));
        }
        if !task.requirements.is_empty() {
            let serves = fill(&words.serves, &[("requirements", &task.requirements.join(", "))]);
            what.push(small(Span::new(serves).tone(Tone::Soft)).before(1.0));
        }
        let hours = task.effort_minutes.map(|minutes| {
            let hours = self.format.hours(minutes);
            fill(&words.effort, &[("hours", &hours)])
        });
        let cost = (!task.cost.is_empty()).then(|| fill(&words.cost, &[("cost", &task.cost)]));
        let proof = task.proof.iter().filter_map(|at| self.report.evidence.get(*at)).map(|one| one.number.as_str());
        let proof = proof.collect::<Vec<_>>().join(", ");
        let proof = (!proof.is_empty()).then(|| fill(&words.proof, &[("numbers", &proof)]));
        let more: Vec<String> = [hours, cost, proof].into_iter().flatten().collect();
        if !more.is_empty() {
            what.push(small(Span::new(more.join("  ·  ")).tone(Tone::Soft)).before(1.0));
        }
        for (at, who, text) in &task.comments {
            let who = if who.trim().is_empty() { &self.words.unknown_person } else { who };
            let head = Span::new(format!("{who}, {}: ", self.format.instant(*at))).tone(Tone::Soft);
            what.push(Paragraph::new(vec![head, Span::new(text.clone())]).size(Size::Small).before(2.0));
        }
        let owner = or_else(&task.owner, &words.nobody);
        let mut due = cell(&task.due.map_or_else(|| words.no_date.clone(), |day| self.format.date(day)));
        if task.overdue {
            let tone = Tone::Verdict(Verdict::NotInPlace);
            due.push(small(Span::new(words.overdue.clone()).weight(Weight::Semibold).tone(tone)));
        }
        Row {
            anchor: Some(task_anchor(&task.number)),
            cells: vec![
                cell_of(vec![Span::new(task.number.clone()).weight(Weight::Semibold)]),
                what,
                cell(owner),
                due,
                cell(self.words.priorities.get(task.priority)),
                cell(self.words.statuses.get(task.status)),
            ],
        }
    }
}

pub(super) fn is_open(requirement: &RequirementPart) -> bool {
    requirement.verdict == Verdict::Unanswered
        || requirement.verdict.is_gap()
        || requirement.reason_missing
        || requirement.worksheet.as_ref().is_some_and(WorksheetPart::is_open)
        || requirement.carried
}

pub(super) fn or_else<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.trim().is_empty() { otherwise } else { text }
}
