//! `reply.xlsx`: a spreadsheet in which an auditor replies, one row a requirement.
//!
//! Everything but the reply is locked, so that nobody changes a requirement by accident. The lock
//! has no password: it is a help, not a protection; what comes back is checked anew.

use crate::page::label;
use crate::words::word;
use crate::{BundleError, spreadsheet};
use rust_xlsxwriter::{DataValidation, DocProperties, Format, FormatAlign, FormatBorder, Workbook};
use tillproof_domain::locale::Locale;
use tillproof_domain::reply::Said;
use tillproof_report::input::Report;

/// The head of the first column, by which the table is found again. Frozen, in every language.
pub const ID: &str = "Id";

/// Rows above the table: title, who replies, when, workspace, journal head, a hint, an empty one.
const ABOVE: u32 = 7;

/// What an auditor says, as a word.
pub(crate) fn said_word(locale: Locale, said: Said) -> &'static str {
    word(locale, &format!("reply.{said}"))
}

/// The columns, in order. Frozen.
pub(crate) const COLUMNS: [(&str, f64); 9] = [
    (ID, 22.0),
    ("reply.framework", 16.0),
    ("reply.number", 12.0),
    ("reply.title", 44.0),
    ("reply.verdict", 20.0),
    ("evidence", 16.0),
    ("reply.reply", 14.0),
    ("reply.comment", 60.0),
    ("reply.due", 14.0),
];

/// The spreadsheet.
pub(crate) fn workbook(report: &Report) -> Result<Vec<u8>, BundleError> {
    let locale = report.locale;
    let say = |key: &'static str| word(locale, key);
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(say("reply.sheet"))
            .set_author("Tillproof")
            .set_creation_datetime(&spreadsheet::instant(report.made_at)?),
    );
    let bold = Format::new().set_bold();
    let head = Format::new().set_bold().set_background_color("#E1ECEA").set_border_bottom(FormatBorder::Medium);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let soft = Format::new().set_font_color("#545A51").set_align(FormatAlign::Top);
    let open = Format::new()
        .set_unlocked()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color("#FFFDF8")
        .set_border(FormatBorder::Thin)
        .set_border_color("#E3DBCB");
    let open_text = open.clone().set_num_format("@");
    let open_day = open.clone().set_num_format("yyyy-mm-dd");

    let sheet = book.add_worksheet();
    sheet.set_name(spreadsheet::sheet_name(say("reply.sheet")))?;
    for (column, (_, width)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, format!("{}: {}", say("reply.sheet"), report.merchant.name), &bold)?;
    for (row, key) in (1..).zip(["reply.auditor", "reply.day", "workspace", "head"]) {
        sheet.write_string(row, 0, say(key))?;
    }
    sheet.merge_range(1, 1, 1, 3, "", &open_text)?;
    sheet.merge_range(2, 1, 2, 3, "", &open_day)?;
    sheet.write_string_with_format(3, 1, &report.workspace_id, &soft)?;
    sheet.write_string_with_format(4, 1, &report.journal_head, &soft)?;
    sheet.write_string_with_format(5, 0, say("reply.hint"), &soft)?;
    for (column, (key, _)) in (0_u16..).zip(COLUMNS) {
        let name = if key == ID { ID } else { word(locale, key) };
        sheet.write_string_with_format(ABOVE, column, name, &head)?;
    }
    let mut row = ABOVE;
    for assessment in &report.assessments {
        for requirement in assessment.sections.iter().flat_map(|section| &section.requirements) {
            row += 1;
            let evidence: Vec<&str> = requirement
                .evidence
                .iter()
                .filter_map(|number| report.evidence.get(*number))
                .map(|evidence| evidence.number.as_str())
                .collect();
            let evidence = evidence.join(", ");
            let cells = [
                requirement.id.as_str(),
                &assessment.framework_name,
                &requirement.label,
                &requirement.title,
                label(assessment, requirement.verdict),
                &evidence,
            ];
            for (column, cell) in (0_u16..).zip(cells) {
                let format = if column == 0 { &soft } else { &text };
                sheet.write_string_with_format(row, column, spreadsheet::cell(cell), format)?;
            }
            sheet.write_blank(row, 6, &open_text)?;
            sheet.write_blank(row, 7, &open_text)?;
            sheet.write_blank(row, 8, &open_day)?;
        }
    }
    let words: Vec<&str> = Said::ALL.iter().map(|said| said_word(locale, *said)).collect();
    let validation = DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_title(say("reply.reply"))?
        .set_error_message(say("reply.one-of"))?;
    sheet.add_data_validation(ABOVE + 1, 6, row.max(ABOVE + 1), 6, &validation)?;
    sheet.set_freeze_panes(ABOVE + 1, 0)?;
    sheet.protect();
    sheet.set_landscape();
    sheet.set_repeat_rows(ABOVE, ABOVE)?;
    Ok(book.save_to_buffer()?)
}
