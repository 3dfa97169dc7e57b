//! The PDF report, looked at from outside.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod choice;
mod references;
mod registers;
mod signed;
mod tools;

use serde_json::{Value, json};
use tillproof_api::dispatch::dispatch;
use tillproof_api::session::Session;
use tillproof_domain::locale::Locale;
use tillproof_tests::host::{START, TestHost};
use tillproof_tests::shop::Shop;

#[test]
fn the_same_workspace_and_clock_give_the_same_bytes() {
    let mut shop = Shop::busy(Locale::En, None);
    shop.call("close_workspace", json!({}));
    for locale in ["en", "de"] {
        let report = |name: &str, instant: &str| {
            let host = TestHost::still(Locale::En, shop.folder(), instant);
            let mut session = Session::new();
            dispatch(&mut session, &host, "open_workspace", json!({ "path": shop.file })).unwrap();
            let request = json!({ "path": shop.path(name), "locale": locale, "overwrite": true });
            let made = dispatch(&mut session, &host, "export_report", request).unwrap();
            (made, std::fs::read(shop.path(name)).unwrap())
        };
        let (first, bytes) = report("first.pdf", START);
        let (second, again) = report("second.pdf", START);
        assert!(bytes == again, "the same instant gives the same bytes in {locale}");
        assert_eq!(first["sha256"], second["sha256"], "and the same hash");
        assert_eq!(first["size"], bytes.len(), "the size is told");
        let (_, later) = report("later.pdf", "2026-11-23T10:00:00Z");
        assert!(bytes != later, "another day is another report in {locale}");
        tools::check(&shop.path("first.pdf"));
    }
}

#[test]
fn a_report_with_any_text_is_sound() {
    let mut shop = Shop::busy(Locale::En, None);
    let texts = [
        "<b>bold</b> & \"quoted\" \\ (brackets) %",
        "zero \0 bell \u{7} escape \u{1b}[31m",
        "👩🏽\u{200d}💻 🧾 e\u{301} ﬁ \u{202e}fdp.exe",
        "Ελληνικά Русский Türkçe Żółć",
        &"a-word-without-any-end".repeat(200),
        &"line\n".repeat(400),
    ];
    for (number, text) in ["2.2.2", "3.1.1", "3.2.1", "6.3.1", "6.3.3", "8.2.1"].iter().zip(texts) {
        let requirement = format!("pci-dss-4.0.1:{number}");
        let answer =
            json!({ "requirement": requirement, "verdict": "not-applicable", "note": text, "justification": text });
        shop.call("answer_requirement", answer);
        shop.call("add_task", json!({ "title": text, "owner": text, "requirements": [requirement] }));
        let paste = json!({ "requirements": [requirement], "name": text, "base64": "aGk=" });
        shop.call("paste_evidence", paste);
    }
    let path = shop.path("report.pdf");
    let made = shop.call("export_report", json!({ "path": path }));
    let info = tools::check(&path);
    assert!(info.contains(&format!("Pages: {} ", made["pages"])), "so many pages as told: {made} {info}");
    let text = tools::text(&path);
    for word in ["Ελληνικά", "Русский", "Türkçe", "Żółć"] {
        assert!(text.contains(word), "{word} can be read in the report");
    }
}

#[test]
fn the_example_is_whole_in_both_languages() {
    for locale in [Locale::En, Locale::De] {
        let mut shop = Shop::nothing(locale);
        let made = shop.call("make_demo", json!({ "directory": shop.path("demo") }));
        let report = made["reports"][0].as_str().unwrap();
        tools::check(report);
        let text = tools::text(report);
        let missing: Vec<(String, String)> =
            wanted(&mut shop).into_iter().filter(|(_, wanted)| !tools::has(&text, wanted)).collect();
        assert!(missing.is_empty(), "not in the report in {locale}: {missing:#?}");
    }
}

/// Every text that the report must have, each with the place it comes from.
fn wanted(shop: &mut Shop) -> Vec<(String, String)> {
    let mut wanted = Vec::new();
    let mut add = |place: &str, text: &Value| {
        if let Some(text) = text.as_str().filter(|text| !text.is_empty()) {
            wanted.push((place.to_owned(), text.to_owned()));
        }
    };
    let listed = shop.call("list_requirements", json!({}));
    for row in listed["requirements"].as_array().unwrap() {
        let detail = shop.call("show_requirement", json!({ "requirement": row["id"] }));
        let id = row["id"].as_str().unwrap();
        add(&format!("label of {id}"), &row["label"]);
        add(&format!("title of {id}"), &row["title"]);
        add(&format!("note of {id}"), &detail["note"]);
        add(&format!("justification of {id}"), &detail["justification"]);
    }
    let evidence = shop.call("list_evidence", json!({}));
    for evidence in evidence["evidence"].as_array().unwrap() {
        add("name of an evidence", &evidence["name"]);
        add("hash of an evidence", &evidence["sha256"]);
    }
    let tasks = shop.call("list_tasks", json!({}));
    for task in tasks["tasks"].as_array().unwrap() {
        add("title of a task", &task["title"]);
        for comment in task["comments"].as_array().unwrap() {
            add("comment on a task", &comment["text"]);
        }
    }
    for (command, rows, field) in [
        ("list_providers", "providers", "name"),
        ("list_processing", "activities", "name"),
        ("list_person_requests", "requests", "reference"),
        ("list_breaches", "breaches", "title"),
    ] {
        let listed = shop.call(command, json!({}));
        let rows = listed[rows].as_array().unwrap();
        assert!(!rows.is_empty(), "the example has rows for {command}");
        for row in rows {
            add(command, &row[field]);
        }
    }
    let listed = shop.call("list_worksheets", json!({}));
    assert_eq!(listed["open"], 1, "the example leaves one worksheet open");
    for sheet in listed["worksheets"].as_array().unwrap() {
        for point in sheet["worksheet"]["fields"].as_array().unwrap() {
            // The rest may stand overleaf.
            let begins: String = point["text"].as_str().unwrap().chars().take(40).collect();
            add(&format!("worksheet of {}", sheet["requirement"]), &json!(begins));
        }
    }
    let info = shop.call("workspace_info", json!({}));
    for field in ["name", "website", "contact_name"] {
        add("profile", &info["profile"][field]);
    }
    add("head of the journal", &info["journal"]["head"]);
    assert!(wanted.len() > 150, "the example has something to say: {}", wanted.len());
    wanted
}
