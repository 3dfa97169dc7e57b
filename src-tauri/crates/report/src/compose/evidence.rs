//! The evidence index: every file with what is needed to find it again and to check it.

use super::{Composer, cell, cell_of, column, evidence_anchor, lead, paragraph};
use crate::document::{Block, Paragraph, Row, Size, Span, Table, Tone};
use crate::format::hash_lines;
use crate::input::EvidencePart;
use crate::layout::FULL_WIDTH;
use crate::messages::fill;
use crate::text::fonts::Weight;
use chrono::NaiveDate;
use tillproof_domain::answer::Verdict;
use tillproof_domain::evidence::Confidentiality;
use tillproof_domain::freshness::ProofState;

impl Composer<'_> {
    /// The chapter.
    pub(super) fn evidence(&self) -> Vec<Block> {
        let words = &self.words.evidence;
        let mut blocks = vec![self.chapter("evidence", &words.title)];
        if self.report.evidence.is_empty() {
            blocks.push(paragraph(&words.none));
            return blocks;
        }
        blocks.push(lead(&words.intro));
        let heads = [&words.number, &words.file, &words.collected, &words.counts_until, &words.requirements];
        blocks.push(Block::Table(Table {
            columns: vec![
                column(34.0),
                column(FULL_WIDTH - 34.0 - 60.0 - 66.0 - 86.0),
                column(60.0),
                column(66.0),
                column(86.0),
            ],
            head: heads.map(|word| vec![Span::new(word.clone())]).into(),
            rows: self.report.evidence.iter().map(|evidence| self.evidence_row(evidence)).collect(),
        }));
        blocks
    }

    /// Where it comes from, what it covers, and who may see it.
    fn evidence_origin(&self, evidence: &EvidencePart) -> Option<String> {
        let words = &self.words.evidence;
        let mut parts = Vec::new();
        if !evidence.source.trim().is_empty() {
            parts.push(fill(&words.source, &[("source", &evidence.source)]));
        }
        let day = |day: Option<NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| self.format.date(day));
        if evidence.period.0.is_some() || evidence.period.1.is_some() {
            parts.push(fill(&words.period, &[("start", &day(evidence.period.0)), ("end", &day(evidence.period.1))]));
        }
        if evidence.confidentiality != Confidentiality::Internal {
            parts.push(words.confidentiality.get(evidence.confidentiality).to_owned());
        }
        (!parts.is_empty()).then(|| parts.join("  ·  "))
    }

    fn evidence_row(&self, evidence: &EvidencePart) -> Row {
        let words = &self.words.evidence;
        let who = if evidence.added_by.trim().is_empty() { &self.words.unknown_person } else { &evidence.added_by };
        let details = fill(
            &words.details,
            &[
                ("type", &evidence.media_type),
                ("size", &self.format.size(evidence.size)),
                ("version", &evidence.version.to_string()),
                ("at", &self.format.date(evidence.added_at.to_utc().date_naive())),
                ("who", who),
            ],
        );
        let small = |span: Span| Paragraph::new(vec![span]).size(Size::Small);
        let titled = !evidence.title.trim().is_empty() && evidence.title != evidence.name;
        let mut file = Vec::new();
        if titled {
            file.push(small(Span::new(evidence.title.clone()).weight(Weight::Semibold)));
            file.push(small(Span::new(evidence.name.clone())));
        } else {
            file.push(small(Span::new(evidence.name.clone()).weight(Weight::Semibold)));
        }
        if evidence.damaged == Some(true) {
            let tone = Tone::Verdict(Verdict::NotInPlace);
            file.push(small(Span::new(words.damaged.clone()).weight(Weight::Semibold).tone(tone)));
        }
        file.push(small(Span::new(details).tone(Tone::Soft)));
        file.extend(self.evidence_origin(evidence).map(|text| small(Span::new(text).tone(Tone::Soft))));
        file.push(small(Span::new(hash_lines(&evidence.sha256)).weight(Weight::Mono)).before(1.0));
        let until = evidence.counts_until.map_or_else(|| words.no_end.clone(), |day| self.format.date(day));
        let mut until = cell(&until);
        let state = match evidence.state {
            ProofState::DueSoon => Some((&words.due_soon, Verdict::Partly)),
            ProofState::Expired => Some((&words.expired, Verdict::NotInPlace)),
            ProofState::Fresh | ProofState::Missing => None,
        };
        if let Some((word, verdict)) = state {
            until.push(small(Span::new(word.clone()).weight(Weight::Semibold).tone(Tone::Verdict(verdict))));
        }
        Row {
            anchor: Some(evidence_anchor(&evidence.number)),
            cells: vec![
                cell_of(vec![Span::new(evidence.number.clone()).weight(Weight::Semibold)]),
                file,
                cell(&self.format.date(evidence.collected_on)),
                until,
                cell(&evidence.requirements.join(", ").replace("PCI DSS ", "PCI\u{a0}DSS\u{a0}")),
            ],
        }
    }
}
