//! Breaks a paragraph into lines that fit: where Unicode allows it, and inside a word only when
//! the word is wider than the line. No character is left out.

use super::clean::{clean, named};
use super::fonts::{FaceId, Fonts, Glyph, Weight};
use crate::document::{Size, Span, Target, Tone};
use tillproof_domain::answer::Verdict;
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_normalization::char::is_combining_mark;

/// A piece of a line, set in one font and one tone.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Where it begins, from the start of the line.
    pub x: f32,
    /// How wide it is.
    pub width: f32,
    /// The font.
    pub face: FaceId,
    /// The ink.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    /// For each character, by how many thousandths the next one moves.
    pub kerns: Vec<i32>,
    /// Where it leads.
    pub link: Option<Target>,
}

/// One line of a paragraph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its runs, from left to right.
    pub runs: Vec<Run>,
    /// Verdict marks, each with its place from the start of the line.
    pub marks: Vec<(f32, Verdict)>,
    /// The width of what is drawn.
    pub width: f32,
}

/// Room that a verdict mark takes before its word, in font sizes.
const MARK_ROOM: f32 = 1.45;

#[derive(Clone, Copy)]
struct Piece {
    character: char,
    glyph: Glyph,
    kern: i32,
    span: usize,
    mark: Option<Verdict>,
    /// What may happen after it.
    after: Option<BreakOpportunity>,
}

/// Sets `spans` in lines of at most `width`. There is always at least one line.
#[must_use]
pub fn break_lines(fonts: &Fonts, spans: &[Span], size: Size, width: f32) -> Vec<Line> {
    let pieces = pieces(fonts, spans);
    let mut lines = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let end = line_end(&pieces[start..], size, width) + start;
        lines.push(set_line(spans, &pieces[start..end], size));
        start = end;
    }
    let ends_with_newline = pieces.last().is_some_and(|piece| piece.character == '\n');
    if lines.is_empty() || ends_with_newline {
        lines.push(Line::default());
    }
    lines
}

/// The width of a short text on one line.
#[must_use]
pub fn text_width(fonts: &Fonts, text: &str, weight: Weight, size: Size) -> f32 {
    let pieces = pieces(fonts, &[Span::new(text).weight(weight)]);
    pieces.iter().map(|piece| advance(piece, size)).sum()
}

fn pieces(fonts: &Fonts, spans: &[Span]) -> Vec<Piece> {
    let mut text = String::new();
    let mut owners = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        for character in drawable(fonts, span).chars() {
            owners.push(index);
            text.push(character);
        }
    }
    let mut breaks = linebreaks(&text).peekable();
    let mut pieces: Vec<Piece> = Vec::with_capacity(owners.len());
    let mut marked = None;
    for ((at, character), span) in text.char_indices().zip(owners) {
        let end = at + character.len_utf8();
        let after = breaks.next_if(|(index, _)| *index == end).map(|(_, kind)| kind);
        let weight = spans.get(span).map_or(Weight::Regular, |span| span.weight);
        // The no-break space has done its work once the breaks are known.
        let character = if character == '\u{a0}' { ' ' } else { character };
        let glyph = fonts.glyph(weight, character).unwrap_or(Glyph { face: FaceId(0), id: 0, width: 0 });
        let mark = if marked == Some(span) { None } else { spans.get(span).and_then(|span| span.mark) };
        marked = Some(span);
        if let Some(previous) = pieces.last_mut()
            && previous.span == span
            && character != '\n'
        {
            previous.kern = fonts.kern(previous.glyph, glyph);
        }
        pieces.push(Piece { character, glyph, kern: 0, span, mark, after });
    }
    if let Some(last) = pieces.last_mut()
        && last.character != '\n'
    {
        last.after = None;
    }
    pieces
}

/// The span's text, with names in the place of characters that no font has.
fn drawable(fonts: &Fonts, span: &Span) -> String {
    let mut text = String::with_capacity(span.text.len());
    for character in clean(&span.text).chars() {
        if character == '\n' || fonts.glyph(span.weight, character).is_some() {
            text.push(character);
        } else {
            text.push_str(&named(character));
        }
    }
    text
}

fn advance(piece: &Piece, size: Size) -> f32 {
    let mark = if piece.mark.is_some() { MARK_ROOM * size.points() } else { 0.0 };
    let own = if piece.character == '\n' { 0 } else { piece.glyph.width + piece.kern };
    mark + thousandths(own) * size.points()
}

#[expect(clippy::cast_precision_loss, reason = "a width in thousandths is far below what f32 holds exactly")]
pub(crate) fn thousandths(value: i32) -> f32 {
    value as f32 / 1000.0
}

/// How many pieces the first line takes.
fn line_end(pieces: &[Piece], size: Size, width: f32) -> usize {
    let mut x = 0.0;
    let mut allowed = None;
    for (index, piece) in pieces.iter().enumerate() {
        if piece.character == '\n' {
            return index + 1;
        }
        x += advance(piece, size);
        // A space that does not fit hangs into the margin, where it is not seen.
        if x > width + 0.01 && piece.character != ' ' && index > 0 {
            return allowed.unwrap_or_else(|| before_marks(pieces, index));
        }
        if piece.after.is_some() {
            allowed = Some(index + 1);
        }
    }
    pieces.len()
}

/// A place to cut a word that is wider than the line: not between a letter and its marks.
fn before_marks(pieces: &[Piece], index: usize) -> usize {
    let joined = |at: usize| pieces.get(at).is_some_and(|piece| is_combining_mark(piece.character));
    let mut cut = index;
    while cut > 1 && joined(cut) {
        cut -= 1;
    }
    if cut > 1 || !joined(1) { cut } else { index }
}

fn set_line(spans: &[Span], pieces: &[Piece], size: Size) -> Line {
    let visible = pieces
        .iter()
        .rposition(|piece| piece.mark.is_some() || !matches!(piece.character, ' ' | '\n'))
        .map_or(0, |last| last + 1);
    let mut line = Line::default();
    let mut previous_span = None;
    let mut x = 0.0;
    for piece in pieces.iter().take(visible) {
        let Some(span) = spans.get(piece.span) else { continue };
        if let Some(verdict) = piece.mark {
            line.marks.push((x, verdict));
            x += MARK_ROOM * size.points();
            previous_span = None;
        }
        if piece.character == '\n' {
            continue;
        }
        let own = thousandths(piece.glyph.width + piece.kern) * size.points();
        match line.runs.last_mut() {
            Some(run) if run.face == piece.glyph.face && previous_span == Some(piece.span) => {
                run.text.push(piece.character);
                run.kerns.push(piece.kern);
                run.width += own;
            }
            _ => line.runs.push(Run {
                x,
                width: own,
                face: piece.glyph.face,
                tone: span.tone,
                text: piece.character.to_string(),
                kerns: vec![piece.kern],
                link: span.link.clone(),
            }),
        }
        previous_span = Some(piece.span);
        x += own;
    }
    line.width = x;
    line
}
