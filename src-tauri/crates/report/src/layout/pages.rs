//! Cuts strips into pages: no heading is left alone at the foot, a table's head is repeated, and
//! what is kept together moves together if it fits on a page at all.

use super::strips::Strip;
use super::structure::Structure;
use super::{BOTTOM, Item, Laid, MARGIN, Page, PlacedHeading, TOP};
use crate::document::Tone;

/// Where the cover begins.
const COVER_TOP: f32 = 96.0;

/// The reading order of what is only for the eye and stands at the top of a page.
pub const ARTIFACT: u32 = 0;

/// So much at most is kept together; a page has more, for the head of a table.
const MOST_TOGETHER: f32 = 560.0;

/// Collects strips and cuts them into pages at the end.
pub struct Paginator {
    cover: Vec<Strip>,
    cover_foot: Vec<Strip>,
    strips: Vec<Strip>,
}

struct Sheet<'a> {
    laid: Laid,
    heads: &'a [Vec<Strip>],
    y: f32,
    empty: bool,
}

impl Paginator {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { cover: Vec::new(), cover_foot: Vec::new(), strips: Vec::new() }
    }

    /// The cover: from its top, and what stands at its foot.
    pub fn cover(&mut self, top: Vec<Strip>, foot: Vec<Strip>) {
        self.cover = top;
        self.cover_foot = foot;
    }

    /// More of the body.
    pub fn add(&mut self, strips: Vec<Strip>) {
        self.strips.extend(strips);
    }

    /// The pages. `heads` are the heads of the tables.
    #[must_use]
    pub fn finish(self, heads: Vec<Vec<Strip>>, structure: Structure) -> Laid {
        let pages = vec![Page::default()];
        let laid = Laid { pages, headings: Vec::new(), anchors: Default::default(), structure };
        let mut sheet = Sheet { laid, heads: &heads, y: TOP, empty: true };
        if !self.cover.is_empty() {
            sheet.cover(self.cover, self.cover_foot);
        }
        sheet.place_all(self.strips);
        for page in &mut sheet.laid.pages {
            page.items.sort_by_key(|item| item.order);
        }
        sheet.laid
    }
}

impl Default for Paginator {
    fn default() -> Self {
        Self::new()
    }
}

impl Sheet<'_> {
    /// The pages of the cover, and a new one after them.
    fn cover(&mut self, top: Vec<Strip>, at_foot: Vec<Strip>) {
        self.y = COVER_TOP;
        self.place_all(top);
        let foot: f32 = at_foot.iter().map(|strip| strip.before + strip.height).sum();
        if self.y + foot <= BOTTOM {
            self.y = BOTTOM - foot;
            self.empty = false;
        }
        self.place_all(at_foot);
        for page in &mut self.laid.pages {
            page.background = Some(Tone::Paper);
        }
        self.turn();
    }

    fn place_all(&mut self, mut strips: Vec<Strip>) {
        part(&mut strips);
        let together = heights_together(&strips);
        for (strip, together) in strips.into_iter().zip(together) {
            let head_height: f32 = strip.table.and_then(|table| self.heads.get(table)).map_or(0.0, |head| height(head));
            let fits_whole = self.y + strip.before + together <= BOTTOM;
            let fits_alone = self.y + strip.before + strip.height <= BOTTOM;
            let fits_elsewhere = together <= BOTTOM - TOP - head_height;
            if !self.empty && (strip.breaks || !fits_alone || (!fits_whole && fits_elsewhere)) {
                self.turn();
                if let Some(head) = strip.table.and_then(|table| self.heads.get(table)) {
                    for mut head_strip in head.clone() {
                        // Said once already: here it only helps the eye.
                        head_strip.items.iter_mut().for_each(|item| item.order = ARTIFACT);
                        self.place(head_strip);
                    }
                }
            }
            self.place(strip);
        }
    }

    fn turn(&mut self) {
        self.laid.pages.push(Page::default());
        self.y = TOP;
        self.empty = true;
    }

    fn place(&mut self, strip: Strip) {
        if strip.height == 0.0 && strip.items.is_empty() && strip.heading.is_none() && strip.anchors.is_empty() {
            if !self.empty {
                self.y += strip.before;
            }
            return;
        }
        if !self.empty {
            self.y += strip.before;
        }
        let page = self.laid.pages.len() - 1;
        for anchor in strip.anchors {
            self.laid.anchors.entry(anchor).or_insert((page, self.y));
        }
        if let Some(heading) = strip.heading {
            self.laid.anchors.entry(heading.anchor).or_insert((page, self.y));
            self.laid.headings.push(PlacedHeading { level: heading.level, text: heading.text, page, y: self.y });
        }
        let y = self.y;
        if let Some(page) = self.laid.pages.last_mut() {
            page.items.extend(strip.items.into_iter().map(|item| Item { x: item.x + MARGIN, y: item.y + y, ..item }));
        }
        self.y += strip.height;
        self.empty = false;
    }
}

fn height(strips: &[Strip]) -> f32 {
    strips.iter().map(|strip| strip.before + strip.height).sum()
}

/// Cuts what is kept together where it would not fit on a page: as far down as possible, so that a
/// heading, which stands at its top, keeps what follows it.
fn part(strips: &mut [Strip]) {
    let mut height = 0.0;
    for index in 0..strips.len() {
        let Some(strip) = strips.get(index) else { return };
        let (own, keep) = (strip.before + strip.height, strip.keep);
        height += own;
        if height > MOST_TOGETHER {
            height = own;
            let mut cut = index;
            while let Some(heading) =
                cut.checked_sub(1).and_then(|above| strips.get(above)).filter(|above| above.heading.is_some())
            {
                height += heading.before + heading.height;
                cut -= 1;
            }
            if let Some(previous) = cut.checked_sub(1).and_then(|previous| strips.get_mut(previous)) {
                previous.keep = false;
            }
        }
        if !keep {
            height = 0.0;
        }
    }
}

/// For each strip, the height of it and of all that it must stand with.
fn heights_together(strips: &[Strip]) -> Vec<f32> {
    let mut heights = vec![0.0; strips.len()];
    let mut following = 0.0;
    for (index, strip) in strips.iter().enumerate().rev() {
        let own = if strip.keep { strip.height + following } else { strip.height };
        if let Some(height) = heights.get_mut(index) {
            *height = own;
        }
        following = strip.before + own;
    }
    heights
}
