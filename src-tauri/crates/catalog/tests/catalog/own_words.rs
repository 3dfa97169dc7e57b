//! No eight words in a row are those of the official questionnaires.
//!
//! The questionnaires are not ours to ship. `fixtures/official-runs.bin` holds fingerprints of their
//! eight-word runs: the first five bytes of SHA-256 of each, sorted. No text can be read from them.
//! They were made from the texts of SAQ A (January 2025), B, C, D for merchants (October 2024) and D
//! for service providers (January 2025), with `OFFICIAL_TEXTS=FOLDER cargo test --test catalog own_words`,
//! where FOLDER holds them as `.txt`. The official German translation was not at hand.

use crate::prose;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

const RUN: usize = 8;
const BYTES: usize = 5;
const OFFICIAL: &[u8] = include_bytes!("../fixtures/official-runs.bin");

type Fingerprint = [u8; BYTES];

/// The runs of a text, each with its fingerprint. Case, punctuation and line breaks do not count;
/// runs of numbers and single letters say nothing and are left out.
fn runs(text: &str) -> Vec<(String, Fingerprint)> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words
        .windows(RUN)
        .filter(|run| run.iter().filter(|word| word.len() > 1 && word.chars().all(char::is_alphabetic)).count() >= 5)
        .map(|run| {
            let run = run.join(" ");
            let hash = Sha256::digest(run.as_bytes());
            let mut fingerprint = [0; BYTES];
            fingerprint.copy_from_slice(&hash[..BYTES]);
            (run, fingerprint)
        })
        .collect()
}

fn fingerprints(bytes: &[u8]) -> BTreeSet<Fingerprint> {
    bytes.as_chunks::<BYTES>().0.iter().copied().collect()
}

/// The runs of `texts` that `official` has, each with its place.
fn copied<'t>(official: &BTreeSet<Fingerprint>, texts: impl Iterator<Item = (&'t str, &'t str)>) -> Vec<String> {
    let mut found = Vec::new();
    for (place, text) in texts {
        let same = runs(text).into_iter().filter(|(_, fingerprint)| official.contains(fingerprint));
        found.extend(same.map(|(run, _)| format!("{place}: {run}")));
    }
    found
}

#[test]
fn no_run_of_eight_words_is_the_official_one() {
    if let Some(folder) = std::env::var_os("OFFICIAL_TEXTS") {
        write_fingerprints(std::path::Path::new(&folder));
    }
    let official = fingerprints(OFFICIAL);
    assert!(official.len() > 40_000, "only {} runs to compare with", official.len());
    for locale in ["en", "de"] {
        let texts = prose::all(locale);
        let found = copied(&official, texts.iter().map(|prose| (prose.place.as_str(), prose.text.as_str())));
        assert!(found.is_empty(), "these words are not our own: {found:#?}");
    }
}

#[test]
fn a_copy_is_found_whatever_its_case_and_punctuation() {
    let other = "The quick brown fox jumps over the lazy dog, and then it sleeps.";
    let official: BTreeSet<Fingerprint> = runs(other).into_iter().map(|(_, fingerprint)| fingerprint).collect();
    let check = |text: &str, copies: usize| {
        let found = copied(&official, [("here", text)].into_iter());
        assert_eq!(found.len(), copies, "{text}: {found:?}");
    };
    check("We say: the QUICK brown\nfox jumps -- over the lazy cat.", 1);
    check("the quick brown fox jumps over the lazy dog and", 3);
    check("the quick brown fox jumps over a lazy dog", 0);
}

fn write_fingerprints(folder: &std::path::Path) {
    let mut all = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
            all.extend(runs(&text).into_iter().map(|(_, fingerprint)| fingerprint));
        }
    }
    let bytes: Vec<u8> = all.into_iter().flatten().collect();
    let target = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/official-runs.bin");
    std::fs::write(target, bytes).unwrap();
}
