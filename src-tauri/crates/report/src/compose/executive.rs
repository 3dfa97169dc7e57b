//! The report on two pages: where the merchant stands, and what comes next. Lists are cut to what
//! matters most, and say how much more there is.

use super::open_points::{is_open, or_else};
use super::{Composer, assessment_name, cell, cell_of, column, paragraph, verdict_label};
use crate::document::{Anchor, Block, Heading, Paragraph, Row, Size, Span, Table, Tone};
use crate::input::{AssessmentPart, RequirementPart};
use crate::layout::FULL_WIDTH;
use crate::messages::fill;
use crate::text::fonts::Weight;
use tillproof_domain::answer::Verdict;
use tillproof_domain::score::Outcome;

/// How much the two pages hold: less is tried where more does not fit.
struct Room {
    /// So many open requirements are named.
    open: usize,
    /// So many tasks are named.
    tasks: usize,
    /// So many themes are shown.
    themes: usize,
    /// So many assessments are told in words.
    assessments: usize,
    /// A text is cut after so many letters.
    letters: usize,
}

const ROOMS: [Room; 5] = [
    Room { open: 10, tasks: 7, themes: 8, assessments: 5, letters: 90 },
    Room { open: 8, tasks: 6, themes: 8, assessments: 5, letters: 70 },
    Room { open: 6, tasks: 4, themes: 6, assessments: 3, letters: 50 },
    Room { open: 3, tasks: 2, themes: 4, assessments: 2, letters: 36 },
    Room { open: 1, tasks: 1, themes: 0, assessments: 1, letters: 24 },
];

/// How often less may be tried.
pub const SQUEEZES: usize = ROOMS.len() - 1;

impl Composer<'_> {
    /// Both pages.
    pub(super) fn executive(&self) -> Vec<Block> {
        let words = &self.words.executive;
        let report = self.report;
        let room = self.room();
        let merchant = short(&report.merchant.name, room.letters);
        let title = Heading { level: 1, text: merchant, anchor: Anchor("chapter:executive".to_owned()) };
        let intro = fill(&words.intro, &[("date", &self.format.long_date(report.state_on))]);
        let mut blocks = vec![Block::Heading(title), paragraph(&intro), self.section("standing", &words.standing)];
        if report.assessments.is_empty() {
            blocks.push(paragraph(&self.words.summary.no_assessments));
        }
        for assessment in report.assessments.iter().take(room.assessments) {
            blocks.push(self.standing(assessment));
        }
        let more = report.assessments.len().saturating_sub(room.assessments);
        if more > 0 {
            blocks.push(paragraph(&fill(&words.more, &[("count", &more.to_string())])));
        }
        if report.assessments.len() <= room.assessments {
            blocks.extend(self.assessments_chart());
        }
        if let Some(themes) = self.themes_chart(room.themes) {
            blocks.extend([self.section("themes", &self.words.summary.themes), themes]);
        }
        if let Some(age) = self.age_chart() {
            blocks.push(self.section("proof", &self.words.summary.proof));
            blocks.push(paragraph(&format!("{}. {}.", self.evidence_count(), self.task_count())));
            blocks.push(age);
        }
        blocks.push(Block::PageBreak);
        blocks.push(Block::Heading(Heading {
            level: 1,
            text: words.next.clone(),
            anchor: Anchor("chapter:next".to_owned()),
        }));
        blocks.extend(self.first_open());
        blocks.extend(self.first_tasks());
        blocks.push(self.section("limits", &self.words.summary.limits));
        blocks.push(paragraph(&words.limits));
        blocks
    }

    fn room(&self) -> &'static Room {
        ROOMS.get(self.squeeze).unwrap_or(&ROOMS[SQUEEZES])
    }

    fn standing(&self, assessment: &AssessmentPart) -> Block {
        let (outcome, detail) = self.outcome(assessment.outcome);
        let tone = if assessment.outcome == Outcome::Open {
            Tone::Verdict(Verdict::NotInPlace)
        } else {
            Tone::Verdict(Verdict::InPlace)
        };
        let result = vec![
            Paragraph::new(vec![Span::new(outcome).weight(Weight::Semibold).tone(tone)]),
            Paragraph::new(vec![Span::new(detail).tone(Tone::Soft)]).size(Size::Small),
        ];
        super::fact(&short(&assessment_name(assessment), self.room().letters), result)
    }

    fn first_open(&self) -> Vec<Block> {
        let (words, room) = (&self.words.open_points, self.room());
        let all: Vec<(&AssessmentPart, &RequirementPart)> = self
            .report
            .assessments
            .iter()
            .flat_map(|assessment| {
                let requirements = assessment.sections.iter().flat_map(|section| &section.requirements);
                requirements
                    .filter(|requirement| is_open(requirement))
                    .map(move |requirement| (assessment, requirement))
            })
            .collect();
        let mut blocks = vec![self.section("open", &words.title)];
        if all.is_empty() {
            blocks.push(paragraph(&words.none));
            return blocks;
        }
        // What is said not to be met weighs more than what nobody has looked at.
        let (gaps, others): (Vec<_>, Vec<_>) = all.iter().partition(|(_, requirement)| requirement.verdict.is_gap());
        let rows = gaps.into_iter().chain(others).take(room.open).map(|(assessment, requirement)| {
            let name = format!("{} {}", assessment.framework_name, requirement.label);
            let label = verdict_label(assessment, self.words, requirement.verdict);
            Row {
                anchor: None,
                cells: vec![
                    cell_of(vec![Span::new(short(&name, room.letters * 2 / 3)).weight(Weight::Semibold)]),
                    cell(&short(&requirement.title, room.letters)),
                    cell_of(vec![Span::verdict(requirement.verdict, short(label, 40))]),
                    cell(&requirement.target_date.map(|day| self.format.date(day)).unwrap_or_default()),
                ],
            }
        });
        blocks.push(Block::Table(Table {
            columns: vec![column(112.0), column(FULL_WIDTH - 112.0 - 120.0 - 66.0), column(120.0), column(66.0)],
            head: [&self.words.executive.number, &words.requirement, &words.state, &words.target]
                .map(|word| vec![Span::new(word.clone())])
                .into(),
            rows: rows.collect(),
        }));
        blocks.extend(self.more(all.len().saturating_sub(room.open)));
        blocks
    }

    fn first_tasks(&self) -> Vec<Block> {
        let (words, room) = (&self.words.open_points, self.room());
        let mut open: Vec<_> = self.report.tasks.iter().filter(|task| task.status.is_open()).collect();
        open.sort_by_key(|task| (!task.overdue, task.due.is_none(), task.due));
        let mut blocks = vec![self.section("tasks", &words.all_tasks)];
        if open.is_empty() {
            blocks.push(paragraph(&self.words.executive.no_open_tasks));
            return blocks;
        }
        let rows = open.iter().take(room.tasks).map(|task| {
            let due = task.due.map_or_else(|| words.no_date.clone(), |day| self.format.date(day));
            let tone = if task.overdue { Tone::Verdict(Verdict::NotInPlace) } else { Tone::Ink };
            let due = if task.overdue { format!("{due}, {}", words.overdue) } else { due };
            Row {
                anchor: None,
                cells: vec![
                    cell(&short(&task.title, room.letters)),
                    cell(&short(or_else(&task.owner, &words.nobody), room.letters / 2)),
                    cell_of(vec![Span::new(due).tone(tone)]),
                ],
            }
        });
        blocks.push(Block::Table(Table {
            columns: vec![column(FULL_WIDTH - 110.0 - 110.0), column(110.0), column(110.0)],
            head: [&words.task, &words.owner, &words.due].map(|word| vec![Span::new(word.clone())]).into(),
            rows: rows.collect(),
        }));
        blocks.extend(self.more(open.len().saturating_sub(room.tasks)));
        blocks
    }

    fn more(&self, count: usize) -> Option<Block> {
        (count > 0).then(|| paragraph(&fill(&self.words.executive.more, &[("count", &count.to_string())])))
    }
}

/// The text on one line, cut where it would take room that is needed. What stands as its number
/// counts as that.
pub(super) fn short(text: &str, most: usize) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut room = most;
    for (at, character) in one_line.char_indices() {
        let needed = if character < '\u{250}' && !character.is_control() { 1 } else { 8 };
        if needed > room {
            return format!("{}…", one_line.get(..at).unwrap_or_default().trim_end());
        }
        room -= needed;
    }
    one_line
}
