//! The file: the same bytes for the same report, sound for qpdf, readable for pdftotext, and with
//! the outline and properties that a reader's program shows.

use crate::fixture::{empty, hard, shop};
use crate::pages::{drawn, is_right_to_left, laid, said, without_space};
use lopdf::{Dictionary, Document, Object};
use std::path::{Path, PathBuf};
use std::process::Command;
use tillproof_domain::locale::Locale;
use tillproof_domain::time::Timestamp;
use tillproof_report::input::Report;
use tillproof_report::layout::Kind;
use tillproof_report::text::fonts::Fonts;
use tillproof_report::{ReportError, render};

fn pdf(report: &Report) -> Vec<u8> {
    render(report, &mut |_, _| true).expect("a report").pdf
}

/// A file in a folder of its own, gone at the end.
struct Written {
    folder: tempfile::TempDir,
}

impl Written {
    fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("report.pdf"), bytes).expect("a file");
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("report.pdf")
    }
}

fn run(tool: &str, arguments: &[&str], file: &Path, after: &[&str]) -> String {
    let output = Command::new(tool)
        .args(arguments)
        .arg(file)
        .args(after)
        .output()
        .unwrap_or_else(|error| panic!("{tool}: {error}: install qpdf and poppler-utils"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{tool} is not content: {said}{errors}");
    said
}

/// The text of each page between head and foot, without white space.
fn page_texts(file: &Path) -> Vec<String> {
    let area = ["-raw", "-enc", "UTF-8", "-r", "72", "-x", "0", "-y", "64", "-W", "596", "-H", "720"];
    run("pdftotext", &area, file, &["-"]).split('\u{c}').map(without_space).collect()
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = shop(Locale::De);
    let first = pdf(&report);
    assert!(first == pdf(&report), "the same report gave other bytes");
    let check = |what: &str, change: &dyn Fn(&mut Report)| {
        let mut changed = report.clone();
        change(&mut changed);
        let other = pdf(&changed);
        assert!(first != other, "{what}: the bytes did not change");
        assert_ne!(identity(&first), identity(&other), "{what}: the id did not change");
    };
    check("a note", &|report| report.assessments[0].sections[0].requirements[0].note.push('.'));
    check("the instant", &|report| report.made_at = Timestamp(report.made_at.0 + 1_000_000));
    check("a hash", &|report| report.evidence[3].sha256.replace_range(0..1, "f"));
    check("the language", &|report| report.locale = Locale::En);
}

fn identity(bytes: &[u8]) -> Object {
    Document::load_mem(bytes).expect("a PDF").trailer.get(b"ID").expect("an id").clone()
}

#[test]
fn qpdf_finds_nothing_wrong() {
    for report in [shop(Locale::De), hard(Locale::En), empty(Locale::En)] {
        run("qpdf", &["--check"], Written::new(&pdf(&report)).path().as_path(), &[]);
    }
}

#[test]
fn pdftotext_reads_every_text() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    for locale in [Locale::En, Locale::De] {
        let report = shop(locale);
        let written = Written::new(&pdf(&report));
        // What stands between the two parts of a text that goes on overleaf is taken out.
        let all = page_texts(&written.path()).concat();
        for text in said(&report) {
            let text = drawn(&fonts, text);
            assert!(all.contains(&text), "{locale}: pdftotext does not find {text}");
        }
    }
}

#[test]
fn pdftotext_reads_every_line_of_hard_texts() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    let report = hard(Locale::En);
    let written = Written::new(&pdf(&report));
    let found = page_texts(&written.path());
    let laid = laid(&fonts, &report);
    for (number, (page, found)) in laid.pages.iter().zip(&found).enumerate() {
        for item in &page.items {
            let Kind::Text(text) = &item.kind else { continue };
            let furniture = item.order == 0 || item.order == u32::MAX;
            let line = without_space(&text.text);
            // pdftotext turns right-to-left text round, and joins marks to their letters.
            if text.soft
                || furniture
                || is_right_to_left(&line)
                || line.chars().any(|c| matches!(c, '\u{300}'..='\u{36f}'))
            {
                continue;
            }
            assert!(found.contains(&line), "page {}: pdftotext does not find {line:?}", number + 1);
        }
    }
}

#[test]
fn the_outline_is_nested_as_the_headings_are() {
    let fonts = Fonts::open(Locale::En).expect("fonts");
    let report = shop(Locale::De);
    let document = Document::load_mem(&pdf(&report)).expect("a PDF");
    let catalog = document.catalog().expect("a catalogue");
    let root = follow(&document, catalog, "Outlines").expect("an outline");
    let mut found = Vec::new();
    walk(&document, root, 1, &mut found);
    let expected: Vec<(u8, String)> = laid(&fonts, &report)
        .headings
        .into_iter()
        .map(|heading| (heading.level, heading.text.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect();
    assert_eq!(found, expected, "the outline is not that of the headings");
    assert!(expected.iter().any(|(level, text)| *level == 3 && text.starts_with("2.2.2 ")), "no requirement in it");
}

fn follow<'a>(document: &'a Document, entry: &Dictionary, key: &str) -> Option<&'a Dictionary> {
    document.get_dictionary(entry.get(key.as_bytes()).ok()?.as_reference().ok()?).ok()
}

fn walk(document: &Document, parent: &Dictionary, level: u8, found: &mut Vec<(u8, String)>) {
    let mut next = follow(document, parent, "First");
    let mut children = 0;
    while let Some(entry) = next {
        children += 1;
        found.push((level, lopdf::decode_text_string(entry.get(b"Title").expect("a title")).expect("a text")));
        let page =
            entry.get(b"Dest").and_then(Object::as_array).expect("a destination")[0].as_reference().expect("a page");
        assert_eq!(
            document.get_dictionary(page).and_then(|page| page.get(b"Type")?.as_name()).ok(),
            Some(&b"Page"[..])
        );
        walk(document, entry, level + 1, found);
        next = follow(document, entry, "Next");
    }
    let count = parent.get(b"Count").and_then(Object::as_i64).unwrap_or(0);
    assert_eq!(count.abs(), children, "the number of entries below is wrong");
}

#[test]
fn links_in_the_file_lead_to_pages() {
    let document = Document::load_mem(&pdf(&shop(Locale::En))).expect("a PDF");
    let mut links = 0;
    for page in document.get_pages().into_values() {
        let Ok(annotations) = document.get_dictionary(page).and_then(|page| page.get(b"Annots")?.as_array()) else {
            continue;
        };
        for link in annotations {
            let link = link.as_reference().and_then(|link| document.get_dictionary(link)).expect("a link");
            let action = link.get(b"A").and_then(Object::as_dict).expect("an action");
            if let Ok(destination) = action.get(b"D").and_then(Object::as_array) {
                let page = destination[0].as_reference().expect("a page");
                assert!(document.get_pages().values().any(|known| *known == page), "a link leads to no page");
            }
            links += 1;
        }
    }
    assert!(links > 100, "only {links} links");
}

#[test]
fn the_file_says_what_it_is() {
    let report = shop(Locale::De);
    let bytes = pdf(&report);
    assert!(bytes.starts_with(b"%PDF-1.7"), "not a PDF 1.7");
    let document = Document::load_mem(&bytes).expect("a PDF");
    let catalog = document.catalog().expect("a catalogue");
    assert_eq!(catalog.get(b"Lang").and_then(Object::as_str).ok(), Some(&b"de"[..]));
    assert_eq!(catalog.get(b"PageMode").and_then(Object::as_name).ok(), Some(&b"UseOutlines"[..]));
    let preferences = catalog.get(b"ViewerPreferences").and_then(Object::as_dict).expect("preferences");
    assert_eq!(preferences.get(b"DisplayDocTitle").and_then(Object::as_bool).ok(), Some(true));
    let said = run("pdfinfo", &[], &Written::new(&bytes).path(), &[]);
    for line in [
        "Title:           Kaffeerösterei Größenwahn GmbH: Arbeitspapier",
        "Author:          Anna Björnsdóttir",
        "Producer:        Tillproof",
        "Metadata Stream: yes",
    ] {
        assert!(said.contains(line), "pdfinfo does not say {line:?}: {said}");
    }
    assert!(!said.contains("1970"), "a date that nobody gave: {said}");
    let xmp = follow_stream(&document, catalog);
    assert!(xmp.contains("<xmp:CreateDate>2026-11-22T10:00:00Z</xmp:CreateDate>"), "{xmp}");
}

fn follow_stream(document: &Document, catalog: &Dictionary) -> String {
    let id = catalog.get(b"Metadata").and_then(Object::as_reference).expect("metadata");
    let stream = document.get_object(id).and_then(Object::as_stream).expect("a stream");
    String::from_utf8(stream.content.clone()).expect("UTF-8")
}

#[test]
fn the_sample_is_small() {
    for locale in [Locale::En, Locale::De] {
        let size = pdf(&shop(locale)).len();
        // Half of it are the tags and the attached data.
        assert!(size < 440_000, "{locale}: {size} bytes");
    }
}

#[test]
fn whoever_waits_can_stop_it() {
    let report = shop(Locale::En);
    let mut heard = Vec::new();
    render(&report, &mut |done, total| {
        heard.push((done, total));
        true
    })
    .expect("a report");
    assert!(heard.windows(2).all(|pair| pair[0].0 <= pair[1].0), "progress went back");
    assert_eq!(heard.last(), Some(&(1000, 1000)), "the end was not told");
    for stop in [0, heard.len() / 2, heard.len() - 8, heard.len() - 2] {
        let mut calls = 0;
        let stopped = render(&report, &mut |_, _| {
            calls += 1;
            calls <= stop
        });
        assert_eq!(stopped, Err(ReportError::Cancelled), "it went on after call {stop}");
        assert_eq!(calls, stop + 1, "it asked again after it was told to stop");
    }
}
