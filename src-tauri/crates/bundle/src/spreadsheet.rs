//! The results, the plan of action and the index of evidence as a spreadsheet.
//!
//! A text is only ever a text: no cell is a formula, whatever it begins with. Days are days and
//! numbers are numbers, so that a spreadsheet can sort and filter them.

use crate::BundleError;
use crate::page::{label, proof};
use crate::words::word;
use chrono::{Datelike, NaiveDate, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};
use tillproof_domain::time::Timestamp;
use tillproof_report::input::Report;

/// The most characters of a cell.
const CELL: usize = 32_767;

/// A text as a cell can hold it.
pub(crate) fn cell(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(CELL).collect()
}

/// A name as a sheet can have it.
pub(crate) fn sheet_name(name: &str) -> String {
    name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect()
}

fn day(day: NaiveDate) -> Option<ExcelDateTime> {
    let (year, month) = (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?);
    ExcelDateTime::from_ymd(year, month, u8::try_from(day.day()).ok()?).ok()
}

/// An instant in UTC.
pub(crate) fn instant(at: Timestamp) -> Result<ExcelDateTime, BundleError> {
    let at = at.to_utc();
    let date = day(at.date_naive()).ok_or_else(|| BundleError::Format("a year that no spreadsheet has".to_owned()))?;
    let part = |number: u32| u16::try_from(number).unwrap_or_default();
    let second = u8::try_from(at.second().min(59)).unwrap_or_default();
    Ok(date.and_hms(part(at.hour()), u8::try_from(at.minute()).unwrap_or_default(), f64::from(second))?)
}

/// What stands in a cell.
enum Value {
    Text(String),
    Day(Option<NaiveDate>),
    Number(f64),
}

fn text(text: impl AsRef<str>) -> Value {
    Value::Text(cell(text.as_ref()))
}

fn number(number: u64) -> Value {
    // Sizes are far below what a spreadsheet counts exactly.
    Value::Number(number as f64)
}

struct Sheet<'a> {
    name: &'a str,
    columns: Vec<(&'a str, f64)>,
    rows: Vec<Vec<Value>>,
}

/// The spreadsheet.
///
/// # Errors
/// The library refuses something.
pub fn workbook(report: &Report) -> Result<Vec<u8>, BundleError> {
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(word(report.locale, "title"))
            .set_author("Tillproof")
            .set_creation_datetime(&instant(report.made_at)?),
    );
    for sheet in [results(report), plan(report), index(report)] {
        write(book.add_worksheet(), &sheet)?;
    }
    Ok(book.save_to_buffer()?)
}

fn write(sheet: &mut Worksheet, content: &Sheet<'_>) -> Result<(), BundleError> {
    let head = Format::new().set_bold().set_background_color("#E1ECEA").set_border_bottom(FormatBorder::Medium);
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let date = plain.clone().set_num_format("yyyy-mm-dd");
    let count = plain.clone().set_num_format("#,##0");
    sheet.set_name(sheet_name(content.name))?;
    for (column, (name, width)) in (0_u16..).zip(&content.columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *name, &head)?;
    }
    for (row, values) in (1_u32..).zip(&content.rows) {
        for (column, value) in (0_u16..).zip(values) {
            match value {
                Value::Text(text) if text.is_empty() => {}
                Value::Text(text) => drop(sheet.write_string_with_format(row, column, text, &plain)?),
                Value::Day(None) => {}
                Value::Day(Some(on)) => match day(*on) {
                    Some(at) => drop(sheet.write_datetime_with_format(row, column, &at, &date)?),
                    None => drop(sheet.write_string_with_format(row, column, on.to_string(), &plain)?),
                },
                Value::Number(number) => drop(sheet.write_number_with_format(row, column, *number, &count)?),
            }
        }
    }
    let (rows, columns) =
        (u32::try_from(content.rows.len()).unwrap_or(u32::MAX), u16::try_from(content.columns.len()).unwrap_or(1));
    sheet.autofilter(0, 0, rows, columns.saturating_sub(1))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape();
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

fn results(report: &Report) -> Sheet<'_> {
    let say = |key: &'static str| word(report.locale, key);
    let mut rows = Vec::new();
    for assessment in &report.assessments {
        for section in &assessment.sections {
            for one in &section.requirements {
                let evidence = one.evidence.iter().filter_map(|at| report.evidence.get(*at)).map(|e| e.number.as_str());
                let tasks = one.tasks.iter().filter_map(|at| report.tasks.get(*at)).map(|task| task.number.as_str());
                rows.push(vec![
                    text(&assessment.framework_name),
                    text(&assessment.scope_name),
                    text(&one.label),
                    text(&one.title),
                    text(label(assessment, one.verdict)),
                    text(&one.justification),
                    text(&one.note),
                    Value::Day(one.target_date),
                    Value::Day(one.answered_at.map(|at| at.to_utc().date_naive())),
                    text(&one.answered_by),
                    text(proof(report.locale, one.proof)),
                    text(evidence.collect::<Vec<_>>().join(", ")),
                    text(tasks.collect::<Vec<_>>().join(", ")),
                ]);
            }
        }
    }
    Sheet {
        name: say("sheet.results"),
        columns: vec![
            (say("reply.framework"), 16.0),
            (say("sheet.scope"), 14.0),
            (say("reply.number"), 12.0),
            (say("reply.title"), 44.0),
            (say("reply.verdict"), 20.0),
            (say("reason"), 40.0),
            (say("note"), 40.0),
            (say("target"), 12.0),
            (say("answered"), 12.0),
            (say("by"), 18.0),
            (say("sheet.proof"), 14.0),
            (say("evidence"), 16.0),
            (say("tasks"), 14.0),
        ],
        rows,
    }
}

fn plan(report: &Report) -> Sheet<'_> {
    let say = |key: &'static str| word(report.locale, key);
    let rows = report.tasks.iter().map(|task| {
        let comments = task.comments.iter().map(|(_, author, said)| format!("{author}: {said}"));
        vec![
            text(&task.number),
            text(&task.title),
            text(&task.description),
            text(&task.owner),
            Value::Day(task.due),
            text(word(report.locale, &format!("priority.{}", task.priority))),
            text(word(report.locale, &format!("status.{}", task.status))),
            text(task.requirements.join(", ")),
            text(comments.collect::<Vec<_>>().join("\n")),
        ]
    });
    Sheet {
        name: say("sheet.plan"),
        columns: vec![
            (say("reply.number"), 8.0),
            (say("sheet.task"), 40.0),
            (say("sheet.description"), 50.0),
            (say("owner"), 18.0),
            (say("due"), 12.0),
            (say("priority"), 12.0),
            (say("sheet.status"), 14.0),
            (say("requirements"), 30.0),
            (say("sheet.comments"), 50.0),
        ],
        rows: rows.collect(),
    }
}

fn index(report: &Report) -> Sheet<'_> {
    let say = |key: &'static str| word(report.locale, key);
    let rows = report.evidence.iter().map(|one| {
        vec![
            text(&one.number),
            text(&one.name),
            number(u64::from(one.version)),
            number(one.size),
            Value::Day(Some(one.collected_on)),
            Value::Day(one.counts_until),
            text(proof(report.locale, one.state)),
            Value::Day(Some(one.added_at.to_utc().date_naive())),
            text(&one.added_by),
            text(one.requirements.join(", ")),
            text(&one.sha256),
        ]
    });
    Sheet {
        name: say("sheet.index"),
        columns: vec![
            (say("reply.number"), 8.0),
            (say("sheet.file"), 40.0),
            (say("version"), 9.0),
            (say("sheet.bytes"), 12.0),
            (say("collected"), 12.0),
            (say("counts-until"), 12.0),
            (say("sheet.proof"), 14.0),
            (say("added"), 12.0),
            (say("by"), 18.0),
            (say("proves"), 40.0),
            ("SHA-256", 68.0),
        ],
        rows: rows.collect(),
    }
}
