//! Lists as CSV for a spreadsheet (RFC 4180, UTF-8 with a byte order mark, so that umlauts survive
//! Excel).

use super::paths;
use crate::error::Error;
use crate::host::Host;
use crate::types::workspace::FileWritten;

/// A spreadsheet takes a cell that begins with one of these for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes a table whole or not at all. Cells that a spreadsheet would run are made text.
pub(super) fn write(
    host: &dyn Host,
    path: &str,
    overwrite: bool,
    head: &[String],
    rows: &[Vec<String>],
) -> Result<FileWritten, Error> {
    let path = paths::target(host, path)?;
    let failed = |error: csv::Error| Error::new("file-io").with("path", path.display()).with("reason", error);
    paths::write_whole(&path, overwrite, |file| {
        file.write_all("\u{feff}".as_bytes()).map_err(|error| paths::io_error(&path, &error))?;
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(file);
        for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
            writer.write_record(row.iter().map(|cell| inert(cell))).map_err(failed)?;
        }
        writer.flush().map_err(|error| paths::io_error(&path, &error))
    })
}

/// A cell that no spreadsheet runs (OWASP, CSV injection).
fn inert(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(inert(cell).starts_with('\''), "{cell:?}");
        }
        for cell in ["", "a=b", "2026-11-22", "'x", "Müller & Söhne"] {
            assert_eq!(inert(cell), cell, "harmless cells stay");
        }
    }
}
