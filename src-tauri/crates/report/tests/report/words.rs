//! The words of the frame: complete, and the same places to fill in both languages.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tillproof_domain::locale::Locale;
use tillproof_report::messages::{Messages, fill};

fn texts(path: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            found.insert(path.to_owned(), text.clone());
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                texts(&format!("{path}[{index}]"), item, found);
            }
        }
        Value::Object(entries) => {
            for (key, entry) in entries {
                texts(&format!("{path}.{key}"), entry, found);
            }
        }
        other => panic!("{path} is no text: {other}"),
    }
}

fn all_texts(json: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    texts("", &serde_json::from_str(json).expect("JSON"), &mut found);
    found
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn both_languages_load_and_leave_nothing_empty() {
    for locale in [Locale::En, Locale::De] {
        Messages::load(locale).unwrap_or_else(|error| panic!("{locale}: {error}"));
    }
    let en = all_texts(include_str!("../../messages/en.json"));
    let de = all_texts(include_str!("../../messages/de.json"));
    assert_eq!(en.keys().collect::<Vec<_>>(), de.keys().collect::<Vec<_>>(), "one language has texts the other lacks");
    for (path, text) in en.iter().chain(&de) {
        assert!(!text.trim().is_empty(), "{path} is empty");
        assert!(!text.to_lowercase().contains("compliant"), "{path} says a word that only an attestation may say");
    }
    for (path, text) in &en {
        assert_eq!(places(text), places(&de[path]), "{path} fills different places in the two languages");
    }
}

#[test]
fn values_are_filled_in_once() {
    let check = |text: &str, values: &[(&str, &str)], filled: &str| assert_eq!(fill(text, values), filled, "{text:?}");
    check("{a} and {b}", &[("a", "1"), ("b", "2")], "1 and 2");
    check("{a}", &[("a", "{b}"), ("b", "2")], "{b}");
    check("{a", &[("a", "1")], "{a");
    check("{unknown} }{", &[], "{unknown} }{");
}
