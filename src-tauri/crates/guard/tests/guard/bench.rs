//! How fast it is. Run with `cargo test --release -- --ignored bench_scan --nocapture`.

use std::time::Instant;
use tillproof_guard::{Scanner, find};

#[test]
#[ignore = "a measurement"]
fn bench_scan() {
    let page = "Sehr geehrte Frau Groß, vielen Dank für Ihre Bestellung vom 22.11.2024. Wir haben die Ware heute \
                verschickt; sie kommt in 2-3 Werktagen bei Ihnen an. The quick brown fox_jumps over the lazy dog - \
                again. Summe: 1.234,50 EUR. PLZ 20095, Artikel A-100.\n";
    let text = page.repeat(64 * 1024 * 1024 / page.len());
    let start = Instant::now();
    let found = find(&text).len();
    let speed = |bytes: usize, start: Instant| bytes as f64 / 1e6 / start.elapsed().as_secs_f64();
    let whole = speed(text.len(), start);
    let start = Instant::now();
    let mut scanner = Scanner::new();
    let mut pieces = 0;
    for piece in text.as_bytes().chunks(64 * 1024) {
        pieces += scanner.push(piece).len();
    }
    pieces += scanner.finish().len();
    let stream = speed(text.len(), start);
    let digits = "1234567890 4532015112830367 2024-11-22 12.50 ".repeat(200_000);
    let start = Instant::now();
    let many = find(&digits).len();
    println!("find {whole:.0} MB/s, Scanner {stream:.0} MB/s, only digits {:.0} MB/s", speed(digits.len(), start));
    assert_eq!((found, pieces, many), (0, 0, 0), "there is nothing in it");
}
