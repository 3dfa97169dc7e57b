//! What cannot be done is refused with a code, and leaves the workspace as it was.

use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_store::Reads;
use tillproof_tests::chance::Chance;
use tillproof_tests::shop::{Shop, file_names};

/// A case: what it is about, command, request, code.
type Case = (&'static str, &'static str, Value, &'static str);

/// Runs cases against one workspace; after each, journal, rows and folder are as they were.
fn check(shop: &mut Shop, cases: Vec<Case>) {
    let before = shop.state();
    let files = file_names(shop.folder());
    for (name, command, request, code) in cases {
        let error = shop.refused(command, request);
        assert_eq!(error.code, code, "{name}: {error:?}");
        assert!(!error.message.is_empty() && !error.hint.is_empty(), "{name}: what happened and what to do: {error:?}");
        assert!(
            !error.message.contains('{') && !error.message.starts_with("error."),
            "{name}: a whole sentence: {error:?}"
        );
        assert_eq!(shop.state(), before, "{name}: journal and rows are as they were");
        assert_eq!(file_names(shop.folder()), files, "{name}: no file came or went");
    }
    shop.assert_sound();
}

fn files(shop: &Shop) {
    shop.write("note.txt", b"dear diary\n");
    shop.write("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    shop.write("empty", b"");
    shop.write("chance", &Chance::new(5).bytes(3 * 16_384));
    shop.write("odd-chance", &Chance::new(6).bytes(50_000));
    let other = rusqlite::Connection::open(shop.path("other.sqlite")).unwrap();
    other.execute_batch("CREATE TABLE other (id); INSERT INTO other VALUES (1);").unwrap();
    drop(other);
    shop.store().back_up(shop.path("newer.tillproof").as_ref(), 0, &mut |_, _| true).unwrap();
    let newer = rusqlite::Connection::open(shop.path("newer.tillproof")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    std::fs::create_dir(shop.path("folder")).unwrap();
}

#[test]
fn files_that_are_no_workspace() {
    let mut shop = Shop::busy(Locale::En, None);
    files(&shop);
    let mut locked = Shop::new(Locale::En, Some("right"));
    let encrypted = locked.file.clone();
    locked.call("close_workspace", json!({}));
    std::fs::copy(encrypted, shop.path("locked.tillproof")).unwrap();
    let open = |name: &'static str, code| {
        (name, "open_workspace", json!({ "path": shop.path(name), "passphrase": "wrong" }), code)
    };
    let mut cases = vec![
        open("note.txt", "not-a-workspace"),
        open("report.pdf", "not-a-workspace"),
        open("empty", "not-a-workspace"),
        open("odd-chance", "not-a-workspace"),
        open("other.sqlite", "not-a-workspace"),
        open("folder", "not-a-workspace"),
        open("missing.tillproof", "file-missing"),
        open("newer.tillproof", "workspace-newer"),
        // Chance of whole pages cannot be told from an encrypted workspace.
        open("chance", "passphrase-wrong"),
        open("locked.tillproof", "passphrase-wrong"),
    ];
    for name in ["chance", "locked.tillproof"] {
        cases.push((name, "open_workspace", json!({ "path": shop.path(name) }), "passphrase-needed"));
        let empty = json!({ "path": shop.path(name), "passphrase": "" });
        cases.push((name, "open_workspace", empty, "passphrase-needed"));
    }
    for (name, code) in [("note.txt", "not-a-workspace"), ("locked.tillproof", "passphrase-wrong")] {
        let request = json!({ "backup": shop.path(name), "path": shop.path("new.tillproof"), "passphrase": "wrong" });
        cases.push((name, "restore_workspace", request, code));
    }
    cases.push(("probe text", "probe_workspace", json!({ "path": shop.path("note.txt") }), "not-a-workspace"));
    cases.push(("no path", "open_workspace", json!({ "path": " " }), "path-missing"));
    cases.push(("outside", "open_workspace", json!({ "path": "/etc/passwd" }), "path-not-allowed"));
    let create = |path: String| json!({ "path": path, "name": "New", "locale": "en", "unencrypted": true });
    cases.push(("taken", "create_workspace", create(shop.path("note.txt")), "file-exists"));
    cases.push(("a folder", "create_workspace", create(shop.path("folder")), "file-exists"));
    cases.push(("no folder", "create_workspace", create(shop.path("none/new.tillproof")), "folder-missing"));
    let backup = |path: String| json!({ "path": path });
    cases.push(("itself", "backup_workspace", backup(shop.path("shop.tillproof")), "file-exists"));
    cases.push(("no folder", "backup_workspace", backup(shop.path("none/copy")), "folder-missing"));
    check(&mut shop, cases);
}

#[test]
fn passphrases_are_chosen_explicitly() {
    let mut shop = Shop::busy(Locale::En, None);
    let path = shop.path("new.tillproof");
    let create = |more: Value| {
        let mut request = json!({ "path": path, "name": "New", "locale": "en" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    check(
        &mut shop,
        vec![
            ("nothing said", "create_workspace", create(json!({})), "passphrase-missing"),
            ("empty", "create_workspace", create(json!({ "passphrase": "" })), "passphrase-missing"),
            (
                "both",
                "create_workspace",
                create(json!({ "passphrase": "x", "unencrypted": true })),
                "passphrase-unused",
            ),
            ("no name", "create_workspace", create(json!({ "name": " ", "passphrase": "x" })), "name-missing"),
            ("long name", "create_workspace", create(json!({ "name": long(), "passphrase": "x" })), "text-too-long"),
            ("none to change", "change_passphrase", json!({ "current": "", "new": "x" }), "not-encrypted"),
        ],
    );
    let mut locked = Shop::new(Locale::En, Some("right"));
    check(
        &mut locked,
        vec![
            ("wrong", "change_passphrase", json!({ "current": "wrong", "new": "x" }), "passphrase-wrong"),
            ("empty", "change_passphrase", json!({ "current": "right", "new": "" }), "passphrase-missing"),
        ],
    );
}

fn long() -> String {
    "ä".repeat(200_000)
}

#[test]
fn words_and_numbers_that_are_not_known() {
    let mut shop = Shop::busy(Locale::En, None);
    let task = shop.call("list_tasks", json!({}))["tasks"][0]["id"].clone();
    let scan = shop.path("scan.txt");
    let answer = |more: Value| {
        let mut request = json!({ "requirement": "pci-dss-4.0.1:8.3.6" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        request
    };
    let start = |framework: &str, scope: &str| json!({ "framework": framework, "scope": scope });
    let nobody = "01990000-0000-7000-8000-00000000ffff";
    let mut cases = vec![
        ("command", "make_coffee", json!({}), "unknown-command"),
        ("requirement", "answer_requirement", json!({ "requirement": "pci-dss-4.0.1:99.9" }), "not-found"),
        ("no id", "answer_requirement", json!({ "requirement": "8.3.6" }), "not-found"),
        ("show", "show_requirement", json!({ "requirement": "gdpr:" }), "not-found"),
        ("verdict", "answer_requirement", answer(json!({ "verdict": "compliant" })), "unknown-value"),
        ("verdict not here", "answer_requirement", answer(json!({ "verdict": "partly" })), "verdict-not-allowed"),
        ("SAQ D only", "answer_requirement", answer(json!({ "verdict": "not-tested" })), "verdict-not-allowed"),
        ("no reason", "answer_requirement", answer(json!({ "verdict": "not-applicable" })), "justification-missing"),
        (
            "padded reason",
            "answer_requirement",
            answer(json!({ "verdict": "not-applicable", "justification": " \n" })),
            "justification-missing",
        ),
        ("progress", "answer_requirement", answer(json!({ "progress": "started" })), "unknown-value"),
        ("assessment", "answer_requirement", answer(json!({ "assessment": nobody })), "not-found"),
        ("worksheet", "answer_requirement", answer(json!({ "worksheet": { "mood": "x" } })), "unknown-value"),
        ("worksheets of", "list_worksheets", json!({ "assessment": nobody }), "not-found"),
        ("assessment no id", "answer_requirement", answer(json!({ "assessment": "the first" })), "not-found"),
        ("old rev", "answer_requirement", answer(json!({ "verdict": "unanswered", "rev": 0 })), "conflict"),
        ("future rev", "answer_requirement", answer(json!({ "verdict": "unanswered", "rev": 2 })), "conflict"),
        ("long note", "answer_requirement", answer(json!({ "note": long() })), "text-too-long"),
        ("long reason", "answer_requirement", answer(json!({ "justification": long() })), "text-too-long"),
        ("none", "answer_many", json!({ "requirements": [], "verdict": "in-place" }), "requirements-missing"),
        (
            "one of many",
            "answer_many",
            json!({ "requirements": ["pci-dss-4.0.1:2.2.2", "gdpr:0"], "verdict": "in-place" }),
            "not-found",
        ),
        (
            "many, one not allowed",
            "answer_many",
            json!({ "requirements": ["gdpr:5.2", "pci-dss-4.0.1:2.2.2"], "verdict": "partly" }),
            "verdict-not-allowed",
        ),
        ("framework", "start_assessment", json!({ "framework": "iso-27001" }), "unknown-value"),
        ("scope", "start_assessment", start("pci-dss-4.0.1", "Z"), "unknown-value"),
        ("no scope", "start_assessment", json!({ "framework": "pci-dss-4.0.1" }), "scope-missing"),
        ("not verified", "start_assessment", start("pci-dss-4.0.1", "SPoC"), "scope-not-available"),
        ("one of two scopes", "start_assessment", start("pci-dss-4.0.1", "B+Z"), "unknown-value"),
        ("scopes", "start_assessment", start("pci-dss-4.0.1", "B++C"), "scope-missing"),
        ("scope", "change_scope", json!({ "framework": "pci-dss-4.0.1", "scope": "Z" }), "unknown-value"),
        ("no list", "change_scope", json!({ "framework": "coffee", "scope": "A" }), "not-found"),
        ("several lists", "change_scope", json!({ "scope": "A" }), "which-assessment"),
        ("who", "list_requirements", json!({ "who": "nobody" }), "unknown-value"),
        ("effort", "list_requirements", json!({ "effort": "years" }), "unknown-value"),
        ("order", "list_requirements", json!({ "order": "random" }), "unknown-value"),
        (
            "part",
            "answer_requirement",
            json!({ "requirement": "pci-dss-4.0.1:8.3.6", "parts": { "moon": "in-place" } }),
            "unknown-value",
        ),
        ("ways", "find_saq_together", json!({ "channels": [{ "moon": "yes" }] }), "not-found"),
        ("ways", "set_profile", json!({ "more_finder_answers": [{ "moon": "yes" }] }), "not-found"),
        ("no checklist", "import_checklist", json!({ "path": "" }), "path-missing"),
        ("open", "start_assessment", start("pci-dss-4.0.1", "A"), "assessment-open"),
        ("framework", "list_requirements", json!({ "framework": "iso-27001" }), "not-found"),
        ("theme", "list_requirements", json!({ "theme": "astrology" }), "not-found"),
        ("verdict", "list_requirements", json!({ "verdict": "yes" }), "unknown-value"),
        ("assessment", "list_requirements", json!({ "assessment": nobody }), "not-found"),
        ("criterion", "confirm_criterion", json!({ "criterion": "luck", "confirmed": true }), "not-found"),
        ("country", "set_profile", json!({ "country": "Germany" }), "invalid-country"),
        ("name", "set_profile", json!({ "name": "" }), "name-missing"),
        ("long name", "set_profile", json!({ "name": long() }), "text-too-long"),
        ("long address", "set_profile", json!({ "address": long() }), "text-too-long"),
        ("finder", "set_profile", json!({ "finder_answers": { "moon": "yes" } }), "not-found"),
        ("title", "add_task", json!({ "title": " " }), "title-missing"),
        ("long title", "add_task", json!({ "title": long() }), "text-too-long"),
        ("priority", "add_task", json!({ "title": "x", "priority": "later" }), "unknown-value"),
        ("requirement", "add_task", json!({ "title": "x", "requirements": ["gdpr:0"] }), "not-found"),
        ("no task", "set_task", json!({ "task": nobody }), "not-found"),
        ("priority", "set_task", json!({ "task": task, "priority": "later" }), "unknown-value"),
        ("status", "set_task", json!({ "task": task, "status": "never" }), "unknown-value"),
        ("old rev", "set_task", json!({ "task": task, "title": "y", "rev": 0 }), "conflict"),
        ("comment", "comment_task", json!({ "task": task, "text": "\n" }), "comment-missing"),
        ("long comment", "comment_task", json!({ "task": task, "text": long() }), "text-too-long"),
        ("no task", "comment_task", json!({ "task": "x", "text": "y" }), "not-found"),
        ("status", "list_tasks", json!({ "status": "never" }), "unknown-value"),
    ];
    for day in ["2026-13-01", "2026-02-30", "26-1-1", "tomorrow", "2026-1- 1", "2026- 1-1", "+026-01-01", "2026-01-01 "]
    {
        cases.push(("a day", "answer_requirement", answer(json!({ "target_date": day })), "invalid-date"));
        cases.push(("a day", "add_task", json!({ "title": "x", "due": day }), "invalid-date"));
        cases.push(("a day", "set_task", json!({ "task": task, "due": day }), "invalid-date"));
        let attach = json!({ "requirements": ["gdpr:5.2"], "paths": [scan], "collected_on": day });
        cases.push(("a day", "attach_evidence", attach, "invalid-date"));
        let period = json!({ "framework": "gdpr", "period_start": day });
        cases.push(("a day", "start_assessment", period, "invalid-date"));
    }
    let reversed = json!({ "framework": "gdpr", "period_start": "2026-05-01", "period_end": "2026-04-30" });
    cases.push(("reversed", "start_assessment", reversed, "period-reversed"));
    check(&mut shop, cases);
}

#[test]
fn evidence_that_cannot_be_had() {
    let mut shop = Shop::busy(Locale::En, None);
    std::fs::create_dir(shop.path("folder")).unwrap();
    let taken = shop.write("taken.txt", b"mine");
    let evidence = shop.call("list_evidence", json!({}))["evidence"][0]["id"].clone();
    let attach = |paths: Value| json!({ "requirements": ["gdpr:5.2"], "paths": paths });
    let paste = |name: &str, base64: &str| json!({ "requirements": ["gdpr:5.2"], "name": name, "base64": base64 });
    let (missing, folder, scan) = (shop.path("missing.pdf"), shop.path("folder"), shop.path("scan.txt"));
    let nobody = "01990000-0000-7000-8000-00000000ffff";
    let cases = vec![
        ("missing", "attach_evidence", attach(json!([missing])), "file-missing"),
        ("one missing", "attach_evidence", attach(json!([scan, missing])), "file-missing"),
        ("an empty folder", "attach_evidence", attach(json!([folder])), "files-missing"),
        ("device", "attach_evidence", attach(json!(["/dev/zero"])), "path-not-allowed"),
        ("none", "attach_evidence", attach(json!([])), "files-missing"),
        ("for nothing", "attach_evidence", json!({ "requirements": [], "paths": [scan] }), "requirements-missing"),
        ("unknown", "attach_evidence", json!({ "requirements": ["gdpr:0"], "paths": [scan] }), "not-found"),
        ("no name", "paste_evidence", paste(" ", "aGk="), "name-missing"),
        ("long name", "paste_evidence", paste(&long(), "aGk="), "text-too-long"),
        ("no base64", "paste_evidence", paste("x.png", "hi!"), "invalid-base64"),
        ("too large", "paste_evidence", paste("x.png", &"A".repeat(46 << 20)), "paste-too-large"),
        ("nobody", "show_evidence", json!({ "evidence": nobody }), "not-found"),
        ("no id", "show_evidence", json!({ "evidence": "" }), "not-found"),
        ("missing", "replace_evidence", json!({ "evidence": evidence, "path": missing }), "file-missing"),
        ("folder", "replace_evidence", json!({ "evidence": evidence, "path": folder }), "not-a-file"),
        ("nobody", "replace_evidence", json!({ "evidence": nobody, "path": scan }), "not-found"),
        ("no reason", "remove_evidence", json!({ "evidence": evidence, "reason": "" }), "reason-missing"),
        ("long", "remove_evidence", json!({ "evidence": evidence, "reason": long() }), "text-too-long"),
        ("for nothing", "set_evidence", json!({ "evidence": evidence, "requirements": [] }), "requirements-missing"),
        ("a day", "set_evidence", json!({ "evidence": evidence, "valid_until": "soon" }), "invalid-date"),
        ("taken", "export_evidence", json!({ "evidence": evidence, "path": taken }), "file-exists"),
        ("no folder", "export_evidence", json!({ "evidence": evidence, "path": "/nowhere/x" }), "path-not-allowed"),
    ];
    check(&mut shop, cases);
    assert_eq!(std::fs::read(&taken).unwrap(), b"mine", "a file of the merchant is not touched");
}

#[test]
fn reports_that_cannot_be_written() {
    let mut shop = Shop::busy(Locale::En, None);
    std::fs::create_dir(shop.path("folder")).unwrap();
    let taken = shop.write("taken.pdf", b"mine");
    let report = |path: String| json!({ "path": path });
    let cases = vec![
        ("no folder", "export_report", report(shop.path("none/report.pdf")), "folder-missing"),
        ("a folder", "export_report", report(shop.path("folder")), "not-a-file"),
        (
            "a folder, overwrite",
            "export_report",
            json!({ "path": shop.path("folder"), "overwrite": true }),
            "not-a-file",
        ),
        ("taken", "export_report", report(taken.clone()), "file-exists"),
        ("empty", "export_report", report(String::new()), "path-missing"),
        ("assessment", "export_report", json!({ "path": shop.path("report.pdf"), "assessments": ["x"] }), "not-found"),
        ("locale", "export_report", json!({ "path": shop.path("report.pdf"), "locale": "fr" }), "invalid-request"),
    ];
    check(&mut shop, cases);
    assert_eq!(std::fs::read(&taken).unwrap(), b"mine", "a file of the merchant is not touched");
}

#[test]
fn without_a_workspace_nothing_is_done() {
    let mut shop = Shop::busy(Locale::En, None);
    std::fs::create_dir(shop.path("none")).unwrap();
    let before = shop.state();
    shop.call("close_workspace", json!({}));
    for (command, request) in crate::fuzz::samples(&shop) {
        let free = [
            "create_workspace",
            "probe_workspace",
            "open_workspace",
            "close_workspace",
            "restore_workspace",
            "make_demo",
            "list_frameworks",
            "finder_questions",
            "find_saq_together",
            "processing_starter",
            "verify_bundle",
            "find_saq",
            "verify_report",
        ];
        if !free.contains(&command.name()) {
            assert_eq!(shop.refused(command.name(), request).code, "no-workspace", "{}", command.name());
        }
    }
    assert_eq!(shop.state(), before, "the closed workspace is as it was");
    assert!(shop.store().head().is_ok(), "and opens");
}
