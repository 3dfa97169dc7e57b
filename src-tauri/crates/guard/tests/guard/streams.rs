//! The scanner finds the same in pieces as `find` does in the whole.

use crate::make::{self, Dice};
use std::io::Cursor;
use tillproof_guard::{Finding, Scanner, find, scan};

fn pieces(bytes: &[u8], mut length: impl FnMut() -> usize) -> Vec<Finding> {
    let mut scanner = Scanner::new();
    let mut findings = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = (at + length().max(1)).min(bytes.len());
        findings.extend(scanner.push(&bytes[at..end]));
        at = end;
    }
    findings.extend(scanner.finish());
    findings
}

fn long_text(seed: u64, cases: usize) -> String {
    let mut dice = Dice(seed);
    let mut text = String::new();
    for at in 0..cases {
        let harmful = dice.below(3) == 0;
        let made = make::made(&mut dice, &make::FIRST, at % 5 == 0, harmful);
        text.push_str(&crate::files::plain(&made.content));
        text.push_str("\nÄpfel, Öl und 漢字 – nichts weiter.\n\n");
    }
    text
}

#[test]
fn pieces_of_any_size_find_the_same() {
    let text = long_text(3, 2_000);
    let whole = find(&text);
    assert!(whole.len() > 300 && text.len() > 200_000, "there is something to find, over several windows");
    for size in [1, 3, 17, 4096, 65_536, 1_000_000] {
        assert!(pieces(text.as_bytes(), || size) == whole, "pieces of {size}");
    }
    let mut dice = Dice(9);
    assert!(pieces(text.as_bytes(), || dice.below(5_000)) == whole, "pieces of random size");
}

#[test]
fn every_border_of_a_window_is_safe() {
    // A number wanders over the border between two windows, byte by byte.
    for shift in 0..60 {
        for border in [64 * 1024, 64 * 1024 + 1024, 64 * 1024 + 3072] {
            let text = format!(
                "{}Karte: 4532 0151 1283 0366 gültig\n{}",
                "wort ".repeat((border - shift) / 5),
                "ende ".repeat(2_000)
            );
            let found = pieces(text.as_bytes(), || 1000);
            assert!(found == find(&text) && found.len() == 1, "{shift} before {border}");
        }
    }
}

#[test]
fn encodings_are_told_apart() {
    let text = "Größe: Karte 4532 0151 1283 0366 gültig bis 12/27\n".repeat(20);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    let western: Vec<u8> = text.chars().map(|c| c as u32 as u8).collect();
    let expected = find(&text);
    assert_eq!(expected.len(), 20, "one a line");
    for (name, bytes) in [
        ("UTF-8", text.clone().into_bytes()),
        ("UTF-8 with a mark", marked(&[0xEF, 0xBB, 0xBF], text.as_bytes())),
        ("UTF-16 LE", marked(&[0xFF, 0xFE], &little)),
        ("UTF-16 BE", marked(&[0xFE, 0xFF], &big)),
        ("UTF-16 LE without a mark", little.clone()),
        ("Windows-1252", western),
    ] {
        for size in [1, 7, 100_000] {
            assert!(pieces(&bytes, || size) == expected, "{name} in pieces of {size}");
        }
        let report = scan("a.txt", "text/plain", Cursor::new(&bytes), |_, _| true).unwrap();
        assert_eq!(report.count, 20, "{name} as a file");
    }
}

#[test]
fn memory_stays_flat() {
    // 40 MB of digits in one run, of one line, of one chain of groups.
    for unit in ["7", "4532 ", "4532015112830367-", "_live_", "-----BEGIN ", "\u{FF14}"] {
        let mut scanner = Scanner::new();
        let piece = unit.repeat(60_000 / unit.len());
        for _ in 0..60 {
            scanner.push(piece.as_bytes());
        }
        scanner.finish();
    }
}
