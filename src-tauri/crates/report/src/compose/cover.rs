//! The cover: whose report this is, what it covers, when and by whom it was made, and what it is not.

use super::{Composer, assessment_name};
use crate::document::{Block, Columns, Paragraph, Size, Span, Tone};
use crate::format::short_hash;
use crate::messages::fill;
use crate::text::fonts::Weight;

impl Composer<'_> {
    /// The cover from its top.
    pub(super) fn cover(&self) -> Vec<Block> {
        let words = &self.words.cover;
        let merchant = &self.report.merchant;
        let kicker = Span::new(words.kicker.clone()).weight(Weight::Semibold).tone(Tone::Accent);
        let name = Span::new(merchant.name.clone()).weight(Weight::Semibold);
        let mut blocks = Vec::new();
        if let Some(logo) = &self.report.logo {
            let (width, height) = logo.fitted(220.0, 64.0);
            let words = fill(&words.logo, &[("name", &merchant.name)]);
            blocks.extend([Block::Logo { width, height, words }, Block::Space(34.0)]);
        }
        blocks.extend([
            Block::Accent,
            Block::Space(14.0),
            wide(Paragraph::new(vec![kicker])),
            Block::Space(40.0),
            wide(Paragraph::new(vec![name]).size(Size::Title)),
            wide(Paragraph::text(self.title().to_owned()).size(Size::Heading).before(6.0)),
        ]);
        blocks.extend(self.choice_lines().into_iter().map(|line| {
            wide(Paragraph::new(vec![Span::new(line).weight(Weight::Semibold).tone(Tone::Accent)]).before(4.0))
        }));
        blocks.push(Block::Space(24.0));
        let address = [&merchant.trading_name, &merchant.address, &merchant.website];
        blocks.extend(
            address
                .into_iter()
                .filter(|text| !text.trim().is_empty() && **text != merchant.name)
                .map(|text| wide(Paragraph::new(vec![Span::new(text.clone()).tone(Tone::Soft)]))),
        );
        blocks.push(Block::Space(52.0));
        blocks.extend(self.cover_scopes());
        blocks
    }

    /// What the report was narrowed to, and that it leaves something out.
    fn choice_lines(&self) -> Vec<String> {
        let (choice, words) = (&self.report.choice, &self.words.cover);
        let narrowed = choice.narrowed.as_ref().map(|what| fill(&words.narrowed, &[("what", what)]));
        let redacted = choice.redacted.then(|| words.redacted.clone());
        [narrowed, redacted].into_iter().flatten().collect()
    }

    /// The foot of the cover.
    pub(super) fn cover_foot(&self) -> Vec<Block> {
        let words = &self.words.cover;
        let report = self.report;
        let seq = report.journal_seq.to_string();
        let head = short_hash(&report.journal_head);
        let state_on =
            if report.state_on == report.made_on { String::new() } else { self.format.long_date(report.state_on) };
        let facts = [
            (&words.state_on, state_on),
            (&words.made_on, self.format.long_date(report.made_on)),
            (&words.made_by, report.made_by.clone()),
            (&words.journal, fill(&words.journal_value, &[("seq", &seq), ("head", &head)])),
            (&words.version, fill(&words.version_value, &[("version", &report.app_version)])),
        ];
        let mut blocks: Vec<Block> = facts.into_iter().filter_map(|(word, value)| self.fact(word, &value)).collect();
        let status = Span::new(self.words.status_line.clone()).weight(Weight::Semibold).tone(Tone::Accent);
        let detail = Span::new(words.status_detail.clone()).tone(Tone::Soft);
        blocks.push(Block::Space(14.0));
        blocks.push(Block::Columns(Columns {
            left: Vec::new(),
            right: vec![Paragraph::new(vec![status]), Paragraph::new(vec![detail]).size(Size::Small).before(4.0)],
            heading: None,
            ruled: true,
            before: 10.0,
            keep: 12,
            continued: None,
        }));
        blocks
    }

    fn cover_scopes(&self) -> Vec<Block> {
        let words = &self.words.cover;
        if self.report.assessments.is_empty() {
            return vec![row(&words.scopes, &words.none, &[], true)];
        }
        let assessments = self.report.assessments.iter().enumerate();
        assessments
            .map(|(index, assessment)| {
                let period = fill(
                    &words.period,
                    &[
                        ("start", &self.format.date(assessment.period_start)),
                        ("end", &self.format.date(assessment.period_end)),
                    ],
                );
                let signed = assessment.signed.as_ref().map(|signed| {
                    let values = [
                        ("name", signed.name.as_str()),
                        ("role", &signed.role),
                        ("date", &self.format.date(signed.on)),
                        ("seq", &signed.seq.to_string()),
                        ("head", &short_hash(&signed.head)),
                    ];
                    fill(&words.signed, &values)
                });
                let period = [Some(period), signed].into_iter().flatten().collect::<Vec<_>>();
                let word = if index == 0 { words.scopes.as_str() } else { "" };
                row(word, &assessment_name(assessment), &period, index == 0)
            })
            .collect()
    }
}

fn wide(paragraph: Paragraph) -> Block {
    Block::Columns(Columns {
        left: Vec::new(),
        right: vec![paragraph],
        heading: None,
        ruled: false,
        before: 0.0,
        keep: 1,
        continued: None,
    })
}

fn row(word: &str, name: &str, details: &[String], first: bool) -> Block {
    let name = Paragraph::new(vec![Span::new(name).weight(Weight::Semibold)]);
    let mut right = vec![name];
    right.extend(details.iter().map(|detail| Paragraph::new(vec![Span::new(detail.clone()).tone(Tone::Soft)])));
    let left = vec![Paragraph::new(vec![Span::new(word).tone(Tone::Soft)])];
    Block::Columns(Columns { left, right, heading: None, ruled: first, before: 8.0, keep: 2, continued: None })
}
