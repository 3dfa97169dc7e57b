//! Turns blocks into strips. The grid: a small column on the left for what one looks for, a wide
//! one beside it for what one reads; tables use both.

use super::chart::share;
use super::pages::ARTIFACT;
use super::strips::{Strip, baseline, beside, beside_short, line_items};
use super::structure::{Role, Structure};
use super::{FULL_WIDTH, GAP, GUTTER, Item, Kind};
use crate::document::{Bar, Block, Columns, Heading, Paragraph, Signature, Size, Span, Target, Tone};
use crate::text::fonts::{Fonts, Weight};
use crate::text::lines::{break_lines, text_width};

/// How many lines of a paragraph stay together at least, at its head and at its end.
const ORPHANS: usize = 2;
/// A block that is no higher is not cut.
const WHOLE: f32 = 280.0;
/// Of what is higher, so much at least stays together at its head.
const HEAD: f32 = 60.0;
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
    /// What each reading order is.
    pub structure: Structure,
}

impl<'a> Setter<'a> {
    /// Nothing set yet. `body` is needed for the contents.
    #[must_use]
    pub fn new(fonts: &'a Fonts, body: &[Block]) -> Self {
        let contents = body.iter().position(|block| *block == Block::Contents).map_or(0, |at| at + 1);
        let listed = body.iter().skip(contents).filter_map(heading_of).filter(|heading| heading.level <= 2);
        let headings = listed.cloned().collect();
        Self { fonts, headings, order: 1, heads: Vec::new(), structure: Structure::new() }
    }

    /// The heads of the tables that were set, by the number that their rows carry, and what each
    /// reading order is.
    #[must_use]
    pub fn into_parts(self) -> (Vec<Vec<Strip>>, Structure) {
        (self.heads, self.structure)
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
            Block::Together(blocks) => self.together(blocks),
            Block::Table(table) => self.table(table),
            Block::Bars(bars) => self.bars(bars),
            Block::Caption(text) => self.caption(text),
            Block::Chart(chart) => self.chart(chart),
            Block::Logo { width, height, words } => vec![self.logo(*width, *height, words)],
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
        let Some(bullet) = &paragraph.bullet else {
            let order = self.next_order();
            self.structure.put(order, Role::Paragraph);
            return self.lines(paragraph, x, width, order);
        };
        self.structure.enter_list();
        self.structure.enter(Role::Item);
        let label = self.next_order();
        if !bullet.is_empty() {
            self.structure.put(label, Role::Label);
        }
        let order = self.next_order();
        self.structure.put(order, Role::Body);
        self.structure.leave();
        self.structure.leave();
        let mut strips = self.lines(paragraph, x, width, order);
        if let Some(first) = strips.first_mut() {
            let span = Span::new(bullet.clone()).tone(Tone::Soft);
            let line = break_lines(self.fonts, &[span], paragraph.size, paragraph.indent).swap_remove(0);
            let mut items = line_items(line, x, paragraph.size, label);
            items.append(&mut first.items);
            first.items = items;
        }
        strips
    }

    /// The lines of a paragraph, without its bullet.
    pub fn lines(&self, paragraph: &Paragraph, x: f32, width: f32, order: u32) -> Vec<Strip> {
        let (size, indent) = (paragraph.size, paragraph.indent);
        let lines = break_lines(self.fonts, &paragraph.spans, size, width - indent);
        let count = lines.len();
        lines
            .into_iter()
            .enumerate()
            .map(|(index, line)| Strip {
                before: if index == 0 { paragraph.before } else { 0.0 },
                height: size.line(),
                items: line_items(line, x + indent, size, order),
                keep: index + 1 < count && (index + 1 < ORPHANS || index + ORPHANS >= count),
                ..Strip::default()
            })
            .collect()
    }

    /// One line that is a piece of the document of its own.
    fn leaf(&mut self, role: Role) -> u32 {
        let order = self.next_order();
        self.structure.put(order, role);
        order
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
        self.structure.section(heading.level);
        let order = self.leaf(Role::Heading(heading.level));
        let mut strips = self.lines(&paragraph, 0.0, FULL_WIDTH, order);
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
        let (left, right) = self.both_columns(columns);
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

    fn together(&mut self, blocks: &[Block]) -> Vec<Strip> {
        let mut strips = self.blocks(blocks);
        let whole = strips.iter().map(|strip| strip.before + strip.height).sum::<f32>() <= WHOLE;
        let mut height = 0.0;
        if let Some((_, but_last)) = strips.split_last_mut() {
            for strip in but_last {
                height += strip.before + strip.height;
                strip.keep |= whole || height < HEAD;
            }
        }
        strips
    }

    /// What stands in both columns: under a heading of its own, as a word and what stands for it,
    /// or one after the other.
    fn both_columns(&mut self, columns: &Columns) -> (Vec<Strip>, Vec<Strip>) {
        if let Some(heading) = &columns.heading {
            self.structure.section(heading.level);
            let node = self.structure.open_heading(heading.level);
            let left = self.headed(&columns.left, 0.0, GUTTER, node);
            return (left, self.headed(&columns.right, TEXT_X, TEXT_WIDTH, node));
        }
        if columns.left.is_empty() {
            return (Vec::new(), self.stack(&columns.right, TEXT_X, TEXT_WIDTH));
        }
        self.structure.enter_list();
        self.structure.enter(Role::Item);
        self.structure.enter(Role::Label);
        let left = self.content(&columns.left, 0.0, GUTTER);
        self.structure.leave();
        self.structure.enter(Role::Body);
        let right = self.content(&columns.right, TEXT_X, TEXT_WIDTH);
        for _ in 0..3 {
            self.structure.leave();
        }
        (left, right)
    }

    /// What stands in a node that is open: a single paragraph is the node itself.
    pub fn content(&mut self, paragraphs: &[Paragraph], x: f32, width: f32) -> Vec<Strip> {
        let [paragraph @ Paragraph { bullet: None, .. }] = paragraphs else {
            return self.stack(paragraphs, x, width);
        };
        let order = self.next_order();
        self.structure.belong_here(order);
        self.lines(paragraph, x, width, order)
    }

    /// Paragraphs of which the first belongs to a heading.
    fn headed(&mut self, paragraphs: &[Paragraph], x: f32, width: f32, heading: usize) -> Vec<Strip> {
        let Some((first, rest)) = paragraphs.split_first() else { return Vec::new() };
        let order = self.next_order();
        self.structure.belong(order, heading);
        let mut strips = self.lines(first, x, width, order);
        strips.extend(self.stack(rest, x, width));
        strips
    }

    /// What stands above the rest of a block that goes on overleaf.
    fn continued(&self, text: &str) -> Strip {
        let order = ARTIFACT;
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

    fn caption(&mut self, text: &str) -> Vec<Strip> {
        let span = Span::new(text).weight(Weight::Semibold);
        let mut strips = self.paragraph(&Paragraph::new(vec![span]).size(Size::Small), 0.0, FULL_WIDTH);
        strips.iter_mut().for_each(|strip| strip.keep = true);
        strips
    }

    fn logo(&mut self, width: f32, height: f32, words: &str) -> Strip {
        let order = self.leaf(Role::Figure(words.to_owned()));
        let item = Item { order, x: TEXT_X, y: 0.0, kind: Kind::Logo { width, height } };
        Strip { height, items: vec![item], ..Strip::default() }
    }

    fn stack(&mut self, paragraphs: &[Paragraph], x: f32, width: f32) -> Vec<Strip> {
        paragraphs.iter().flat_map(|paragraph| self.paragraph(paragraph, x, width)).collect()
    }

    fn bars(&mut self, bars: &[Bar]) -> Vec<Strip> {
        let last = bars.len().saturating_sub(1);
        let mut strips = Vec::with_capacity(bars.len());
        self.structure.enter(Role::List);
        for (index, bar) in bars.iter().enumerate() {
            self.structure.enter(Role::Item);
            let mut lines = self.bar(bar);
            self.structure.leave();
            if index < last && lines.len() <= ORPHANS {
                lines.iter_mut().for_each(|strip| strip.keep = true);
            }
            strips.extend(lines);
        }
        self.structure.leave();
        strips
    }

    fn bar(&mut self, bar: &Bar) -> Vec<Strip> {
        const LABEL: f32 = 210.0;
        const NUMBER: f32 = 30.0;
        const HEIGHT: f32 = 7.0;
        let none = bar.count == 0;
        let label = Span::verdict(bar.verdict, bar.label.clone());
        let label = if none { label.weight(Weight::Regular).tone(Tone::Soft) } else { label };
        let name = self.leaf(Role::Label);
        let mut strips = self.lines(&Paragraph::new(vec![label]).before(6.0), 0.0, LABEL - 8.0, name);
        let order = self.leaf(Role::Body);
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
        self.structure.enter(Role::Aside);
        let mut strips = self.stack(paragraphs, TEXT_X + INSET, TEXT_WIDTH - 2.0 * INSET);
        self.structure.leave();
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
        let order = self.leaf(Role::Paragraph);
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
                let order = self.leaf(Role::Paragraph);
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
        self.structure.enter(Role::Contents);
        for heading in headings {
            let (weight, before, x) = if heading.level == 1 {
                (Weight::Semibold, 8.0, TEXT_X)
            } else {
                (Weight::Regular, 0.0, TEXT_X + 14.0)
            };
            let order = self.leaf(Role::Entry);
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
                items.insert(0, Item { order, x, y: 0.0, kind });
                strips.push(Strip {
                    before: if index == 0 { before } else { 0.0 },
                    height: Size::Body.line() + 1.0,
                    items,
                    keep: index + 1 < count,
                    ..Strip::default()
                });
            }
        }
        self.structure.leave();
        strips
    }
}

fn heading_of(block: &Block) -> Option<&Heading> {
    match block {
        Block::Heading(heading) => Some(heading),
        Block::Columns(columns) => columns.heading.as_ref(),
        Block::Together(blocks) => blocks.iter().find_map(heading_of),
        _ => None,
    }
}
