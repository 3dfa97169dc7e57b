//! Reads what an auditor filled in: `reply.xlsx`, or the same table as CSV.
//!
//! Whoever sends a file may send anything: it is small or refused, formulas are refused, and cells
//! are read one by one, since a table may claim to be as large as a spreadsheet can be.

use crate::archive::Archive;
use crate::reply::ID;
use crate::words::word;
use calamine::{DataRef, Reader, Xlsx};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use tillproof_domain::locale::Locale;
use tillproof_domain::reply::Said;

/// The most bytes of a file.
pub const FILE: usize = 8 << 20;
/// The most bytes it unpacks to.
const UNPACKED: u64 = 64 << 20;
/// The most rows and columns of the table.
const ROWS: u32 = 20_000;
const COLUMNS: u32 = 64;
/// The most characters of a cell; a spreadsheet has no more.
const CELL: usize = 32_767;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Who replies.
    pub auditor: String,
    /// The day on it.
    pub on: Option<NaiveDate>,
    /// The workspace that the report was made of.
    pub workspace: String,
    /// The journal head that the report showed.
    pub head: String,
    /// The rows that say something, in order.
    pub rows: Vec<ReplyRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyRow {
    /// Its number in the spreadsheet, from 1.
    pub row: u32,
    /// The requirement.
    pub requirement: String,
    /// What is said.
    pub said: Said,
    /// In words; may be empty where it is accepted.
    pub comment: String,
    /// Until when.
    pub due: Option<NaiveDate>,
}

/// Why a reply is not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// It is no reply.
    #[error("no reply")]
    NotAReply,
    /// It is larger than any reply.
    #[error("too large")]
    TooLarge,
    /// Nobody says that it is theirs.
    #[error("no name")]
    NoName,
    /// A cell is not as it must be.
    #[error("row {row}: {fault}")]
    Cell {
        /// The row in the spreadsheet, from 1.
        row: u32,
        /// What is wrong, frozen: `formula`, `word`, `no-word`, `comment`, `date`, `requirement`.
        fault: &'static str,
        /// The cell.
        value: String,
    },
}

#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Text(String),
    Day(NaiveDate),
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.trim().to_owned(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// The cells that hold something, by row and column from 0, and those with a formula.
#[derive(Default)]
struct Table {
    cells: BTreeMap<(u32, u32), Cell>,
    formulas: BTreeSet<(u32, u32)>,
}

/// Reads a reply.
///
/// # Errors
/// It is none, too large, or a cell is not as it must be.
pub fn read(bytes: &[u8]) -> Result<Reply, ReplyError> {
    if bytes.len() > FILE {
        return Err(ReplyError::TooLarge);
    }
    let table = if bytes.starts_with(b"PK") { xlsx(bytes)? } else { csv(bytes)? };
    understand(&table)
}

fn xlsx(bytes: &[u8]) -> Result<Table, ReplyError> {
    let not = |_| ReplyError::NotAReply;
    let mut archive = Archive::open(Cursor::new(bytes)).map_err(|_| ReplyError::NotAReply)?;
    archive.assert_small(UNPACKED).map_err(|refused| match refused {
        crate::archive::Refused::TooMuch(_) => ReplyError::TooLarge,
        _ => ReplyError::NotAReply,
    })?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(not)?;
    let name = book.sheet_names().into_iter().next().ok_or(ReplyError::NotAReply)?;
    let mut table = Table::default();
    let mut cells = book.worksheet_cells_reader(&name).map_err(not)?;
    while let Some(cell) = cells.next_cell().map_err(not)? {
        let at = cell.get_position();
        let text = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) => Cell::Text(text.clone()),
            DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
            DataRef::Int(number) => Cell::Text(number.to_string()),
            DataRef::Float(number) => Cell::Text(number.to_string()),
            DataRef::Bool(yes) => Cell::Text(yes.to_string()),
            DataRef::DateTime(at) if at.is_datetime() => {
                let (year, month, day, ..) = at.to_ymd_hms_milli();
                let day = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
                day.map_or_else(|| Cell::Text(at.as_f64().to_string()), Cell::Day)
            }
            DataRef::DateTime(at) => Cell::Text(at.as_f64().to_string()),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
            DataRef::Error(error) => Cell::Text(error.to_string()),
        };
        put(&mut table, at, text)?;
    }
    drop(cells);
    let mut formulas = book.worksheet_cells_reader(&name).map_err(not)?;
    while let Some(cell) = formulas.next_formula().map_err(not)? {
        if !cell.get_value().is_empty() {
            table.formulas.insert(cell.get_position());
        }
    }
    Ok(table)
}

fn put(table: &mut Table, at: (u32, u32), cell: Cell) -> Result<(), ReplyError> {
    if matches!(&cell, Cell::Text(text) if text.trim().is_empty()) || at.1 >= COLUMNS {
        return Ok(());
    }
    if at.0 >= ROWS || matches!(&cell, Cell::Text(text) if text.chars().count() > CELL) {
        return Err(ReplyError::TooLarge);
    }
    table.cells.insert(at, cell);
    Ok(())
}

/// The table as a spreadsheet writes it: commas, semicolons or tabs; UTF-8, with or without a mark.
fn csv(bytes: &[u8]) -> Result<Table, ReplyError> {
    let text =
        std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).map_err(|_| ReplyError::NotAReply)?;
    let head = text.lines().find(|line| line.trim_matches('"').starts_with(ID)).ok_or(ReplyError::NotAReply)?;
    let delimiter =
        head.trim_start_matches('"').bytes().find(|byte| b",;\t".contains(byte)).ok_or(ReplyError::NotAReply)?;
    // One way to end a line, so that lines can be counted.
    let mut text = text.replace("\r\n", "\n");
    text.push('\n');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut table = Table::default();
    let mut record = csv::StringRecord::new();
    // A spreadsheet counts rows: empty lines too, but not the lines inside of a cell.
    let mut inside = 0_u64;
    while reader.read_record(&mut record).map_err(|_| ReplyError::NotAReply)? {
        inside += record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        let row = reader.position().line().saturating_sub(2).saturating_sub(inside);
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        for (column, cell) in (0_u32..).zip(&record) {
            // A spreadsheet would compute it.
            if cell.starts_with('=') {
                table.formulas.insert((row, column));
            }
            put(&mut table, (row, column), Cell::Text(cell.to_owned()))?;
        }
    }
    Ok(table)
}

/// Whether a text is the word with this key, in any language.
fn is(text: &str, key: &str) -> bool {
    Locale::ALL.iter().any(|locale| word(*locale, key).to_lowercase() == text.to_lowercase())
}

fn understand(table: &Table) -> Result<Reply, ReplyError> {
    let text = |row: u32, column: u32| table.cells.get(&(row, column)).map(Cell::text).unwrap_or_default();
    let found = table.cells.iter().find(|((_, column), cell)| *column == 0 && cell.text() == ID);
    let head = found.map(|((row, _), _)| *row).ok_or(ReplyError::NotAReply)?;
    let column = |key: &str| (0..COLUMNS).find(|column| is(&text(head, *column), key)).ok_or(ReplyError::NotAReply);
    let (said, comment, due) = (column("reply.reply")?, column("reply.comment")?, column("reply.due")?);
    let above = |key: &str| (0..head).find(|row| is(&text(*row, 0), key));
    let fault = |row: u32, fault: &'static str, value: String| ReplyError::Cell { row: row + 1, fault, value };
    let plain = |row: u32, column: u32| {
        if table.formulas.contains(&(row, column)) {
            return Err(fault(row, "formula", text(row, column)));
        }
        Ok(text(row, column))
    };
    let day = |row: u32, column: u32| match table.cells.get(&(row, column)) {
        None => Ok(None),
        Some(Cell::Day(day)) => Ok(Some(*day)),
        Some(cell) => parsed(&cell.text()).map(Some).ok_or_else(|| fault(row, "date", cell.text())),
    };
    let named = |key: &str| above(key).map_or(Ok(String::new()), |row| plain(row, 1));
    let auditor = named("reply.auditor")?;
    let (workspace, journal) = (named("workspace")?, named("head")?);
    if workspace.is_empty() {
        return Err(ReplyError::NotAReply);
    }
    if auditor.is_empty() {
        return Err(ReplyError::NoName);
    }
    let on = match above("reply.day") {
        Some(row) => {
            plain(row, 1)?;
            day(row, 1)?
        }
        None => None,
    };
    let mut rows = Vec::new();
    let last = table.cells.keys().next_back().map_or(head, |(row, _)| *row);
    for row in head + 1..=last {
        let (requirement, reply) = (plain(row, 0)?, plain(row, said)?);
        let (comment, until) = (plain(row, comment)?, plain(row, due)?);
        if reply.is_empty() {
            if !comment.is_empty() || !until.is_empty() {
                return Err(fault(row, "no-word", comment));
            }
            continue;
        }
        if requirement.is_empty() {
            return Err(fault(row, "requirement", requirement));
        }
        let known = Said::ALL.iter().copied().find(|known| is(&reply, &format!("reply.{known}")));
        let said = known.ok_or_else(|| fault(row, "word", reply.clone()))?;
        if comment.is_empty() && said != Said::Accept {
            return Err(fault(row, "comment", reply));
        }
        rows.push(ReplyRow { row: row + 1, requirement, said, comment, due: day(row, due)? });
    }
    Ok(Reply { auditor, on, workspace, head: journal, rows })
}

/// A day as people and spreadsheets write it: `2026-11-22`, `22.11.2026`.
fn parsed(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d.%m.%Y"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}
