//! Two processes that write one file at once: nothing is lost, and nobody is sent away.

use crate::talk::{Talk, note};
use serde_json::json;
use std::collections::BTreeSet;
use tillproof_domain::locale::Locale;
use tillproof_store::{Change, Reads};
use tillproof_tests::shop::Shop;

#[test]
fn two_processes_write_at_once() {
    let writes = tillproof_tests::size(200, 10_000);
    let mut shop = Shop::new(Locale::En, None);
    shop.call("start_assessment", json!({ "framework": "pci-dss-4.0.1", "scope": "A" }));
    shop.call("close_workspace", json!({}));
    let before = shop.state().head.seq;
    let name = |writer: &str, number: usize| format!("{writer} {number}");
    let write = |writer: &'static str, requirement: &'static str| {
        let lines = (0..writes).map(|number| note(requirement, &name(writer, number))).collect();
        let mut talk = Talk::start(&shop.file, None, lines);
        move || {
            for number in 0..writes {
                let answer = talk.answer().unwrap_or_else(|| panic!("{writer} {number} was not answered"));
                assert!(answer.get("error").is_none(), "{writer} {number} was refused: {answer}");
            }
            assert!(talk.end(), "{writer} ends content");
        }
    };
    // Both the same row, and each its own.
    let writers = [("left", "pci-dss-4.0.1:8.3.6"), ("right", "pci-dss-4.0.1:8.3.6")];
    let talks = writers.map(|(writer, requirement)| std::thread::spawn(write(writer, requirement)));
    for talk in talks {
        talk.join().expect("a writer writes");
    }
    shop.assert_sound();
    let store = shop.store();
    let after = store.head().unwrap().seq;
    assert_eq!(after - before, 2 * writes as u64, "one entry a write");
    let entries = store.journal(None, u32::MAX >> 1, None).unwrap();
    let notes: BTreeSet<String> = entries
        .into_iter()
        .flat_map(|stored| stored.entry.changes)
        .filter_map(|change| if let Change::Answer(answer) = change { Some(answer.note) } else { None })
        .collect();
    for (writer, _) in writers {
        for number in 0..writes {
            assert!(notes.contains(&name(writer, number)), "{writer} {number} is in the journal");
        }
    }
    println!("two writers: {} writes, none lost", 2 * writes);
}
