//! Third parties: what each handles, its papers, what is missing, and who meets which requirement
//! (SAQ Part 2f; PCI DSS 12.8.1, 12.8.5; GDPR Art. 28).

use super::{Composer, cell, column, evidence_anchor, lead, paragraph};
use crate::document::{Block, Columns, Paragraph, Row, Size, Span, Table, Tone};
use crate::input::{PaperPart, ProviderPart};
use crate::layout::FULL_WIDTH;
use crate::messages::fill;
use crate::text::fonts::Weight;
use tillproof_domain::answer::Verdict;
use tillproof_domain::freshness::ProofState;

impl Composer<'_> {
    /// The chapter.
    pub(super) fn providers(&self) -> Vec<Block> {
        let words = &self.words.providers;
        let part = &self.report.providers;
        let mut blocks = vec![self.chapter("providers", &words.title)];
        if part.providers.is_empty() {
            blocks.push(paragraph(&words.none));
            return blocks;
        }
        blocks.push(paragraph(&words.intro));
        blocks.extend(part.providers.iter().map(|provider| self.provider(provider)));
        blocks.push(self.section("responsibilities", &words.matrix));
        if part.responsibilities.is_empty() {
            blocks.push(paragraph(&words.matrix_none));
            return blocks;
        }
        blocks.push(lead(&words.matrix_intro));
        let row = |of_one: &[(String, String, String)]| {
            let requirement = of_one.first().map(|(requirement, ..)| cell(requirement)).unwrap_or_default();
            let met = of_one
                .iter()
                .flat_map(|(_, provider, who)| cell(&fill(&words.met_by, &[("provider", provider), ("who", who)])));
            Row { anchor: None, cells: vec![requirement, met.collect()] }
        };
        blocks.push(Block::Table(Table {
            columns: vec![column(FULL_WIDTH - 230.0), column(230.0)],
            head: [&words.requirement, &words.who].map(|word| vec![Span::new(word.clone())]).into(),
            rows: part.responsibilities.chunk_by(|one, next| one.0 == next.0).map(row).collect(),
        }));
        blocks
    }

    fn provider(&self, provider: &ProviderPart) -> Block {
        let words = &self.words.providers;
        let mut left = vec![Paragraph::new(vec![Span::new(provider.name.clone()).weight(Weight::Semibold)])];
        if !provider.service.trim().is_empty() {
            left.push(Paragraph::new(vec![Span::new(provider.service.clone()).tone(Tone::Soft)]).size(Size::Small));
        }
        let mut right = labelled(&words.handles, provider.handles.iter().map(|text| vec![Span::new(text.clone())]));
        right.extend(labelled(&words.papers, provider.papers.iter().map(|paper| self.paper(paper))));
        let lacks = provider.lacks.iter().map(|(state, text, rule)| {
            let verdict = if *state == ProofState::DueSoon { Verdict::Partly } else { Verdict::NotInPlace };
            let text = fill(&words.lack, &[("text", text), ("rule", rule)]);
            vec![Span::new(text).tone(Tone::Verdict(verdict))]
        });
        right.extend(labelled(&words.lacks, lacks));
        if provider.lacks.is_empty() {
            right.extend(labelled(&words.lacks, std::iter::once(vec![Span::new(words.complete.clone())])));
        }
        let contact = [&provider.contact, &provider.country].map(|text| text.trim());
        let contact: Vec<&str> = contact.into_iter().filter(|text| !text.is_empty()).collect();
        if !contact.is_empty() {
            right.extend(labelled(&words.contact, std::iter::once(vec![Span::new(contact.join(", "))])));
        }
        if !provider.note.trim().is_empty() {
            right.extend(labelled(&words.note, std::iter::once(vec![Span::new(provider.note.clone())])));
        }
        Block::Columns(Columns { left, right, heading: None, ruled: true, before: 9.0, keep: 3, continued: None })
    }

    fn paper(&self, paper: &PaperPart) -> Vec<Span> {
        let text = fill(&self.words.providers.paper, &[("name", &paper.name), ("date", &self.format.date(paper.on))]);
        let mut spans = vec![Span::new(text)];
        if let Some(evidence) = paper.evidence.and_then(|index| self.report.evidence.get(index)) {
            spans.push(Span::new("  "));
            let number = Span::new(evidence.number.clone()).weight(Weight::Semibold);
            spans.push(number.to(evidence_anchor(&evidence.number)));
        }
        spans
    }
}

/// Lines of which the first has a word before it.
fn labelled(word: &str, lines: impl Iterator<Item = Vec<Span>>) -> Vec<Paragraph> {
    let line = |(index, spans): (usize, Vec<Span>)| {
        let (before, word) = if index == 0 { (4.0, word) } else { (0.0, "") };
        Paragraph::new(spans).before(before).labelled(word)
    };
    lines.enumerate().map(line).collect()
}
