//! Tables: cells side by side, rows that may go on overleaf line by line, and a head that is
//! repeated there.

use super::blocks::Setter;
use super::strips::{Strip, beside};
use super::structure::Role;
use super::{Item, Kind};
use crate::document::{Paragraph, Row, Size, Span, Table, Tone};
use crate::text::fonts::Weight;

/// Space between the cells of a row.
const CELL_GAP: f32 = 8.0;
/// Space above and below the lines of a row.
const PAD: f32 = 4.0;
/// A row of at most so many lines is not cut.
const SHORT_ROW: usize = 14;
/// Of a longer row, so many lines at least stand on a page.
const LEAST_LINES: usize = 3;

impl Setter<'_> {
    /// A table.
    pub fn table(&mut self, table: &Table) -> Vec<Strip> {
        self.structure.enter(Role::Table);
        self.structure.enter(Role::TableHead);
        let head = self.table_head(table);
        self.structure.leave();
        self.structure.enter(Role::TableBody);
        let number = self.keep_head(head.clone());
        let mut strips = head;
        if let Some(first) = strips.first_mut() {
            first.before = 8.0;
        }
        for (index, row) in table.rows.iter().enumerate() {
            let mut row = self.row(table, row, number);
            // A last row alone under a repeated head looks lost.
            if index + 2 == table.rows.len()
                && row.len() <= SHORT_ROW
                && let Some(last) = row.last_mut()
            {
                last.keep = true;
            }
            strips.extend(row);
        }
        self.structure.leave();
        self.structure.leave();
        strips
    }

    fn table_head(&mut self, table: &Table) -> Vec<Strip> {
        let cells = table
            .head
            .iter()
            .map(|spans| {
                let spans = spans.iter().map(|span| Span { weight: Weight::Semibold, ..span.clone() }).collect();
                vec![Paragraph::new(spans).size(Size::Small)]
            })
            .collect();
        let mut strips = self.cells(table, &Row { anchor: None, cells }, &Role::HeadCell);
        let width = table_width(table);
        let count = strips.len();
        for (index, strip) in strips.iter_mut().enumerate() {
            let order = strip.items.first().map_or(0, |item| item.order);
            let height = strip.height + 0.2;
            let back = Item { order, x: 0.0, y: 0.0, kind: Kind::Fill { width, height, tone: Tone::DeepPaper } };
            strip.items.insert(0, back);
            if index + 1 == count {
                let kind = Kind::Fill { width, height: 0.8, tone: Tone::Accent };
                strip.items.push(Item { order, x: 0.0, y: strip.height - 0.8, kind });
            }
            strip.keep = true;
        }
        strips
    }

    fn row(&mut self, table: &Table, row: &Row, number: usize) -> Vec<Strip> {
        let mut strips = self.cells(table, row, &Role::Cell);
        let width = table_width(table);
        let count = strips.len();
        for (index, strip) in strips.iter_mut().enumerate() {
            let last = index + 1 == count;
            strip.table = Some(number);
            strip.keep = !last && (count <= SHORT_ROW || index + 1 < LEAST_LINES || index + LEAST_LINES >= count);
            if last {
                let order = strip.items.first().map_or(0, |item| item.order);
                let kind = Kind::Fill { width, height: 0.5, tone: Tone::Line };
                strip.items.push(Item { order, x: 0.0, y: strip.height - 0.5, kind });
            }
        }
        if let Some(first) = strips.first_mut() {
            first.anchors.extend(row.anchor.clone());
        }
        strips
    }

    fn cells(&mut self, table: &Table, row: &Row, role: &Role) -> Vec<Strip> {
        self.structure.enter(Role::Row);
        let mut x = 0.0;
        let mut columns = Vec::with_capacity(row.cells.len());
        let last = table.columns.len().saturating_sub(1);
        for (index, (cell, column)) in row.cells.iter().zip(&table.columns).enumerate() {
            let left = if index == 0 { PAD } else { CELL_GAP / 2.0 };
            let right = if index == last { PAD } else { CELL_GAP / 2.0 };
            let width = column.width - left - right;
            self.structure.enter(role.clone());
            let mut strips = self.content(cell, x + left, width);
            self.structure.leave();
            if column.numeric {
                for strip in &mut strips {
                    align_right(strip, x + left + width);
                }
            }
            columns.push(strips);
            x += column.width;
        }
        self.structure.leave();
        let mut strips = beside(columns);
        if strips.is_empty() {
            strips.push(Strip { height: Size::Small.line(), ..Strip::default() });
        }
        if let Some(first) = strips.first_mut() {
            first.height += PAD;
            for item in &mut first.items {
                item.y += PAD;
            }
        }
        if let Some(last) = strips.last_mut() {
            last.height += PAD;
        }
        strips
    }
}

fn align_right(strip: &mut Strip, right: f32) {
    let end = strip.items.iter().map(end_of).fold(0.0, f32::max);
    for item in &mut strip.items {
        item.x += right - end;
    }
}

fn end_of(item: &Item) -> f32 {
    match &item.kind {
        Kind::Text(text) => item.x + text.width,
        Kind::Mark { side, .. } => item.x + side,
        _ => 0.0,
    }
}

fn table_width(table: &Table) -> f32 {
    table.columns.iter().map(|column| column.width).sum()
}
