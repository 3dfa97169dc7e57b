//! Much evidence at once: killed in the middle it is whole or not there, and memory stays flat.

use crate::talk::Talk;
use serde_json::{Value, json};
use std::io::{Seek, SeekFrom, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tillproof_domain::locale::Locale;
use tillproof_store::Reads;
use tillproof_tests::chance::Chance;
use tillproof_tests::program::{clean, program};
use tillproof_tests::shop::{KEY, Shop};

const MIB: u64 = 1 << 20;

/// A file of so many MiB that no other file is like.
fn large(shop: &Shop, name: &str, number: u64, size: u64) -> String {
    let mut file = std::fs::File::create(shop.folder().join(name)).unwrap();
    file.set_len(size * MIB).unwrap();
    for at in [0, size * MIB / 2] {
        file.seek(SeekFrom::Start(at)).unwrap();
        file.write_all(&number.to_le_bytes()).unwrap();
    }
    shop.path(name)
}

fn attach(paths: &[&str]) -> Value {
    json!({ "command": "attach_evidence", "request": { "requirements": ["gdpr:5.2"], "paths": paths } })
}

#[test]
fn a_killed_import_is_whole_or_not_there() {
    let kills = tillproof_tests::size(8, 100);
    let (mut whole, mut nothing) = (0, 0);
    for (passphrase, salt) in [(None, 0_u64), (Some(KEY), 1)] {
        let mut shop = Shop::new(Locale::En, passphrase);
        shop.call("start_assessment", json!({ "framework": "gdpr", "scope": "shop" }));
        shop.call("close_workspace", json!({}));
        let mut chance = Chance::new(7 + salt);
        for kill in 0..kills as u64 {
            let before = shop.state();
            let paths = [0, 1].map(|one| large(&shop, &format!("{one}.bin"), 2 * kill + one + 1, 20));
            let begun = Instant::now();
            let mut talk = Talk::start(&shop.file, passphrase, vec![attach(&[&paths[0], &paths[1]])]);
            let journal = shop.file.with_file_name("shop.tillproof-journal");
            // Anywhere in it: from the first page on, up to a fifth of a second later.
            while !journal.exists() && begun.elapsed() < Duration::from_secs(20) {
                std::hint::spin_loop();
            }
            std::thread::sleep(Duration::from_micros(chance.below(200_000) as u64));
            talk.kill();
            let answered = talk.answer();
            talk.end();
            shop.assert_sound();
            let after = shop.state();
            assert!(after.head.seq == before.head.seq || after.head.seq == before.head.seq + 1, "kill {kill}");
            if let Some(answer) = answered {
                assert!(answer.get("error").is_none(), "kill {kill}: {answer}");
                assert_eq!(after.head.seq, before.head.seq + 1, "kill {kill}: what was acknowledged is there");
            }
            if after.head.seq == before.head.seq {
                assert_eq!(after, before, "kill {kill}: all or nothing");
                nothing += 1;
            } else {
                assert_eq!(after.rows.len(), before.rows.len() + 2, "kill {kill}: all or nothing");
                whole += 1;
            }
        }
        // The last kill was mended by the opening; the file is one file again.
        drop(shop.store());
        let left = tillproof_tests::shop::file_names(shop.folder());
        assert!(!left.iter().any(|name| name.ends_with("-wal")), "{left:?}");
        // Killed before its first page, a journal holds nothing; SQLite then lets it lie.
        let journal = std::fs::read(shop.path("shop.tillproof-journal")).unwrap_or_default();
        assert_eq!(journal.first().copied().unwrap_or(0), 0, "a journal that is still to be played back: {left:?}");
    }
    println!("killed in the middle of an import: {nothing} not there, {whole} whole");
    assert!(nothing > 0, "some were killed in the middle");
}

#[test]
fn another_reader_is_not_locked_out() {
    let mut shop = Shop::new(Locale::En, None);
    shop.call("start_assessment", json!({ "framework": "gdpr", "scope": "shop" }));
    let path = large(&shop, "large.bin", 1, 40);
    // This session keeps the file open, so the other process cannot have it alone.
    let mut talk = Talk::start(&shop.file, None, vec![attach(&[&path])]);
    let begun = Instant::now();
    shop.call("overview", json!({}));
    assert!(begun.elapsed() < Duration::from_secs(5), "it reads while the other one writes");
    let answer = talk.answer().expect("an answer");
    assert!(answer.get("error").is_none(), "{answer}");
    assert!(talk.end(), "the other one ends content");
    assert_eq!(shop.store().evidence_list().unwrap().len(), 1);
    shop.assert_sound();
}

/// The most memory that a process has had, in bytes.
#[cfg(target_os = "linux")]
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib * 1024)
}

/// Runs the program and answers the most memory that it had.
#[cfg(target_os = "linux")]
fn peak_of(command: &mut Command) -> u64 {
    let mut child = command.stdout(Stdio::null()).spawn().expect("the program starts");
    let mut most = 0;
    loop {
        most = most.max(peak(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait().expect("the child is there") {
            assert!(status.success(), "{status}");
            return most;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_evidence() {
    let size = tillproof_tests::size(128, 5 * 1024) as u64;
    for passphrase in [None, Some(KEY)] {
        let mut shop = Shop::new(Locale::En, passphrase);
        shop.call("close_workspace", json!({}));
        let path = large(&shop, "large.bin", 1, size);
        let small = shop.write("small.txt", b"small");
        let run = |path: &str| {
            let mut command = clean(program());
            command.arg("attach").arg(&shop.file).args(["gdpr:5.2", path]);
            if let Some(passphrase) = passphrase {
                command.env("TILLPROOF_PASSPHRASE", passphrase);
            }
            peak_of(&mut command)
        };
        let (least, most) = (run(&small), run(&path));
        let grown = most.saturating_sub(least) / MIB;
        println!("{size} MiB, encrypted {}: {grown} MiB more than for a small file", passphrase.is_some());
        assert!(most > MIB && grown < 64, "{grown} MiB more for {size} MiB");
        let mut out = clean(program());
        let id = shop.store().evidence_list().unwrap().into_iter().find(|one| one.size > MIB).unwrap().id.to_string();
        out.arg("evidence").arg(&shop.file).args(["export", &id]).arg(shop.path("out.bin"));
        if let Some(passphrase) = passphrase {
            out.env("TILLPROOF_PASSPHRASE", passphrase);
        }
        let grown = peak_of(&mut out).saturating_sub(least) / MIB;
        assert!(grown < 64, "{grown} MiB more to give {size} MiB back");
    }
}

#[cfg(unix)]
#[test]
fn looking_at_an_open_file_does_not_give_its_locks_away() {
    let mut shop = Shop::new(Locale::En, None);
    shop.call("start_assessment", json!({ "framework": "gdpr", "scope": "shop" }));
    // What a window does: it looks at the file that is open, and opens it once more.
    shop.call("probe_workspace", json!({ "path": shop.file }));
    shop.call("open_workspace", json!({ "path": shop.file }));
    let path = large(&shop, "large.bin", 1, 40);
    let mut talk = Talk::start(&shop.file, None, vec![attach(&[&path])]);
    assert!(talk.answer().expect("an answer").get("error").is_none());
    assert!(talk.end());
    let log = shop.file.with_file_name("shop.tillproof-wal");
    assert!(log.exists(), "the other process knew that it was not alone");
    shop.call("answer_requirement", json!({ "requirement": "gdpr:5.2", "note": "after the other one" }));
    shop.call("close_workspace", json!({}));
    let store = shop.store();
    assert_eq!(store.evidence_list().unwrap().len(), 1);
    shop.assert_sound();
    let head = store.head().unwrap().seq;
    assert_eq!(head, 4, "made, begun, attached, answered: nothing is lost");
}
