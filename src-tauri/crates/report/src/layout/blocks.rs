//! Turns blocks into strips. The grid: a small column on the left for what one looks for, a wide
//! one beside it for what one reads; tables use both.

use super::strips::{Strip, baseline, beside, beside_short, line_items};
use super::{FULL_WIDTH, GAP, GUTTER, Item, Kind};
use crate::document::{Bar, Block, Columns, Heading, Paragraph, Signature, Size, Span, Target, Tone};
use crate::text::fonts::{Fonts, Weight};
use crate::text::lines::{break_lines, text_width};

/// How many lines of a paragraph stay together at least, at its head and at its end.
const ORPHANS: usize = 2;
/// A block that is no higher is not cut.
const WHOLE: f32 = 200.0;
/// A small column that is no higher is set as one beside the wide one.
const SHORT: f32 = 120.0;
/// Room for the page number in the contents.
const NUMBER_ROOM: f32 = 34.0;
/// Where the wide column begins.
const TEXT_X: f32 = GUTTER + GAP;
/// The width of the wide column: about seventy letters of running text.
const TEXT_WIDTH: f32 = FULL_WIDTH - TEXT_X;

/// Turns blocks into strips, counting the reading order.
pub struct Setter<'a> {
    /// The fonts to measure with.
    pub fonts: &'a Fonts,
    headings: Vec<Heading>,
    order: u32,
    heads: Vec<Vec<Strip>>,
}

impl<'a> Setter<'a> {
    /// Nothing set yet. `body` is needed for the contents.
    #[must_use]
    pub fn new(fonts: &'a Fonts, body: &[Block]) -> Self {
        let contents = body.iter().position(|block| *block == Block::Contents).map_or(0, |at| at + 1);
        let listed = body.iter().skip(contents).filter_map(heading_of).filter(|heading| heading.level <= 2);
        let headings = listed.cloned().collect();
        Self { fonts, headings, order: 1, heads: Vec::new() }
    }

    /// The heads of the tables that were set, by the number that their rows carry.
    #[must_use]
    pub fn into_table_heads(self) -> Vec<Vec<Strip>> {
        self.heads
    }

    /// The next rank in reading order.
    pub fn next_order(&mut self) -> u32 {
        self.order += 1;
        self.order
    }

    /// Keeps the head of a table and gives it a number.
    pub fn keep_head(&mut self, head: Vec<Strip>) -> usize {
        self.heads.push(head);
        self.heads.len() - 1
    }

    /// Several blocks, one below the other.
    pub fn blocks(&mut self, blocks: &[Block]) -> Vec<Strip> {
        blocks.iter().flat_map(|block| self.block(block)).collect()
    }

    /// One block.
    pub fn block(&mut self, block: &Block) -> Vec<Strip> {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, TEXT_X, TEXT_WIDTH),
            Block::Lead(paragraph) => {
                let mut strips = self.paragraph(paragraph, TEXT_X, TEXT_WIDTH);
                strips.iter_mut().for_each(|strip| strip.keep = true);
                strips
            }
            Block::Columns(columns) => self.columns(columns),
            Block::Table(table) => self.table(table),
            Block::Bars(bars) => self.bars(bars),
            Block::Notice(paragraphs) => self.notice(paragraphs),
            Block::Signature(signature) => vec![self.signature(signature)],
            Block::Contents => self.contents(),
            Block::Accent => vec![self.accent()],
            Block::Space(height) => vec![Strip::space(*height)],
            Block::PageBreak => vec![Strip { breaks: true, height: 0.01, ..Strip::default() }],
        }
    }

    /// A paragraph in a column.
    pub fn paragraph(&mut self, paragraph: &Paragraph, x: f32, width: f32) -> Vec<Strip> {
        let order = self.next_order();
        let (size, indent) = (paragraph.size, paragraph.indent);
        let lines = break_lines(self.fonts, &paragraph.spans, size, width - indent);
        let count = lines.len();
        let mut strips: Vec<Strip> = lines
            .into_iter()
            .enumerate()
            .map(|(index, line)| Strip {
                before: if index == 0 { paragraph.before } else { 0.0 },
                height: size.line(),
                items: line_items(line, x + indent, size, order),
                keep: index + 1 < count && (index + 1 < ORPHANS || index + ORPHANS >= count),
                ..Strip::default()
            })
            .collect();
        if let (Some(first), Some(bullet)) = (strips.first_mut(), &paragraph.bullet) {
            let span = Span::new(bullet.clone()).tone(Tone::Soft);
            let line = break_lines(self.fonts, &[span], size, indent).swap_remove(0);
            let mut items = line_items(line, x, size, order);
            items.append(&mut first.items);
            first.items = items;
        }
        strips
    }

    fn heading(&mut self, heading: &Heading) -> Vec<Strip> {
        let (size, before, after) = match heading.level {
            1 => (Size::Title, 0.0, 12.0),
            2 => (Size::Heading, 26.0, 8.0),
            _ => (Size::Body, 16.0, 4.0),
        };
        let tone = if heading.level == 2 { Tone::Accent } else { Tone::Ink };
        let span = Span::new(heading.text.clone()).weight(Weight::Semibold).tone(tone);
        let paragraph = Paragraph::new(vec![span]).size(size).before(before);
        let mut strips = self.paragraph(&paragraph, 0.0, FULL_WIDTH);
        for strip in &mut strips {
            strip.keep = true;
        }
        if let Some(first) = strips.first_mut() {
            first.heading = Some(heading.clone());
        }
        if let Some(last) = strips.last_mut() {
            last.height += after;
        }
        strips
    }

    fn columns(&mut self, columns: &Columns) -> Vec<Strip> {
        let left = self.stack(&columns.left, 0.0, GUTTER);
        let right = self.stack(&columns.right, TEXT_X, TEXT_WIDTH);
        let height: f32 = left.iter().map(|strip| strip.before + strip.height).sum();
        let mut strips = if height <= SHORT { beside_short(left, right) } else { beside(vec![left, right]) };
        let count = strips.len();
        let whole = strips.iter().map(|strip| strip.before + strip.height).sum::<f32>() <= WHOLE;
        for (index, strip) in strips.iter_mut().enumerate() {
            // The last strip is never kept: it would tie this block to the next, and so on.
            strip.keep = index + 1 < count && (whole || index + ORPHANS >= count || index + 1 < columns.keep);
        }
        if let Some(text) = &columns.continued {
            let head = self.continued(text);
            let number = self.keep_head(vec![head]);
            for strip in strips.iter_mut().skip(1) {
                strip.table = Some(number);
            }
        }
        if let Some(first) = strips.first_mut() {
            if columns.ruled {
                let order = first.items.first().map_or(0, |item| item.order);
                for item in &mut first.items {
                    item.y += 9.0;
                }
                let kind = Kind::Fill { width: FULL_WIDTH, height: 0.5, tone: Tone::Line };
                first.items.insert(0, Item { order, x: 0.0, y: 0.0, kind });
                first.height += 9.0;
            }
            first.before = columns.before;
            first.heading.clone_from(&columns.heading);
        }
        strips
    }

    /// What stands above the rest of a block that goes on overleaf.
    fn continued(&mut self, text: &str) -> Strip {
        let order = self.next_order();
        let span = Span::new(text).tone(Tone::Soft);
        let lines = break_lines(self.fonts, &[span], Size::Small, FULL_WIDTH);
        let items = lines.into_iter().next().map(|line| line_items(line, 0.0, Size::Small, order));
        Strip { height: Size::Small.line() + 5.0, items: items.unwrap_or_default(), ..Strip::default() }
    }

    fn accent(&mut self) -> Strip {
        let order = self.next_order();
        let kind = Kind::Fill { width: 48.0, height: 3.0, tone: Tone::Accent };
        Strip { height: 3.0, items: vec![Item { order, x: TEXT_X, y: 0.0, kind }], ..Strip::default() }
    }

    fn stack(&mut self, paragraphs: &[Paragraph], x: f32, width: f32) -> Vec<Strip> {
        paragraphs.iter().flat_map(|paragraph| self.paragraph(paragraph, x, width)).collect()
    }

    fn bars(&mut self, bars: &[Bar]) -> Vec<Strip> {
        let last = bars.len().saturating_sub(1);
        let mut strips = Vec::with_capacity(bars.len());
        for (index, bar) in bars.iter().enumerate() {
            let mut lines = self.bar(bar);
            if index < last && lines.len() <= ORPHANS {
                lines.iter_mut().for_each(|strip| strip.keep = true);
            }
            strips.extend(lines);
        }
        strips
    }

    fn bar(&mut self, bar: &Bar) -> Vec<Strip> {
        const LABEL: f32 = 210.0;
        const NUMBER: f32 = 30.0;
        const HEIGHT: f32 = 7.0;
        let none = bar.count == 0;
        let label = Span::verdict(bar.verdict, bar.label.clone());
        let label = if none { label.weight(Weight::Regular).tone(Tone::Soft) } else { label };
        let mut strips = self.paragraph(&Paragraph::new(vec![label]).before(6.0), 0.0, LABEL - 8.0);
        let order = self.next_order();
        let number = Span::new(bar.count.to_string());
        let number = if none { number.tone(Tone::Soft) } else { number.weight(Weight::Semibold) };
        let width = text_width(self.fonts, &number.text, number.weight, Size::Body);
        let line = break_lines(self.fonts, &[number], Size::Body, FULL_WIDTH).swap_remove(0);
        let mut items = line_items(line, LABEL + NUMBER - width, Size::Body, order);
        let x = LABEL + NUMBER + 12.0;
        let room = FULL_WIDTH - x;
        let y = (Size::Body.line() - HEIGHT) / 2.0;
        let fill = |width: f32, tone: Tone| Item { order, x, y, kind: Kind::Fill { width, height: HEIGHT, tone } };
        items.push(fill(room, Tone::DeepPaper));
        if !none {
            items.push(fill((room * share(bar.count, bar.total)).max(1.5), Tone::Verdict(bar.verdict)));
        }
        if let Some(first) = strips.first_mut() {
            first.items.extend(items);
        }
        strips
    }

    fn notice(&mut self, paragraphs: &[Paragraph]) -> Vec<Strip> {
        const INSET: f32 = 14.0;
        const PAD: f32 = 10.0;
        let mut strips = self.stack(paragraphs, TEXT_X + INSET, TEXT_WIDTH - 2.0 * INSET);
        let count = strips.len();
        for (index, strip) in strips.iter_mut().enumerate() {
            let top = if index == 0 { PAD } else { strip.before };
            let bottom = if index + 1 == count { PAD } else { 0.0 };
            strip.height += top + bottom;
            strip.before = if index == 0 { 8.0 } else { 0.0 };
            for item in &mut strip.items {
                item.y += top;
            }
            let order = strip.items.first().map_or(0, |item| item.order);
            // A hair of overlap, so that no viewer shows a seam between the lines.
            let fill = |x: f32, width: f32, tone: Tone| Item {
                order,
                x,
                y: 0.0,
                kind: Kind::Fill { width, height: strip.height + 0.2, tone },
            };
            let back = [fill(TEXT_X, TEXT_WIDTH, Tone::Paper), fill(TEXT_X, 2.0, Tone::Accent)];
            strip.items.splice(0..0, back);
            strip.keep = index + 1 < count && count <= 24 || strip.keep;
        }
        strips
    }

    fn signature(&mut self, signature: &Signature) -> Strip {
        const FIELD_HEIGHT: f32 = 46.0;
        const COLUMN: f32 = (TEXT_WIDTH - GAP) / 2.0;
        let order = self.next_order();
        let role = Span::new(signature.role.clone()).weight(Weight::Semibold);
        let mut items = Vec::new();
        let mut role_height = 14.0;
        for line in break_lines(self.fonts, &[role], Size::Body, GUTTER) {
            let set = line_items(line, 0.0, Size::Body, order);
            items.extend(set.into_iter().map(|item| Item { y: item.y + role_height, ..item }));
            role_height += Size::Body.line();
        }
        let mut y: f32 = 0.0;
        for pair in signature.fields.chunks(2) {
            for (column, (word, known)) in pair.iter().enumerate() {
                let x = if column == 0 { TEXT_X } else { TEXT_X + COLUMN + GAP };
                let known = break_lines(self.fonts, &[Span::new(known.clone())], Size::Body, COLUMN);
                // What is longer than the line to write on stands in the block "made by" anyway.
                if let Some(line) = known.into_iter().next() {
                    let set = line_items(line, x, Size::Body, order);
                    items.extend(set.into_iter().map(|item| Item { y: item.y + y + 14.0, ..item }));
                }
                let kind = Kind::Fill { width: COLUMN, height: 0.6, tone: Tone::Soft };
                items.push(Item { order, x, y: y + 30.0, kind });
                let word = Span::new(word.clone()).tone(Tone::Soft);
                let line = break_lines(self.fonts, &[word], Size::Small, COLUMN).swap_remove(0);
                let set = line_items(line, x, Size::Small, order);
                items.extend(set.into_iter().map(|item| Item { y: item.y + y + 31.0, ..item }));
            }
            y += FIELD_HEIGHT;
        }
        Strip { before: 14.0, height: y.max(role_height), items, ..Strip::default() }
    }

    fn contents(&mut self) -> Vec<Strip> {
        let headings = self.headings.clone();
        let mut strips = Vec::new();
        for heading in headings {
            let (weight, before, x) = if heading.level == 1 {
                (Weight::Semibold, 8.0, TEXT_X)
            } else {
                (Weight::Regular, 0.0, TEXT_X + 14.0)
            };
            let order = self.next_order();
            let right = FULL_WIDTH;
            let span = Span::new(heading.text.clone()).weight(weight);
            let lines = break_lines(self.fonts, &[span], Size::Body, right - NUMBER_ROOM - x);
            let count = lines.len();
            for (index, line) in lines.into_iter().enumerate() {
                let end = x + line.width;
                let mut items = line_items(line, x, Size::Body, order);
                let base = baseline(Size::Body);
                if index + 1 == count {
                    let from = end + 6.0;
                    let kind = Kind::Leader { width: right - NUMBER_ROOM + 12.0 - from };
                    items.push(Item { order, x: from, y: base, kind });
                    let kind = Kind::PageNumber { anchor: heading.anchor.clone() };
                    items.push(Item { order, x: right, y: base, kind });
                }
                let target = Target::Anchor(heading.anchor.clone());
                let kind = Kind::Link { width: right - x, height: Size::Body.line(), target };
                items.push(Item { order, x, y: 0.0, kind });
                strips.push(Strip {
                    before: if index == 0 { before } else { 0.0 },
                    height: Size::Body.line() + 1.0,
                    items,
                    keep: index + 1 < count,
                    ..Strip::default()
                });
            }
        }
        strips
    }
}

fn heading_of(block: &Block) -> Option<&Heading> {
    match block {
        Block::Heading(heading) => Some(heading),
        Block::Columns(columns) => columns.heading.as_ref(),
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of a bar, drawn a hundred points wide")]
fn share(count: u32, total: u32) -> f32 {
    if total == 0 { 0.0 } else { count.min(total) as f32 / total as f32 }
}
