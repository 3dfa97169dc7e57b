//! What is known only when all pages are there: heads and feet, page numbers, and the numbers in
//! the contents.

use super::strips::line_items;
use super::{FULL_WIDTH, Item, Kind, Laid, MARGIN, PAGE_WIDTH};
use crate::document::{Document, Size, Span, Target, Tone};
use crate::text::fonts::{Fonts, Weight};
use crate::text::lines::{break_lines, text_width};

/// Top of the head's line.
const HEAD: f32 = 42.0;
/// Top of the foot's line.
const FOOT: f32 = 792.0;
/// A text of the head or foot that is longer is cut with an ellipsis; it stands in full inside.
const LONGEST: f32 = FULL_WIDTH * 0.68;

/// Adds heads, feet and page numbers. The pages of the cover stay as they are.
pub fn add(fonts: &Fonts, document: &Document, laid: &mut Laid) {
    number_contents(fonts, laid);
    drop_dead_links(laid);
    let pages = laid.pages.len();
    let words = &document.furniture;
    let [head_left, head_right, foot_left] =
        [&words.head_left, &words.head_right, &words.foot_left].map(|text| shortened(fonts, text));
    for (index, page) in laid.pages.iter_mut().enumerate() {
        if page.background.is_some() {
            continue;
        }
        let number =
            words.foot_right.replace("{page}", &(index + 1).to_string()).replace("{pages}", &pages.to_string());
        let mut head = Vec::new();
        line(fonts, &mut head, &head_left, HEAD, 0, Place::Left);
        line(fonts, &mut head, &head_right, HEAD, 0, Place::Right);
        rule(&mut head, HEAD + 17.0, 0);
        head.append(&mut page.items);
        rule(&mut head, FOOT - 5.0, u32::MAX);
        line(fonts, &mut head, &foot_left, FOOT, u32::MAX, Place::Left);
        line(fonts, &mut head, &number, FOOT, u32::MAX, Place::Right);
        page.items = head;
    }
}

#[derive(Clone, Copy)]
enum Place {
    Left,
    Right,
}

fn line(fonts: &Fonts, items: &mut Vec<Item>, text: &str, y: f32, order: u32, place: Place) {
    let width = text_width(fonts, text, Weight::Regular, Size::Small);
    let x = MARGIN
        + match place {
            Place::Left => 0.0,
            Place::Right => FULL_WIDTH - width,
        };
    let span = Span::new(text).tone(Tone::Soft);
    let set = break_lines(fonts, &[span], Size::Small, FULL_WIDTH).swap_remove(0);
    items.extend(line_items(set, x, Size::Small, order).into_iter().map(|item| Item { y: item.y + y, ..item }));
}

fn shortened(fonts: &Fonts, text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = |text: &str| text_width(fonts, text, Weight::Regular, Size::Small) <= LONGEST;
    // The narrowest letters are about two points wide: no need to measure what is far too long.
    let mut kept: Vec<char> = text.chars().take(200).collect();
    if kept.len() == text.chars().count() && fits(&text) {
        return text;
    }
    while !kept.is_empty() {
        let candidate = format!("{}…", kept.iter().collect::<String>().trim_end());
        if fits(&candidate) {
            return candidate;
        }
        kept.pop();
    }
    String::new()
}

fn rule(items: &mut Vec<Item>, y: f32, order: u32) {
    let kind = Kind::Fill { width: FULL_WIDTH, height: 0.5, tone: Tone::Line };
    items.push(Item { order, x: MARGIN, y, kind });
}

fn number_contents(fonts: &Fonts, laid: &mut Laid) {
    for page in &mut laid.pages {
        for item in &mut page.items {
            let Kind::PageNumber { anchor } = &item.kind else { continue };
            let number = laid.anchors.get(anchor).map_or_else(String::new, |(page, _)| (page + 1).to_string());
            let width = text_width(fonts, &number, Weight::Regular, Size::Body);
            let mut set = break_lines(fonts, &[Span::new(number)], Size::Body, PAGE_WIDTH).swap_remove(0);
            let Some(run) = set.runs.pop() else { continue };
            item.x -= width;
            item.kind = Kind::Text(super::Text {
                text: run.text,
                kerns: run.kerns,
                face: run.face,
                size: Size::Body,
                tone: run.tone,
                width,
                soft: false,
            });
        }
    }
}

/// A link to a place that is not in the report leads nowhere: better none.
fn drop_dead_links(laid: &mut Laid) {
    for page in &mut laid.pages {
        page.items.retain(|item| match &item.kind {
            Kind::Link { target: Target::Anchor(anchor), .. } => laid.anchors.contains_key(anchor),
            _ => true,
        });
    }
}
