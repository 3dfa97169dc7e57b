//! All prose of the checklists, in order, with its place.

use serde_json::Value;
use tillproof_catalog::Files;

/// A text of a checklist.
pub(crate) struct Prose {
    /// `pci-dss-4.0.1/06-secure-software/en.json/requirements/6.4.3/meaning`.
    pub(crate) place: String,
    /// Its words.
    pub(crate) text: String,
}

/// Every text of every file of a language.
pub(crate) fn all(locale: &str) -> Vec<Prose> {
    let mut found = Vec::new();
    let files = Files::embedded();
    for (path, bytes) in files.0.iter().filter(|(path, _)| path.ends_with(&format!("/{locale}.json"))) {
        collect(path.clone(), &serde_json::from_slice(bytes).unwrap(), &mut found);
    }
    assert!(found.len() > 5_000, "only {} texts were found", found.len());
    found
}

fn collect(place: String, value: &Value, found: &mut Vec<Prose>) {
    match value {
        Value::String(text) => found.push(Prose { place, text: text.clone() }),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| collect(format!("{place}/{i}"), item, found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| collect(format!("{place}/{name}"), field, found));
        }
        _ => {}
    }
}

/// Quotation marks as the language sets them: “so” in English, „so“ in German.
#[test]
fn quotation_marks_are_those_of_the_language() {
    for (locale, open, close) in [("en", '“', '”'), ("de", '„', '“')] {
        for Prose { place, text } in all(locale) {
            let marks: Vec<char> = text.chars().filter(|c| "\"„“”".contains(*c)).collect();
            let pairs = marks.chunks(2).all(|pair| pair == [open, close]);
            assert!(pairs, "{place}: {marks:?} in {text}");
        }
    }
}
