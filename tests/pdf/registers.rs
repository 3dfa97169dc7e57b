//! The registers of the GDPR in the report: a chapter for each that has rows.

use crate::tools;
use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_tests::shop::Shop;

#[test]
fn each_register_with_rows_has_its_chapter() {
    let mut shop = Shop::busy(Locale::De, None);
    let report = |shop: &mut Shop, name: &str, locale: &str| {
        let path = shop.path(&format!("{name}-{locale}.pdf"));
        shop.call("export_report", json!({ "path": path, "locale": locale }));
        tools::check(&path);
        tools::text(&path)
    };
    let empty = report(&mut shop, "empty", "de");
    assert!(!tools::has(&empty, "wie Art. 30 Abs. 1 DSGVO es verlangt"), "no chapter without rows");
    shop.call("start_processing", json!({}));
    let evidence = shop.call("list_evidence", json!({}))["evidence"][0]["id"].clone();
    let asked = json!({
        "right": "erasure", "reference": "Bestellung <2231> & mehr", "received_on": "2026-11-05", "evidence": [evidence],
        "note": "Ελληνικά \u{202e}fdp.exe"
    });
    shop.call("add_person_request", asked);
    shop.call(
        "add_breach",
        json!({ "title": "Laptop weg", "aware_at": "2026-11-20T09:30:00Z", "kinds": ["availability"] }),
    );
    let (german, english) = (report(&mut shop, "full", "de"), report(&mut shop, "full", "en"));
    for word in [
        "wie Art. 30 Abs. 1 DSGVO es verlangt",
        "Noch offen",
        "Art. 30 Abs. 1 Buchst. e DSGVO",
        "Anfragen betroffener Personen",
        "Bestellung <2231> & mehr",
        "07.12.2026",
        "Ελληνικά",
        "E-1",
        "Datenpannen",
        "72 Stunden laufen",
        "23.11.2026, 09:30 UTC",
    ] {
        assert!(tools::has(&german, word), "{word} is in the report");
    }
    for word in ["Record of processing activities", "Erasure (Art. 17)", "7 Dec 2026", "Art. 33(3)(c), 33(5) GDPR"] {
        assert!(tools::has(&english, word), "{word} is in the report");
    }
    let listed = shop.call("list_processing", json!({}));
    for activity in listed["activities"].as_array().unwrap() {
        for field in ["name", "purposes", "erasure", "security"] {
            // The rest may stand overleaf.
            let text: String = activity[field].as_str().unwrap().chars().take(40).collect();
            assert!(tools::has(&german, &text), "{field} of {}: {text}", activity["name"]);
        }
    }
    assert_ne!(listed["activities"], Value::Null, "there is a record");
}
