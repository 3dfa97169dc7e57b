//! What applies to a merchant: one scope or several, another one later, the country, the parts of a
//! requirement, and the order in which to work.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tillproof_catalog::Catalog;
use tillproof_domain::locale::Locale;
use tillproof_tests::shop::Shop;

/// The lists of the official forms; see the catalogue's own test.
const LISTS: &str = include_str!("../../src-tauri/crates/catalog/tests/fixtures/saq-lists.json");

fn numbers(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect()
}

fn start(shop: &mut Shop, scope: &str) -> Value {
    shop.call("start_assessment", json!({ "framework": "pci-dss-4.0.1", "scope": scope }))
}

#[test]
fn an_assessment_of_each_scope_lists_its_form_with_every_text() {
    let lists: BTreeMap<String, String> = serde_json::from_str(LISTS).unwrap();
    assert_eq!(lists.len(), 9, "every scope whose list is known");
    for (scope, wanted) in lists {
        let wanted: BTreeSet<&str> = wanted.split(' ').collect();
        for locale in [Locale::En, Locale::De] {
            let mut shop = Shop::new(locale, None);
            start(&mut shop, &scope);
            let listed = shop.call("list_requirements", json!({}));
            let found = numbers(&listed["requirements"]);
            assert_eq!(found.len(), wanted.len(), "{scope}: none twice");
            assert_eq!(found.iter().copied().collect::<BTreeSet<_>>(), wanted, "{scope}");
            // Each once in all; the texts of every requirement are the same in every scope that asks it.
            if scope != "D-ServiceProvider" && scope != "A" {
                continue;
            }
            for number in found {
                has_every_text(&mut shop, number);
            }
        }
    }
}

fn has_every_text(shop: &mut Shop, number: &str) {
    let detail = shop.call("show_requirement", json!({ "requirement": format!("pci-dss-4.0.1:{number}") }));
    for field in ["question", "meaning"] {
        assert!(detail[field].as_str().unwrap().len() > 20, "{number} has its {field}");
    }
    for field in ["steps", "proof", "tester_methods"] {
        assert!(!detail[field].as_array().unwrap().is_empty(), "{number} has {field}");
    }
    let row = &detail["row"];
    assert!(row["title"].as_str().unwrap().len() > 5 && !row["who"].as_array().unwrap().is_empty(), "{number}: {row}");
    assert!(row["milestone"].as_u64().is_some_and(|m| (1..=6).contains(&m)), "{number} has its milestone");
    let all = detail.to_string().to_lowercase();
    for placeholder in ["todo", "tbd", "lorem ipsum", "xxx", "fixme"] {
        assert!(!all.contains(placeholder), "{number} has a placeholder: {placeholder}");
    }
}

#[test]
fn several_ways_of_payment_make_one_list() {
    let mut shop = Shop::new(Locale::En, None);
    let ways = ways_to(&mut shop, ["A", "B"]);
    let together = shop.call("find_saq_together", json!({ "channels": ways }));
    assert_eq!(together["scope"], "A+B", "the scopes, joined");
    let union: Vec<&str> = together["requirements"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
    let summary = start(&mut shop, "B, A");
    assert_eq!(summary["scope"], "A+B", "in one order, however they were named");
    let twin = shop.refused("start_assessment", json!({ "framework": "pci-dss-4.0.1", "scope": "A+B" }));
    assert_eq!(twin.code, "assessment-open", "{twin:?}");
    assert_eq!(summary["scope_name"], "SAQ A + SAQ B", "both are named");
    let listed = shop.call("list_requirements", json!({}));
    let rows = listed["requirements"].as_array().unwrap();
    assert_eq!(numbers(&listed["requirements"]), union, "the list is the union, each once");
    let scopes = |number: &str| {
        let row = rows.iter().find(|row| row["number"] == number).unwrap_or_else(|| panic!("{number} is listed"));
        row["scopes"].clone()
    };
    assert_eq!(scopes("12.8.1"), json!(["A", "B"]), "both forms ask it");
    assert_eq!(scopes("8.3.6"), json!(["A"]), "only one asks it");
    let criteria = summary["criteria"].as_array().unwrap();
    let of = |id: &str| Catalog::embedded().unwrap().frameworks[0].criteria[&id.into()].len();
    assert_eq!(criteria.len(), of("A") + of("B"), "the criteria of both");
    shop.call("set_profile", json!({ "finder_answers": ways[0], "more_finder_answers": [ways[1]] }));
    shop.call("export_report", json!({ "path": shop.path("report.pdf") }));
    shop.assert_sound();
}

/// Answers that lead to each of these scopes, found by trying every way.
fn ways_to(shop: &mut Shop, scopes: [&str; 2]) -> [Value; 2] {
    let mut found = BTreeMap::new();
    let mut open = vec![serde_json::Map::new()];
    while let Some(answers) = open.pop() {
        let state = shop.call("find_saq", json!({ "answers": answers }));
        if let Some(question) = state["next"].as_object() {
            for answer in question["answers"].as_array().unwrap() {
                let mut more = answers.clone();
                more.insert(question["id"].as_str().unwrap().to_owned(), answer["value"].clone());
                open.push(more);
            }
        } else if let Some(scope) = state["result"]["scope"].as_str() {
            found.entry(scope.to_owned()).or_insert_with(|| Value::Object(answers));
        }
    }
    scopes.map(|scope| found[scope].clone())
}

#[test]
fn answers_outlive_a_change_of_scope() {
    let mut shop = Shop::new(Locale::En, None);
    start(&mut shop, "A");
    for number in ["2.2.2", "8.3.6", "12.8.1"] {
        let request =
            json!({ "requirement": format!("pci-dss-4.0.1:{number}"), "verdict": "in-place", "note": number });
        shop.call("answer_requirement", request);
    }
    let summary = shop.call("change_scope", json!({ "framework": "pci-dss-4.0.1", "scope": "B" }));
    assert_eq!((&summary["scope"], &summary["kept"]), (&json!("B"), &json!(2)), "two answers do not apply any more");
    assert_eq!(summary["tally"]["in_place"], 1, "and are not counted");
    let listed = shop.call("list_requirements", json!({}));
    assert!(numbers(&listed["requirements"]).contains(&"12.8.1"), "what both ask is still answered");
    assert_eq!(numbers(&listed["kept"]), ["2.2.2", "8.3.6"], "the others are kept apart");
    let detail = shop.call("show_requirement", json!({ "requirement": "pci-dss-4.0.1:8.3.6" }));
    assert_eq!((&detail["applies"], &detail["note"]), (&json!(false), &json!("8.3.6")), "and can be looked at");
    let before = shop.state();
    shop.call("change_scope", json!({ "framework": "pci-dss-4.0.1", "scope": "B" }));
    assert_eq!(shop.state(), before, "the same scope leaves no trace");
    let back = shop.call("change_scope", json!({ "framework": "pci-dss-4.0.1", "scope": "A-EP" }));
    assert_eq!((&back["kept"], &back["tally"]["in_place"]), (&json!(0), &json!(3)), "all three apply again");
    let history = shop.call("history", json!({}));
    assert_eq!(history["entries"][0]["summary"], "Scope changed: PCI DSS, SAQ A-EP", "the history says so");
    shop.assert_sound();
}

#[test]
fn the_law_of_a_country_is_for_its_merchants() {
    let mut shop = Shop::new(Locale::De, None);
    shop.call("start_assessment", json!({ "framework": "gdpr" }));
    let german = |shop: &mut Shop| {
        let listed = shop.call("list_requirements", json!({}));
        let rows = listed["requirements"].as_array().unwrap();
        assert!(rows.len() > 40, "the rest is always there: {}", rows.len());
        rows.iter().filter(|row| row["country"] == "DE").count()
    };
    assert!(german(&mut shop) >= 5, "who has not said where, is asked everything");
    let request = json!({ "requirement": "gdpr:DE-TDDDG-25.1", "verdict": "in-place", "note": "Banner geprüft" });
    shop.call("answer_requirement", request);
    shop.call("set_profile", json!({ "country": "AT" }));
    assert_eq!(german(&mut shop), 0, "in Austria none applies");
    let listed = shop.call("list_requirements", json!({}));
    assert_eq!(numbers(&listed["kept"]), ["DE-TDDDG-25.1"], "what was answered is kept");
    let starter = |shop: &mut Shop| shop.call("processing_starter", json!({}))["activities"].as_array().unwrap().len();
    assert!(starter(&mut shop) >= 10, "the starter list is for everyone");
    shop.call("set_profile", json!({ "country": "de" }));
    assert!(german(&mut shop) >= 5, "in Germany they apply");
}

#[test]
fn parts_are_answered_one_by_one() {
    let mut shop = Shop::new(Locale::En, None);
    start(&mut shop, "D-Merchant");
    for number in ["4.2.1", "6.2.4", "6.4.3", "11.3.1.2", "11.6.1", "12.5.2"] {
        let detail = shop.call("show_requirement", json!({ "requirement": format!("pci-dss-4.0.1:{number}") }));
        let parts = detail["parts"].as_array().unwrap();
        assert!(parts.len() >= 2 && parts.iter().all(|part| part["verdict"] == "unanswered"), "{number}: {parts:?}");
        assert_eq!(detail["row"]["parts_open"], parts.len(), "{number}: all are open");
    }
    let requirement = "pci-dss-4.0.1:6.4.3";
    let detail = shop.call("show_requirement", json!({ "requirement": requirement }));
    let ids: Vec<String> =
        detail["parts"].as_array().unwrap().iter().map(|part| part["id"].as_str().unwrap().to_owned()).collect();
    let answer = |parts: Value| json!({ "requirement": requirement, "parts": parts });
    shop.call("answer_requirement", answer(json!({ &ids[0]: "in-place" })));
    let detail = shop.call("answer_requirement", answer(json!({ &ids[1]: "not-in-place" })));
    assert_eq!(detail["row"]["parts_open"], ids.len() - 2, "two are answered");
    assert_eq!(detail["parts"][0]["verdict"], "in-place", "and say so");
    let whole = json!({ "requirement": requirement, "verdict": "in-place" });
    let refused = shop.refused("answer_requirement", whole.clone());
    assert_eq!(refused.code, "parts-disagree", "{refused:?}");
    assert!(refused.message.contains(detail["parts"][1]["text"].as_str().unwrap()), "it names the part: {refused:?}");
    let refused = shop.refused("answer_many", json!({ "requirements": [requirement], "verdict": "in-place" }));
    assert_eq!(refused.code, "parts-disagree", "nor in one go: {refused:?}");
    shop.call("answer_requirement", answer(json!({ &ids[1]: "unanswered" })));
    assert_eq!(shop.call("answer_requirement", whole)["row"]["verdict"], "in-place", "taken back, it is possible");
    let refused = shop.refused("answer_requirement", answer(json!({ &ids[2]: "not-in-place" })));
    assert_eq!(refused.code, "parts-disagree", "a part cannot contradict later either: {refused:?}");
    shop.assert_sound();
}

#[test]
fn the_path_puts_early_milestones_and_foundations_first() {
    let mut shop = Shop::new(Locale::En, None);
    start(&mut shop, "D-Merchant");
    let path = shop.call("list_requirements", json!({ "order": "path" }));
    let rows = path["requirements"].as_array().unwrap();
    let place: BTreeMap<&str, usize> =
        rows.iter().enumerate().map(|(i, row)| (row["number"].as_str().unwrap(), i)).collect();
    let by_number = shop.call("list_requirements", json!({}));
    assert_eq!(place.len(), by_number["requirements"].as_array().unwrap().len(), "the same requirements");
    let catalog = Catalog::embedded().unwrap();
    let mut foundations = 0;
    for (_, requirement) in catalog.frameworks[0].requirements() {
        let Some(own) = place.get(requirement.facts.number.as_str()) else { continue };
        for before in requirement.facts.after.iter().filter_map(|number| place.get(number.as_str())) {
            assert!(before < own, "{} comes after what it builds on", requirement.facts.number);
            foundations += 1;
        }
    }
    assert!(foundations > 50, "some build on others: {foundations}");
    assert_eq!(rows[0]["milestone"], 1, "the first is of the first milestone");
    let next = shop.call("overview", json!({}))["next_step"].clone();
    assert_eq!(next["requirement"], rows[0]["id"], "the next step is the first of the path");
    assert!(next["why"].as_str().unwrap().contains("milestone 1"), "and says why: {next}");
    shop.call("answer_requirement", json!({ "requirement": rows[0]["id"], "verdict": "in-place" }));
    let later = shop.call("list_requirements", json!({ "order": "path" }));
    assert_eq!(
        later["requirements"].as_array().unwrap().last().unwrap()["id"],
        rows[0]["id"],
        "what is settled goes last"
    );
    for (filter, value) in [
        ("milestone", json!(2)),
        ("who", json!("host")),
        ("effort", json!("minutes")),
        ("section", json!("10-logging")),
    ] {
        let some = shop.call("list_requirements", json!({ filter: value }));
        let count = some["requirements"].as_array().unwrap().len();
        assert!((1..200).contains(&count), "{filter} narrows the list: {count}");
    }
}

#[test]
fn a_file_of_the_first_format_is_brought_up_to_date() {
    let mut shop = Shop::nothing(Locale::De);
    let file = shop.write("old.tillproof", include_bytes!("../fixtures/format-1.tillproof"));
    let info = shop.call("open_workspace", json!({ "path": file }));
    assert_eq!((&info["format"], &info["profile"]["name"]), (&json!(5), &json!("Alter Laden")), "opened and new");
    assert_eq!(info["assessments"][0]["scope"], "A", "its scope is read");
    let detail = shop.call("show_requirement", json!({ "requirement": "pci-dss-4.0.1:8.3.6" }));
    assert_eq!(
        (&detail["note"], &detail["row"]["evidence_count"]),
        (&json!("Vor dem Umstieg"), &json!(1)),
        "all is there"
    );
    let verified = shop.call("verify_workspace", json!({}));
    assert_eq!(verified["ok"], true, "the chain holds: {verified}");
    shop.call("answer_requirement", json!({ "requirement": "pci-dss-4.0.1:6.3.3", "verdict": "in-place" }));
    assert_eq!(shop.call("verify_workspace", json!({}))["ok"], true, "and goes on");
}
