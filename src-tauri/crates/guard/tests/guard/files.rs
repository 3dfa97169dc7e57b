//! Builds real files of every form from lines and rows.

use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// What a file holds: lines of text, then a table whose first row names the columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    pub(crate) lines: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

pub(crate) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))
            .unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) fn html(content: &Content, salt: u64) -> Vec<u8> {
    let mut html =
        "<!DOCTYPE html><html><head><title>Export</title><style>p{margin:0}</style></head><body>\n".to_owned();
    for (at, line) in content.lines.iter().enumerate() {
        let text = escape(line);
        let text = match (salt + at as u64) % 4 {
            0 => text.replace(' ', "&nbsp;"),
            1 => format!("<span>{}</span>", text.replace(' ', "</span> <span>")),
            2 => text.replace("  ", " "),
            _ => format!("<b>{text}</b>"),
        };
        html.push_str(&format!("<p>{text}</p>\n"));
    }
    if !content.rows.is_empty() {
        html.push_str("<table>\n");
        for (at, row) in content.rows.iter().enumerate() {
            let tag = if at == 0 { "th" } else { "td" };
            let cells: String = row.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell))).collect();
            html.push_str(&format!("  <tr>{cells}</tr>\n"));
        }
        html.push_str("</table>\n");
    }
    html.push_str("</body></html>\n");
    html.into_bytes()
}

pub(crate) fn csv(content: &Content, salt: u64) -> Vec<u8> {
    let separator = [";", ",", "\t"][(salt % 3) as usize];
    let mut csv = String::new();
    for row in content
        .rows
        .iter()
        .chain(content.lines.iter().map(std::slice::from_ref).map(|line| line.to_vec()).collect::<Vec<_>>().iter())
    {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| {
                if salt.is_multiple_of(2) || cell.contains(separator) || cell.contains('"') || cell.contains('\n') {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    cell.clone()
                }
            })
            .collect();
        csv.push_str(&cells.join(separator));
        csv.push_str("\r\n");
    }
    csv.into_bytes()
}

pub(crate) fn json(content: &Content) -> Vec<u8> {
    let head = content.rows.first().cloned().unwrap_or_default();
    let rows: Vec<serde_json::Value> = content
        .rows
        .iter()
        .skip(1)
        .map(|row| head.iter().cloned().zip(row.iter().cloned().map(serde_json::Value::from)).collect())
        .collect();
    serde_json::to_vec_pretty(&serde_json::json!({ "notes": content.lines, "rows": rows })).unwrap()
}

fn base64(bytes: &[u8]) -> String {
    let signs = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for (at, three) in bytes.chunks(3).enumerate() {
        if at > 0 && at % 19 == 0 {
            out.push_str("\r\n");
        }
        let mut all = [0; 3];
        all[..three.len()].copy_from_slice(three);
        let bits = u32::from(all[0]) << 16 | u32::from(all[1]) << 8 | u32::from(all[2]);
        for sign in 0..4 {
            out.push(if sign <= three.len() {
                char::from(signs[(bits >> (18 - 6 * sign) & 63) as usize])
            } else {
                '='
            });
        }
    }
    out
}

fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        let mut length = 0;
        for byte in line.bytes() {
            if length > 70 {
                out.push_str("=\r\n");
                length = 0;
            }
            let sign = if byte == b'=' || !(32..127).contains(&byte) {
                format!("={byte:02X}")
            } else {
                char::from(byte).to_string()
            };
            length += sign.len();
            out.push_str(&sign);
        }
        out.push_str("\r\n");
    }
    out
}

pub(crate) fn eml(content: &Content, salt: u64) -> Vec<u8> {
    let text = plain(content);
    let (coding, body) = match salt % 3 {
        0 => ("base64", base64(text.as_bytes())),
        1 => ("quoted-printable", quoted_printable(&text)),
        _ => ("8bit", text.replace('\n', "\r\n")),
    };
    let page = String::from_utf8(html(&Content { lines: vec!["Viele Grüße".into()], rows: vec![] }, salt)).unwrap();
    format!(
        "From: =?utf-8?Q?J=C3=B6rg?= <shop@example.com>\r\nTo: info@example.org\r\nSubject: =?utf-8?B?{}?=\r\n\
         Message-ID: <20241122143000.4532015112830366@mail.example.com>\r\nDate: Fri, 22 Nov 2024 14:30:00 +0100\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"=_b1_x\"\r\n\r\n\
         --=_b1_x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {coding}\r\n\r\n{body}\r\n\
         --=_b1_x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n--=_b1_x--\r\n",
        base64("Anfrage".as_bytes()),
        quoted_printable(&page)
    )
    .into_bytes()
}

/// Lines, then rows with their names, as a person would copy them into a text.
pub(crate) fn plain(content: &Content) -> String {
    let mut text = String::new();
    for line in &content.lines {
        text.push_str(line);
        text.push('\n');
    }
    let head = content.rows.first().cloned().unwrap_or_default();
    for row in content.rows.iter().skip(1) {
        for (name, cell) in head.iter().zip(row) {
            text.push_str(&format!("{name}: {cell}\n"));
        }
        text.push('\n');
    }
    text
}

pub(crate) fn docx(content: &Content, salt: u64) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>",
    );
    let paragraph = |text: &str, salt: u64| {
        // Word splits a text into runs where it likes.
        let cut = text.char_indices().nth((salt % 23) as usize + 3).map_or(text.len(), |(at, _)| at);
        let (head, tail) = text.split_at(cut);
        format!(
            "<w:p w:rsidR=\"00A77B3E\"><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:proofErr w:type=\"spellStart\"/><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escape(head),
            escape(tail)
        )
    };
    for (at, line) in content.lines.iter().enumerate() {
        xml.push_str(&paragraph(line, salt + at as u64));
    }
    if !content.rows.is_empty() {
        xml.push_str("<w:tbl><w:tblPr/>");
        for row in &content.rows {
            xml.push_str("<w:tr>");
            for cell in row {
                xml.push_str(&format!("<w:tc>{}</w:tc>", paragraph(cell, salt)));
            }
            xml.push_str("</w:tr>");
        }
        xml.push_str("</w:tbl>");
    }
    xml.push_str("</w:body></w:document>");
    zip(&[
        (
            "[Content_Types].xml",
            b"<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        ("_rels/.rels", b"<Relationships/>"),
        ("word/document.xml", xml.as_bytes()),
        ("docProps/core.xml", b"<cp:coreProperties><dc:title>Export</dc:title></cp:coreProperties>"),
    ])
}

pub(crate) fn pptx(content: &Content) -> Vec<u8> {
    let lines: String =
        content.lines.iter().map(|line| format!("<a:p><a:r><a:t>{}</a:t></a:r></a:p>", escape(line))).collect();
    let slide = format!("<p:sld><p:txBody>{lines}</p:txBody></p:sld>");
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("ppt/presentation.xml", b"<p:presentation/>"),
        ("ppt/slides/slide1.xml", slide.as_bytes()),
    ])
}

pub(crate) fn odt(content: &Content, sheet: bool) -> Vec<u8> {
    let lines: String = content.lines.iter().map(|line| format!("<text:p>{}</text:p>", escape(line))).collect();
    let rows: String = content
        .rows
        .iter()
        .map(|row| {
            let cells: String = row
                .iter()
                .map(|cell| {
                    if sheet && cell.len() > 12 && cell.bytes().all(|c| c.is_ascii_digit()) {
                        format!("<table:table-cell office:value-type=\"float\" office:value=\"{cell}\"><text:p>4,53E+15</text:p></table:table-cell>")
                    } else {
                        format!("<table:table-cell><text:p>{}</text:p></table:table-cell>", escape(cell))
                    }
                })
                .collect();
            format!("<table:table-row>{cells}</table:table-row>")
        })
        .collect();
    let table = if rows.is_empty() { String::new() } else { format!("<table:table>{rows}</table:table>") };
    let xml = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body>{lines}{table}</office:body></office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", xml.as_bytes()),
        ("styles.xml", b"<office:styles/>"),
    ])
}

/// Numbers of up to 15 digits are stored as numbers, longer ones as numbers or shared strings.
pub(crate) fn xlsx(content: &Content, salt: u64) -> Vec<u8> {
    let mut strings = String::new();
    let mut count = 0;
    let mut sheet = String::from("<?xml version=\"1.0\"?><worksheet><sheetData>");
    let lines: Vec<Vec<String>> = content.lines.iter().map(|line| vec![line.clone()]).collect();
    for (at, row) in content.rows.iter().chain(&lines).enumerate() {
        sheet.push_str(&format!("<row r=\"{}\">", at + 1));
        for (column, cell) in row.iter().enumerate() {
            let place = format!("{}{}", char::from(b'A' + (column % 26) as u8), at + 1);
            let digits = cell.len() > 3 && cell.bytes().all(|c| c.is_ascii_digit()) && !cell.starts_with('0');
            if digits && salt.is_multiple_of(3) {
                sheet.push_str(&format!("<c r=\"{place}\"><v>{cell}</v></c>"));
            } else if digits && salt % 3 == 1 && cell.len() > 12 {
                let figures = cell.trim_end_matches('0');
                sheet.push_str(&format!(
                    "<c r=\"{place}\"><v>{}.{}E+{}</v></c>",
                    &figures[..1],
                    &figures[1..],
                    cell.len() - 1
                ));
            } else if salt % 4 == 3 {
                sheet.push_str(&format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escape(cell)));
            } else {
                strings.push_str(&format!("<si><t>{}</t></si>", escape(cell)));
                sheet.push_str(&format!("<c r=\"{place}\" t=\"s\"><v>{count}</v></c>"));
                count += 1;
            }
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes()),
    ])
}

/// A PDF of one page in Helvetica; some lines in pieces, as layout programs write them.
pub(crate) fn pdf(content: &Content, salt: u64) -> Vec<u8> {
    let mut page = String::new();
    for (at, line) in plain(content).lines().enumerate() {
        let bytes: String = line
            .chars()
            .map(|c| match c {
                '(' | ')' | '\\' => format!("\\{c}"),
                ' '..='~' => c.to_string(),
                '\u{A0}'..='\u{FF}' => format!("\\{:03o}", c as u32),
                '\u{2013}' => "\\226".into(),
                '\u{2009}' | '\u{202F}' => " ".into(),
                _ => "?".into(),
            })
            .collect();
        let y = 800 - 14 * (at % 55);
        let shown = match (salt + at as u64) % 3 {
            0 => format!("({bytes}) Tj"),
            1 => {
                let cut = bytes.rfind(' ').map_or(0, |at| at + 1);
                format!("[({}) -12 ({})] TJ", &bytes[..cut], &bytes[cut..])
            }
            _ => format!("({bytes}) Tj 0 0 Td"),
        };
        page.push_str(&format!("BT /F1 10 Tf 1 0 0 1 50 {y} Tm {shown} ET\n"));
    }
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{page}endstream", page.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut pdf = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = pdf.len();
    pdf.extend(b"xref\n0 6\n0000000000 65535 f \n".iter());
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").bytes());
    }
    pdf.extend(format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    pdf
}
