//! The pages: nothing outside the margins, nothing on top of something else, no heading alone at
//! the foot, every link with a place to go to, and every text there in full.

use crate::fixture::{empty, hard, shop};
use std::collections::{BTreeMap, BTreeSet};
use tillproof_domain::answer::Verdict;
use tillproof_domain::locale::Locale;
use tillproof_report::compose::compose;
use tillproof_report::document::{Target, Tone};
use tillproof_report::input::{Report, RequirementPart};
use tillproof_report::layout::{BOTTOM, Item, Kind, Laid, MARGIN, PAGE_WIDTH, TOP, lay_out};
use tillproof_report::text::clean::{clean, named};
use tillproof_report::text::fonts::{Fonts, Weight};

/// Ranks of the head and the foot of a page.
const FURNITURE: [u32; 2] = [0, u32::MAX];

pub(crate) fn laid(fonts: &Fonts, report: &Report) -> Laid {
    let document = compose(report, 0, 0).expect("a document");
    lay_out(fonts, &document, &mut |_| true).expect("pages")
}

/// All that must hold for any pages.
pub(crate) fn check(laid: &Laid, what: &str) {
    for (number, page) in laid.pages.iter().enumerate() {
        let place = format!("{what}, page {}", number + 1);
        for item in &page.items {
            check_margins(item, &place);
        }
        check_overlaps(&page.items, &place);
    }
    check_headings(laid, what);
    check_links(laid, what);
}

/// Left, top, right, bottom.
fn bounds(item: &Item) -> Option<[f32; 4]> {
    let (x, y) = (item.x, item.y);
    match &item.kind {
        Kind::Text(text) => {
            let size = text.size.points();
            Some([x, y - 0.72 * size, x + text.width, y + 0.2 * size])
        }
        Kind::Fill { width, height, .. } | Kind::Link { width, height, .. } => Some([x, y, x + width, y + height]),
        Kind::Mark { side, .. } => Some([x, y, x + side, y + side]),
        Kind::Logo { width, height } => Some([x, y, x + width, y + height]),
        Kind::Leader { .. } | Kind::PageNumber { .. } => None,
    }
}

fn check_margins(item: &Item, place: &str) {
    let Some([left, top, right, bottom]) = bounds(item) else { return };
    let (least, most) = if FURNITURE.contains(&item.order) { (36.0, 806.0) } else { (TOP - 1.0, BOTTOM + 1.0) };
    let inside = left >= MARGIN - 0.1 && right <= PAGE_WIDTH - MARGIN + 0.5 && top >= least && bottom <= most;
    assert!(inside, "{place}: {left} {top} {right} {bottom} is outside the margins: {item:?}");
}

fn check_overlaps(items: &[Item], place: &str) {
    let texts: Vec<(&Item, [f32; 4])> = items
        .iter()
        .filter(|item| matches!(item.kind, Kind::Text(_) | Kind::Mark { .. }))
        .filter_map(|item| bounds(item).map(|bounds| (item, bounds)))
        .filter(|(_, [left, _, right, _])| right - left > 0.5)
        .collect();
    for (index, (one, [left, top, right, bottom])) in texts.iter().enumerate() {
        for (other, [other_left, other_top, other_right, other_bottom]) in &texts[index + 1..] {
            let apart = other_left + 0.3 >= *right
                || left + 0.3 >= *other_right
                || other_top + 0.3 >= *bottom
                || top + 0.3 >= *other_bottom;
            assert!(apart, "{place}: one stands on the other: {one:?} {other:?}");
        }
    }
}

fn check_headings(laid: &Laid, what: &str) {
    for heading in &laid.headings {
        let below = laid.pages[heading.page]
            .items
            .iter()
            .filter(|item| !FURNITURE.contains(&item.order) && matches!(item.kind, Kind::Text(_)) && item.y > heading.y)
            .map(|item| (item.y * 10.0) as i32)
            .collect::<BTreeSet<_>>()
            .len();
        // The heading itself is the first line below its own top.
        assert!(below >= 2, "{what}: {:?} stands alone at the foot of page {}", heading.text, heading.page + 1);
        assert!(heading.y <= BOTTOM - 28.0, "{what}: {:?} is at the foot of page {}", heading.text, heading.page + 1);
    }
}

fn check_links(laid: &Laid, what: &str) {
    for (page, y) in laid.anchors.values() {
        assert!(*page < laid.pages.len() && (0.0..=BOTTOM).contains(y), "{what}: a link leads off the pages");
    }
    for item in laid.pages.iter().flat_map(|page| &page.items) {
        assert!(!matches!(item.kind, Kind::PageNumber { .. }), "{what}: a page number was never filled in");
        if let Kind::Link { target: Target::Anchor(anchor), .. } = &item.kind {
            assert!(laid.anchors.contains_key(anchor), "{what}: {anchor:?} is nowhere");
        }
    }
}

/// The paragraphs, each in full, though it may stand on several pages.
fn paragraphs(laid: &Laid) -> BTreeSet<String> {
    let mut by_rank: BTreeMap<u32, String> = BTreeMap::new();
    for item in laid.pages.iter().flat_map(|page| &page.items) {
        if let Kind::Text(text) = &item.kind
            && !text.soft
        {
            by_rank.entry(item.order).or_default().push_str(&text.text);
        }
    }
    by_rank.into_values().map(|text| without_space(&text)).collect()
}

pub(crate) fn without_space(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace() && *character != '\u{ad}').collect()
}

/// The text as it is drawn.
pub(crate) fn drawn(fonts: &Fonts, text: &str) -> String {
    let mut drawn = String::new();
    for character in clean(text).chars() {
        if character.is_whitespace() || fonts.glyph(Weight::Regular, character).is_some() {
            drawn.push(character);
        } else {
            drawn.push_str(&named(character));
        }
    }
    without_space(&drawn)
}

/// What a reader must find: labels, questions, notes, reasons, names.
pub(crate) fn said(report: &Report) -> Vec<&str> {
    let merchant = &report.merchant;
    let mut said = vec![&merchant.name, &merchant.address, &merchant.platform, &merchant.payment_description];
    said.extend([&report.workspace_id, &report.journal_head, &report.made_by]);
    for requirement in report.assessments.iter().flat_map(|part| &part.sections).flat_map(|part| &part.requirements) {
        said.extend([&requirement.label, &requirement.title, &requirement.question, &requirement.scope_note]);
        said.extend([&requirement.note, &requirement.justification]);
        let points = requirement.worksheet.iter().flat_map(|worksheet| &worksheet.points);
        said.extend(points.flat_map(|(asked, text)| [asked, text]));
    }
    for evidence in &report.evidence {
        said.extend([&evidence.name, &evidence.sha256, &evidence.number]);
    }
    for provider in &report.providers.providers {
        said.extend([&provider.name, &provider.service, &provider.contact, &provider.note]);
        said.extend(&provider.handles);
        said.extend(provider.lacks.iter().map(|(_, text, _)| text));
    }
    said.extend(report.providers.responsibilities.iter().map(|(requirement, ..)| requirement));
    for task in &report.tasks {
        said.extend([&task.title, &task.owner, &task.description]);
        said.extend(task.comments.iter().map(|(_, _, text)| text));
    }
    said.into_iter().map(String::as_str).collect()
}

#[test]
fn pages_are_sound() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    for locale in [Locale::En, Locale::De] {
        for (name, report) in [("shop", shop(locale)), ("hard", hard(locale)), ("empty", empty(locale))] {
            check(&laid(&fonts, &report), &format!("{name} {locale}"));
        }
    }
}

#[test]
fn short_answers_fill_their_pages() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    let mut report = shop(Locale::De);
    let mut short = report.assessments[0].sections[0].requirements[0].clone();
    short.verdict = Verdict::Unanswered;
    (short.question, short.scope_note) = ("Gibt es das?".to_owned(), String::new());
    for text in [&mut short.note, &mut short.justification, &mut short.answered_by] {
        text.clear();
    }
    (short.answered_at, short.target_date) = (None, None);
    short.evidence.clear();
    short.tasks.clear();
    let many = (0..90).map(|number| RequirementPart { id: format!("short#{number}"), ..short.clone() });
    report.assessments.truncate(1);
    report.assessments[0].sections.truncate(1);
    report.assessments[0].sections[0].requirements = many.collect();
    let laid = laid(&fonts, &report);
    let pages: Vec<usize> =
        laid.headings.iter().filter(|heading| heading.level == 3).map(|heading| heading.page).collect();
    let (first, last) = (pages[0], pages[pages.len() - 1]);
    assert!(last > first + 4, "the list is long enough to say something");
    for page in first..last {
        let body = laid.pages[page].items.iter().filter(|item| !FURNITURE.contains(&item.order));
        let lowest = body.filter_map(bounds).map(|[.., bottom]| bottom).fold(TOP, f32::max);
        assert!(lowest > BOTTOM - 90.0, "page {} ends at {lowest}, {BOTTOM} is the foot", page + 1);
    }
}

/// Whether some of it stands in another order than it is read.
pub(crate) fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|character| matches!(character, '\u{590}'..='\u{8ff}'))
}

/// The characters, whatever their order; brackets look either way.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().map(|one| if one == ')' { '(' } else { one }).collect();
    letters.sort_unstable();
    letters
}

#[test]
fn every_text_is_there_in_full() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    for report in [shop(Locale::De), hard(Locale::En)] {
        let paragraphs = paragraphs(&laid(&fonts, &report));
        for text in said(&report) {
            let text = drawn(&fonts, text);
            let turned = is_right_to_left(&text);
            let found = paragraphs.contains(&text)
                || paragraphs.iter().any(|paragraph| paragraph.contains(&text))
                || turned && paragraphs.iter().any(|paragraph| letters(paragraph) == letters(&text));
            assert!(found, "missing: {text}");
        }
    }
}

#[test]
fn each_link_to_evidence_and_tasks_leads_to_its_row() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    let report = shop(Locale::En);
    let laid = laid(&fonts, &report);
    let numbers = report.evidence.iter().map(|part| ("evidence", &part.number));
    for (kind, number) in numbers.chain(report.tasks.iter().map(|part| ("task", &part.number))) {
        let anchor = tillproof_report::document::Anchor(format!("{kind}:{number}"));
        let (page, y) = laid.anchors[&anchor];
        let row = laid.pages[page]
            .items
            .iter()
            .any(|item| matches!(&item.kind, Kind::Text(text) if text.text == *number) && (item.y - y).abs() < 20.0);
        assert!(row, "{anchor:?} leads to a place where {number} is not");
    }
}

#[test]
fn a_table_head_stands_on_every_page_of_its_table() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    let laid = laid(&fonts, &hard(Locale::En));
    let has = |page: usize, word: &str| {
        laid.pages[page].items.iter().any(|item| matches!(&item.kind, Kind::Text(text) if text.text == word))
    };
    let place = |number: &str| laid.anchors[&tillproof_report::document::Anchor(format!("evidence:{number}"))].0;
    let (first, last) = (place("E-1"), place("E-60"));
    assert!(last > first + 3, "the fixture has too little evidence");
    for page in first..=last {
        assert!(has(page, "Counts until"), "page {} of the evidence index has no head", page + 1);
    }
}

#[test]
fn inks_are_dark_enough() {
    fn light(part: u8) -> f64 {
        let part = f64::from(part) / 255.0;
        if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    }
    fn luminance([r, g, b]: [u8; 3]) -> f64 {
        0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b)
    }
    let verdicts = Verdict::ALL.iter().map(|verdict| Tone::Verdict(*verdict));
    for ink in [Tone::Ink, Tone::Soft, Tone::Accent].into_iter().chain(verdicts) {
        for paper in [Tone::White, Tone::Paper, Tone::DeepPaper] {
            let contrast = (luminance(paper.rgb()) + 0.05) / (luminance(ink.rgb()) + 0.05);
            assert!(contrast >= 4.5, "{ink:?} on {paper:?}: {contrast:.2}");
        }
    }
}
