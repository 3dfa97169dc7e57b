//! The XML in office documents: ECMA-376 (docx, xlsx, pptx) and ISO/IEC 26300 (odt, ods, odp).
//!
//! Deliberately absent: formulas, charts, styles and macros; a formula's last value is read.

use super::Stop;
use super::markup::{Piece, Pieces, attributes, decoded, local};
use super::sink::Sink;
use super::table::Writer;

/// What kind of document an archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Office {
    /// docx or pptx.
    Text,
    /// xlsx.
    Sheet,
    /// odt, ods, odp.
    Open,
}

/// What an entry of a document is to the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Sheet,
    Open,
    Picture,
    /// A file of its own.
    File,
}

/// The last row that a spreadsheet can have.
const LAST_ROW: usize = 1_048_576;

/// The most strings that sheets may share.
const MOST_SHARED: usize = 4_000_000;

pub(super) fn kind(names: &[(usize, String)]) -> Option<Office> {
    let has = |wanted: &str| names.iter().any(|(_, name)| name.starts_with(wanted));
    if has("[Content_Types].xml") && has("xl/") {
        Some(Office::Sheet)
    } else if has("[Content_Types].xml") && (has("word/") || has("ppt/")) {
        Some(Office::Text)
    } else if has("mimetype") && has("content.xml") {
        Some(Office::Open)
    } else {
        None
    }
}

pub(super) fn role(office: Office, name: &str) -> Option<Role> {
    let lower = name.to_ascii_lowercase();
    let xml = lower.ends_with(".xml");
    if lower.contains("/media/") || lower.starts_with("pictures/") {
        return Some(Role::Picture);
    }
    if lower.contains("/embeddings/") && !lower.ends_with(".bin") {
        return Some(Role::File);
    }
    let file = lower.rsplit('/').next().unwrap_or_default();
    match office {
        Office::Open => matches!(lower.as_str(), "content.xml" | "styles.xml" | "meta.xml").then_some(Role::Open),
        _ if lower.starts_with("docprops/") && xml => Some(Role::Open),
        Office::Text => {
            let parts = ["document", "header", "footer", "comments", "footnotes", "endnotes", "slide", "notesslide"];
            let folder = lower.starts_with("word/")
                || lower.starts_with("ppt/slides/")
                || lower.starts_with("ppt/notesslides/")
                || lower.starts_with("ppt/comments/");
            (xml && folder && parts.iter().any(|part| file.starts_with(part))).then_some(Role::Text)
        }
        Office::Sheet if lower.starts_with("xl/worksheets/") && xml => Some(Role::Sheet),
        Office::Sheet => {
            let parts = ["comments", "threadedcomment", "drawing", "sharedstrings"];
            (xml && parts.iter().any(|part| file.starts_with(part)) && file != "sharedstrings.xml")
                .then_some(Role::Text)
        }
    }
}

/// Reads docx and pptx: `t` holds text, `p` is a paragraph, `tbl`, `tr` and `tc` are tables.
pub(super) fn text(xml: &str, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut writer = Writer::new(sink);
    let mut inside = false;
    for piece in Pieces::xml(xml) {
        match piece {
            Piece::Text(text) if inside => writer.text(&decoded(text))?,
            Piece::Raw(text) if inside => writer.text(text)?,
            Piece::Open(name, _, closed) => match local(name) {
                "t" | "delText" | "instrText" | "text" => inside = !closed,
                "tab" | "ptab" => writer.text("\t")?,
                "br" | "cr" => writer.text("\n")?,
                "noBreakHyphen" => writer.text("-")?,
                "tbl" if !closed => writer.begin_table(),
                "tr" if !closed => writer.begin_row()?,
                "tc" if !closed => writer.begin_cell()?,
                _ => {}
            },
            Piece::Close(name) => match local(name) {
                "t" | "delText" | "instrText" | "text" => inside = false,
                "p" => writer.text("\n")?,
                "tbl" => writer.end_table()?,
                "tr" => writer.end_row()?,
                "tc" => writer.end_cell(),
                _ => {}
            },
            _ => {}
        }
    }
    writer.finish()
}

/// Reads odt and ods: text stands in `p` and `h`; the value of a cell also in an attribute.
pub(super) fn open(xml: &str, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut writer = Writer::new(sink);
    for piece in Pieces::xml(xml) {
        match piece {
            Piece::Text(text) => writer.text(&decoded(text))?,
            Piece::Raw(text) => writer.text(text)?,
            Piece::Comment(_) => {}
            Piece::Open(name, own, closed) => match local(name) {
                "tab" => writer.text("\t")?,
                "s" => writer.text(" ")?,
                "line-break" => writer.text("\n")?,
                "table" if !closed => writer.begin_table(),
                "table-row" if !closed => writer.begin_row()?,
                "table-cell" | "covered-table-cell" => {
                    writer.begin_cell()?;
                    for (name, value) in attributes(own) {
                        // The cell may show "4.53E+15"; the number is here.
                        if local(name) == "value" && value.len() >= 13 {
                            writer.text(&plain(value))?;
                            writer.text("\u{1F}")?;
                        }
                    }
                    if closed {
                        // Empty cells that are left out keep the columns in step.
                        let repeated = attributes(own).find(|(name, _)| local(name) == "number-columns-repeated");
                        let count = repeated.and_then(|(_, count)| count.parse().ok()).unwrap_or(1_usize);
                        for _ in 1..count.min(100) {
                            writer.begin_cell()?;
                        }
                        writer.end_cell();
                    }
                }
                _ => {}
            },
            Piece::Close(name) => match local(name) {
                "p" | "h" => writer.text("\n")?,
                "table" => writer.end_table()?,
                "table-row" => writer.end_row()?,
                "table-cell" | "covered-table-cell" => writer.end_cell(),
                "span" | "a" => {}
                _ => writer.text("\u{1F}")?,
            },
        }
    }
    writer.finish()
}

/// The strings that the sheets of a workbook share.
pub(super) fn shared(xml: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut current = String::new();
    let (mut inside, mut reading) = (false, false);
    for piece in Pieces::xml(xml) {
        match piece {
            Piece::Text(text) if inside => current.push_str(&decoded(text)),
            Piece::Raw(text) if inside => current.push_str(text),
            Piece::Open(name, _, closed) => match local(name) {
                "t" => inside = !closed && !reading,
                "rPh" => reading = !closed,
                "si" if closed => strings.push(String::new()),
                _ => {}
            },
            Piece::Close(name) => match local(name) {
                "t" => inside = false,
                "rPh" => reading = false,
                "si" => strings.push(std::mem::take(&mut current)),
                _ => {}
            },
            _ => {}
        }
        if strings.len() >= MOST_SHARED {
            break;
        }
    }
    strings
}

/// Reads a sheet of xlsx row by row; the line of a finding is its row.
pub(super) fn sheet(xml: &str, shared: &[String], sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut writer = Writer::new(sink);
    writer.begin_table();
    let (mut row, mut column) = (0_usize, 0_usize);
    let mut value = String::new();
    let (mut kind, mut inside) = (String::new(), false);
    for piece in Pieces::xml(xml) {
        match piece {
            Piece::Text(text) if inside => value.push_str(&decoded(text)),
            Piece::Raw(text) if inside => value.push_str(text),
            Piece::Open(name, own, closed) => match local(name) {
                "row" => {
                    writer.end_row()?;
                    let number = attributes(own).find(|(name, _)| *name == "r").and_then(|(_, row)| row.parse().ok());
                    let next: usize = number.unwrap_or(row + 1).clamp(row + 1, LAST_ROW.max(row + 1));
                    // An empty row is an empty line.
                    for _ in row + 1..next {
                        writer.begin_cell()?;
                        writer.end_row()?;
                    }
                    (row, column) = (next, 0);
                }
                "c" => {
                    kind.clear();
                    let mut place = None;
                    for (name, value) in attributes(own) {
                        match name {
                            "t" => value.clone_into(&mut kind),
                            "r" => place = column_of(value),
                            _ => {}
                        }
                    }
                    let next = place.unwrap_or(column).clamp(column, column + 200);
                    for _ in column..next {
                        writer.begin_cell()?;
                    }
                    column = next + 1;
                    writer.begin_cell()?;
                    value.clear();
                    if closed {
                        writer.end_cell();
                    }
                }
                "v" | "t" => inside = !closed,
                _ => {}
            },
            Piece::Close(name) => match local(name) {
                "v" | "t" => inside = false,
                "c" => {
                    let text = match kind.as_str() {
                        "s" => {
                            value.trim().parse().ok().and_then(|at: usize| shared.get(at)).cloned().unwrap_or_default()
                        }
                        "str" | "inlineStr" | "d" => value.clone(),
                        _ => plain(&value),
                    };
                    // One row is one line.
                    writer.text(&text.replace(['\n', '\r'], " "))?;
                    writer.end_cell();
                    value.clear();
                }
                "row" => writer.end_row()?,
                _ => {}
            },
            _ => {}
        }
    }
    writer.finish()
}

/// The column of a cell such as `AB12`, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let column = letters.fold(0, |sum, c| sum * 26 + usize::from(c.to_ascii_uppercase() - b'@'));
    column.checked_sub(1)
}

/// A whole number as digits, where it is written with an exponent (`4.532015112830366E+15`). Others
/// stay as they are.
pub(super) fn plain(value: &str) -> String {
    let value = value.trim();
    let written = || {
        let (number, exponent) = value.split_once(['e', 'E'])?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let exponent: usize = exponent.trim_start_matches('+').parse().ok().filter(|exponent| *exponent <= 20)?;
        let figures = whole.len() == 1 && whole.bytes().chain(fraction.bytes()).all(|c| c.is_ascii_digit());
        (figures && fraction.len() <= exponent).then(|| format!("{whole}{fraction:0<exponent$}"))
    };
    written().unwrap_or_else(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_out() {
        assert_eq!(plain("4.532015112830366E+15"), "4532015112830366", "with an exponent");
        assert_eq!(plain("4.5320151128303E15"), "4532015112830300", "fewer figures");
        assert_eq!(plain("19.99"), "19.99", "an amount");
        assert_eq!(plain("4.5E-5"), "4.5E-5", "a small one");
        assert_eq!(plain("4.5E999999999999"), "4.5E999999999999", "a hostile one");
        assert_eq!((column_of("A1"), column_of("AB12"), column_of("12")), (Some(0), Some(27), None), "columns");
    }
}
