//! Random bytes and real files with random faults: nothing may panic, and all must end.

use crate::files::{self, Content};
use crate::make::{self, Dice};
use std::io::Cursor;
use std::time::{Duration, Instant};
use tillproof_guard::{Scanner, find, scan};

const NAMES: [&str; 12] =
    ["a.txt", "a.csv", "a.html", "a.xml", "a.eml", "a.pdf", "a.zip", "a.docx", "a.xlsx", "a.json", "a.ods", "a"];

/// Seconds for each test; `GUARD_FUZZ_SECONDS` sets more.
fn time() -> Duration {
    let seconds = std::env::var("GUARD_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(4);
    Duration::from_secs(seconds)
}

fn look(name: &str, bytes: &[u8]) {
    let start = Instant::now();
    let report = scan(name, "", Cursor::new(bytes), |_, _| true).unwrap();
    assert!(report.findings.len() <= 50, "{name}: too many");
    assert!(start.elapsed() < Duration::from_secs(15), "{name}: {} bytes took {:?}", bytes.len(), start.elapsed());
}

fn originals() -> Vec<(&'static str, Vec<u8>)> {
    let mut dice = Dice(21);
    let content = Content {
        lines: make::made(&mut dice, &make::FIRST, false, true).content.lines,
        rows: make::made(&mut dice, &make::FIRST, true, true).content.rows,
    };
    vec![
        ("a.html", files::html(&content, 1)),
        ("a.csv", files::csv(&content, 0)),
        ("a.json", files::json(&content)),
        ("a.eml", files::eml(&content, 0)),
        ("a.eml", files::eml(&content, 1)),
        ("a.docx", files::docx(&content, 1)),
        ("a.xlsx", files::xlsx(&content, 1)),
        ("a.pptx", files::pptx(&content)),
        ("a.ods", files::odt(&content, true)),
        ("a.pdf", files::pdf(&content, 1)),
        ("a.zip", files::zip(&[("a.eml", &files::eml(&content, 0)), ("b.pdf", &files::pdf(&content, 2))])),
    ]
}

#[test]
fn random_bytes() {
    let mut dice = Dice(1);
    let until = Instant::now() + time();
    while Instant::now() < until {
        let length = dice.below(4_000);
        let narrow = dice.below(3);
        let bytes: Vec<u8> = (0..length)
            .map(|_| match narrow {
                0 => dice.roll() as u8,
                1 => dice.byte(b"0123456789 -.\n\r\t/^=%B;DE4_<>&\"'"),
                _ => dice.byte(b"<>/\"'= &;#xtable rcpsvod-![CDATA]0123456789"),
            })
            .collect();
        look(dice.pick(&NAMES), &bytes);
        let text = String::from_utf8_lossy(&bytes);
        let whole = find(&text);
        let mut scanner = Scanner::new();
        let mut pieces = Vec::new();
        for piece in text.as_bytes().chunks(1 + dice.below(700)) {
            pieces.extend(scanner.push(piece));
        }
        pieces.extend(scanner.finish());
        if !text.contains('\0') && !text.starts_with('\u{FEFF}') {
            assert!(whole == pieces, "pieces differ from the whole");
        }
    }
}

#[test]
fn files_with_faults() {
    let originals = originals();
    let mut dice = Dice(2);
    let until = Instant::now() + time() * 2;
    while Instant::now() < until {
        let (name, original) = &originals[dice.below(originals.len())];
        let mut bytes = original.clone();
        for _ in 0..1 + dice.below(12) {
            let at = dice.below(bytes.len());
            match dice.below(6) {
                0 if !bytes.is_empty() => bytes[at] = dice.roll() as u8,
                1 => bytes.truncate(at),
                2 => {
                    let end = (at + dice.below(200)).min(bytes.len());
                    bytes.drain(at..end);
                }
                3 => {
                    let end = (at + dice.below(400)).min(bytes.len());
                    let copy = bytes[at..end].to_vec();
                    let to = dice.below(bytes.len());
                    bytes.splice(to..to, copy);
                }
                4 if !bytes.is_empty() => bytes[at] = dice.byte(b"0<>()[]/\xFF"),
                _ if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
                _ => {}
            }
        }
        look(name, &bytes);
    }
}

/// The XML in documents, broken before it is packed, so that the faults are not lost in a checksum.
#[test]
fn documents_with_broken_xml() {
    let mut dice = Dice(3);
    let until = Instant::now() + time();
    let sheet = "<worksheet><sheetData><row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c><c><v>4.5E15</v></c></row></sheetData></worksheet>";
    let word = "<w:document><w:tbl><w:tr><w:tc><w:p><w:t>Karte 4532 &#48; &amp;</w:t></w:p></w:tc></w:tr></w:tbl></w:document>";
    let open = "<table:table><table:table-row><table:table-cell office:value=\"4532015112830366\" table:number-columns-repeated=\"99\"/></table:table-row></table:table>";
    while Instant::now() < until {
        let mut broken = |text: &str| {
            let mut bytes = text.repeat(1 + dice.below(30)).into_bytes();
            for _ in 0..dice.below(20) {
                let at = dice.below(bytes.len());
                match dice.below(3) {
                    0 => bytes[at] = dice.byte(b"<>\"'&/=9 "),
                    1 => drop(bytes.drain(at..(at + dice.below(30)).min(bytes.len()))),
                    _ => bytes.insert(at, dice.byte(b"<>\"'&/=9 ")),
                }
                if bytes.is_empty() {
                    bytes.push(b'<');
                }
            }
            bytes
        };
        let (sheet, word, open) = (broken(sheet), broken(word), broken(open));
        let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
        look("a.xlsx", &files::zip(&[types, ("xl/worksheets/sheet1.xml", &sheet), ("xl/sharedStrings.xml", &word)]));
        look("a.docx", &files::zip(&[types, ("word/document.xml", &word)]));
        look("a.odt", &files::zip(&[("mimetype", b"x"), ("content.xml", &open)]));
        look("a.html", &word);
        look("a.xml", &open);
    }
}

/// Inputs that make a careless reader slow: they must stay near linear.
#[test]
fn slow_inputs() {
    let cases: [(&str, String); 14] = [
        ("a.html", "<".repeat(2_000_000)),
        ("a.html", "<a \"".repeat(300_000)),
        ("a.html", "<table><tr><td>".repeat(100_000)),
        ("a.html", "<script></".repeat(200_000)),
        ("a.html", "<!--".repeat(300_000)),
        ("a.html", "&#".repeat(500_000)),
        ("a.xml", "<a b=\"4532015112830366 1\" ".repeat(40_000)),
        ("a.csv", "\"".repeat(2_000_001)),
        ("a.csv", ";".repeat(1_000_000)),
        ("a.eml", format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n".repeat(200_000))),
        ("a.eml", format!("Subject: {}\n\n", "=?".repeat(200_000))),
        ("a.txt", "DE12 ".repeat(400_000)),
        ("a.txt", "4532015112830366 ".repeat(120_000)),
        ("a.pdf", format!("%PDF-1.5\n1 0 obj\n{}", "[<<(".repeat(100_000))),
    ];
    for (name, text) in cases {
        look(name, text.as_bytes());
    }
}
