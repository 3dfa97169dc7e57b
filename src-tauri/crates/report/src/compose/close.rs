//! The last pages: how to check the report, and where people sign.

use super::{Composer, coded, fact, lead, paragraph};
use crate::document::{Block, Paragraph, Signature, Span};
use crate::format::hash_lines;
use crate::messages::fill;
use crate::text::fonts::Weight;
use tillproof_domain::report::ReportKind;

impl Composer<'_> {
    /// Both chapters.
    pub(super) fn close(&self) -> Vec<Block> {
        let words = &self.words.integrity;
        let report = self.report;
        let mono = |text: &str| vec![Paragraph::new(vec![Span::new(text).weight(Weight::Mono)])];
        let seq = report.journal_seq.to_string();
        let mut blocks = vec![
            self.chapter("integrity", &words.title),
            lead(&words.intro),
            Block::Space(6.0),
            fact(&words.workspace, mono(&report.workspace_id)),
            fact(&words.entry, mono(&seq)),
            fact(&words.head, mono(&hash_lines(&report.journal_head))),
            fact(&words.made, mono(&report.made_at.to_rfc3339())),
            fact(&words.version, mono(&report.app_version)),
        ];
        let read = report.evidence.iter().filter_map(|evidence| evidence.damaged);
        let (read, bad) = read.fold((0, 0), |(read, bad), damaged| (read + 1, bad + usize::from(damaged)));
        if read > 0 {
            let text = if bad == 0 { &words.contents_sound } else { &words.contents_damaged };
            let values = [("count", read.to_string()), ("damaged", bad.to_string())];
            let text = fill(text, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
            blocks.push(fact(&words.contents, vec![Paragraph::text(text)]));
        }
        if self.named > 0 {
            let text = fill(&words.named, &[("count", &self.named.to_string())]);
            blocks.push(fact(&words.characters, vec![Paragraph::text(text)]));
        }
        blocks.push(fact(&words.data, vec![Paragraph::new(coded(&words.data_value))]));
        blocks.push(self.section("check", &words.check));
        for (index, text) in words.check_items.iter().enumerate() {
            let text = fill(text, &[("seq", &seq)]);
            let item = Paragraph::new(coded(&text)).item(format!("{}.", index + 1)).before(3.0);
            blocks.push(Block::Paragraph(item));
        }
        if report.choice.kind == ReportKind::Full && report.choice.narrowed.is_none() {
            blocks.push(Block::PageBreak);
            blocks.extend(self.sign_off());
        }
        blocks
    }

    fn sign_off(&self) -> Vec<Block> {
        let words = &self.words.sign_off;
        let mut blocks = vec![self.chapter("sign-off", &words.title), paragraph(&words.intro)];
        let people = [(&words.prepared, self.report.made_by.as_str()), (&words.reviewed, ""), (&words.officer, "")];
        blocks.extend(people.map(|(role, name)| {
            Block::Signature(Signature {
                role: role.clone(),
                fields: vec![
                    (words.name.clone(), name.to_owned()),
                    (words.job_title.clone(), String::new()),
                    (words.date.clone(), String::new()),
                    (words.signature.clone(), String::new()),
                ],
            })
        }));
        blocks
    }
}
