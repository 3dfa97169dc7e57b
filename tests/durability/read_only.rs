//! A workspace that can only be read is read, and reports go elsewhere.
#![cfg(unix)]

use serde_json::json;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use tillproof_domain::locale::Locale;
use tillproof_store::{Reads, SqliteStore};
use tillproof_tests::program::{Ran, clean, program, run};
use tillproof_tests::shop::{KEY, Shop, file_names};

/// A user who owns nothing here.
const NOBODY: u32 = 65_534;

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs the program without the right to write: as nobody, where this test is root.
fn reading(program: &Path, as_nobody: bool, arguments: &[&str]) -> Ran {
    let mut command = clean(program);
    if as_nobody {
        command.uid(NOBODY).gid(NOBODY).current_dir("/");
    }
    run(command.arg("--json").args(arguments))
}

#[test]
fn it_is_read_and_not_written() {
    let mut shop = Shop::busy(Locale::En, None);
    shop.call("close_workspace", json!({}));
    let before = shop.state();
    assert_eq!(file_names(shop.folder()), ["scan.txt", "shop.tillproof"], "closed, the workspace is one file");
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
    if is_root {
        println!("This test is root, whom no mode stops: the program runs as user {NOBODY} instead.");
    }
    let elsewhere = tempfile::tempdir().unwrap();
    set_mode(elsewhere.path(), 0o777);
    // Nobody cannot look into the home of root, so the program comes along.
    let tillproof = elsewhere.path().join("tillproof");
    if std::fs::hard_link(program(), &tillproof).is_err() {
        std::fs::copy(program(), &tillproof).unwrap();
    }
    let file = shop.file.display().to_string();
    let report = elsewhere.path().join("report.pdf").display().to_string();
    set_mode(&shop.file, 0o444);
    for (what, mode) in [("the file", 0o777), ("file and folder", 0o555)] {
        set_mode(shop.folder(), mode);
        let tillproof = |arguments: &[&str]| reading(&tillproof, is_root, arguments);
        let info = tillproof(&["info", &file]);
        assert_eq!(info.code, 0, "{what} read-only: it opens: {info:?}");
        assert_eq!(info.json()["read_only"], true, "{what} read-only: and says that it is");
        assert_eq!(info.json()["journal"]["head"], json!(before.head.hash), "{what} read-only: all is there");
        let verify = tillproof(&["verify", &file]);
        assert_eq!((verify.code, &verify.json()["ok"]), (0, &json!(true)), "{what} read-only: it verifies");
        let answer = tillproof(&["answer", &file, "gdpr:5.2", "--verdict", "in-place"]);
        assert_eq!((answer.code, answer.error_code().as_str()), (1, "workspace-read-only"), "{what}: {answer:?}");
        let made = tillproof(&["report", &file, "-o", &report]);
        assert_eq!(made.code, 0, "{what} read-only: the report goes elsewhere: {made:?}");
        let copy = elsewhere.path().join(format!("{mode:o}.tillproof")).display().to_string();
        let backup = tillproof(&["backup", &file, &copy]);
        assert_eq!(backup.code, 0, "{what} read-only: so does a backup: {backup:?}");
        if mode == 0o555 {
            let beside = shop.path("report.pdf");
            let beside = tillproof(&["report", &file, "-o", &beside]);
            assert_eq!(beside.code, 1, "{what} read-only: beside it there is no room: {beside:?}");
        }
    }
    set_mode(shop.folder(), 0o755);
    set_mode(&shop.file, 0o644);
    assert_eq!(shop.state(), before, "nothing was written");
    shop.assert_sound();
}

/// A disc, or a stick with its switch on: what lies beside the file cannot be made, and a log that
/// was left there cannot be written back.
#[test]
fn a_medium_that_cannot_be_written_is_read_with_all_that_lies_on_it() {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
    let elsewhere = tempfile::tempdir().unwrap();
    set_mode(elsewhere.path(), 0o777);
    let tillproof = elsewhere.path().join("tillproof");
    if std::fs::hard_link(program(), &tillproof).is_err() {
        std::fs::copy(program(), &tillproof).unwrap();
    }
    for passphrase in [None, Some(KEY)] {
        let mut shop = Shop::busy(Locale::En, passphrase);
        shop.call("answer_requirement", json!({ "requirement": "gdpr:5.2", "note": "in the log only" }));
        let head = shop.state().head.hash;
        let log = |path: &Path| path.with_file_name("shop.tillproof-wal");
        assert!(std::fs::metadata(log(&shop.file)).unwrap().len() > 0, "the last changes lie in the log");
        for (number, with_log) in [(0, true), (1, false)] {
            let medium = elsewhere.path().join(format!("medium {number} {}", passphrase.is_some()));
            std::fs::create_dir(&medium).unwrap();
            let file = medium.join("shop.tillproof");
            if with_log {
                std::fs::copy(&shop.file, &file).unwrap();
                std::fs::copy(log(&shop.file), log(&file)).unwrap();
                set_mode(&log(&file), 0o444);
            } else {
                shop.call("close_workspace", json!({}));
                std::fs::copy(&shop.file, &file).unwrap();
            }
            assert!(passphrase.is_some() || std::fs::read(&file).unwrap()[18] == 2, "its header asks for a log");
            set_mode(&file, 0o444);
            set_mode(&medium, 0o555);
            let names = file_names(&medium);
            let run_as = |arguments: &[&str]| {
                let mut command = clean(&tillproof);
                if is_root {
                    command.uid(NOBODY).gid(NOBODY).current_dir("/");
                }
                if let Some(passphrase) = passphrase {
                    command.env("TILLPROOF_PASSPHRASE", passphrase);
                }
                run(command.arg("--json").args(arguments))
            };
            let place = file.display().to_string();
            let what = format!("with a log: {with_log}, encrypted: {}", passphrase.is_some());
            let info = run_as(&["info", &place]);
            assert_eq!(info.code, 0, "{what}: it opens: {info:?}");
            assert_eq!(info.json()["read_only"], true, "{what}: to be read");
            assert_eq!(info.json()["read_only_because"], "The file is write-protected.", "{what}: and says why");
            assert_eq!(info.json()["journal"]["head"], json!(head), "{what}: with its last change");
            let verify = run_as(&["verify", &place]);
            assert_eq!((verify.code, &verify.json()["ok"]), (0, &json!(true)), "{what}: it verifies: {verify:?}");
            let answer = run_as(&["answer", &place, "gdpr:5.2", "--note", "x"]);
            assert_eq!(answer.error_code(), "workspace-read-only", "{what}: {answer:?}");
            let copy = elsewhere.path().join(format!("copy {number} {}.tillproof", passphrase.is_some()));
            let backup = run_as(&["backup", &place, &copy.display().to_string()]);
            assert_eq!(backup.code, 0, "{what}: a copy goes elsewhere: {backup:?}");
            let copied = SqliteStore::open(&copy, passphrase).unwrap();
            assert_eq!(copied.head().unwrap().hash, head, "{what}: and has all of it");
            assert_eq!(file_names(&medium), names, "{what}: nothing came or went");
            set_mode(&medium, 0o755);
        }
    }
}
