//! A process that is killed at any moment loses nothing that it acknowledged.

use crate::talk::{Talk, note};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tillproof_domain::locale::Locale;
use tillproof_store::{Change, Reads, SqliteStore};
use tillproof_tests::chance::Chance;
use tillproof_tests::shop::{KEY, Shop};

/// Kills upon one file before a new one is taken.
const KILLS_A_FILE: usize = 25;

#[test]
fn nothing_acknowledged_is_lost() {
    let kills = tillproof_tests::size(50, 1_000);
    let mut totals = Totals::default();
    for round in 0..kills.div_ceil(KILLS_A_FILE) {
        let passphrase = (round % 2 == 1).then_some(KEY);
        one_file(round, KILLS_A_FILE.min(kills - round * KILLS_A_FILE), passphrase, &mut totals);
    }
    println!("{totals:?}");
    assert_eq!(totals.lost, 0, "nothing acknowledged may be lost: {totals:?}");
    assert_eq!(totals.kills, kills, "every kill was made");
    assert!(totals.acknowledged > kills * 3, "the children were at work when they were killed: {totals:?}");
    assert!(totals.cut_short > kills / 2, "most were killed in the middle of their work: {totals:?}");
}

#[derive(Debug, Default)]
struct Totals {
    kills: usize,
    acknowledged: usize,
    /// Kills that came before the last answer.
    cut_short: usize,
    lost: usize,
}

fn one_file(round: usize, kills: usize, passphrase: Option<&str>, totals: &mut Totals) {
    let mut shop = Shop::new(Locale::En, passphrase);
    shop.call("start_assessment", json!({ "framework": "pci-dss-4.0.1", "scope": "A" }));
    shop.call("close_workspace", json!({}));
    let mut chance = Chance::new(round as u64);
    let mut acknowledged = BTreeSet::new();
    for kill in 0..kills {
        let names: Vec<String> = (0..400).map(|number| format!("kill {kill} change {number}")).collect();
        let lines = names.iter().map(|name| {
            if name.ends_with('7') {
                let path = shop.write(&format!("{name}.txt"), name.as_bytes());
                json!({ "command": "attach_evidence", "request": { "requirements": ["gdpr:5.2"], "paths": [path] } })
            } else {
                note("pci-dss-4.0.1:8.3.6", name)
            }
        });
        let mut talk = Talk::start(&shop.file, passphrase, lines.collect());
        let mut answers = 0;
        let mut hear = |talk: &mut Talk| {
            let Some(answer) = talk.answer() else { return false };
            assert!(answer.get("error").is_none(), "kill {kill}, change {answers} was refused: {answer}");
            acknowledged.insert(names[answers].clone());
            answers += 1;
            true
        };
        for _ in 0..=chance.below(tillproof_tests::size(25, 100)) {
            hear(&mut talk);
        }
        // Up to three milliseconds more, so that the kill falls anywhere in a transaction.
        let until = Instant::now() + Duration::from_micros(chance.below(3_000) as u64);
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        talk.kill();
        while hear(&mut talk) {}
        talk.end();
        totals.cut_short += usize::from(answers < names.len());
        totals.kills += 1;
        totals.acknowledged += answers;
        shop.assert_sound();
        let kept = kept(&shop.store());
        let lost: Vec<&String> = acknowledged.difference(&kept).collect();
        totals.lost += lost.len();
        assert!(lost.is_empty(), "acknowledged and lost after kill {kill}: {lost:?}");
    }
}

/// Every change that the journal has.
fn kept(store: &SqliteStore) -> BTreeSet<String> {
    let entries = store.journal(None, u32::MAX >> 1, None).expect("the journal is read");
    let names = entries.into_iter().flat_map(|stored| stored.entry.changes).filter_map(|change| match change {
        Change::Answer(answer) => Some(answer.note),
        Change::Evidence(evidence) => {
            store.read_content(&evidence.sha256, &mut |_| Ok(true)).expect("the bytes are there");
            Some(evidence.name.trim_end_matches(".txt").to_owned())
        }
        _ => None,
    });
    names.collect()
}
