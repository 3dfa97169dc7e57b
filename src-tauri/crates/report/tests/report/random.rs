//! Any text at all: no panic, and the pages stay sound.

use crate::fixture::{empty, shop};
use crate::pages::{check, drawn, laid, said};
use std::collections::BTreeMap;
use tillproof_domain::locale::Locale;
use tillproof_report::input::Report;
use tillproof_report::layout::{Kind, Laid};
use tillproof_report::text::fonts::Fonts;
use unicode_normalization::UnicodeNormalization;

/// A small generator (`SplitMix64`), so that a failure can be had again.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn character(&mut self) -> char {
        let ranges = [
            (0x20, 0x7f),
            (0x20, 0x21),
            (0x00, 0x20),
            (0x7f, 0x250),
            (0x300, 0x370),
            (0x370, 0x800),
            (0x2000, 0x2070),
            (0x2100, 0x2c00),
            (0x1f300, 0x1fa00),
            (0, 0x11_0000),
        ];
        loop {
            let (from, to) = ranges[self.below(ranges.len() as u64) as usize];
            let code = from + self.below(u64::from(to - from)) as u32;
            if let Some(character) = char::from_u32(code) {
                return character;
            }
        }
    }

    fn text(&mut self) -> String {
        let length = match self.below(10) {
            0 => 0,
            1..=6 => self.below(30),
            7 | 8 => self.below(120),
            _ => self.below(300),
        };
        (0..length).map(|_| self.character()).collect()
    }
}

fn report(random: &mut Random, base: &Report) -> Report {
    let mut report = empty(if random.below(2) == 0 { Locale::En } else { Locale::De });
    report.merchant.name = random.text();
    report.merchant.address = random.text();
    report.merchant.website = random.text();
    report.merchant.payment_description = random.text();
    report.made_by = random.text();
    report.workspace_id = random.text();
    report.journal_head = random.text();
    report.evidence = base.evidence.iter().take(random.below(3) as usize).cloned().collect();
    for evidence in &mut report.evidence {
        evidence.name = random.text();
        evidence.sha256 = random.text();
        evidence.added_by = random.text();
        evidence.number = random.text();
        evidence.requirements = (0..random.below(3)).map(|_| random.text()).collect();
    }
    report.tasks = base.tasks.iter().take(random.below(3) as usize).cloned().collect();
    for task in &mut report.tasks {
        task.title = random.text();
        task.owner = random.text();
        task.number = random.text();
    }
    report.themes = base.themes.iter().take(1).cloned().collect();
    report.assessments = base.assessments.iter().take(1).cloned().collect();
    for assessment in &mut report.assessments {
        assessment.sections.truncate(1);
        assessment.scope_name = random.text();
        assessment.verdict_labels.iter_mut().for_each(|(_, label)| *label = random.text());
        for section in &mut assessment.sections {
            section.title = random.text();
            for requirement in &mut section.requirements {
                requirement.label = random.text();
                requirement.title = random.text();
                requirement.question = random.text();
                requirement.note = random.text();
                requirement.evidence = vec![random.below(4) as usize];
                requirement.tasks = vec![random.below(4) as usize];
            }
        }
    }
    report
}

#[test]
fn any_text_is_laid_out() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    let base = shop(Locale::En);
    for seed in 0..300 {
        let report = report(&mut Random(seed), &base);
        let laid = laid(&fonts, &report);
        check(&laid, &format!("seed {seed}"));
        nothing_is_lost(&fonts, &report, &laid, &format!("seed {seed}"));
        if seed % 25 == 0 {
            let rendered = tillproof_report::render(&report, &mut |_, _| true).expect("a report");
            lopdf::Document::load_mem(&rendered.pdf).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        }
    }
}

/// How often each character is drawn; brackets look either way.
fn count<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    // A mark may be parted from its letter where a line ends.
    for character in texts.flat_map(|text| text.nfd()).filter(|character| !character.is_whitespace()) {
        let character = match character {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            '>' => '<',
            '»' => '«',
            other => other,
        };
        *counts.entry(character).or_insert(0) += 1;
    }
    counts
}

/// Whatever the order in which it is read: each character that was written stands on a page.
fn nothing_is_lost(fonts: &Fonts, report: &Report, laid: &Laid, what: &str) {
    let items = laid.pages.iter().flat_map(|page| &page.items);
    let on_pages = count(items.filter_map(|item| match &item.kind {
        Kind::Text(text) if !text.soft => Some(text.text.as_str()),
        _ => None,
    }));
    let written: Vec<String> = said(report).into_iter().map(|text| drawn(fonts, text)).collect();
    for (character, wanted) in count(written.iter().map(String::as_str)) {
        let found = on_pages.get(&character).copied().unwrap_or(0);
        assert!(
            found >= wanted,
            "{what}: {character:?} was written {wanted} times and stands {found} times on the pages"
        );
    }
}

#[test]
fn a_note_of_a_hundred_thousand_characters_is_there_in_full() {
    let mut random = Random(100_000);
    for locale in [Locale::En, Locale::De] {
        let fonts = Fonts::open(locale).expect("fonts");
        let mut report = empty(locale);
        report.assessments = shop(locale).assessments.into_iter().take(1).collect();
        report.assessments[0].sections.truncate(1);
        report.assessments[0].sections[0].requirements.truncate(2);
        report.assessments[0].sections[0].requirements[0].note = (0..100_000).map(|_| random.character()).collect();
        let laid = laid(&fonts, &report);
        check(&laid, "a long note");
        nothing_is_lost(&fonts, &report, &laid, "a long note");
    }
}
