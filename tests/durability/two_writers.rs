//! Two processes that write one file at once: nothing is lost, nobody is sent away, and whoever
//! names the state that was seen hears of it when it is not the state any more.

use crate::talk::{Talk, note};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Instant;
use tillproof_domain::locale::Locale;
use tillproof_store::{Change, Reads};
use tillproof_tests::shop::Shop;

const REQUIREMENT: &str = "pci-dss-4.0.1:8.3.6";
/// Every so many writes name the `rev` that the writer saw last.
const WITH_REV: usize = 4;

/// What one writer was told.
#[derive(Default)]
struct Told {
    acknowledged: Vec<String>,
    conflicts: Vec<String>,
}

/// Writes so many notes upon one row; a note that meets a conflict is written again upon what is there now.
fn write(talk: &mut Talk, say: &dyn Fn(Value), writer: &str, writes: usize) -> Told {
    let mut told = Told::default();
    let mut seen = Value::Null;
    for number in 0..writes {
        for attempt in 0.. {
            let name = format!("{writer} {number}.{attempt}");
            let mut line = note(REQUIREMENT, &name);
            if number % WITH_REV == 0 && !seen.is_null() {
                line["request"]["rev"] = seen.clone();
            }
            say(line);
            let answer = talk.answer().unwrap_or_else(|| panic!("{name} was not answered"));
            let Some(error) = answer.get("error") else {
                seen = answer["rev"].clone();
                told.acknowledged.push(name);
                break;
            };
            assert_eq!(error["code"], "conflict", "{name} was refused: {answer}");
            told.conflicts.push(name);
            say(json!({ "command": "show_requirement", "request": { "requirement": REQUIREMENT } }));
            seen = talk.answer().expect("what is there now")["rev"].clone();
        }
    }
    told
}

#[test]
fn two_processes_write_at_once() {
    let writes = tillproof_tests::size(200, 10_000);
    let mut shop = Shop::new(Locale::En, None);
    shop.call("start_assessment", json!({ "framework": "pci-dss-4.0.1", "scope": "A" }));
    shop.call("close_workspace", json!({}));
    let before = shop.state().head.seq;
    let begun = Instant::now();
    let writers = ["left", "right"].map(|writer| {
        let (mut talk, lines) = Talk::open(&shop.file, None);
        std::thread::spawn(move || {
            let told = write(&mut talk, &|line| lines.send(line).expect("the writer listens"), writer, writes);
            drop(lines);
            assert_eq!(
                talk.end(),
                told.conflicts.is_empty(),
                "{writer} ends content, or with the word that not all went well"
            );
            told
        })
    });
    let told = writers.map(|writer| writer.join().expect("a writer writes"));
    let took = begun.elapsed();
    shop.assert_sound();
    let store = shop.store();
    let after = store.head().unwrap().seq;
    assert_eq!(after - before, 2 * writes as u64, "one entry a write that was acknowledged, none for a conflict");
    let mut entries = store.journal(None, u32::MAX >> 1, None).unwrap();
    entries.reverse();
    let answers: Vec<(String, i64)> = entries
        .into_iter()
        .flat_map(|stored| stored.entry.changes)
        .filter_map(|change| if let Change::Answer(answer) = change { Some((answer.note, answer.rev)) } else { None })
        .collect();
    let revs: Vec<i64> = answers.iter().map(|(_, rev)| *rev).collect();
    assert!(revs.iter().copied().eq(1..=2 * writes as i64), "each change follows on the one before it");
    let notes: BTreeSet<&String> = answers.iter().map(|(note, _)| note).collect();
    for name in told.iter().flat_map(|told| &told.acknowledged) {
        assert!(notes.contains(name), "{name} was acknowledged and is in the journal");
    }
    for name in told.iter().flat_map(|told| &told.conflicts) {
        assert!(!notes.contains(name), "{name} was a conflict and left nothing");
    }
    let conflicts: usize = told.iter().map(|told| told.conflicts.len()).sum();
    assert!(conflicts > 0, "two who write one row at once meet");
    println!(
        "two writers: {} writes, one in {WITH_REV} with a rev, {conflicts} conflicts reported, none lost, {:.1} s",
        2 * writes,
        took.as_secs_f64()
    );
}
