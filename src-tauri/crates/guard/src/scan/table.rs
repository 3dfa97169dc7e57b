//! Tables: each long number is read with the name of its column before it.
//!
//! A column of order numbers says so once, at its top. Without that word one order number in ten
//! would look like a card number.

use super::Stop;
use super::sink::Sink;
use crate::digits;

/// Between two cells; no number reaches over it.
const CELL: char = '\u{1F}';

/// A cell with this many digits gets the name of its column.
const LONG: usize = 12;

/// The most characters of a name.
const NAME: usize = 60;

/// How deep tables in tables are followed.
const DEEP: usize = 16;

/// The most columns that have names.
const COLUMNS: usize = 2_000;

#[derive(Default)]
struct Table {
    names: Option<Vec<String>>,
    row: Vec<String>,
    cell: Option<String>,
    rows: usize,
}

/// Writes the text of a document, with its tables, to a sink.
pub(super) struct Writer<'s, 'p> {
    sink: &'s mut Sink<'p>,
    text: String,
    tables: Vec<Table>,
    /// Tables beyond the depth, whose rows are read as text.
    deeper: usize,
}

impl<'s, 'p> Writer<'s, 'p> {
    pub(super) fn new(sink: &'s mut Sink<'p>) -> Self {
        Self { sink, text: String::new(), tables: Vec::new(), deeper: 0 }
    }

    /// Adds text where the document is.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Stop> {
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            Some(cell) => cell.push_str(text),
            None => self.text.push_str(text),
        }
        if self.text.len() >= 64 * 1024 { self.flush() } else { Ok(()) }
    }

    /// Whether the text so far ends in a space or a break.
    pub(super) fn ends_blank(&self) -> bool {
        let text = self.tables.last().and_then(|table| table.cell.as_ref()).unwrap_or(&self.text);
        text.chars().next_back().is_none_or(char::is_whitespace)
    }

    pub(super) fn begin_table(&mut self) {
        if self.tables.len() < DEEP {
            self.tables.push(Table::default());
        } else {
            self.deeper += 1;
        }
    }

    pub(super) fn begin_row(&mut self) -> Result<(), Stop> {
        if self.deeper == 0 { self.end_row() } else { self.text("\n") }
    }

    pub(super) fn begin_cell(&mut self) -> Result<(), Stop> {
        if self.deeper > 0 {
            return self.text("\u{1F}");
        }
        self.end_cell();
        if let Some(table) = self.tables.last_mut() {
            table.cell = Some(String::new());
        }
        Ok(())
    }

    pub(super) fn end_cell(&mut self) {
        if self.deeper == 0
            && let Some(table) = self.tables.last_mut()
            && let Some(cell) = table.cell.take()
        {
            table.row.push(cell);
        }
    }

    pub(super) fn end_row(&mut self) -> Result<(), Stop> {
        if self.deeper > 0 {
            return Ok(());
        }
        self.end_cell();
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        if table.row.is_empty() {
            return Ok(());
        }
        let row = std::mem::take(&mut table.row);
        table.rows += 1;
        let named = table.names.is_none() && table.rows <= 5 && is_head(&row);
        let mut line = String::new();
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                line.push(CELL);
            }
            if let Some(name) = table.names.as_ref().and_then(|names| names.get(at))
                && digit_count(cell) >= LONG
                && !name.is_empty()
            {
                line.push_str(name);
                line.push_str(": ");
            }
            line.push_str(cell);
        }
        line.push('\n');
        if named {
            table.names = Some(row.into_iter().take(COLUMNS).map(|cell| name(&cell)).collect());
        }
        // A table in a cell is a part of that cell.
        let outer = self.tables.len().checked_sub(2).and_then(|at| self.tables.get_mut(at));
        match outer.and_then(|table| table.cell.as_mut()) {
            Some(cell) => cell.push_str(&line),
            None => self.text.push_str(&line),
        }
        if self.text.len() >= 64 * 1024 { self.flush() } else { Ok(()) }
    }

    pub(super) fn end_table(&mut self) -> Result<(), Stop> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return Ok(());
        }
        self.end_row()?;
        self.tables.pop();
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Stop> {
        let text = std::mem::take(&mut self.text);
        self.sink.text(&text)
    }

    /// Ends everything that is open, and the text with it.
    pub(super) fn finish(mut self) -> Result<(), Stop> {
        while !self.tables.is_empty() {
            self.deeper = 0;
            self.end_table()?;
        }
        self.flush()?;
        self.sink.end_text();
        Ok(())
    }
}

fn digit_count(text: &str) -> usize {
    text.chars().filter(|c| digits::value(*c).is_some()).count()
}

/// Whether a row names its columns: words in most cells, and no long number.
fn is_head(row: &[String]) -> bool {
    let words = row.iter().filter(|cell| cell.chars().any(char::is_alphabetic) && cell.chars().count() <= NAME).count();
    words * 2 > row.len() && row.len() > 1 && row.iter().all(|cell| digit_count(cell) < 5)
}

fn name(cell: &str) -> String {
    cell.trim().chars().take(NAME).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Reads a table of values with separators (RFC 4180, and what spreadsheets make of it).
pub(super) fn csv(text: &str, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with("sep=")).unwrap_or_default();
    let separator = [';', '\t', ',', '|'].into_iter().max_by_key(|sign| first.matches(*sign).count());
    let separator = separator.filter(|sign| first.contains(*sign)).unwrap_or(';');
    let mut writer = Writer::new(sink);
    writer.begin_table();
    writer.begin_cell()?;
    let mut quoted = false;
    let mut from = 0;
    let mut at_start = true;
    for (at, c) in text.char_indices() {
        let ends = match c {
            '"' if quoted || at_start => {
                quoted = !quoted;
                at_start = quoted;
                continue;
            }
            // A quote within quotes is written twice.
            _ if quoted => continue,
            '\n' => true,
            c if c == separator => true,
            _ => {
                at_start = c == ' ' && at_start || c == '=';
                false
            }
        };
        if !ends {
            continue;
        }
        writer.text(unquoted(text.get(from..at).unwrap_or_default()))?;
        from = at + c.len_utf8();
        at_start = true;
        if c == '\n' {
            writer.end_row()?;
        }
        writer.begin_cell()?;
    }
    writer.text(unquoted(text.get(from..).unwrap_or_default()))?;
    writer.finish()
}

fn unquoted(cell: &str) -> &str {
    cell.trim_matches(['"', '\r', ' ', '='])
}
