//! What a merchant writes is kept byte for byte, whatever it is.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_tests::shop::{Shop, assert_sound};

const REQUIREMENT: &str = "pci-dss-4.0.1:8.3.6";

const TEXTS: &[&str] = &[
    "<script>alert('x')</script><img src=x onerror=alert(1)>",
    "Robert'); DROP TABLE answer; -- \"`%_\\",
    "zero \0 bell \u{7} escape \u{1b}[31m return \r\n tab \t next \u{85} end",
    "👩🏽\u{200d}💻 🧾 é e\u{301} ﬁ ß İ ı",
    "שלום \u{202e}fdp.exe\u{202c} مرحبا \u{2066}x\u{2069}",
    "=cmd|' /C calc'!A0",
    "{name} {value} %s {{x}}",
    "\u{feff}bom \u{fffd} \u{fffe} \u{10ffff} \u{e000}",
    "a\u{2028}b\u{2029}c\u{a0}d",
    "../../etc/passwd",
    "NUL",
];

#[test]
fn every_text_is_kept_as_it_was_written() {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    for text in TEXTS {
        keep(&mut shop, text);
    }
    let before = shop.state();
    let (backup, restored) = (shop.path("copy"), shop.path("restored"));
    shop.call("backup_workspace", json!({ "path": backup }));
    shop.call("restore_workspace", json!({ "backup": backup, "path": restored }));
    let copy = tillproof_store::SqliteStore::open(restored.as_ref(), None).unwrap();
    assert_eq!(tillproof_tests::shop::state(&copy), before, "a restored backup has the same texts");
    assert_sound(&copy);
    // The session has the restored one open now.
    for text in TEXTS {
        find(&mut shop, text);
    }
}

fn keep(shop: &mut Shop, text: &str) {
    let answer =
        json!({ "requirement": REQUIREMENT, "verdict": "not-applicable", "note": text, "justification": text });
    let said = shop.call("answer_requirement", answer);
    assert_eq!((&said["note"], &said["justification"]), (&json!(text), &json!(text)), "the answer says what was said");
    let shown = shop.call("show_requirement", json!({ "requirement": REQUIREMENT }));
    assert_eq!(shown["note"], text, "and so does the next look");
    shop.call("set_profile", json!({ "trading_name": text, "payment_description": text }));
    let task = json!({ "title": text, "description": text, "owner": text, "requirements": [REQUIREMENT] });
    let task = shop.call("add_task", task);
    shop.call("comment_task", json!({ "task": task["id"], "text": text }));
    let paste = json!({ "requirements": [REQUIREMENT], "name": text, "base64": STANDARD.encode(text) });
    let pasted = shop.call("paste_evidence", paste)["evidence"][0].clone();
    assert_eq!(pasted["name"], text, "a name is a text, not a path");
    // A file system takes any name without a slash or a zero.
    let name: String = text.chars().map(|c| if c == '/' || c == '\0' { '_' } else { c }).collect();
    let path = shop.write(&name, text.as_bytes());
    let attached = shop.call("attach_evidence", json!({ "requirements": [REQUIREMENT], "paths": [path] }));
    assert_eq!(attached["evidence"][0]["name"], name, "a file keeps its name");
    let removed = shop.call("remove_evidence", json!({ "evidence": attached["evidence"][0]["id"], "reason": text }));
    assert_eq!(removed["removed_reason"], text, "and the reason of its removal");
    let folder = shop.path("out");
    std::fs::create_dir_all(&folder).unwrap();
    let written = shop.call("export_evidence", json!({ "evidence": pasted["id"], "path": folder }));
    let written = std::path::Path::new(written["path"].as_str().unwrap());
    assert_eq!(
        written.parent(),
        Some(folder.as_ref()),
        "whatever its name, it is written into the folder: {written:?}"
    );
    assert_eq!(std::fs::read(written).unwrap(), text.as_bytes(), "byte for byte");
}

fn find(shop: &mut Shop, text: &str) {
    let has = |list: &Value, field: &str| list.as_array().unwrap().iter().any(|item| item[field] == text);
    let tasks = shop.call("list_tasks", json!({ "owner": text }));
    for field in ["title", "description", "owner"] {
        assert!(has(&tasks["tasks"], field), "the list of tasks has {text:?} as {field}");
    }
    assert!(has(&tasks["tasks"][0]["comments"], "text"), "the comment {text:?} is listed");
    let evidence = shop.call("list_evidence", json!({ "all": true }));
    assert!(has(&evidence["evidence"], "name"), "the list of evidence has {text:?}");
    assert!(has(&evidence["evidence"], "removed_reason"), "and the reason {text:?}");
    let id = evidence["evidence"].as_array().unwrap().iter().find(|item| item["name"] == text).unwrap()["id"].clone();
    let shown = shop.call("show_evidence", json!({ "evidence": id }));
    let expected = if text.contains('\0') { Value::Null } else { text.into() };
    assert_eq!(shown["text"], expected, "a preview shows the text as text");
    let history = shop.call("history", json!({ "limit": 1000 }));
    let summaries: Vec<&str> =
        history["entries"].as_array().unwrap().iter().map(|entry| entry["summary"].as_str().unwrap()).collect();
    for beginning in ["Task created: ", "Proof pasted: "] {
        assert!(summaries.contains(&format!("{beginning}{text}").as_str()), "the history says {beginning}{text:?}");
    }
}
