//! Strips: slices of the page's width that are never cut. Everything is turned into strips first;
//! pages are made of them afterwards.

use super::{Item, Kind, Text};
use crate::document::{Anchor, Heading, Size};
use crate::text::lines::Line;

/// A slice of the page. Its items are placed from its top left corner.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Strip {
    /// Space above it, unless it opens a page.
    pub before: f32,
    /// How high it is.
    pub height: f32,
    /// What stands in it.
    pub items: Vec<Item>,
    /// Whether it must not be the last one of a page.
    pub keep: bool,
    /// Whether it begins a page.
    pub breaks: bool,
    /// The table it is a row of: which head is repeated above it on a new page.
    pub table: Option<usize>,
    /// The places that begin with it.
    pub anchors: Vec<Anchor>,
    /// The heading it is.
    pub heading: Option<Heading>,
}

impl Strip {
    /// Empty space, which belongs to what follows.
    #[must_use]
    pub fn space(height: f32) -> Self {
        Self { before: height, keep: true, ..Self::default() }
    }
}

/// Where the baseline is in a line of this size.
#[must_use]
pub fn baseline(size: Size) -> f32 {
    size.line() / 2.0 + size.points() * 0.33
}

/// The items of a line that begins at `x`.
#[must_use]
pub fn line_items(line: Line, x: f32, size: Size, order: u32) -> Vec<Item> {
    let base = baseline(size);
    let mut items = Vec::new();
    for (place, verdict) in line.marks {
        let side = size.points() * 1.08;
        items.push(Item { order, x: x + place, y: base - side * 0.83, kind: Kind::Mark { side, verdict } });
    }
    for run in line.runs {
        if let Some(target) = run.link.clone() {
            let kind = Kind::Link { width: run.width, height: size.line(), target };
            items.push(Item { order, x: x + run.x, y: 0.0, kind });
        }
        let text = Text {
            text: run.text,
            kerns: run.kerns,
            face: run.face,
            size,
            tone: run.tone,
            width: run.width,
            soft: run.soft,
        };
        items.push(Item { order, x: x + run.x, y: base, kind: Kind::Text(text) });
    }
    items
}

/// Sets columns side by side: the first strips of all in one, then the second ones, and so on.
#[must_use]
pub fn beside(columns: Vec<Vec<Strip>>) -> Vec<Strip> {
    let count = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows: Vec<Strip> = (0..count).map(|_| Strip::default()).collect();
    for column in columns {
        for (row, strip) in rows.iter_mut().zip(column) {
            let top = strip.before;
            row.height = row.height.max(top + strip.height);
            row.anchors.extend(strip.anchors);
            row.items.extend(strip.items.into_iter().map(|item| Item { y: item.y + top, ..item }));
        }
    }
    rows
}

/// Sets a short column beside a long one: each keeps its own spacing, and as much of the long one
/// as is beside the short one becomes a single strip.
#[must_use]
pub fn beside_short(short: Vec<Strip>, long: Vec<Strip>) -> Vec<Strip> {
    let needed: f32 = short.iter().map(|strip| strip.before + strip.height).sum();
    let mut head = stacked(short);
    let mut y = 0.0;
    let mut rest = long.into_iter();
    while y < needed {
        let Some(strip) = rest.next() else { break };
        y += strip.before;
        head.anchors.extend(strip.anchors);
        head.items.extend(strip.items.into_iter().map(|item| Item { y: item.y + y, ..item }));
        y += strip.height;
    }
    head.height = y.max(needed);
    std::iter::once(head).chain(rest).collect()
}

fn stacked(strips: Vec<Strip>) -> Strip {
    let mut stack = Strip::default();
    for strip in strips {
        stack.height += strip.before;
        let y = stack.height;
        stack.items.extend(strip.items.into_iter().map(|item| Item { y: item.y + y, ..item }));
        stack.height += strip.height;
    }
    stack
}
