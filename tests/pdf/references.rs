//! Five reports as they were when somebody last looked at them: what they say, their outline, their
//! tags, and what the file says about itself. `UPDATE_REFERENCES=1` writes them anew; look at the
//! difference before it is committed.

use crate::tools;
use lopdf::{Dictionary, Document, Object, ObjectId};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use tillproof_domain::locale::Locale;
use tillproof_tests::shop::Shop;

#[test]
fn five_reports_are_as_they_were() {
    let cases = [
        ("full-en", Locale::En, json!({})),
        ("full-de", Locale::De, json!({})),
        ("executive-de", Locale::De, json!({ "kind": "executive" })),
        ("action-plan-en", Locale::En, json!({ "kind": "action-plan" })),
        ("redacted-theme-de", Locale::De, json!({ "theme": "mfa", "redacted": true })),
    ];
    let changed: Vec<String> =
        cases.iter().filter_map(|(name, locale, choice)| differs(name, *locale, choice)).collect();
    assert!(changed.is_empty(), "{}\nUPDATE_REFERENCES=1 accepts the change.", changed.join("\n"));
}

/// What is different, if something is.
fn differs(name: &str, locale: Locale, choice: &Value) -> Option<String> {
    let mut shop = Shop::new(locale, None);
    shop.call("start_assessment", json!({ "framework": "pci-dss-4.0.1", "scope": "A" }));
    for (number, verdict) in [("8.3.6", "in-place"), ("8.3.7", "not-in-place"), ("2.2.2", "not-applicable")] {
        let requirement = format!("pci-dss-4.0.1:{number}");
        let answer = json!({
            "requirement": requirement, "verdict": verdict, "note": "own words", "justification": "We have none."
        });
        shop.call("answer_requirement", answer);
    }
    let scan = shop.write("scan.txt", b"nothing open");
    shop.call("attach_evidence", json!({ "requirements": ["pci-dss-4.0.1:8.3.6"], "paths": [scan] }));
    let task = json!({ "title": "Update the shop", "requirements": ["pci-dss-4.0.1:8.3.7"], "due": "2026-12-01" });
    shop.call("add_task", task);
    let path = shop.path("report.pdf");
    shop.call("export_report", json!({ "path": path, "choice": choice }));
    tools::check(&path);
    let found = dump(&path);
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("pdf/references").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_REFERENCES").is_some() {
        std::fs::write(&reference, &found).unwrap();
        return None;
    }
    first_difference(&reference, &found)
}

fn first_difference(reference: &PathBuf, found: &str) -> Option<String> {
    let expected = std::fs::read_to_string(reference).unwrap_or_default();
    if expected == found {
        return None;
    }
    let lines = expected.lines().zip(found.lines()).enumerate();
    let at = lines.into_iter().find(|(_, (before, now))| before != now);
    let said = at.map_or_else(
        || format!("{} lines before, {} now", expected.lines().count(), found.lines().count()),
        |(line, (before, now))| format!("line {}\n  before: {before}\n  now:    {now}", line + 1),
    );
    Some(format!("{}: {said}", reference.display()))
}

fn dump(path: &str) -> String {
    let document = Document::load(path).unwrap();
    let mut out = String::from("# The file\n");
    let info = document.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
    for (key, value) in document.get_dictionary(info).unwrap() {
        let value = lopdf::decode_text_string(value).unwrap();
        writeln!(out, "{}: {value}", String::from_utf8_lossy(key)).unwrap();
    }
    writeln!(out, "Pages: {}", document.get_pages().len()).unwrap();
    let catalog = document.catalog().unwrap();
    out.push_str("\n# Outline\n");
    outline(&document, document.get_dictionary(reference(catalog, "Outlines")).unwrap(), 0, &mut out);
    out.push_str("\n# Tags\n");
    let root = document.get_dictionary(reference(catalog, "StructTreeRoot")).unwrap();
    let top = root.get(b"K").and_then(Object::as_array).unwrap()[0].as_reference().unwrap();
    tags(&document, top, 0, &mut out);
    out.push_str("\n# Text\n");
    out.push_str(&tools::text(path).replace(". ", ".\n"));
    out.push('\n');
    out
}

fn reference(dictionary: &Dictionary, key: &str) -> ObjectId {
    dictionary.get(key.as_bytes()).and_then(Object::as_reference).unwrap()
}

fn outline(document: &Document, above: &Dictionary, depth: usize, out: &mut String) {
    let mut next = above.get(b"First").and_then(Object::as_reference).ok();
    while let Some(id) = next {
        let entry = document.get_dictionary(id).unwrap();
        let title = lopdf::decode_text_string(entry.get(b"Title").unwrap()).unwrap();
        writeln!(out, "{}{title}", "  ".repeat(depth)).unwrap();
        outline(document, entry, depth + 1, out);
        next = entry.get(b"Next").and_then(Object::as_reference).ok();
    }
}

fn tags(document: &Document, id: ObjectId, depth: usize, out: &mut String) {
    let element = document.get_dictionary(id).unwrap();
    let kind = String::from_utf8_lossy(element.get(b"S").and_then(Object::as_name).unwrap()).into_owned();
    let words = element.get(b"Alt").map(|words| format!(": {}", lopdf::decode_text_string(words).unwrap()));
    writeln!(out, "{}{kind}{}", " ".repeat(depth), words.unwrap_or_default()).unwrap();
    let kids = match element.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    };
    for kid in kids.iter().filter_map(|kid| kid.as_reference().ok()) {
        tags(document, kid, depth + 1, out);
    }
}
