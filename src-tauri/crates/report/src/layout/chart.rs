//! Charts: bars of counts with their numbers beside them, drawn as lines and areas; and the logo.
//! The words that say the same go with each, for those who do not see it.

use super::blocks::Setter;
use super::strips::{Strip, line_items};
use super::structure::Role;
use super::{FULL_WIDTH, Item, Kind};
use crate::document::{Chart, ChartRow, Paragraph, Size, Span, Tone};
use crate::text::lines::{break_lines, text_width};

/// Room for the names of the rows.
const NAMES: f32 = 190.0;
/// Room for what stands behind a bar.
const VALUES: f32 = 104.0;
/// How high a bar is.
const BAR: f32 = 9.0;
/// Space between the bar and its neighbours.
const SPACE: f32 = 10.0;

impl Setter<'_> {
    /// A chart. Its rows stay whole, and so does a chart of a few.
    pub(super) fn chart(&mut self, chart: &Chart) -> Vec<Strip> {
        const FEW: usize = 14;
        let order = self.next_order();
        self.structure.put(order, Role::Figure(chart.words.clone()));
        let mut strips = Vec::new();
        if !chart.legend.is_empty() {
            let mut spans = Vec::new();
            for (verdict, label) in &chart.legend {
                spans.push(Span::verdict(*verdict, label.replace(' ', "\u{a0}")));
                spans.push(Span::new("     "));
            }
            let legend = Paragraph::new(spans).size(Size::Small).before(6.0);
            strips.extend(self.lines(&legend, 0.0, FULL_WIDTH, order));
        }
        for row in &chart.rows {
            strips.extend(self.chart_row(row, order));
        }
        let count = strips.len();
        let few = count <= FEW;
        for (index, strip) in strips.iter_mut().enumerate() {
            strip.keep = index + 1 < count && (few || index < 2 || index + 2 >= count || strip.keep);
        }
        strips
    }

    fn chart_row(&self, row: &ChartRow, order: u32) -> Vec<Strip> {
        let name = Paragraph::new(vec![Span::new(row.name.clone())]).size(Size::Small).before(5.0);
        let mut strips = self.lines(&name, 0.0, NAMES - SPACE, order);
        strips.iter_mut().for_each(|strip| strip.keep = true);
        if let Some(last) = strips.last_mut() {
            last.keep = false;
        }
        let room = FULL_WIDTH - NAMES - VALUES;
        let y = (Size::Small.line() - BAR) / 2.0;
        let fill = |x: f32, width: f32, tone: Tone| Item { order, x, y, kind: Kind::Fill { width, height: BAR, tone } };
        let mut items = vec![fill(NAMES, room, Tone::DeepPaper)];
        let mut x = NAMES;
        for (tone, count) in &row.segments {
            if *count > 0 {
                let width = room * share(*count, row.total);
                // A white line between two colours, so that they are told apart in greys as well.
                items.push(fill(x, (width - 0.8).max(0.8), *tone));
                x += width;
            }
        }
        let value = Span::new(row.value.clone()).tone(Tone::Soft);
        let width = text_width(self.fonts, &value.text, value.weight, Size::Small);
        let line = break_lines(self.fonts, &[value], Size::Small, FULL_WIDTH).swap_remove(0);
        items.extend(line_items(line, FULL_WIDTH - width, Size::Small, order));
        if let Some(first) = strips.first_mut() {
            first.items.extend(items);
        }
        strips
    }
}

/// A part of a whole, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a share of a bar, drawn some hundred points wide")]
#[must_use]
pub(super) fn share(count: u32, total: u32) -> f32 {
    if total == 0 { 0.0 } else { count.min(total) as f32 / total as f32 }
}
