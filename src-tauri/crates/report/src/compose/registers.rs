//! The registers of the GDPR: a chapter each, as a supervisory authority asks for them (Art. 30(4),
//! 33(5)).

use super::{Composer, evidence_anchor, fact, lead};
use crate::document::{Anchor, Block, Columns, Heading, Paragraph, Size, Span, Tone};
use crate::input::registers::{RegisterEntry, RegisterPart, RegisterValue};
use crate::text::fonts::Weight;
use tillproof_domain::answer::Verdict;

impl Composer<'_> {
    /// A chapter for each register that has rows.
    pub(super) fn registers(&self) -> Vec<Vec<Block>> {
        self.report.registers.iter().map(|register| self.register(register)).collect()
    }

    fn register(&self, register: &RegisterPart) -> Vec<Block> {
        let mut blocks = vec![self.chapter(&format!("register-{}", register.id), &register.title)];
        blocks.push(lead(&register.intro));
        blocks.push(Block::Space(6.0));
        for entry in &register.entries {
            let facts = entry.facts.iter().filter_map(|(word, value)| self.register_fact(word, value));
            blocks.push(Block::Together(std::iter::once(register_head(entry)).chain(facts).collect()));
        }
        blocks
    }

    fn register_fact(&self, word: &str, value: &RegisterValue) -> Option<Block> {
        match value {
            RegisterValue::Text(text) => self.fact(word, text),
            RegisterValue::Day(day) => self.fact(word, &self.format.date(*day)),
            RegisterValue::At(at) => self.fact(word, &self.format.instant(*at)),
            RegisterValue::Evidence(positions) => {
                let known = positions.iter().filter_map(|position| self.report.evidence.get(*position));
                let lines: Vec<Paragraph> = known
                    .map(|evidence| {
                        let number = Span::new(evidence.number.clone()).to(evidence_anchor(&evidence.number));
                        Paragraph::new(vec![number, Span::new(format!("  {}", evidence.name))])
                    })
                    .collect();
                (!lines.is_empty()).then(|| fact(word, lines))
            }
            RegisterValue::Open(items) => {
                let tone = Tone::Verdict(Verdict::Partly);
                let lines: Vec<Paragraph> = items
                    .iter()
                    .map(|item| Paragraph::new(vec![Span::new(item.clone()).tone(tone)]).item("–"))
                    .collect();
                (!lines.is_empty()).then(|| fact(word, lines))
            }
        }
    }
}

/// The number of a row on the left, what it is called and where it stands on the right.
fn register_head(entry: &RegisterEntry) -> Block {
    let number = Span::new(entry.number.clone()).weight(Weight::Semibold);
    let mut right = vec![Paragraph::new(vec![Span::new(entry.title.clone()).weight(Weight::Semibold)])];
    if let Some((mark, state)) = &entry.state {
        right.push(Paragraph::new(vec![Span::verdict(*mark, state.clone())]).size(Size::Small).before(2.0));
    }
    Block::Columns(Columns {
        left: vec![Paragraph::new(vec![number])],
        right,
        heading: Some(Heading {
            level: 3,
            text: format!("{} {}", entry.number, entry.title),
            anchor: Anchor(format!("register:{}", entry.number)),
        }),
        ruled: true,
        before: 14.0,
        keep: 6,
        continued: Some(entry.number.clone()),
    })
}
