//! The words of the files in a bundle, in both languages.
//!
//! Deliberately absent: the texts of requirements and the words of the report, which come with it.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use tillproof_domain::locale::Locale;

type Words = BTreeMap<String, String>;

static WORDS: LazyLock<[Words; 2]> = LazyLock::new(|| {
    [include_str!("../messages/en.json"), include_str!("../messages/de.json")]
        .map(|text| serde_json::from_str(text).unwrap_or_default())
});

/// A word in a language; one that is missing shows as a question mark, and a test makes sure that none is.
pub(crate) fn word(locale: Locale, key: &str) -> &'static str {
    let words = match locale {
        Locale::En => &WORDS[0],
        Locale::De => &WORDS[1],
    };
    words.get(key).map_or("?", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_both_languages() {
        let keys = |words: &Words| words.keys().cloned().collect::<Vec<_>>();
        assert!(WORDS[0].len() > 50, "the words are there");
        assert_eq!(keys(&WORDS[0]), keys(&WORDS[1]), "the same keys");
        let sources = ["page.rs", "readme.rs", "reply.rs", "reply_read.rs", "spreadsheet.rs"]
            .map(|name| std::fs::read_to_string(format!("{}/src/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap())
            .concat();
        for key in WORDS[0].keys() {
            let stem = key.split_once('.').map_or(key.as_str(), |(stem, _)| stem);
            let named = sources.contains(&format!("\"{key}\"")) || sources.contains(&format!("\"{stem}.\""));
            assert!(named || sources.contains(&format!("\"{stem}.{{")), "{key} is used");
        }
    }
}
