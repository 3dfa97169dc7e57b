//! The command line: exit codes, errors, passphrases, the clock, and `rpc`.

use serde_json::{Value, json};
use std::io::Write;
use std::process::Stdio;
use tempfile::TempDir;
use tillproof_tests::program::{Ran, clean, program, run, tillproof};
use tillproof_tests::shop::file_names;

/// A folder with an unencrypted workspace that has one assessment.
struct Desk {
    folder: TempDir,
    file: String,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shop.tillproof").display().to_string();
        let desk = Self { folder, file };
        let made = tillproof(&["new", &desk.file, "--name", "Shop", "--locale", "en", "--unencrypted"]);
        assert_eq!(made.code, 0, "a workspace is made: {made:?}");
        let started = tillproof(&["assess", &desk.file, "pci-dss-4.0.1", "--saq", "A"]);
        assert_eq!(started.code, 0, "an assessment is started: {started:?}");
        desk
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn json(&self, arguments: &[&str]) -> Ran {
        let mut all = vec!["--json"];
        all.extend(arguments);
        tillproof(&all)
    }

    fn head(&self) -> Value {
        self.json(&["info", &self.file]).json()["journal"].clone()
    }
}

#[test]
fn exit_codes_and_errors() {
    let desk = Desk::new();
    let head = desk.head();
    assert_eq!(head["head"].as_str().unwrap().len(), 64, "info gives the head of the journal in hex");
    let check = |arguments: &[&str], code: i32, error: &str| {
        let ran = desk.json(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
        if code == 1 {
            assert_eq!(ran.error_code(), error, "{arguments:?}");
            assert_eq!(ran.out.trim().lines().count(), 1, "one line of JSON: {ran:?}");
        }
        if code != 0 {
            assert!(!ran.err.trim().is_empty(), "{arguments:?}: a person reads why on stderr");
        }
        assert_eq!(desk.head(), head, "{arguments:?} changed nothing");
    };
    let file = desk.file.as_str();
    check(&["info", file], 0, "");
    check(&["verify", file], 0, "");
    check(&["find-saq", "--list-questions"], 0, "");
    check(&["find-saq", "--answers", "service-provider=no,electronic-storage=no"], 0, "");
    check(&["info", &desk.path("none")], 1, "file-missing");
    check(&["info", "/etc/passwd"], 1, "not-a-workspace");
    check(&["answer", file, "pci-dss-4.0.1:0.0", "--verdict", "in-place"], 1, "not-found");
    check(&["answer", file, "pci-dss-4.0.1:8.3.6", "--verdict", "fine"], 1, "unknown-value");
    check(&["attach", file, "pci-dss-4.0.1:8.3.6", &desk.path("none.pdf")], 1, "file-missing");
    check(&["assess", file, "pci-dss-4.0.1", "--saq", "A"], 1, "assessment-open");
    check(&["new", file, "--name", "Other", "--unencrypted"], 1, "file-exists");
    check(&["new", &desk.path("new"), "--name", "Other"], 1, "passphrase-missing");
    check(&["report", file, "-o", &desk.path("none/report.pdf")], 1, "folder-missing");
    check(&["find-saq", "--answers", "web-shop"], 1, "unknown-value");
    check(&["find-saq", "--answers", "moon=yes"], 1, "not-found");
    check(&["--passphrase-file", &desk.path("none"), "info", file], 1, "file-missing");
    check(&["dance", file], 2, "");
    check(&["info"], 2, "");
    check(&["info", file, "--verdict", "x"], 2, "");
    check(&["--now", "yesterday", "info", file], 2, "");
    check(&["--locale", "fr", "info", file], 2, "");
    check(&["find-saq"], 2, "");
    check(&["criterion", file, "paper-only", "--confirmed", "perhaps"], 2, "");
}

#[test]
fn a_story_on_the_command_line() {
    let desk = Desk::new();
    let file = desk.file.as_str();
    let requirement = "pci-dss-4.0.1:8.3.6";
    let answer =
        ["answer", file, requirement, "--verdict", "in-place", "--note", "long ones", "--target-date", "2027-01-01"];
    assert_eq!(desk.json(&answer).json()["note"], "long ones", "the answer is kept");
    std::fs::write(desk.path("scan.txt"), b"nothing open").unwrap();
    let attached = desk.json(&["attach", file, requirement, &desk.path("scan.txt")]).json();
    let id = attached["evidence"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(attached["evidence"][0]["sha256"].as_str().unwrap().len(), 64, "with its SHA-256");
    assert_eq!(
        (&attached["evidence"][0]["name"], &attached["evidence"][0]["size"]),
        (&json!("scan.txt"), &json!(12)),
        "its name, its size"
    );
    let listed = desk.json(&["requirements", file, "--verdict", "in-place"]).json();
    let row = &listed["requirements"][0];
    assert_eq!((&row["id"], &row["evidence_count"]), (&json!(requirement), &json!(1)), "listed with its evidence");
    for field in ["number", "framework", "title", "verdict", "progress"] {
        assert!(row[field].is_string(), "others rely on {field}: {row}");
    }
    assert_eq!(desk.json(&["evidence", file, "export", &id, &desk.path("out.txt")]).code, 0, "evidence is exported");
    assert_eq!(std::fs::read(desk.path("out.txt")).unwrap(), b"nothing open", "as it was attached");
    let task = desk.json(&["task", file, "add", "Renew", "--due", "2020-01-01", "--requirement", requirement]).json();
    let overdue = desk.json(&["task", file, "list", "--overdue"]).json();
    assert_eq!(overdue["tasks"][0]["id"], task["id"], "an overdue task is listed");
    assert_eq!(desk.json(&["backup", file, &desk.path("copy")]).code, 0, "a copy is made");
    assert_eq!(desk.json(&["restore", &desk.path("copy"), &desk.path("again")]).code, 0, "and put in place");
    assert_eq!(desk.json(&["info", &desk.path("again")]).json()["journal"], desk.head(), "with the same journal");
    // The same for a person: text instead of JSON.
    for arguments in
        [vec!["requirements", file], vec!["history", file], vec!["show", file, requirement], vec!["info", file]]
    {
        let ran = tillproof(&arguments);
        assert_eq!((ran.code, ran.out.is_empty()), (0, false), "{arguments:?} prints something: {ran:?}");
    }
}

#[test]
fn the_passphrase_comes_from_a_file_or_the_environment() {
    let desk = Desk::new();
    let locked = desk.path("locked.tillproof");
    std::fs::write(desk.path("secret"), "first line\nsecond line\n").unwrap();
    let secret = desk.path("secret");
    let made = tillproof(&["new", &locked, "--name", "Shop", "--passphrase-file", &secret]);
    assert_eq!(made.code, 0, "made with the first line of the file: {made:?}");
    let with = |passphrase: Option<&str>, arguments: &[&str]| {
        let mut command = clean(program());
        if let Some(passphrase) = passphrase {
            command.env("TILLPROOF_PASSPHRASE", passphrase);
        }
        run(command.stdin(Stdio::null()).arg("--json").args(arguments))
    };
    assert_eq!(with(Some("first line"), &["info", &locked]).code, 0, "the environment opens it, too");
    assert_eq!(with(Some("second line"), &["info", &locked]).error_code(), "passphrase-wrong", "only the right one");
    assert_eq!(with(None, &["info", &locked]).error_code(), "passphrase-needed", "none, and nobody to ask");
    std::fs::write(desk.path("new"), "another one\r\n").unwrap();
    let rekeyed = with(Some("first line"), &["rekey", &locked, "--new-passphrase-file", &desk.path("new")]);
    assert_eq!(rekeyed.code, 0, "the passphrase is changed: {rekeyed:?}");
    assert_eq!(with(Some("another one"), &["info", &locked]).code, 0, "the new one opens");
    assert_eq!(with(Some("first line"), &["info", &locked]).code, 1, "the old one does not");
}

#[test]
fn the_clock_and_the_person_are_inputs() {
    let desk = Desk::new();
    let now = ["--now", "2031-05-06T23:30:00+02:00", "--actor", "Jörg"];
    let answer = ["answer", &desk.file, "pci-dss-4.0.1:8.3.6", "--verdict", "in-place"];
    let said = desk.json(&[now.as_slice(), &answer].concat()).json();
    assert_eq!(said["answered_at"], "2031-05-06T21:30:00Z", "the clock is the one given");
    assert_eq!(said["answered_by"], "Jörg", "and so is the person");
    std::fs::write(desk.path("a.txt"), b"a").unwrap();
    let attach = ["attach", &desk.file, "pci-dss-4.0.1:8.3.6", &desk.path("a.txt")];
    let attached = desk.json(&[now.as_slice(), &attach].concat()).json();
    assert_eq!(attached["evidence"][0]["collected_on"], "2031-05-06", "the day is the one where the person is");
}

#[test]
fn rpc_answers_line_by_line_and_goes_on_after_an_error() {
    let desk = Desk::new();
    let talk = |lines: &str| {
        let mut command = clean(program());
        let mut child = command
            .args(["rpc", &desk.file])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let lines = String::from_utf8(output.stdout).unwrap();
        let answers: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (output.status.code(), answers)
    };
    let (code, answers) = talk("{\"command\":\"workspace_info\"}\n\n{\"command\":\"overview\",\"request\":{}}");
    assert_eq!((code, answers.len()), (Some(0), 2), "an answer a line, empty lines left out");
    let lines = [
        "no json",
        r#"{"command":"make_coffee","request":{}}"#,
        r#"{"command":"overview","request":{},"more":1}"#,
        r#"{"command":"overview","request":{"more":1}}"#,
        r#"{"command":"answer_requirement","request":{"requirement":"pci-dss-4.0.1:8.3.6","note":"kept"}}"#,
        "\u{fffd}\u{0}",
    ];
    let (code, answers) = talk(&lines.join("\n"));
    assert_eq!((code, answers.len()), (Some(1), lines.len()), "an error is answered, and the exit code remembers");
    let codes: Vec<&str> = answers.iter().map(|answer| answer["error"]["code"].as_str().unwrap_or("ok")).collect();
    let wrong = "invalid-request";
    assert_eq!(codes, [wrong, "unknown-command", wrong, wrong, "ok", wrong], "each line for itself");
    let shown = desk.json(&["show", &desk.file, "pci-dss-4.0.1:8.3.6"]).json();
    assert_eq!(shown["note"], "kept", "what stood after the errors was done");
}

#[test]
fn a_tampered_file_fails_the_check() {
    let desk = Desk::new();
    let tool = rusqlite::Connection::open(&desk.file).unwrap();
    tool.execute("UPDATE profile SET name = 'Other'", []).unwrap();
    drop(tool);
    let ran = desk.json(&["verify", &desk.file]);
    assert_eq!(ran.code, 1, "a fault was found: {ran:?}");
    let answer = ran.json();
    let problem = &answer["problems"][0];
    assert_eq!((&answer["ok"], &problem["kind"]), (&json!(false), &json!("row")), "and named: {answer}");
    for field in ["where", "message"] {
        assert!(!problem[field].as_str().unwrap().is_empty(), "with its {field}: {problem}");
    }
    let bytes = std::fs::read(&desk.file).unwrap();
    std::fs::write(&desk.file, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(tillproof(&["verify", &desk.file]).code, 1, "half a file fails, too");
}

#[test]
fn a_report_of_damaged_files_is_made_and_fails() {
    let desk = Desk::new();
    let proof = desk.path("proof.txt");
    std::fs::write(&proof, "the plan").unwrap();
    assert_eq!(tillproof(&["attach", &desk.file, "pci-dss-4.0.1:8.3.6", &proof]).code, 0);
    let report = |more: &[&str]| {
        let path = desk.path("report.pdf");
        let mut arguments = vec!["report", desk.file.as_str(), "-o", &path];
        arguments.extend(more);
        (tillproof(&arguments).code, std::fs::read(&path).unwrap_or_default().len())
    };
    assert_eq!(report(&[]).0, 0, "all is well");
    let sizes: Vec<usize> =
        [&["--kind", "executive"][..], &["--kind", "action-plan"], &["--theme", "mfa", "--redacted"]]
            .iter()
            .map(|more| {
                let (code, size) = report(more);
                assert_eq!(code, 0, "{more:?}");
                size
            })
            .collect();
    assert!(sizes.iter().all(|size| *size > 10_000), "each is a report: {sizes:?}");
    assert_eq!(report(&["--kind", "long"]).0, 2, "no such length");
    let tool = rusqlite::Connection::open(&desk.file).unwrap();
    tool.execute("UPDATE evidence_chunk SET bytes = x'00'", []).unwrap();
    drop(tool);
    std::fs::remove_file(desk.path("report.pdf")).unwrap();
    let (code, size) = report(&[]);
    assert!(code == 1 && size > 10_000, "a fault was found, and the report says so: {code}, {size} bytes");
    assert_eq!(report(&["--keep-going"]).0, 0, "whoever knows of it goes on");
}

#[test]
fn a_second_demo_leaves_the_first_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("demo").display().to_string();
    let demo = ["--json", "--now", "2026-11-22T10:00:00Z", "demo", &directory];
    let made = tillproof(&demo);
    assert_eq!(made.code, 0, "the example is made: {made:?}");
    let names = file_names(directory.as_ref());
    let all =
        || names.iter().map(|name| std::fs::read(folder.path().join("demo").join(name)).unwrap()).collect::<Vec<_>>();
    let before = all();
    let again = tillproof(&demo);
    assert_eq!((again.code, again.error_code().as_str()), (1, "file-exists"), "a second one is refused: {again:?}");
    assert_eq!((file_names(directory.as_ref()), all()), (names.clone(), before), "the first is as it was");
    let workspace = made.json()["workspace"].as_str().unwrap().to_owned();
    assert_eq!(tillproof(&["verify", &workspace]).code, 0, "and sound");
}
