//! Breaks a paragraph into lines that fit: where Unicode allows it, and inside a word only when
//! the word is wider than the line. No character is left out.

use super::clean::{clean, named};
use super::fonts::{FaceId, Fonts, Glyph, Weight};
use crate::document::{Size, Span, Target, Tone};
use std::collections::BTreeSet;
use tillproof_domain::answer::Verdict;
use tillproof_domain::locale::Locale;
use unicode_bidi::{BidiInfo, Level};
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
    /// Whether it is a hyphen that only the end of the line put there.
    pub soft: bool,
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
    /// Whether its word may be divided after it.
    divides: bool,
    /// Odd where it is read from right to left (UAX 9).
    level: Level,
}

/// Sets `spans` in lines of at most `width`. There is always at least one line.
#[must_use]
pub fn break_lines(fonts: &Fonts, spans: &[Span], size: Size, width: f32) -> Vec<Line> {
    let pieces = pieces(fonts, spans);
    let mut lines = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let (count, divided) = line_end(fonts, &pieces[start..], size, width);
        let mut line = set_line(spans, &pieces[start..start + count], size);
        if divided {
            add_hyphen(fonts, spans, pieces.get(start + count - 1), &mut line, size);
        }
        lines.push(line);
        start += count;
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
    let divisions = divisions(fonts, &text);
    let levels = levels(&text);
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
            && previous.level.is_ltr()
        {
            previous.kern = fonts.kern(previous.glyph, glyph);
        }
        let level = levels.as_ref().and_then(|levels| levels.get(at)).copied().unwrap_or(Level::ltr());
        let character = if level.is_rtl() { mirrored(character) } else { character };
        let divides = divisions.contains(&end);
        pieces.push(Piece { character, glyph, kern: 0, span, mark, after, divides, level });
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

/// The places, in bytes, where words may be divided: long German ones, three letters from each end.
fn divisions(fonts: &Fonts, text: &str) -> BTreeSet<usize> {
    const LONG: usize = 8;
    const ENDS: usize = 3;
    let mut places = BTreeSet::new();
    if fonts.locale() != Locale::De {
        return places;
    }
    let mut at = 0;
    for word in text.split(|character: char| !character.is_alphabetic()) {
        let begins = text.get(at..).and_then(|rest| rest.find(word)).map_or(at, |found| at + found);
        at = begins + word.len();
        let letters = word.chars().count();
        // Capitals inside are a name, such as that of a program.
        if !(LONG..=MOST_LETTERS).contains(&letters) || word.chars().skip(1).any(char::is_uppercase) {
            continue;
        }
        let (mut end, mut before) = (begins, 0);
        for syllable in hypher::hyphenate(word, hypher::Lang::German) {
            end += syllable.len();
            before += syllable.chars().count();
            if before >= ENDS && letters - before >= ENDS {
                places.insert(end);
            }
        }
    }
    places
}

/// No word is longer; what is, is no word.
const MOST_LETTERS: usize = 60;

/// In which direction each byte is read, where not all is from left to right.
fn levels(text: &str) -> Option<Vec<Level>> {
    let turns = |character: char| matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}');
    text.chars().any(turns).then(|| BidiInfo::new(text, Some(Level::ltr())).levels)
}

/// Brackets look at what they hold, whatever the direction.
const fn mirrored(character: char) -> char {
    match character {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}

/// How many pieces the first line takes, and whether it ends in the middle of a word.
fn line_end(fonts: &Fonts, pieces: &[Piece], size: Size, width: f32) -> (usize, bool) {
    /// So much of a line may stay empty before a word is divided.
    const RAGGED: f32 = 0.16;
    let hyphen = |piece: &Piece| thousandths(fonts.glyph_in_face(piece.glyph.face, HYPHEN)) * size.points();
    let mut x = 0.0;
    let mut allowed = None;
    let mut divided = None;
    for (index, piece) in pieces.iter().enumerate() {
        if piece.character == '\n' {
            return (index + 1, false);
        }
        x += advance(piece, size);
        // A space that does not fit hangs into the margin, where it is not seen.
        if x > width + 0.01 && piece.character != ' ' && index > 0 {
            let filled = allowed.map_or(0.0, |(_, filled)| filled);
            return match (allowed, divided) {
                (_, Some((end, until))) if until > filled && filled < width * (1.0 - RAGGED) => (end, true),
                (Some((end, _)), _) => (end, false),
                _ => (before_marks(pieces, index), false),
            };
        }
        if piece.after.is_some() {
            allowed = Some((index + 1, x));
        }
        if piece.divides && x + hyphen(piece) <= width {
            divided = Some((index + 1, x));
        }
    }
    (pieces.len(), false)
}

/// What stands where a word is divided.
const HYPHEN: char = '-';

fn add_hyphen(fonts: &Fonts, spans: &[Span], last: Option<&Piece>, line: &mut Line, size: Size) {
    let Some((piece, span)) = last.and_then(|piece| Some((piece, spans.get(piece.span)?))) else { return };
    let width = thousandths(fonts.glyph_in_face(piece.glyph.face, HYPHEN)) * size.points();
    line.runs.push(Run {
        x: line.width,
        width,
        face: piece.glyph.face,
        tone: span.tone,
        text: HYPHEN.to_string(),
        kerns: vec![0],
        link: span.link.clone(),
        soft: true,
    });
    line.width += width;
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

/// The pieces as they stand from left to right. A letter and its marks stay in their order.
fn in_visual_order(pieces: &[Piece]) -> Vec<&Piece> {
    if pieces.iter().all(|piece| piece.level.is_ltr()) {
        return pieces.iter().collect();
    }
    let mut clusters: Vec<Vec<&Piece>> = Vec::new();
    for piece in pieces {
        match clusters.last_mut() {
            Some(cluster) if is_combining_mark(piece.character) => cluster.push(piece),
            _ => clusters.push(vec![piece]),
        }
    }
    let levels: Vec<Level> =
        clusters.iter().map(|cluster| cluster.first().map_or(Level::ltr(), |piece| piece.level)).collect();
    BidiInfo::reorder_visual(&levels).into_iter().filter_map(|at| clusters.get(at)).flatten().copied().collect()
}

fn set_line(spans: &[Span], pieces: &[Piece], size: Size) -> Line {
    let visible = pieces
        .iter()
        .rposition(|piece| piece.mark.is_some() || !matches!(piece.character, ' ' | '\n'))
        .map_or(0, |last| last + 1);
    let mut line = Line::default();
    let mut previous_span = None;
    let mut x = 0.0;
    for piece in in_visual_order(pieces.get(..visible).unwrap_or(pieces)) {
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
                soft: false,
            }),
        }
        previous_span = Some(piece.span);
        x += own;
    }
    line.width = x;
    line
}
