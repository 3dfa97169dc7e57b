//! Text out of HTML and XML. Tolerant: what is broken is read as text.
//!
//! Deliberately absent: a tree, styles, and what scripts would do.

use super::Stop;
use super::sink::Sink;
use super::table::Writer;
use std::borrow::Cow;

/// One piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Text, its entities not decoded.
    Text(&'t str),
    /// Text that has no entities.
    Raw(&'t str),
    /// A tag that opens: its name, its attributes, and whether it closes itself.
    Open(&'t str, &'t str, bool),
    /// A tag that closes.
    Close(&'t str),
    /// A comment.
    Comment(&'t str),
}

/// Walks over a document. Every step goes forward, so it ends.
#[derive(Debug, Clone)]
pub(super) struct Pieces<'t> {
    rest: &'t str,
    /// The element whose content is raw up to its closing tag.
    raw: Option<&'static str>,
    html: bool,
    /// Whether no tag ends any more; without it each `<` would be searched to the end.
    open: bool,
}

impl<'t> Pieces<'t> {
    pub(super) fn html(text: &'t str) -> Self {
        Self { rest: text, raw: None, html: true, open: false }
    }

    pub(super) fn xml(text: &'t str) -> Self {
        Self { rest: text, raw: None, html: false, open: false }
    }

    fn split(&mut self, at: usize) -> &'t str {
        let (head, rest) = self.rest.split_at_checked(at).unwrap_or((self.rest, ""));
        self.rest = rest;
        head
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some(name) = self.raw.take() {
            let end = find_close(self.rest, name);
            if end > 0 {
                return Some(Piece::Raw(self.split(end)));
            }
        }
        let rest = self.rest;
        let Some(tag) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            return Some(Piece::Text(self.split(end)));
        };
        if let Some(comment) = tag.strip_prefix("!--") {
            let length = comment.find("-->").unwrap_or(comment.len());
            self.split(4 + length + 3);
            return Some(Piece::Comment(comment.get(..length).unwrap_or_default()));
        }
        if let Some(data) = tag.strip_prefix("![CDATA[") {
            let length = data.find("]]>").unwrap_or(data.len());
            self.split(9 + length + 3);
            return Some(Piece::Raw(data.get(..length).unwrap_or_default()));
        }
        let begins = tag.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | '?' | '_'));
        let end = if begins && !self.open { tag_end(tag) } else { None };
        self.open |= begins && end.is_none();
        let Some(end) = end else {
            self.split(1);
            return Some(Piece::Text("<"));
        };
        let inner = tag.get(..end).unwrap_or_default();
        self.split(end + 2);
        if let Some(name) = inner.strip_prefix('/') {
            return Some(Piece::Close(name.trim()));
        }
        if inner.starts_with(['!', '?']) {
            return Some(Piece::Comment(""));
        }
        let (inner, closed) = inner.strip_suffix('/').map_or((inner, false), |inner| (inner, true));
        let split = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(split);
        if self.html && !closed {
            self.raw = ["script", "style"].into_iter().find(|raw| name.eq_ignore_ascii_case(raw));
        }
        Some(Piece::Open(name, attributes, closed))
    }
}

/// Where a tag ends: the next `>` outside of quotes, or the next one at all.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.bytes().enumerate().take(64 * 1024) {
        match (c, quote) {
            (b'"' | b'\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            (b'>', None) => return Some(at),
            _ => {}
        }
    }
    tag.find('>')
}

fn find_close(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")) {
        let place = from + at;
        let after = text.get(place + 2..place + 2 + name.len());
        if after.is_some_and(|after| after.eq_ignore_ascii_case(name)) {
            return place;
        }
        from = place + 2;
    }
    text.len()
}

/// Names and values of attributes, as written.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let name = rest.get(..end)?;
            rest = rest.get(end..)?.trim_start();
            let Some(value) = rest.strip_prefix('=') else {
                continue;
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            return match quote {
                Some(quote) => {
                    let inner = value.get(1..)?;
                    let end = inner.find(quote).unwrap_or(inner.len());
                    rest = inner.get(end + 1..).unwrap_or_default();
                    Some((name, inner.get(..end)?))
                }
                None => {
                    let end = value.find(char::is_whitespace).unwrap_or(value.len());
                    rest = value.get(end..)?;
                    Some((name, value.get(..end)?))
                }
            };
        }
    })
}

/// The part of a name behind its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Decodes the entities that matter here: numbers, the five of XML, spaces and dashes.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        match entity(rest) {
            Some((c, length)) => {
                decoded.push(c);
                rest = rest.get(length..).unwrap_or_default();
            }
            None => {
                decoded.push('&');
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|c| c == b';')?;
    let name = text.get(1..end)?;
    let c = if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16)).ok()?;
        char::from_u32(code)?
    } else {
        match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{A0}',
            "ensp" => '\u{2002}',
            "emsp" => '\u{2003}',
            "thinsp" => '\u{2009}',
            "hairsp" => '\u{200A}',
            "shy" => '\u{AD}',
            "zwj" => '\u{200D}',
            "zwnj" => '\u{200C}',
            "ndash" => '\u{2013}',
            "mdash" => '\u{2014}',
            "minus" => '\u{2212}',
            "middot" => '\u{B7}',
            "auml" => 'ä',
            "ouml" => 'ö',
            "uuml" => 'ü',
            "Auml" => 'Ä',
            "Ouml" => 'Ö',
            "Uuml" => 'Ü',
            "szlig" => 'ß',
            "euro" => '€',
            "sect" => '§',
            "hyphen" => '\u{2010}',
            "period" => '.',
            "colon" => ':',
            "num" => '#',
            _ => return None,
        }
    };
    Some((c, end + 1))
}

/// Elements that stand in a line of text; all others begin and end a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr", "img",
    "input", "data", "time", "o:p",
];

/// Attributes that are drawings or looks.
const LOOKS: &[&str] =
    &["d", "points", "style", "class", "viewbox", "transform", "src", "srcset", "integrity", "width"];

fn is_telling(value: &str) -> bool {
    value.bytes().filter(u8::is_ascii_digit).count() >= 12
        || value.len() >= 20 && (value.contains('_') || value.contains("-----BEGIN"))
        || value.chars().filter(|c| crate::digits::value(*c).is_some()).count() >= 12
}

/// Reads HTML: tags removed, entities decoded, text that tags split joined again.
pub(super) fn html(text: &str, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut writer = Writer::new(sink);
    let mut kept = 0_usize;
    let mut skip = false;
    for piece in Pieces::html(text) {
        match piece {
            Piece::Text(text) => {
                let text = decoded(text);
                if kept > 0 {
                    writer.text(&text)?;
                } else {
                    // Outside of preformatted text any white space is one space.
                    let mut blank = writer.ends_blank();
                    let mut joined = String::with_capacity(text.len());
                    for c in text.chars() {
                        let space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}');
                        if !(space && blank) {
                            joined.push(if space { ' ' } else { c });
                        }
                        blank = space;
                    }
                    writer.text(&joined)?;
                }
            }
            Piece::Raw(text) if !skip => writer.text(text)?,
            Piece::Raw(_) => {}
            Piece::Comment(text) => {
                if is_telling(text) {
                    writer.text("\n")?;
                    writer.text(text)?;
                    writer.text("\n")?;
                }
            }
            Piece::Open(name, own, _) => {
                let name = name.to_ascii_lowercase();
                skip = name == "style";
                match name.as_str() {
                    "table" => {
                        writer.text("\n")?;
                        writer.begin_table();
                    }
                    "tr" => writer.begin_row()?,
                    "td" | "th" => writer.begin_cell()?,
                    "pre" | "textarea" => {
                        kept += 1;
                        writer.text("\n")?;
                    }
                    inline if INLINE.contains(&inline) => {}
                    _ => writer.text("\n")?,
                }
                named_values(own, &mut writer)?;
            }
            Piece::Close(name) => match name.to_ascii_lowercase().as_str() {
                "table" => writer.end_table()?,
                "tr" => writer.end_row()?,
                "td" | "th" => writer.end_cell(),
                "pre" | "textarea" => {
                    kept = kept.saturating_sub(1);
                    writer.text("\n")?;
                }
                inline if INLINE.contains(&inline) => {}
                _ => writer.text("\n")?,
            },
        }
    }
    writer.finish()
}

/// Writes the attributes of a tag that may hold a number or a key, each behind what names it.
fn named_values(own: &str, writer: &mut Writer<'_, '_>) -> Result<(), Stop> {
    if !is_telling(own) {
        return Ok(());
    }
    let mut label = String::new();
    for (name, value) in attributes(own) {
        if matches!(
            name.to_ascii_lowercase().as_str(),
            "name" | "id" | "placeholder" | "aria-label" | "title" | "property"
        ) && value.len() <= 60
            && label.len() < 200
            && !is_telling(value)
        {
            label.push_str(value);
            label.push(' ');
        }
    }
    for (name, value) in attributes(own) {
        if is_telling(value) && !LOOKS.contains(&name.to_ascii_lowercase().as_str()) {
            let name: String = name.chars().take(60).collect();
            let name = if matches!(name.as_str(), "value" | "content") { "" } else { name.trim_start_matches("data-") };
            writer.text("\n")?;
            // The nearest word decides, so the label of the field comes last.
            writer.text(&format!("{name} {label}: "))?;
            writer.text(&decoded(value))?;
            writer.text("\n")?;
        }
    }
    Ok(())
}

/// Reads XML: each text behind the name of its element.
pub(super) fn xml(text: &str, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut writer = Writer::new(sink);
    for piece in Pieces::xml(text) {
        match piece {
            Piece::Text(text) => writer.text(&decoded(text))?,
            Piece::Raw(text) | Piece::Comment(text) => writer.text(text)?,
            Piece::Open(name, own, _) => {
                let name: String = local(name).chars().take(60).collect();
                writer.text("\u{1F}")?;
                for (own_name, value) in attributes(own) {
                    if is_telling(value) && !LOOKS.contains(&own_name.to_ascii_lowercase().as_str()) {
                        let own_name: String = local(own_name).chars().take(60).collect();
                        writer.text(&format!("{name} {own_name}: "))?;
                        writer.text(&decoded(value))?;
                        writer.text("\u{1F}")?;
                    }
                }
                writer.text(&name)?;
                writer.text(": ")?;
            }
            Piece::Close(_) => writer.text("\u{1F}")?,
        }
    }
    writer.finish()
}
