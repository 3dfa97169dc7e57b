//! What a report says about files that cannot be looked into whole.

use crate::files::{self, Content, zip};
use std::io::{Cursor, Read, Seek, SeekFrom};
use tillproof_guard::{Error, LookedInto, Reason, Report, scan};

const LINE: &str = "Karte 4532 0151 1283 0366\n";

fn report(name: &str, bytes: &[u8]) -> Report {
    scan(name, "", Cursor::new(bytes), |_, _| true).unwrap()
}

fn content() -> Content {
    Content { lines: vec![LINE.trim().into()], rows: vec![] }
}

#[test]
fn what_is_not_looked_into_says_why() {
    let cases: [(&str, &[u8], Reason); 9] = [
        ("a.png", b"\x89PNG\r\n\x1a\n....", Reason::Picture),
        ("a.jpg", b"\xFF\xD8\xFF\xE0....", Reason::Picture),
        ("a.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Reason::Unknown),
        ("a.7z", b"7z\xBC\xAF\x27\x1C", Reason::Archive),
        ("a.gz", b"\x1F\x8B\x08", Reason::Archive),
        ("a.p12", b"0\x82\x01", Reason::Unknown),
        ("a.bin", b"abc\0\0\0def\x01\x02", Reason::Unknown),
        ("a.pdf", b"no pdf at all", Reason::Damaged),
        ("a.pdf", b"%PDF-1.5 broken", Reason::Damaged),
    ];
    for (name, bytes, reason) in cases {
        assert_eq!(report(name, bytes).looked_into, LookedInto::NotLookedInto(reason), "{name}");
    }
    assert_eq!(report("a.txt", b"").looked_into, LookedInto::Whole, "nothing is nothing");
    assert_eq!(report("a.txt", LINE.as_bytes()).looked_into, LookedInto::Whole, "a text");
}

#[test]
fn chance_is_no_text_and_is_not_read_to_its_end() {
    let mut dice = crate::make::Dice(11);
    let chance: Vec<u8> = (0..1 << 20).map(|_| dice.below(256) as u8).collect();
    let mut asked = 0;
    let scanned = scan("backup.bin", "", Cursor::new(&chance), |_, _| {
        asked += 1;
        true
    });
    assert_eq!(scanned.unwrap().looked_into, LookedInto::NotLookedInto(Reason::Unknown));
    assert!(asked < 2, "told by its beginning, not after {asked} pieces");
    // Colours of a terminal, form feeds and another encoding are text.
    let colours = format!("\x1b[31mrot\x1b[0m\t{LINE}\r\n\x0c").repeat(200);
    let umlauts = [&b"\xC4\xD6\xDC\xE4\xF6\xFC \xDF "[..], LINE.as_bytes()].concat().repeat(200);
    let wide: Vec<u8> = LINE.repeat(200).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [("colours", colours.as_bytes()), ("Windows-1252", &umlauts), ("UTF-16", &wide)] {
        let report = report(name, bytes);
        assert_eq!((report.count, report.looked_into), (200, LookedInto::Whole), "{name}");
    }
}

#[test]
fn the_form_is_told_by_the_bytes_first() {
    for (name, bytes) in [
        ("rechnung.txt", files::pdf(&content(), 0)),
        ("rechnung.docx", files::pdf(&content(), 1)),
        ("unbekannt", files::docx(&content(), 2)),
        ("tabelle.csv", files::xlsx(&content(), 0)),
        ("seite", files::html(&content(), 1)),
        ("folien.bin", files::pptx(&content())),
    ] {
        let report = report(name, &bytes);
        assert_eq!((report.count, report.looked_into), (1, LookedInto::Whole), "{name}");
    }
}

#[test]
fn archives_one_level_deep() {
    let inner = zip(&[("innen.txt", LINE.as_bytes())]);
    let word = files::docx(&content(), 3);
    let bytes = zip(&[("a/b.txt", LINE.as_bytes()), ("c.docx", &word), ("d.zip", &inner), ("e.png", b"\x89PNG")]);
    let report = report("alles.zip", &bytes);
    assert_eq!(report.count, 2, "a text and a document");
    assert_eq!(report.findings[0].part, "a/b.txt", "the name in the archive");
    assert_eq!(report.findings[1].part, "c.docx word/document.xml", "the part of the document");
    assert_eq!(report.looked_into, LookedInto::Partly(Reason::Archive), "the archive in the archive is not opened");
}

#[test]
fn attachments_of_a_mail() {
    let word = files::docx(&content(), 3);
    let coded: String = {
        let mail = files::eml(&Content { lines: vec!["x".into()], rows: vec![] }, 2);
        drop(mail);
        word.iter().map(|byte| format!("={byte:02X}")).collect::<Vec<_>>().join("")
    };
    let mail = format!(
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/octet-stream; name=\"karte.docx\"\n\
         Content-Transfer-Encoding: quoted-printable\n\n{coded}\n--b--\n"
    );
    let report = report("a.eml", mail.as_bytes());
    assert_eq!(report.count, 1, "a document in a mail");
    assert_eq!(report.findings[0].part, "karte.docx word/document.xml", "where it is");
}

#[test]
fn bombs_are_left_alone() {
    let zeros = vec![b' '; 30 * 1024 * 1024];
    let start = std::time::Instant::now();
    let report_ratio = report("a.zip", &zip(&[("a.txt", &zeros), ("b.txt", LINE.as_bytes())]));
    assert_eq!(report_ratio.looked_into, LookedInto::Partly(Reason::Bomb), "a thousand times its size");
    assert_eq!(report_ratio.count, 1, "the rest is looked into");
    let names: Vec<String> = (0..1_100).map(|at| format!("{at}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert_eq!(report("a.zip", &zip(&many)).looked_into, LookedInto::Partly(Reason::TooLarge), "too many entries");
    assert!(start.elapsed().as_secs() < 20, "it ends soon");
}

#[test]
fn a_workbook_that_repeats_one_string_ends_at_the_limit() {
    let string = "wort ".repeat(20_000);
    let cells: String = (0..2_000).map(|_| "<c t=\"s\"><v>0</v></c>").collect();
    let bytes = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/worksheets/sheet1.xml", format!("<sheetData><row>{cells}</row></sheetData>").as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst><si><t>{string}</t></si></sst>").as_bytes()),
    ]);
    assert_eq!(report("a.xlsx", &bytes).looked_into, LookedInto::Partly(Reason::TooLarge), "64 MiB of text");
}

/// A source of more text than the limit that takes no memory.
struct Endless(u64, u64);

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = into.len().min((self.1 - self.0) as usize);
        for (at, byte) in into[..length].iter_mut().enumerate() {
            *byte = LINE.as_bytes()[((self.0 + at as u64) % LINE.len() as u64) as usize];
        }
        self.0 += length as u64;
        Ok(length)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0 = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(_) => self.1,
            SeekFrom::Current(by) => self.0.saturating_add_signed(by),
        };
        Ok(self.0)
    }
}

#[test]
fn text_is_looked_at_up_to_the_limit() {
    let report = scan("a.txt", "", Endless(0, 70 * 1024 * 1024), |_, _| true).unwrap();
    assert_eq!(report.looked_into, LookedInto::Partly(Reason::TooLarge), "64 MiB");
    assert_eq!(report.findings.len(), 50, "fifty are kept");
    assert_eq!(report.count, report.harmful, "all are cards");
    assert!(report.count > 2_000_000, "all are counted");
}

#[test]
fn the_caller_may_stop() {
    for (name, bytes) in [
        ("a.txt", LINE.repeat(10_000).into_bytes()),
        ("a.zip", zip(&[("b", b"x")])),
        ("a.pdf", files::pdf(&content(), 1)),
        ("a.csv", b"a;b\n1;2".to_vec()),
        ("a.eml", b"Subject: x\n\nx".to_vec()),
    ] {
        let stopped = scan(name, "", Cursor::new(bytes), |_, _| false);
        assert!(matches!(stopped, Err(Error::Cancelled)), "{name}");
    }
    let mut last = 0;
    let bytes = LINE.repeat(20_000);
    scan("a.txt", "", Cursor::new(&bytes), |done, total| {
        assert!(done >= last && done <= total, "it goes forward");
        last = done;
        true
    })
    .unwrap();
    assert_eq!(last, bytes.len() as u64, "up to the end");
}

#[test]
fn a_test_card_gives_way() {
    let text = format!("{}{LINE}", "Testkarte 4111 1111 1111 1111\n".repeat(60));
    let report = report("a.txt", text.as_bytes());
    assert_eq!((report.findings.len(), report.count, report.harmful), (50, 61, 1), "one of them matters");
    assert!(report.findings.iter().any(|finding| !finding.kind.is_harmless()), "and is told");
}

#[test]
fn the_line_in_a_sheet_is_its_row() {
    let rows = vec![
        vec!["Name".into(), "Karte".into()],
        vec!["Max".into(), "x".into()],
        vec!["Eva".into(), "4532015112830366".into()],
    ];
    for (name, bytes) in [
        ("a.xlsx", files::xlsx(&Content { lines: vec![], rows: rows.clone() }, 0)),
        ("a.csv", files::csv(&Content { lines: vec![], rows: rows.clone() }, 0)),
    ] {
        assert_eq!(report(name, &bytes).findings[0].line, 3, "{name}");
    }
}
