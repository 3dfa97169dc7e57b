//! The sentences that the commands say: errors, hints, the history in words, next steps.
//!
//! Deliberately absent: the words of the checklists (catalogue), of the report and of the window.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use tillproof_domain::locale::Locale;

type Messages = BTreeMap<String, BTreeMap<String, String>>;

const EN: &str = include_str!("../messages/en.json");
const DE: &str = include_str!("../messages/de.json");

static MESSAGES: LazyLock<[Messages; 2]> =
    LazyLock::new(|| [EN, DE].map(|text| serde_json::from_str(text).unwrap_or_default()));

/// The sentence `group.key` in `locale`, with every `{name}` replaced by its value. A sentence that
/// is missing shows as its key; a test makes sure that none is.
#[must_use]
pub(crate) fn text(locale: Locale, group: &str, key: &str, values: &[(&str, &str)]) -> String {
    let messages = match locale {
        Locale::En => &MESSAGES[0],
        Locale::De => &MESSAGES[1],
    };
    let Some(pattern) = messages.get(group).and_then(|group| group.get(key)) else {
        return format!("{group}.{key}");
    };
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern.as_str();
    // One pass, so that a value which looks like a placeholder stays as it is.
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => out.push_str(value),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_sentences_with_the_same_values() {
        fn placeholders(text: &str) -> Vec<String> {
            let mut names: Vec<String> =
                text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect();
            names.sort();
            names.dedup();
            names
        }
        let en: Messages = serde_json::from_str(EN).expect("en.json is JSON");
        let de: Messages = serde_json::from_str(DE).expect("de.json is JSON");
        assert!(en["error"].len() > 20, "the errors are there");
        assert_eq!(en.keys().collect::<Vec<_>>(), de.keys().collect::<Vec<_>>(), "the same groups");
        assert_eq!(en["error"].keys().collect::<Vec<_>>(), en["hint"].keys().collect::<Vec<_>>(), "a hint an error");
        for (group, sentences) in &en {
            let other = &de[group];
            assert_eq!(
                sentences.keys().collect::<Vec<_>>(),
                other.keys().collect::<Vec<_>>(),
                "the same keys in {group}"
            );
            for (key, sentence) in sentences {
                assert!(!sentence.trim().is_empty() && !other[key].trim().is_empty(), "{group}.{key} is empty");
                if group != "hint" {
                    assert_eq!(placeholders(sentence), placeholders(&other[key]), "values of {group}.{key}");
                }
            }
        }
    }

    #[test]
    fn a_value_that_looks_like_a_placeholder_stays_text() {
        let said = text(Locale::En, "error", "not-found", &[("what", "{value}"), ("value", "secret")]);
        assert!(said.contains("{value}") && said.matches("secret").count() == 1, "{said}");
    }
}
