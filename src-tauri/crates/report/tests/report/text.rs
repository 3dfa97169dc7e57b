//! Text: nothing is lost, nothing stands outside its line.

use tillproof_domain::locale::Locale;
use tillproof_report::document::{Size, Span};
use tillproof_report::text::clean::{clean, count_named};
use tillproof_report::text::fonts::{Fonts, Weight};
use tillproof_report::text::lines::{Line, break_lines};

fn line_text(line: &Line) -> String {
    line.runs.iter().map(|run| run.text.as_str()).collect()
}

#[test]
fn text_is_made_fit_to_draw() {
    let check = |text: &str, expected: &str| assert_eq!(clean(text), expected, "{text:?}");
    check("a\u{308}", "ä");
    check("a\r\nb\rc\u{2028}d\u{85}e", "a\nb\nc\nd\ne");
    check("a\tb", "a    b");
    check("\u{0}\u{1b}[31m\u{7f}", "␀␛[31m␡");
    check("a\u{202e}b", "a[U+202E]b");
    check("a\u{9b}b\u{feff}", "a[U+009B]b[U+FEFF]");
    check("soft\u{ad}hyphen", "softhyphen");
    check("👩\u{200d}💻", "👩\u{200d}💻");
}

#[test]
fn lines_break_where_they_may() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    let check = |text: &str, width: f32, expected: &[&str]| {
        let lines = break_lines(&fonts, &[Span::new(text)], Size::Body, width);
        let found: Vec<String> = lines.iter().map(line_text).collect();
        assert_eq!(found, expected, "{text:?} in {width}");
        for line in &lines {
            assert!(line.width <= width + 0.05, "{text:?}: a line is {} wide, not {width}", line.width);
        }
    };
    check("", 100.0, &[""]);
    check("   ", 100.0, &[""]);
    check("one two three", 40.0, &["one two", "three"]);
    check("one\n\ntwo\n", 100.0, &["one", "", "two", ""]);
    check("no\u{a0}break here", 45.0, &["no break", "here"]);
    check("aaaaaaaaaaaaaaaaaaaa", 40.0, &["aaaaaaa", "aaaaaaa", "aaaaaa"]);
    check("\u{e000}", 100.0, &["[U+E000]"]);
}

#[test]
fn long_german_words_are_divided() {
    let check = |locale: Locale, text: &str, width: f32, expected: &[&str]| {
        let fonts = Fonts::open(locale).expect("fonts");
        let lines = break_lines(&fonts, &[Span::new(text)], Size::Body, width);
        let found: Vec<String> = lines.iter().map(line_text).collect();
        assert_eq!(found, expected, "{text:?} in {width}");
        for line in &lines {
            assert!(line.width <= width + 0.05, "{text:?}: a line is {} wide, not {width}", line.width);
            let hyphens = line.runs.iter().filter(|run| run.soft).count();
            assert_eq!(hyphens, usize::from(line_text(line).ends_with('-')), "only the end of the line has one");
        }
    };
    check(Locale::De, "die Konformitätsbescheinigung", 100.0, &["die Konformitätsbe-", "scheinigung"]);
    check(Locale::De, "Datenschutz-Folgenabschätzung", 90.0, &["Datenschutz-Folgen-", "abschätzung"]);
    check(Locale::En, "die Konformitätsbescheinigung", 100.0, &["die", "Konformitätsbescheinig", "ung"]);
    // A line that is nearly full stays as it is.
    check(Locale::De, "eine Zeile mit Dienstleister", 86.0, &["eine Zeile mit", "Dienstleister"]);
    // Names of programs are not divided.
    check(Locale::De, "wir nutzen WooCommerceShop", 110.0, &["wir nutzen", "WooCommerceShop"]);
}

#[test]
fn what_is_read_from_right_to_left_stands_so() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    let check = |text: &str, expected: &[&str]| {
        let lines = break_lines(&fonts, &[Span::new(text)], Size::Body, 400.0);
        let found: Vec<String> = lines.iter().map(line_text).collect();
        assert_eq!(found, expected, "{text:?}");
    };
    check("אבג", &["גבא"]);
    check("Shop אבג 12 (ד)", &["Shop (ד) 12 גבא"]);
    check("a\nאב", &["a", "בא"]);
    check("ב\u{5bc}א", &["אב\u{5bc}"]);
}

#[test]
fn what_no_font_has_is_counted() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    let check = |text: &str, count: usize| assert_eq!(count_named(&fonts, text), count, "{text:?}");
    check("Käse, Ελλάδα, אבג 👩", 0);
    check("中文", 2);
    check("a\u{202e}b\u{ad}c\u{a0}d", 1);
}

#[test]
fn a_character_is_drawn_by_the_font_that_has_it() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    let check = |character: char, weight: Weight, face: Option<u8>| {
        assert_eq!(fonts.glyph(weight, character).map(|glyph| glyph.face.0), face, "{character:?} in {weight:?}");
    };
    check('a', Weight::Regular, Some(0));
    check('a', Weight::Semibold, Some(1));
    check('0', Weight::Mono, Some(3));
    check('Ж', Weight::Italic, Some(2));
    check('א', Weight::Regular, Some(5));
    check('😀', Weight::Semibold, Some(10));
    check('␀', Weight::Regular, Some(8));
    check('█', Weight::Regular, Some(3));
    check('中', Weight::Regular, None);
    // One glyph for both in Source Sans: only the first can be read back from it.
    check('µ', Weight::Regular, Some(0));
    check('μ', Weight::Regular, Some(4));
}

#[test]
fn figures_are_tabular() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    for weight in [Weight::Regular, Weight::Semibold, Weight::Mono] {
        let widths: Vec<_> = ('0'..='9').map(|digit| fonts.glyph(weight, digit).expect("a digit").width).collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{weight:?}: {widths:?}");
    }
}
