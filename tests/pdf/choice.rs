//! What goes into a report: how much, of which part, with or without names, with a logo; and what
//! it says when a kept file is damaged.

use crate::tools;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::process::Command;
use tillproof_domain::locale::Locale;
use tillproof_tests::shop::Shop;

fn report(shop: &mut Shop, choice: &Value) -> (Value, String) {
    let path = shop.path("report.pdf");
    let made = shop.call("export_report", json!({ "path": path, "overwrite": true, "choice": choice }));
    tools::check(&path);
    (made, tools::text(&path))
}

/// A picture of two pixels, one of which lets the paper through.
fn png() -> Vec<u8> {
    base64::Engine::decode(
        &base64::engine::general_purpose::STANDARD,
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEUlEQVR4nGM4ISf3X07uRAMAD6wDiDkXBSgAAAAASUVORK5CYII=",
    )
    .unwrap()
}

#[test]
fn reports_come_in_three_lengths() {
    let mut shop = Shop::busy(Locale::En, None);
    let (full, text) = report(&mut shop, &json!({}));
    assert!(tools::has(&text, "Evidence index") && !tools::has(&text, "Action plan"), "{text}");
    let (executive, text) = report(&mut shop, &json!({ "kind": "executive" }));
    assert_eq!(executive["pages"], 2, "two pages");
    assert!(tools::has(&text, "What comes next") && tools::has(&text, "Update the shop"), "{text}");
    let (plan, text) = report(&mut shop, &json!({ "kind": "action-plan" }));
    assert!(tools::has(&text, "Action plan") && tools::has(&text, "Update the shop"), "{text}");
    assert!(!tools::has(&text, "Evidence index"), "no index in the plan");
    assert!(plan["pages"].as_u64() < full["pages"].as_u64(), "the plan is shorter: {plan} {full}");
}

#[test]
fn a_report_of_a_part_says_nothing_about_the_whole() {
    let mut shop = Shop::busy(Locale::En, None);
    let (_, text) = report(&mut shop, &json!({ "framework": "gdpr" }));
    assert!(tools::has(&text, "Only: GDPR"), "the cover says so: {text}");
    assert!(!tools::has(&text, "scan.txt"), "evidence of another framework is left out");
    assert!(tools::has(&text, "says nothing about the result of the whole"), "{text}");
    let (_, text) = report(&mut shop, &json!({ "theme": "mfa" }));
    assert!(tools::has(&text, "8.4.2") || tools::has(&text, "MFA-1"), "what belongs to the theme is there: {text}");
    assert!(!tools::has(&text, "6.3.3"), "what does not is left out: {text}");
    for (choice, code) in [
        (json!({ "theme": "none" }), "not-found"),
        (json!({ "framework": "none" }), "not-found"),
        (json!({ "kind": "long" }), "invalid-request"),
    ] {
        let request = json!({ "path": shop.path("other.pdf"), "choice": choice });
        assert_eq!(shop.refused("export_report", request).code, code, "{choice}");
    }
    assert!(!std::path::Path::new(&shop.path("other.pdf")).exists(), "nothing was written");
}

#[test]
fn a_redacted_report_names_nobody() {
    let mut shop = Shop::busy(Locale::En, None);
    shop.call("set_profile", json!({ "contact_name": "Erika Musterfrau" }));
    let answer = json!({ "requirement": "pci-dss-4.0.1:8.3.6", "verdict": "in-place", "note": "Zebra 17" });
    shop.call("answer_requirement", answer);
    let (_, before) = report(&mut shop, &json!({}));
    let (_, text) = report(&mut shop, &json!({ "redacted": true }));
    for secret in ["Zebra 17", "scan.txt", "Erika Musterfrau", "asked the agency", "Update the shop"] {
        assert!(tools::has(&before, secret), "{secret} is in the whole report");
        assert!(!tools::has(&text, secret), "{secret} is still there");
    }
    assert!(tools::has(&text, "Muster-Shop"), "the merchant is named");
    let sha256 = shop.call("list_evidence", json!({}))["evidence"][0]["sha256"].as_str().unwrap().to_owned();
    assert!(tools::has(&text, &sha256), "the hash is there");
}

/// The data that a report carries.
fn attached(shop: &Shop) -> Value {
    let (pdf, json) = (shop.path("report.pdf"), shop.path("report.json"));
    let done = Command::new("pdfdetach").args(["-save", "1", "-o", &json, &pdf]).status().unwrap();
    assert!(done.success(), "the attachment can be taken out");
    serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap()
}

#[test]
fn the_data_beside_a_part_says_no_more_than_its_pages() {
    let mut shop = Shop::nothing(Locale::En);
    shop.call("make_demo", json!({ "directory": shop.path("demo") }));
    let count = |value: &Value| value.as_array().unwrap().len();
    let chapters = ["/providers/list", "/registers", "/quality", "/finder"];
    let (_, text) = report(&mut shop, &json!({}));
    let whole = attached(&shop);
    for chapter in chapters {
        assert!(count(whole.pointer(chapter).unwrap()) > 0, "{chapter} is in the whole report");
    }
    assert!(tools::has(&text, "How the form was chosen") && tools::has(&text, "Legal basis in words"), "{text}");
    let (_, text) = report(&mut shop, &json!({ "framework": "gdpr" }));
    let part = attached(&shop);
    for chapter in chapters {
        assert_eq!(count(part.pointer(chapter).unwrap()), 0, "{chapter} is not in the part");
    }
    assert!(!tools::has(&text, "How the form was chosen"), "a regulation has no form");
    let (_, text) = report(&mut shop, &json!({ "redacted": true }));
    assert!(tools::has(&text, "Record of processing activities"), "the register is named: {text}");
    assert!(!tools::has(&text, "Legal basis in words"), "what people wrote in it is not: {text}");
}

#[test]
fn a_logo_stands_on_the_cover() {
    let mut shop = Shop::busy(Locale::En, None);
    let (plain, _) = report(&mut shop, &json!({}));
    let logo = shop.write("logo.png", &png());
    let (with, _) = report(&mut shop, &json!({ "logo": logo }));
    assert_ne!(plain["sha256"], with["sha256"], "it changes the report");
    let listed = Command::new("pdfimages").args(["-list", &shop.path("report.pdf")]).output().unwrap();
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(listed.lines().any(|line| line.contains(" 2     1 ") && line.contains("rgb")), "{listed}");
    let text = shop.write("logo.txt", b"no picture");
    let cut = shop.write("cut.png", &png()[..40]);
    for (what, path, code) in [
        ("text", text, "logo-unreadable"),
        ("cut off", cut, "logo-unreadable"),
        ("missing", shop.path("none.png"), "file-missing"),
        ("a folder", shop.path("."), "not-a-file"),
        ("outside", "/etc/hostname".to_owned(), "path-not-allowed"),
    ] {
        let request = json!({ "path": shop.path("other.pdf"), "choice": { "logo": path } });
        assert_eq!(shop.refused("export_report", request).code, code, "{what}");
    }
    assert!(!std::path::Path::new(&shop.path("other.pdf")).exists(), "nothing was written");
}

#[test]
fn a_damaged_file_is_named_in_its_place() {
    let mut shop = Shop::busy(Locale::En, None);
    let (sound, text) = report(&mut shop, &json!({}));
    assert_eq!(sound["damaged"], json!([]), "all is well");
    assert!(tools::has(&text, "All 1 contents in the index were read"), "{text}");
    shop.call("close_workspace", json!({}));
    let connection = Connection::open(&shop.file).unwrap();
    let changed = connection.execute("UPDATE evidence_chunk SET bytes = x'6e6f7468696e67206f70656f'", []).unwrap();
    assert_eq!(changed, 1, "one content was changed");
    drop(connection);
    shop.call("open_workspace", json!({ "path": shop.file }));
    let (made, text) = report(&mut shop, &json!({}));
    assert_eq!(made["damaged"], json!(["E-1 scan.txt"]), "{made}");
    assert!(tools::has(&text, "this evidence proves nothing"), "{text}");
    assert!(tools::has(&text, "1 no longer have the SHA-256 value"), "{text}");
}
