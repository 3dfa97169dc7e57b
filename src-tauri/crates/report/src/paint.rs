//! From pages to the objects of a PDF. The one module that touches printpdf. Deliberately absent:
//! what printpdf does only in part (outline, properties of the file); that is done afterwards.

use crate::ReportError;
use crate::document::{Size, Target, Tone};
use crate::input::Logo;
use crate::layout::{Item, Kind, Laid, PAGE_HEIGHT, PAGE_WIDTH, Page, Text};
use crate::marks::{self, Pen, Stroke, strokes};
use crate::text::fonts::{FONT_FILES, FaceId, Fonts};
use printpdf::{
    Actions, BorderArray, Color, ColorArray, CurTransMat, Destination, DictItem, ExternalStream, ExternalXObject,
    FontId, FontMetrics, HighlightingMode, Line, LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint,
    LinkAnnotation, Mm, Op, PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point,
    Polygon, PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder, XObject, XObjectId, XObjectTransform,
};
use std::collections::{BTreeMap, BTreeSet};
use subsetter::GlyphRemapper;

/// What was painted, and which piece of the tree each piece of a page is.
pub(crate) struct Painted {
    /// The objects of the PDF.
    pub document: lopdf::Document,
    /// For each page, its marked pieces by their number on it.
    pub pieces: Vec<Vec<Piece>>,
    /// For each page, the links on it, in the order of its annotations.
    pub links: Vec<Vec<PaintedLink>>,
}

/// A marked piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its node in the tree.
    pub node: usize,
    /// The link of the page that it is the text of.
    pub link: Option<usize>,
}

/// A link on a page.
pub(crate) struct PaintedLink {
    /// Its node in the tree; none on what is only for the eye.
    pub node: Option<usize>,
    /// What it says where it is not seen.
    pub words: String,
}

/// Paints all pages. `going_on` hears how much is done, in thousandths, and says whether to go on.
///
/// # Errors
/// A font cannot be cut down, or `going_on` says to stop.
pub(crate) fn paint(
    fonts: &Fonts,
    laid: &Laid,
    logo: Option<&Logo>,
    going_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Painted, ReportError> {
    let mut document = PdfDocument::new("");
    for (face, characters) in used_characters(laid) {
        let font = subset(fonts, face, &characters)?;
        document.resources.fonts.map.insert(font_id(face), PdfFont::new(font));
    }
    if let Some(logo) = logo {
        document.resources.xobjects.map.insert(XObjectId(LOGO.to_owned()), picture(logo));
    }
    let total = laid.pages.len().max(1) as u64;
    let (mut pieces, mut links) = (Vec::with_capacity(laid.pages.len()), Vec::with_capacity(laid.pages.len()));
    for (done, page) in (0_u64..).zip(&laid.pages) {
        if !going_on(done * 1000 / total) {
            return Err(ReportError::Cancelled);
        }
        let mut painter = Painter::new(page, laid);
        document.pages.push(painter.paint());
        pieces.push(painter.pieces);
        links.push(painter.links.into_iter().map(|link| PaintedLink { node: link.node, words: link.words }).collect());
    }
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { subset_fonts: false, image_optimization: None, ..PdfSaveOptions::default() };
    let finished = document.to_lopdf_document(&options, &mut warnings);
    match warnings.iter().find(|warning| warning.severity == printpdf::PdfParseErrorSeverity::Error) {
        Some(warning) => Err(ReportError::Pdf(warning.msg.clone())),
        None => Ok(Painted { document: finished, pieces, links }),
    }
}

fn font_id(face: FaceId) -> FontId {
    FontId(format!("T{}", face.0))
}

fn used_characters(laid: &Laid) -> BTreeMap<FaceId, BTreeSet<char>> {
    let mut used: BTreeMap<FaceId, (BTreeSet<char>, [bool; 128])> = BTreeMap::new();
    for item in laid.pages.iter().flat_map(|page| &page.items) {
        let Kind::Text(text) = &item.kind else { continue };
        let (characters, seen) = used.entry(text.face).or_insert_with(|| (BTreeSet::new(), [false; 128]));
        for character in text.text.chars() {
            // Nearly all have been seen before.
            match seen.get_mut(character as usize) {
                Some(true) => continue,
                Some(seen) => *seen = true,
                None => {}
            }
            characters.insert(character);
        }
    }
    used.into_iter().map(|(face, (characters, _))| (face, characters)).collect()
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

/// A link with its place, so that the text under it is known.
struct LinkArea<'a> {
    item: &'a Item,
    width: f32,
    height: f32,
    target: &'a Target,
    node: Option<usize>,
    words: String,
}

impl LinkArea<'_> {
    fn covers(&self, item: &Item, text: &Text) -> bool {
        const SLACK: f32 = 0.05;
        item.order == self.item.order
            && item.x + SLACK >= self.item.x
            && item.x + text.width <= self.item.x + self.width + SLACK
            && item.y >= self.item.y
            && item.y <= self.item.y + self.height
    }
}

/// Paints a page: shapes first, then all text, each in the pieces that the tree names.
struct Painter<'a> {
    page: &'a Page,
    laid: &'a Laid,
    ops: Vec<Op>,
    state: State,
    /// What is open: `None` nothing, `Some(None)` decoration.
    open: Option<Option<Piece>>,
    pieces: Vec<Piece>,
    links: Vec<LinkArea<'a>>,
}

impl<'a> Painter<'a> {
    fn new(page: &'a Page, laid: &'a Laid) -> Self {
        let links = page.items.iter().filter_map(|item| match &item.kind {
            Kind::Link { width, height, target } => {
                let node = laid.structure.leaf(item.order);
                Some(LinkArea { item, width: *width, height: *height, target, node, words: String::new() })
            }
            _ => None,
        });
        Self {
            page,
            laid,
            ops: Vec::new(),
            state: State::default(),
            open: None,
            pieces: Vec::new(),
            links: links.collect(),
        }
    }

    fn paint(&mut self) -> PdfPage {
        if let Some(tone) = self.page.background {
            self.mark(None);
            fill(&mut self.ops, &mut self.state, tone);
            self.ops.push(rectangle(0.0, 0.0, PAGE_WIDTH, PAGE_HEIGHT));
        }
        for item in &self.page.items {
            if !matches!(item.kind, Kind::Text(_) | Kind::Link { .. } | Kind::PageNumber { .. }) {
                let node = self.laid.structure.leaf(item.order);
                self.mark(
                    node.filter(|node| self.laid.structure.is_figure(*node)).map(|node| Piece { node, link: None }),
                );
                paint_shape(&mut self.ops, &mut self.state, item);
            }
        }
        self.close();
        self.ops.push(Op::StartTextSection);
        for item in &self.page.items {
            if let Kind::Text(text) = &item.kind {
                let link = self.links.iter().position(|link| link.covers(item, text));
                if let Some(link) = link.and_then(|link| self.links.get_mut(link)) {
                    link.words.push_str(&text.text);
                }
                self.mark(self.laid.structure.leaf(item.order).map(|node| Piece { node, link }));
                paint_text(&mut self.ops, &mut self.state, item, text);
            }
        }
        self.close();
        self.ops.push(Op::EndTextSection);
        for area in &self.links {
            self.ops.push(link(area.item, area.width, area.height, area.target, self.laid));
        }
        let mut painted = PdfPage::new(Mm(210.0), Mm(297.0), std::mem::take(&mut self.ops));
        for size in [&mut painted.media_box, &mut painted.trim_box, &mut painted.crop_box] {
            *size = Rect::from_wh(Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT));
        }
        painted
    }

    /// Says what follows is: a piece of the tree, or decoration.
    fn mark(&mut self, piece: Option<Piece>) {
        if self.open == Some(piece) {
            return;
        }
        self.close();
        self.open = Some(piece);
        let Some(piece) = piece else {
            self.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
            return;
        };
        let number = i64::try_from(self.pieces.len()).unwrap_or(i64::MAX);
        self.pieces.push(piece);
        let tag = if piece.link.is_some() { "Link" } else { self.laid.structure.tag(piece.node) }.to_owned();
        let properties = DictItem::Dict { map: [("MCID".to_owned(), DictItem::Int(number))].into() };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag, properties });
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }
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
        Kind::Logo { width, height } => ops.extend(show_logo(item, *width, *height)),
        Kind::Text(_) | Kind::Link { .. } | Kind::PageNumber { .. } => {}
    }
}

/// What the logo is called among the resources.
const LOGO: &str = "Logo";

/// The logo, lossless.
fn picture(logo: &Logo) -> XObject {
    let whole = |number: usize| DictItem::Int(i64::try_from(number).unwrap_or(i64::MAX));
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let dict = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", whole(logo.width)),
        ("Height", whole(logo.height)),
        ("ColorSpace", name("DeviceRGB")),
        ("BitsPerComponent", DictItem::Int(8)),
    ];
    let dict = dict.map(|(key, value)| (key.to_owned(), value)).into();
    let stream = ExternalStream { dict, content: logo.rgb.clone(), compress: true };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

fn show_logo(item: &Item, width: f32, height: f32) -> [Op; 4] {
    let corner = point(item.x, item.y + height);
    // A picture is drawn in a square of one point, which is stretched to its size.
    let stretch = [width, 0.0, 0.0, height, corner.x.0, corner.y.0].map(hundredths);
    let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
    [
        Op::SaveGraphicsState,
        Op::SetTransformationMatrix { matrix: CurTransMat::Raw(stretch) },
        Op::UseXobject { id: XObjectId(LOGO.to_owned()), transform },
        Op::RestoreGraphicsState,
    ]
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
    // Whoever reads the text and not the page gets the word whole.
    if text.soft {
        let hyphen = DictItem::String { data: vec![0xfe, 0xff, 0x00, 0xad], literal: false };
        let properties = DictItem::Dict { map: [("ActualText".to_owned(), hyphen)].into() };
        ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
        ops.push(Op::ShowText { items });
        ops.push(Op::EndMarkedContent);
        return;
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
            marks::Piece::Line(end) => points.push(LinePoint { p: at(*end), bezier: false }),
            marks::Piece::Curve(first, second, end) => {
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

/// A link; dead ones are gone by now.
fn link(item: &Item, width: f32, height: f32, target: &Target, laid: &Laid) -> Op {
    let corner = point(item.x, item.y + height);
    let rect = Rect::from_xywh(corner.x, corner.y, Pt(hundredths(width)), Pt(hundredths(height)));
    let actions = match target {
        Target::Anchor(anchor) => {
            let (page, y) = laid.anchors.get(anchor).copied().unwrap_or_default();
            let top = Some(hundredths(PAGE_HEIGHT - y + 12.0));
            Actions::Goto(Destination::Xyz { page: page + 1, left: Some(0.0), top, zoom: None })
        }
        Target::Uri(uri) => Actions::Uri(uri.clone()),
    };
    let border = Some(BorderArray::Solid([0.0, 0.0, 0.0]));
    let link = LinkAnnotation::new(rect, actions, border, Some(ColorArray::Transparent), Some(HighlightingMode::None));
    Op::LinkAnnotation { link }
}
