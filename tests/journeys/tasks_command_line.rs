//! Tasks on the command line.

use serde_json::{Value, json};
use tillproof_tests::program::{Ran, tillproof};

const GAP: &str = "pci-dss-4.0.1:6.3.3";

#[test]
fn tasks_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let file = path("shop.tillproof");
    let run = |arguments: &[&str]| -> Ran {
        let mut all = vec!["--json", "--now", "2026-11-22T10:00:00Z", "--locale", "en", "--actor", "Katrin"];
        all.extend(arguments);
        tillproof(&all)
    };
    let ok = |arguments: &[&str]| -> Value {
        let ran = run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        ran.json()
    };
    fn of<'a>(file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        [&["task", file], more].concat()
    }
    ok(&["new", &file, "--name", "Shop", "--unencrypted"]);
    ok(&["assess", &file, "pci-dss-4.0.1", "--saq", "A"]);
    ok(&["answer", &file, GAP, "--verdict", "not-in-place", "--target-date", "2027-01-31"]);

    let gap = ok(&of(&file, &["from-gap", GAP, "--owner", "Agency"]));
    assert_eq!((&gap["due"], &gap["owner"]), (&json!("2027-01-31"), &json!("Agency")), "from the gap");
    assert_eq!(run(&of(&file, &["from-gap", GAP])).error_code(), "task-open", "one is enough");

    let dry = ok(&of(&file, &["plan", "--dry-run"]));
    let planned = ok(&of(&file, &["plan"]));
    assert_eq!(
        (&dry["made"], &planned["made"]),
        (&json!(0), &json!(planned["duties"].as_array().unwrap().len())),
        "planned"
    );

    let id = gap["id"].as_str().unwrap();
    let set = ok(&of(
        &file,
        &[
            "set",
            id,
            "--effort",
            "1.5",
            "--cost",
            "120.50 EUR",
            "--link",
            "https://example.org",
            "--repeat",
            "FREQ=YEARLY",
        ],
    ));
    assert_eq!(
        (&set["effort_minutes"], &set["cost"]["amount"], &set["links"][0], &set["recurrence"]["text"]),
        (&json!(90), &json!("120.50"), &json!("https://example.org"), &json!("every year")),
        "all fields"
    );
    assert_eq!(run(&of(&file, &["set", id, "--effort", "1.1"])).error_code(), "invalid-effort", "quarters of an hour");
    assert_eq!(run(&of(&file, &["set", id, "--cost", "120"])).error_code(), "invalid-cost", "with a currency");
    std::fs::write(path("proof.txt"), b"patched").unwrap();
    let proof = ok(&["attach", &file, GAP, &path("proof.txt")])["evidence"][0]["id"].as_str().unwrap().to_owned();
    let done = ok(&of(&file, &["set", id, "--status", "done", "--evidence", &proof]));
    assert_eq!(
        (&done["proof"][0]["name"], &done["verdict_open"][0]["id"]),
        (&json!("proof.txt"), &json!(GAP)),
        "closed with proof"
    );
    let upcoming = ok(&of(&file, &["list", "--upcoming", "--status", "open"]));
    assert!(upcoming["tasks"].as_array().unwrap().iter().all(|task| task["due_soon"] == true), "{upcoming}");
    assert_eq!(
        ok(&of(&file, &["list", "--owner", "Agency", "--status", "open"]))["sums"]["effort_minutes"],
        90,
        "the next one"
    );

    for (form, out) in [("--csv", path("tasks.csv")), ("--ics", path("tasks.ics"))] {
        ok(&of(&file, &["export", form, &out]));
        assert_eq!(run(&of(&file, &["export", form, &out])).error_code(), "file-exists", "{form} never over a file");
        ok(&of(&file, &["export", form, &out, "--force", "--owner", "Agency"]));
    }
    let events = std::fs::read_to_string(path("tasks.ics")).unwrap();
    assert_eq!(events.matches("BEGIN:VEVENT").count(), 1, "of one person:\n{events}");
    ok(&of(&file, &["export", "--ics", &path("todo.ics"), "--as", "todo"]));
    assert!(std::fs::read_to_string(path("todo.ics")).unwrap().contains("BEGIN:VTODO"), "as to-dos");
    for wrong in
        [vec!["export"], vec!["export", "--csv", "a", "--ics", "b"], vec!["export", "--csv", "a", "--as", "todo"]]
    {
        assert_eq!(run(&of(&file, &wrong)).code, 2, "{wrong:?} is wrong use");
    }

    let number = crate::guard::card();
    let text = format!("card {number}");
    let refused = run(&of(&file, &["comment", id, &text]));
    assert_eq!(refused.error_code(), "card-data-found", "{refused:?}");
    assert!(!refused.out.contains(&number) && !refused.err.contains(&number), "masked: {refused:?}");
    ok(&of(&file, &["comment", id, &text, "--allow-card-data", "made up"]));
    let provider = ["provider", &file, "add", "Bank", "--note", &text];
    assert_eq!(run(&provider).error_code(), "card-data-found", "a provider");
    ok(&[&provider[..], &["--allow-card-data", "made up"]].concat());
    std::fs::write(path("cards.txt"), text.as_bytes()).unwrap();
    let replace = ["evidence", &file, "replace", &proof, &path("cards.txt")].map(str::to_owned);
    let replace: Vec<&str> = replace.iter().map(String::as_str).collect();
    assert_eq!(run(&replace).error_code(), "card-data-found", "a new version of an evidence");
    ok(&[&replace[..], &["--allow-card-data", "made up"]].concat());
    assert_eq!(run(&["verify", &file]).code, 0, "and the file is sound");
    // For a person, lines instead of JSON.
    let lines = tillproof(&of(&file, &["list"]));
    assert!(lines.out.contains("sums") && lines.out.contains("open"), "{lines:?}");
}
