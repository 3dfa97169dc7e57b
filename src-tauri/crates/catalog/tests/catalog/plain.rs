//! The texts are plain: reading ease over the question, meaning, steps and parts of every requirement.
//!
//! English: Flesch reading ease (1948), 206.835 - 1.015 words a sentence - 84.6 syllables a word.
//! German: Amstad's Flesch (1978), 180 - words a sentence - 58.5 syllables a word. 60 to 70 is called
//! plain, readable at thirteen to fifteen years. Syllables are counted by groups of vowels; numbers,
//! abbreviations in capitals and references such as 8.3.6 are not counted.
//! `cargo test --test catalog plain -- --nocapture` prints the figures.

use std::fmt::Write;
use tillproof_catalog::Catalog;
use tillproof_domain::framework::RequirementTexts;
use tillproof_domain::locale::Locale;

/// Sentences, words and syllables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    sentences: u32,
    words: u32,
    syllables: u32,
}

impl Counts {
    fn of(text: &str, locale: Locale) -> Self {
        let mut counts = Self::default();
        for sentence in text.split(['!', '?', ':', ';', '\n']).flat_map(|part| part.split(". ")) {
            let words: Vec<&str> = sentence
                .split(|c: char| !(c.is_alphabetic() || c == '\''))
                .map(|word| word.trim_matches('\''))
                .filter(|word| !word.is_empty())
                .filter(|word| word.chars().count() > 5 || word.chars().any(char::is_lowercase))
                .collect();
            if !words.is_empty() {
                counts.sentences += 1;
                counts.words += u32::try_from(words.len()).unwrap();
                counts.syllables += words.iter().map(|word| syllables(word, locale)).sum::<u32>();
            }
        }
        counts
    }

    fn plus(self, other: Self) -> Self {
        Self {
            sentences: self.sentences + other.sentences,
            words: self.words + other.words,
            syllables: self.syllables + other.syllables,
        }
    }

    fn ease(self, locale: Locale) -> f64 {
        let sentence = f64::from(self.words) / f64::from(self.sentences);
        let word = f64::from(self.syllables) / f64::from(self.words);
        match locale {
            Locale::En => 206.835 - 1.015 * sentence - 84.6 * word,
            Locale::De => 180.0 - sentence - 58.5 * word,
        }
    }
}

fn syllables(word: &str, locale: Locale) -> u32 {
    let word = word.to_lowercase();
    let vowel = |c: char| "aeiouyäöü".contains(c);
    let mut count = 0;
    let mut last = ' ';
    for c in word.chars() {
        // A German vowel begins a syllable of its own, but for the ones that are spoken as one.
        let glides = match locale {
            Locale::En => vowel(last),
            Locale::De => matches!(
                (last, c),
                ('a' | 'e', 'i' | 'u') | ('ä', 'u') | ('i', 'e') | ('a', 'a') | ('e', 'e') | ('o', 'o')
            ),
        };
        if vowel(c) && !glides {
            count += 1;
            last = c;
        } else {
            // The second of a pair is used up.
            last = if vowel(c) && locale == Locale::De { ' ' } else { c };
        }
    }
    if locale == Locale::En && count > 1 {
        let stem: Vec<char> = word.chars().rev().take(3).collect();
        let silent = match stem.as_slice() {
            ['e', before, ..] => !vowel(*before) && *before != 'l',
            ['d', 'e', before] => !vowel(*before) && !"td".contains(*before),
            ['s', 'e', before] => !vowel(*before) && !"szxgch".contains(*before),
            _ => false,
        };
        count -= u32::from(silent);
    }
    count.max(1)
}

fn spoken(texts: &RequirementTexts) -> String {
    let steps = texts.steps.iter().chain(texts.parts.values());
    [&texts.question, &texts.meaning].into_iter().chain(steps).fold(String::new(), |mut all, text| {
        let _ = writeln!(all, "{}", without_references(text));
        all
    })
}

/// Without the points that end no sentence: those of numbers and of abbreviations.
fn without_references(text: &str) -> String {
    let mut text = text.to_owned();
    for short in
        ["z. B.", "d. h.", "u. a.", "Art.", "Abs.", "Nr.", "lit.", "bzw.", "ca.", "etc.", "e.g.", "i.e.", "no.", "s."]
    {
        text = text.replace(&format!(" {short} "), &format!(" {} ", short.replace('.', "")));
    }
    text.split(' ')
        .map(|word| {
            let number = word.chars().any(|c| c.is_ascii_digit()) && !word.chars().any(char::is_alphabetic);
            // "8.3.6." ends a sentence, "8.3.6" and "31." do not.
            if number { if word.matches('.').count() > 2 && word.ends_with('.') { ". " } else { "" } } else { word }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn the_texts_are_plain() {
    for (locale, average, least) in [(Locale::En, 70.0, 60.0), (Locale::De, 60.0, 50.0)] {
        let mut all = Counts::default();
        let mut each = Vec::new();
        let catalog = Catalog::embedded().unwrap();
        for requirement in catalog.frameworks.iter().flat_map(|framework| framework.requirements()).map(|(_, r)| r) {
            let counts = Counts::of(&spoken(requirement.texts.get(locale)), locale);
            all = all.plus(counts);
            each.push((counts.ease(locale), requirement.id.to_string()));
        }
        each.sort_by(|a, b| a.0.total_cmp(&b.0));
        println!("{locale}: reading ease {:.1}, {all:?}; hardest:", all.ease(locale));
        for (ease, id) in &each[..10] {
            println!("  {ease:.1} {id}");
        }
        assert!(each.len() > 350, "only {} requirements", each.len());
        assert!(all.ease(locale) >= average, "{locale}: {:.1} on average", all.ease(locale));
        let (ease, id) = &each[0];
        assert!(*ease >= least, "{locale}: {id} is hard to read: {ease:.1}");
    }
}

#[test]
fn syllables_are_counted_as_people_do() {
    let check = |word: &str, locale: Locale, count: u32| assert_eq!(syllables(word, locale), count, "{word}");
    for (word, count) in
        [("shop", 1), ("password", 2), ("page", 1), ("pages", 2), ("changed", 1), ("needed", 2), ("table", 2)]
    {
        check(word, Locale::En, count);
    }
    for (word, count) in
        [("Haus", 1), ("Kasse", 2), ("Nachweis", 2), ("Händlerbank", 3), ("Theater", 3), ("neue", 2), ("Passwörter", 3)]
    {
        check(word, Locale::De, count);
    }
}
