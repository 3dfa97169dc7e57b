//! A disk without room: exit code 1, the code `disk-full`, and everything as it was.

use serde_json::json;
use std::path::Path;
use tillproof_domain::locale::Locale;
use tillproof_tests::program::{limited, run};
use tillproof_tests::shop::{Shop, file_names};

/// Runs `tillproof` where no file may grow past `kibibytes`, and expects that nothing came of it.
fn check(name: &str, kibibytes: u64, arguments: impl Fn(&Path) -> Vec<String>) {
    let mut shop = Shop::busy(Locale::En, None);
    shop.write("large.bin", &vec![9; 3 << 20]);
    // So large that it goes past the write-ahead log.
    std::fs::File::create(shop.path("huge.bin")).unwrap().set_len(40 << 20).unwrap();
    shop.write("old.pdf", b"the report of last year");
    shop.call("close_workspace", json!({}));
    let before = shop.state();
    let files = file_names(shop.folder());
    let ran = run(limited(2 * kibibytes).arg("--json").args(arguments(shop.folder())));
    assert_eq!(ran.code, 1, "{name}: it failed, and says so: {ran:?}");
    assert_eq!(ran.error_code(), "disk-full", "{name}: {ran:?}");
    assert_eq!(shop.state(), before, "{name}: journal and rows are as they were");
    shop.assert_sound();
    let left: Vec<String> = file_names(shop.folder()).into_iter().filter(|name| !files.contains(name)).collect();
    // What SQLite keeps beside an open file goes with the next closing.
    let left: Vec<&String> = left.iter().filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm")).collect();
    assert!(left.is_empty(), "{name}: nothing is left beside: {left:?}");
    assert_eq!(
        std::fs::read(shop.path("old.pdf")).unwrap(),
        b"the report of last year",
        "{name}: the old report stays"
    );
    shop.call("open_workspace", json!({ "path": shop.file }));
    shop.call("answer_requirement", json!({ "requirement": "gdpr:5.2", "note": "with room again" }));
}

fn arguments(folder: &Path, words: &[&str]) -> Vec<String> {
    // A word that begins with `@` is a file of the folder.
    let place = |word: &&str| match word.strip_prefix('@') {
        Some(name) => folder.join(name).display().to_string(),
        None => (*word).to_owned(),
    };
    words.iter().map(place).collect()
}

#[test]
fn an_answer() {
    let note = "x".repeat(90_000);
    let words = ["answer", "@shop.tillproof", "gdpr:5.2", "--verdict", "in-place", "--note", &note];
    check("answer", 48, |folder| arguments(folder, &words));
}

#[test]
fn an_evidence() {
    check("attach", 1024, |folder| arguments(folder, &["attach", "@shop.tillproof", "gdpr:5.2", "@large.bin"]));
    check("attach a lot", 20 << 10, |folder| {
        arguments(folder, &["attach", "@shop.tillproof", "gdpr:5.2", "@large.bin", "@huge.bin"])
    });
}

#[test]
fn a_backup() {
    check("backup", 64, |folder| arguments(folder, &["backup", "@shop.tillproof", "@copy.tillproof"]));
}

#[test]
fn a_restored_backup() {
    check("restore", 64, |folder| arguments(folder, &["restore", "@shop.tillproof", "@copy.tillproof"]));
}

#[test]
fn a_new_workspace() {
    check("new", 16, |folder| arguments(folder, &["new", "@new.tillproof", "--name", "New", "--unencrypted"]));
}

#[test]
fn a_report() {
    check("report", 64, |folder| arguments(folder, &["report", "@shop.tillproof", "-o", "@report.pdf"]));
    check("report over an old one", 64, |folder| arguments(folder, &["report", "@shop.tillproof", "-o", "@old.pdf"]));
}

#[test]
fn an_export() {
    let mut shop = Shop::busy(Locale::En, None);
    let large = shop.write("large.bin", &vec![9; 3 << 20]);
    let attached = shop.call("attach_evidence", json!({ "requirements": ["gdpr:5.2"], "paths": [large] }));
    shop.call("close_workspace", json!({}));
    let (file, out) = (shop.file.display().to_string(), shop.path("out.bin"));
    let id = attached["evidence"][0]["id"].as_str().unwrap();
    let ran = run(limited(2 * 1024).args(["--json", "evidence", &file, "export", id, &out]));
    assert_eq!((ran.code, ran.error_code().as_str()), (1, "disk-full"), "{ran:?}");
    assert!(!file_names(shop.folder()).iter().any(|name| name.starts_with("out.bin")), "nothing is left beside");
    shop.assert_sound();
}
