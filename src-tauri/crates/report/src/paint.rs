//! From pages to the objects of a PDF. The one module that touches printpdf. Deliberately absent:
//! what printpdf does only in part (outline, properties of the file); that is done afterwards.

use crate::ReportError;
use crate::document::{Size, Target, Tone};
use crate::layout::{Item, Kind, Laid, PAGE_HEIGHT, PAGE_WIDTH, Page, Text};
use crate::marks::{Pen, Piece, Stroke, strokes};
use crate::text::fonts::{FONT_FILES, FaceId, Fonts};
use printpdf::{
    Actions, BorderArray, Color, ColorArray, Destination, FontId, FontMetrics, HighlightingMode, Line, LineCapStyle,
    LineDashPattern, LineJoinStyle, LinePoint, LinkAnnotation, Mm, Op, PaintMode, ParsedFont, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix,
    WindingOrder,
};
use std::collections::{BTreeMap, BTreeSet};
use subsetter::GlyphRemapper;

/// Paints all pages. `going_on` hears how much is done, in thousandths, and says whether to go on.
///
/// # Errors
/// A font cannot be cut down, or `going_on` says to stop.
pub(crate) fn paint(
    fonts: &Fonts,
    laid: &Laid,
    going_on: &mut dyn FnMut(u64) -> bool,
) -> Result<lopdf::Document, ReportError> {
    let mut document = PdfDocument::new("");
    for (face, characters) in used_characters(laid) {
        let font = subset(fonts, face, &characters)?;
        document.resources.fonts.map.insert(font_id(face), PdfFont::new(font));
    }
    let total = laid.pages.len().max(1) as u64;
    for (done, page) in (0_u64..).zip(&laid.pages) {
        if !going_on(done * 1000 / total) {
            return Err(ReportError::Cancelled);
        }
        document.pages.push(paint_page(page, laid));
    }
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { subset_fonts: false, image_optimization: None, ..PdfSaveOptions::default() };
    let finished = document.to_lopdf_document(&options, &mut warnings);
    match warnings.iter().find(|warning| warning.severity == printpdf::PdfParseErrorSeverity::Error) {
        Some(warning) => Err(ReportError::Pdf(warning.msg.clone())),
        None => Ok(finished),
    }
}

fn font_id(face: FaceId) -> FontId {
    FontId(format!("T{}", face.0))
}

fn used_characters(laid: &Laid) -> BTreeMap<FaceId, BTreeSet<char>> {
    let mut used: BTreeMap<FaceId, BTreeSet<char>> = BTreeMap::new();
    for item in laid.pages.iter().flat_map(|page| &page.items) {
        if let Kind::Text(text) = &item.kind {
            used.entry(text.face).or_default().extend(text.text.chars());
        }
    }
    used
}

/// The font with only the glyphs that are used, under the name that marks it as cut down.
fn subset(fonts: &Fonts, face: FaceId, characters: &BTreeSet<char>) -> Result<ParsedFont, ReportError> {
    let failed = |what: &str| ReportError::Pdf(format!("font {}: {what}", face.0));
    let file = FONT_FILES.get(usize::from(face.0)).ok_or_else(|| failed("not shipped"))?;
    let whole = ttf_parser::Face::parse(file.data, 0).map_err(|error| failed(&error.to_string()))?;
    let mut remapper = GlyphRemapper::new();
    let mut codes = BTreeMap::new();
    let mut widths = BTreeMap::new();
    for character in characters {
        let old = fonts.glyph_id(face, *character);
        let new = remapper.remap(old);
        codes.insert(u32::from(*character), new);
        widths.insert(new, whole.glyph_hor_advance(ttf_parser::GlyphId(old)).unwrap_or(0));
    }
    let data = subsetter::subset(file.data, 0, &remapper).map_err(|error| failed(&error.to_string()))?;
    let name = format!("TILL{}+{}", letters(face.0), file.name);
    let metrics = FontMetrics { ascent: whole.ascender(), descent: whole.descender() };
    let mut font = ParsedFont::with_glyph_data(data, 0, Some(name), codes, widths, whole.units_per_em(), metrics);
    let bounds = whole.global_bounding_box();
    font.pdf_font_metrics.x_min = bounds.x_min;
    font.pdf_font_metrics.y_min = bounds.y_min;
    font.pdf_font_metrics.x_max = bounds.x_max;
    font.pdf_font_metrics.y_max = bounds.y_max;
    font.pdf_font_metrics.us_weight_class = whole.weight().to_number();
    Ok(font)
}

/// Two letters for a number: a subset's tag has six letters.
fn letters(number: u8) -> String {
    [number / 26, number % 26].map(|digit| char::from(b'A' + digit % 26)).iter().collect()
}

/// What is set already, so that it is not said again.
#[derive(Default)]
struct State {
    fill: Option<Tone>,
    font: Option<(FaceId, Size)>,
}

fn paint_page(page: &Page, laid: &Laid) -> PdfPage {
    let mut ops = Vec::new();
    let mut state = State::default();
    if let Some(tone) = page.background {
        fill(&mut ops, &mut state, tone);
        ops.push(rectangle(0.0, 0.0, PAGE_WIDTH, PAGE_HEIGHT));
    }
    for item in &page.items {
        paint_shape(&mut ops, &mut state, item);
    }
    ops.push(Op::StartTextSection);
    for item in &page.items {
        if let Kind::Text(text) = &item.kind {
            paint_text(&mut ops, &mut state, item, text);
        }
    }
    ops.push(Op::EndTextSection);
    for item in &page.items {
        if let Kind::Link { width, height, target } = &item.kind {
            ops.extend(link(item, *width, *height, target, laid));
        }
    }
    let mut painted = PdfPage::new(Mm(210.0), Mm(297.0), ops);
    for size in [&mut painted.media_box, &mut painted.trim_box, &mut painted.crop_box] {
        *size = Rect::from_wh(Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT));
    }
    painted
}

fn paint_shape(ops: &mut Vec<Op>, state: &mut State, item: &Item) {
    match &item.kind {
        Kind::Fill { width, height, tone } => {
            fill(ops, state, *tone);
            ops.push(rectangle(item.x, item.y, *width, *height));
        }
        Kind::Leader { width } => {
            if *width > 4.0 {
                ops.extend(leader(item.x, item.y, *width));
            }
        }
        Kind::Mark { side, verdict } => {
            let tone = Tone::Verdict(*verdict);
            for stroke in strokes(*verdict) {
                paint_stroke(ops, state, &stroke, tone, item, *side);
            }
        }
        Kind::Text(_) | Kind::Link { .. } | Kind::PageNumber { .. } => {}
    }
}

fn paint_text(ops: &mut Vec<Op>, state: &mut State, item: &Item, text: &Text) {
    if state.font != Some((text.face, text.size)) {
        state.font = Some((text.face, text.size));
        let font = PdfFontHandle::External(font_id(text.face));
        ops.push(Op::SetFont { font, size: Pt(text.size.points()) });
    }
    fill(ops, state, text.tone);
    let Point { x, y } = point(item.x, item.y);
    ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(x, y) });
    let mut items = Vec::new();
    let mut together = String::new();
    for (character, kern) in text.text.chars().zip(&text.kerns) {
        together.push(character);
        if *kern != 0 {
            items.push(TextItem::Text(std::mem::take(&mut together)));
            items.push(TextItem::Offset(-crate::text::lines::thousandths(*kern) * 1000.0));
        }
    }
    if !together.is_empty() {
        items.push(TextItem::Text(together));
    }
    ops.push(Op::ShowText { items });
}

fn fill(ops: &mut Vec<Op>, state: &mut State, tone: Tone) {
    if state.fill != Some(tone) {
        state.fill = Some(tone);
        ops.push(Op::SetFillColor { col: colour(tone) });
    }
}

fn colour(tone: Tone) -> Color {
    let [r, g, b] = tone.rgb().map(|part| hundredths(f32::from(part) / 255.0 * 10.0) / 10.0);
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

/// Hundredths of a point are finer than any printer; more digits only make the file larger.
fn hundredths(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn point(x: f32, y: f32) -> Point {
    Point { x: Pt(hundredths(x)), y: Pt(hundredths(PAGE_HEIGHT - y)) }
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Op {
    let corner = point(x, y + height);
    let mut rectangle = Rect::from_xywh(corner.x, corner.y, Pt(hundredths(width)), Pt(hundredths(height)));
    rectangle.mode = Some(PaintMode::Fill);
    Op::DrawRectangle { rectangle }
}

fn leader(x: f32, y: f32, width: f32) -> [Op; 7] {
    let plain = |x: f32| LinePoint { p: point(x, y - 0.8), bezier: false };
    [
        Op::SaveGraphicsState,
        Op::SetOutlineColor { col: colour(Tone::Soft) },
        Op::SetOutlineThickness { pt: Pt(0.7) },
        Op::SetLineCapStyle { cap: LineCapStyle::Round },
        Op::SetLineDashPattern { dash: LineDashPattern { pattern: vec![0.0, 3.6].into(), offset: 0.0 } },
        // Leaders end at the same place, so that their dots stand below one another.
        Op::DrawLine { line: Line { points: vec![plain(x + width), plain(x)], is_closed: false } },
        Op::RestoreGraphicsState,
    ]
}

fn paint_stroke(ops: &mut Vec<Op>, state: &mut State, stroke: &Stroke, tone: Tone, item: &Item, side: f32) {
    let at = |(x, y): (f32, f32)| point(item.x + x * side, item.y + y * side);
    let mut points = vec![LinePoint { p: at(stroke.start), bezier: false }];
    for piece in &stroke.pieces {
        match piece {
            Piece::Line(end) => points.push(LinePoint { p: at(*end), bezier: false }),
            Piece::Curve(first, second, end) => {
                points.push(LinePoint { p: at(*first), bezier: true });
                points.push(LinePoint { p: at(*second), bezier: true });
                points.push(LinePoint { p: at(*end), bezier: false });
            }
        }
    }
    let (width, tone) = match stroke.pen {
        Pen::Filled => {
            fill(ops, state, tone);
            let rings = vec![PolygonRing { points }];
            let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
            ops.push(Op::DrawPolygon { polygon });
            return;
        }
        Pen::Line(width) => (width, tone),
        Pen::White(width) => (width, Tone::White),
    };
    ops.push(Op::SetOutlineColor { col: colour(tone) });
    ops.push(Op::SetOutlineThickness { pt: Pt(hundredths(width * side)) });
    ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Round });
    ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
    ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
}

fn link(item: &Item, width: f32, height: f32, target: &Target, laid: &Laid) -> Option<Op> {
    let corner = point(item.x, item.y + height);
    let rect = Rect::from_xywh(corner.x, corner.y, Pt(hundredths(width)), Pt(hundredths(height)));
    let actions = match target {
        Target::Anchor(anchor) => {
            let (page, y) = laid.anchors.get(anchor)?;
            let top = Some(hundredths(PAGE_HEIGHT - y + 12.0));
            Actions::Goto(Destination::Xyz { page: page + 1, left: Some(0.0), top, zoom: None })
        }
        Target::Uri(uri) => Actions::Uri(uri.clone()),
    };
    let border = Some(BorderArray::Solid([0.0, 0.0, 0.0]));
    let link = LinkAnnotation::new(rect, actions, border, Some(ColorArray::Transparent), Some(HighlightingMode::None));
    Some(Op::LinkAnnotation { link })
}
