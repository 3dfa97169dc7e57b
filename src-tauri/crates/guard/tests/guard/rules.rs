//! One check a rule of the score and of the refusals.

use tillproof_guard::{Kind, find};

const VISA: &str = "4532015112830366";

/// Whether exactly this kind is found, or nothing.
fn check(text: &str, expected: Option<Kind>, why: &str) {
    let kinds: Vec<Kind> = find(text).iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, expected.into_iter().collect::<Vec<_>>(), "{why}: {text:?}");
}

#[test]
fn a_number_needs_range_length_and_check_digit() {
    check(VISA, Some(Kind::Card), "all three");
    check("4532015112830367", None, "a wrong check digit");
    check("9532015112830361", None, "no range");
    check("453201511283", None, "too short");
    check("45320151128303660000", None, "part of a longer run");
}

#[test]
fn separators_within_a_number() {
    for text in [
        "4532 0151 1283 0366",
        "4532-0151-1283-0366",
        "4532.0151.1283.0366",
        "4532\u{A0}0151\u{A0}1283\u{A0}0366",
        "4532\u{2009}0151\u{2009}1283\u{2009}0366",
        "4532 0151 1283\n0366",
        "45320151\u{AD}12830366",
        "4532015112830366",
        "4532 \u{2013} 0151 \u{2013} 1283 \u{2013} 0366",
        "4532\n0151\n1283\n0366",
    ] {
        check(text, Some(Kind::Card), "a usual separator");
    }
    check("45 3201 51128 30366", None, "an odd grouping without a word");
    check("Karte 45 3201 51128 30366", Some(Kind::Card), "an odd grouping with a word");
    check("4532,0151,1283,0366", None, "a list of four numbers");
    check("4532\n\n0151\n\n1283\n\n0366", None, "paragraphs");
    check("4532 0151-1283.0366", Some(Kind::Card), "mixed separators cost three points");
    check("Nr. 4532/0151/1283/0366", Some(Kind::Card), "slashes cost three points");
}

#[test]
fn what_stands_beside_the_groups() {
    check("4532 0151 1283 0366 7777", None, "a further group of four");
    check("7777 4532 0151 1283 0366", None, "a group of four before");
    check("Visa 4532 0151 1283 0366 7777", Some(Kind::Card), "a word outweighs it");
    check("2024 4532 0151 1283 0366", Some(Kind::Card), "a year before");
    check("4532 0151 1283 0366 123", Some(Kind::Card), "a security code behind");
    check("4532 0151 1283 0366 12/27", Some(Kind::Card), "a date behind");
    check("4532 0151 1283 0366\n4532 0151 1283 0367", Some(Kind::Card), "another line");
}

#[test]
fn letters_decimals_and_identifiers() {
    check(&format!("A{VISA}"), None, "a letter before");
    check(&format!("{VISA}x"), None, "a letter behind");
    check(&format!("0.{VISA}"), None, "a fraction");
    check(&format!("48.{VISA}"), None, "a coordinate");
    check(&format!("0,{VISA}"), None, "a fraction with a comma");
    check(&format!("{VISA}.00"), Some(Kind::Card), "as a spreadsheet writes it");
    check(&format!("{VISA}.12345"), None, "a measurement");
    check(&format!("#{VISA}"), None, "a hash sign");
    check(&format!("RE-{VISA}"), None, "an identifier");
    check(&format!("(-{VISA})"), None, "below zero");
    check(&format!("https://shop.example/o/{VISA}"), None, "an address");
    check(&format!("IMG_{VISA}.jpg"), None, "a file name");
    check(&format!("{VISA}@example.com"), None, "a mail address");
    check("+4532015112830366", None, "a phone number");
    check("DE12 5001 0517 5407 3249 31", None, "an IBAN with a card number's range within");
    check("Visa oder DE12 4532 0151 1283 0366 12", None, "an IBAN, whatever the words say");
    check("Visa 305-4532015-1128304", None, "an Amazon order, whatever the words say");
}

#[test]
fn forms_of_other_numbers() {
    check("4006381333931", None, "an EAN");
    check("Visa 4222222222222", Some(Kind::TestCard), "13 digits with a word");
    check("1732284000000000", None, "microseconds");
    check("30112024143005", None, "a date and a time");
    check("4915112345678", None, "a mobile number");
    check("550e8400-e29b-41d4-a716-446655440000", None, "a UUID");
}

#[test]
fn words_before_and_behind() {
    check(&format!("Bestellnummer {VISA}"), None, "another thing directly before");
    check(&format!("Bestellnummer aus dem letzten Jahr: {VISA}"), None, "another thing further away");
    check("Bestellnummer 4532 0151 1283 0366", None, "even grouped");
    check(&format!("Bestellnummer 1001, {VISA}"), Some(Kind::Card), "its own number takes the name away");
    check(&format!("Bestellnummer {VISA} exp 12/27 CVV 123"), Some(Kind::Card), "signs of a card behind it");
    check(&format!("{VISA} ist Ihre Bestellnummer"), None, "another thing behind");
    check(&format!("Kunde zahlt mit {VISA}"), Some(Kind::Card), "a thing that is only mentioned");
    check(&format!("Geschenkkarte {VISA}"), None, "a card of another kind");
    check(&format!("Kreditkarte {VISA}"), Some(Kind::Card), "a card");
}

#[test]
fn tracks() {
    check("%B4532015112830366^MUSTER/MAX^28121010000?", Some(Kind::Track1), "track 1");
    check(";4532015112830366=28121010000?", Some(Kind::Track2), "track 2");
    check("4532015112830366D28121010000F", Some(Kind::Track2), "track 2 of a chip");
    check(";4532015112830366=28991010000?", None, "no month 99, and an equals sign clings");
    let track = find("%B4532015112830366^MUSTER/MAX^28121010000?");
    assert!(!track[0].context.contains("MUSTER"), "the name is not shown");
}

#[test]
fn places_and_parts() {
    let findings = find("eins\nzwei ä 4532015112830366\n\n  4532 0151 1283 0366");
    let places: Vec<(usize, usize)> = findings.iter().map(|finding| (finding.line, finding.column)).collect();
    assert_eq!(places, [(2, 8), (4, 3)], "lines and characters from 1");
    assert_eq!(findings[0].masked, "453201******0366", "six and four");
    assert_eq!(findings[0].context, "eins zwei ä […] **** **** **** ***", "one line, no digits");
}

#[test]
fn nothing_shows_the_number() {
    let text = format!("Karte {VISA} und 4532 0151 1283 0366 exp 12/27 CVV 987 sk_live_51HxTgLKj3mNq8RsTuVwXyZa9");
    let mut scanner = tillproof_guard::Scanner::new();
    let mut findings = scanner.push(text.as_bytes());
    let debug = format!("{scanner:?}");
    findings.extend(scanner.finish());
    let report = tillproof_guard::scan("a.txt", "", std::io::Cursor::new(text), |_, _| true).unwrap();
    assert_eq!((findings.len(), report.count), (3, 3), "two cards and a key");
    let shown = format!("{debug} {findings:?} {report:?}");
    for secret in [VISA, "0151", "1283", "1128", "987", "51HxTg"] {
        assert!(!shown.contains(secret), "{secret} is shown");
    }
}

#[test]
fn keys_need_a_body() {
    check("Die Zeile -----BEGIN PRIVATE KEY----- beginnt ihn.", None, "only the header");
    check("Private-Lines: 8 heisst acht Zeilen.", None, "only the words");
    check("AKIATHEQUICKBROWNFOX", None, "a word of capitals");
    check("AKIAQ7ZT4WLN2XHB5RKM", Some(Kind::AwsKey), "an access key id");
    check("sk_live_xxxxxxxxxxxxxxxxxxxxxxxx", None, "an example");
    check("sk_test_51HxTgLKj3mNq8RsTuVwXyZa9", None, "a test key");
}
