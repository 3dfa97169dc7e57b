//! From the document to pages: what stands where, in points from the top left corner. Nothing here
//! knows the PDF format; the result can be checked by looking at rectangles.

pub mod blocks;
pub mod chart;
pub mod furniture;
pub mod pages;
pub mod strips;
pub mod structure;
pub mod table;

use crate::document::{Anchor, Document, Size, Target, Tone};
use crate::text::fonts::{FaceId, Fonts};
use blocks::Setter;
use pages::Paginator;
use std::collections::BTreeMap;
use structure::Structure;
use tillproof_domain::answer::Verdict;

/// Width of A4.
pub const PAGE_WIDTH: f32 = 595.28;
/// Height of A4.
pub const PAGE_HEIGHT: f32 = 841.89;
/// Left and right margin.
pub const MARGIN: f32 = 62.0;
/// Where the text of a page begins.
pub const TOP: f32 = 84.0;
/// Where the text of a page ends at the latest.
pub const BOTTOM: f32 = 770.0;
/// Width between the margins.
pub const FULL_WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
/// Width of the small column on the left.
pub const GUTTER: f32 = 112.0;
/// Space between the columns.
pub const GAP: f32 = 16.0;

/// All pages.
#[derive(Debug, Clone, PartialEq)]
pub struct Laid {
    /// The pages, the cover first.
    pub pages: Vec<Page>,
    /// The headings in order, with their places.
    pub headings: Vec<PlacedHeading>,
    /// Where links lead to: page (from 0) and height.
    pub anchors: BTreeMap<Anchor, (usize, f32)>,
    /// What each item is for somebody who does not see it.
    pub structure: Structure,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The colour of the whole page, if it has one.
    pub background: Option<Tone>,
    /// What stands on it, in the order it is read.
    pub items: Vec<Item>,
}

/// A heading and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedHeading {
    /// From 1.
    pub level: u8,
    /// What it says.
    pub text: String,
    /// The page, from 0.
    pub page: usize,
    /// The height on the page.
    pub y: f32,
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its rank in reading order; what has the same rank stays in the order it was set.
    pub order: u32,
    /// Its left edge.
    pub x: f32,
    /// Its top edge; for text, the baseline.
    pub y: f32,
    /// What it is.
    pub kind: Kind,
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Text in one font.
    Text(Text),
    /// A filled rectangle.
    Fill {
        /// Width.
        width: f32,
        /// Height.
        height: f32,
        /// Colour.
        tone: Tone,
    },
    /// The dots from a heading to its page number.
    Leader {
        /// Width.
        width: f32,
    },
    /// The merchant's logo.
    Logo {
        /// Width.
        width: f32,
        /// Height.
        height: f32,
    },
    /// The mark of a verdict, in a square.
    Mark {
        /// The side of the square.
        side: f32,
        /// The verdict.
        verdict: Verdict,
    },
    /// An area that leads somewhere.
    Link {
        /// Width.
        width: f32,
        /// Height.
        height: f32,
        /// Where to.
        target: Target,
    },
    /// The number of the page on which something stands, ending at the item's left edge.
    PageNumber {
        /// What stands there.
        anchor: Anchor,
    },
}

/// Text in one font.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// What it says.
    pub text: String,
    /// For each character, by how many thousandths the next one moves.
    pub kerns: Vec<i32>,
    /// The font.
    pub face: FaceId,
    /// The size.
    pub size: Size,
    /// The ink.
    pub tone: Tone,
    /// How wide it is.
    pub width: f32,
    /// Whether it is a hyphen that only the end of the line put there.
    pub soft: bool,
}

/// Lays out the document. `going_on` hears how much is done, in thousandths, and says whether to
/// go on.
///
/// # Errors
/// `going_on` says to stop.
pub fn lay_out(
    fonts: &Fonts,
    document: &Document,
    going_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Laid, crate::ReportError> {
    let mut setter = Setter::new(fonts, &document.body);
    let mut paginator = Paginator::new();
    paginator.cover(setter.blocks(&document.cover), setter.blocks(&document.cover_foot));
    let total = document.body.len().max(1) as u64;
    for (done, block) in (0_u64..).zip(&document.body) {
        if !going_on(done * 1000 / total) {
            return Err(crate::ReportError::Cancelled);
        }
        let strips = setter.block(block);
        paginator.add(strips);
    }
    let (heads, structure) = setter.into_parts();
    let mut laid = paginator.finish(heads, structure);
    furniture::add(fonts, document, &mut laid);
    Ok(laid)
}
