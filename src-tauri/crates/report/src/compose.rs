//! From the input to the document: what is said, in which order, with which words. Nothing here
//! knows about pages.

pub mod charts;
pub mod close;
pub mod cover;
pub mod evidence;
pub mod executive;
pub mod open_points;
pub mod providers;
pub mod registers;
pub mod results;
pub mod scope;
pub mod summary;
pub mod worksheets;

use crate::ReportError;
use crate::document::{
    Anchor, Block, Columns, Document, Furniture, Heading, Paragraph, Properties, Size, Span, TableColumn, Tone,
};
use crate::format::{Format, short_hash};
use crate::input::{AssessmentPart, Report, RequirementPart};
use crate::messages::{Messages, fill};
use crate::text::fonts::Weight;
use tillproof_domain::answer::Verdict;
use tillproof_domain::report::ReportKind;

/// What every chapter needs.
#[derive(Clone, Copy)]
pub struct Composer<'a> {
    /// The data.
    pub report: &'a Report,
    /// The words.
    pub words: &'a Messages,
    /// Dates and numbers.
    pub format: Format<'a>,
    /// How many characters are shown by their number.
    pub named: usize,
    /// How often more was tried than fits on two pages.
    pub squeeze: usize,
}

/// Makes the document. `named` is how many characters of its texts are shown by their number,
/// `squeeze` how often more was tried than fits, where there is a limit: up to
/// [`executive::SQUEEZES`].
///
/// # Errors
/// The words of the language do not load.
pub fn compose(report: &Report, named: usize, squeeze: usize) -> Result<Document, ReportError> {
    let words = Messages::load(report.locale)?;
    let composer = Composer { report, words: &words, format: Format::new(report.locale, &words), named, squeeze };
    if report.choice.kind == ReportKind::Executive {
        return Ok(composer.document((Vec::new(), Vec::new()), composer.executive()));
    }
    let full = report.choice.kind == ReportKind::Full;
    let mut chapters = Vec::new();
    if full {
        chapters.extend([composer.summary(), composer.scope()]);
        if report.choice.has_every_chapter() {
            chapters.push(composer.providers());
        }
        chapters.extend([composer.results(), composer.worksheets()]);
        if report.choice.has_every_chapter() {
            chapters.extend(composer.registers());
        }
    }
    chapters.push(composer.open_points());
    if full {
        chapters.push(composer.evidence());
    }
    chapters.push(composer.close());
    let mut body = vec![composer.chapter("contents", &words.contents), Block::Contents];
    // A chapter that has nothing to say is left out.
    for chapter in chapters.into_iter().filter(|chapter| !chapter.is_empty()) {
        body.push(Block::PageBreak);
        body.extend(chapter);
    }
    Ok(composer.document((composer.cover(), composer.cover_foot()), body))
}

impl Composer<'_> {
    fn document(&self, (cover, cover_foot): (Vec<Block>, Vec<Block>), body: Vec<Block>) -> Document {
        let logo = self.report.logo.clone().filter(|_| !cover.is_empty());
        Document { properties: self.properties(), furniture: self.furniture(), cover, cover_foot, body, logo }
    }

    /// What the report is called.
    #[must_use]
    pub fn title(&self) -> &str {
        match self.report.choice.kind {
            ReportKind::Full => &self.words.title,
            ReportKind::Executive => &self.words.executive.title,
            ReportKind::ActionPlan => &self.words.action_plan,
        }
    }

    fn properties(&self) -> Properties {
        let merchant = &self.report.merchant.name;
        let frameworks: Vec<String> = self.report.assessments.iter().map(assessment_name).collect();
        Properties {
            locale: self.report.locale,
            title: format!("{merchant}: {}", self.title()),
            author: self.report.made_by.clone(),
            subject: self.words.status_line.clone(),
            keywords: frameworks.join(", "),
            creator: fill(&self.words.cover.version_value, &[("version", &self.report.app_version)]),
            made_at: self.report.made_at,
        }
    }

    fn furniture(&self) -> Furniture {
        let head = short_hash(&self.report.journal_head);
        let journal = fill(&self.words.header.journal, &[("head", &head)]);
        Furniture {
            head_left: self.report.merchant.name.clone(),
            head_right: format!("{}, {}", self.words.short_title, self.format.long_date(self.report.made_on)),
            foot_left: format!("{}  ·  {journal}", self.words.status_line),
            foot_right: self.words.header.page.clone(),
        }
    }

    /// A heading of the first level.
    #[must_use]
    pub fn chapter(&self, id: &str, text: &str) -> Block {
        Block::Heading(Heading { level: 1, text: text.to_owned(), anchor: Anchor(format!("chapter:{id}")) })
    }

    /// A heading of the second level.
    #[must_use]
    pub fn section(&self, id: &str, text: &str) -> Block {
        Block::Heading(Heading { level: 2, text: text.to_owned(), anchor: Anchor(format!("section:{id}")) })
    }

    /// A word and what stands for it; nothing if that is empty.
    #[must_use]
    pub fn fact(&self, word: &str, value: &str) -> Option<Block> {
        (!value.trim().is_empty()).then(|| fact(word, vec![Paragraph::text(value)]))
    }

    /// The links to evidence and to tasks, each with its number.
    #[must_use]
    pub fn task_links(&self, tasks: &[usize]) -> Vec<Span> {
        let known = tasks.iter().filter_map(|index| self.report.tasks.get(*index));
        let mut spans = Vec::new();
        for task in known {
            if !spans.is_empty() {
                spans.push(Span::new(", "));
            }
            spans.push(Span::new(task.number.clone()).to(task_anchor(&task.number)));
        }
        spans
    }
}

/// A word on the left, and on the right what stands for it.
#[must_use]
pub fn fact(word: &str, value: Vec<Paragraph>) -> Block {
    let left = vec![Paragraph::new(vec![Span::new(word).tone(Tone::Soft)])];
    Block::Columns(Columns { left, right: value, heading: None, ruled: false, before: 4.0, keep: 2, continued: None })
}

/// A paragraph of running text.
#[must_use]
pub fn paragraph(text: &str) -> Block {
    Block::Paragraph(Paragraph::text(text).before(2.0))
}

/// A paragraph that leads to what follows.
#[must_use]
pub fn lead(text: &str) -> Block {
    Block::Lead(Paragraph::text(text).before(2.0))
}

/// Text for a cell of a table.
#[must_use]
pub fn cell(text: &str) -> Vec<Paragraph> {
    vec![Paragraph::text(text).size(Size::Small)]
}

/// Spans for a cell of a table.
#[must_use]
pub fn cell_of(spans: Vec<Span>) -> Vec<Paragraph> {
    vec![Paragraph::new(spans).size(Size::Small)]
}

/// A column of text.
#[must_use]
pub const fn column(width: f32) -> TableColumn {
    TableColumn { width, numeric: false }
}

/// Text with its web addresses as links.
#[must_use]
pub fn linked(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("https://") {
        let (before, address) = rest.split_at(at);
        let end = address.find(char::is_whitespace).unwrap_or(address.len());
        let bare = address.get(..end).unwrap_or(address).trim_end_matches(['.', ',', ';', ':', ')', '“', '”', '"']);
        spans.push(Span::new(before));
        spans.push(Span::new(bare).to_uri(bare));
        rest = address.get(bare.len()..).unwrap_or("");
    }
    spans.push(Span::new(rest));
    spans.retain(|span| !span.text.is_empty());
    spans
}

/// Text with what stands in backticks as code. For the words of the report only.
#[must_use]
pub fn coded(text: &str) -> Vec<Span> {
    let parts = text.split('`').enumerate();
    parts
        .filter(|(_, part)| !part.is_empty())
        .map(|(index, part)| Span::new(part).weight(if index % 2 == 1 { Weight::Mono } else { Weight::Regular }))
        .collect()
}

/// The framework and the scope in one: `PCI DSS 4.0.1, SAQ A`.
#[must_use]
pub fn assessment_name(assessment: &AssessmentPart) -> String {
    let mut name = assessment.framework_name.clone();
    for (before, part) in [(" ", &assessment.framework_version), (", ", &assessment.scope_name)] {
        if !part.trim().is_empty() {
            name.push_str(before);
            name.push_str(part);
        }
    }
    name
}

/// The word that the framework has for a verdict.
#[must_use]
pub fn verdict_label<'a>(assessment: &'a AssessmentPart, words: &'a Messages, verdict: Verdict) -> &'a str {
    assessment
        .verdict_labels
        .iter()
        .find(|(known, label)| *known == verdict && !label.trim().is_empty())
        .map_or_else(|| words.verdicts.get(verdict), |(_, label)| label)
}

/// The place of a requirement of an assessment.
#[must_use]
pub fn requirement_anchor(assessment: usize, requirement: &RequirementPart) -> Anchor {
    Anchor(format!("requirement:{assessment}:{}", requirement.id))
}

/// The place of the worksheet of a requirement.
#[must_use]
pub fn worksheet_anchor(assessment: usize, requirement: &RequirementPart) -> Anchor {
    Anchor(format!("worksheet:{assessment}:{}", requirement.id))
}

/// The place of an evidence in the index.
#[must_use]
pub fn evidence_anchor(number: &str) -> Anchor {
    Anchor(format!("evidence:{number}"))
}

/// The place of a task in the list of tasks.
#[must_use]
pub fn task_anchor(number: &str) -> Anchor {
    Anchor(format!("task:{number}"))
}
