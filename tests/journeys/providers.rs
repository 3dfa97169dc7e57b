//! Providers: what they owe by what they handle, who meets what, a letter, a list for a spreadsheet.

use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_tests::shop::Shop;

fn papers(provider: &Value) -> Vec<String> {
    let lacks = provider["lacks"].as_array().unwrap().iter();
    lacks.map(|lack| format!("{} {}", lack["paper"].as_str().unwrap(), lack["state"].as_str().unwrap())).collect()
}

#[test]
fn a_provider_owes_its_papers_until_they_are_there() {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    let request = json!({ "name": "Zahlwerk", "service": "payment page", "handles": ["personal-data", "card-data"], "country": "de" });
    let provider = shop.call("add_provider", request);
    assert_eq!(
        papers(&provider),
        [
            "aoc missing",
            "agreement missing",
            "status-check missing",
            "processor-contract missing",
            "responsibilities missing"
        ],
        "who handles card data and personal data"
    );
    assert_eq!(provider["lacks"][0]["rule"], "PCI DSS 12.8.4", "with the rule that asks for it");
    let aoc = shop.write("aoc.txt", b"attestation");
    let evidence = shop.call("attach_evidence", json!({ "requirements": ["pci-dss-4.0.1:12.8.4"], "paths": [aoc] }));
    let evidence = evidence["evidence"][0]["id"].clone();
    let set = json!({
        "provider": provider["id"], "rev": 1, "aoc_on": "2026-09-01", "aoc_evidence": evidence, "agreement_on": "2024-01-01",
        "processor_contract_on": "2024-01-01", "checked_on": "2026-10-01",
        "responsibilities": { "pci-dss-4.0.1:6.3.3": "merchant", "pci-dss-4.0.1:11.3.2": "shared" }
    });
    let provider = shop.call("set_provider", set.clone());
    assert_eq!(papers(&provider), Vec::<String>::new(), "all is there");
    assert_eq!(provider["aoc"]["evidence_name"], "aoc.txt", "and where it is kept");
    let owed = provider["owed"].as_array().unwrap();
    assert_eq!(owed.len(), 5, "all that it owes");
    assert_eq!((&owed[0]["until"], &owed[0]["state"]), (&json!("2027-09-01"), &json!("fresh")), "with its last day");
    assert_eq!(owed[0]["evidence_name"], "aoc.txt", "and its file");
    assert_eq!(provider["responsibilities"][0]["who"], "shared", "who meets what, by number: 11.3.2 first");
    assert_eq!(shop.refused("set_provider", set).code, "conflict", "seen too long ago");
    let gone = json!({ "evidence": evidence, "reason": "wrong file" });
    shop.call("remove_evidence", gone);
    let listed = shop.call("list_providers", json!({}));
    assert!(listed["providers"][0]["aoc"]["evidence"].is_null(), "an evidence that was removed does not count");
    assert!(listed["requirements"].as_array().unwrap().len() >= 27, "the requirements to share out");
    assert_eq!(shop.call("list_providers", json!({ "lacking": true }))["providers"], json!([]), "none lacks anything");
    shop.call("set_provider", json!({ "provider": provider["id"], "ended": "we moved" }));
    assert_eq!(shop.call("list_providers", json!({}))["providers"], json!([]), "a provider of the past");
    assert_eq!(shop.call("list_providers", json!({ "all": true }))["providers"][0]["ended"], "we moved", "is kept");
    shop.assert_sound();
}

#[test]
fn a_requirement_shows_the_providers_that_it_is_about() {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    let host = json!({ "name": "Host", "handles": ["systems", "personal-data"] });
    let host = shop.call("add_provider", host)["id"].clone();
    shop.call("add_provider", json!({ "name": "Newsletter", "handles": ["personal-data"] }));
    let past = shop.call("add_provider", json!({ "name": "Past", "handles": ["systems"] }))["id"].clone();
    shop.call("set_provider", json!({ "provider": past, "ended": "we moved" }));
    let met = json!({ "pci-dss-4.0.1:6.3.3": "provider" });
    shop.call("set_provider", json!({ "provider": host, "aoc_on": "2026-10-01", "responsibilities": met }));
    let mut shown = |requirement: &str| {
        let detail = shop.call("show_requirement", json!({ "requirement": requirement }));
        let line = |one: &Value| {
            let name = one["name"].as_str().unwrap().to_owned();
            [vec![name], papers(one)].concat()
        };
        let providers = detail["providers"].as_array().unwrap().clone();
        (providers.iter().map(line).collect::<Vec<_>>(), providers)
    };
    assert_eq!(shown("pci-dss-4.0.1:12.8.1").0, [vec!["Host"]], "the list; a processor is not in it, nor who is past");
    assert_eq!(shown("pci-dss-4.0.1:12.8.2").0, [vec!["Host", "agreement missing"]], "agreements");
    assert_eq!(shown("pci-dss-4.0.1:12.8.4").0, [vec!["Host", "status-check missing"]], "the AOC is there");
    assert_eq!(
        shown("gdpr:28.3").0,
        [vec!["Host", "processor-contract missing"], vec!["Newsletter", "processor-contract missing"]],
        "processors"
    );
    let (_, updates) = shown("pci-dss-4.0.1:6.3.3");
    assert_eq!(updates[0]["responsibility"], "provider", "who meets it, whatever it is about");
    assert_eq!(shown("gdpr:32.1.b").0, Vec::<Vec<String>>::new(), "none where it is about something else");
}

#[test]
fn a_letter_asks_for_what_is_missing_in_either_language() {
    let mut shop = Shop::new(Locale::De, None);
    let request = json!({ "name": "Hoster", "service": "Hosting", "handles": ["systems", "personal-data"], "contact": "ds@hoster.example" });
    let id = shop.call("add_provider", request)["id"].clone();
    let german = shop.call("provider_letter", json!({ "provider": id }));
    let english = shop.call("provider_letter", json!({ "provider": id, "locale": "en" }));
    assert_eq!(german["to"], "ds@hoster.example", "to whom");
    for word in ["Konformitätsbescheinigung", "Auftragsverarbeitungsvertrag", "Muster-Shop", "Hosting"] {
        assert!(german["body"].as_str().unwrap().contains(word), "{word}: {german}");
    }
    for word in ["Attestation of Compliance", "Art. 28", "12.8.5"] {
        assert!(english["body"].as_str().unwrap().contains(word), "{word}: {english}");
    }
    assert!(!german["body"].as_str().unwrap().contains('{'), "nothing is left to fill in: {german}");
    let harmless = shop.call("add_provider", json!({ "name": "Druckerei" }))["id"].clone();
    assert_eq!(
        shop.refused("provider_letter", json!({ "provider": harmless })).code,
        "nothing-missing",
        "nothing to ask"
    );
}

#[test]
fn the_list_is_safe_in_a_spreadsheet() {
    let mut shop = Shop::new(Locale::De, None);
    for name in ["=HYPERLINK(\"http://x\")", "Müller; \"Söhne\"", "+49", "@host"] {
        shop.call("add_provider", json!({ "name": name, "handles": ["systems"] }));
    }
    let path = shop.path("providers.csv");
    shop.call("export_providers", json!({ "path": path }));
    assert_eq!(shop.refused("export_providers", json!({ "path": path })).code, "file-exists", "never over a file");
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbf"), "a spreadsheet sees that it is UTF-8");
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let names: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(names, ["'+49", "'=HYPERLINK(\"http://x\")", "'@host", "Müller; \"Söhne\""], "no cell is a formula");
    assert!(rows[0][10].contains("Fehlt: Konformitätsbescheinigung"), "in the language of the person: {:?}", &rows[0]);
}
