//! The SAQ finder, the list of SAQ A, and the themes across the frameworks.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tillproof_catalog::Catalog;
use tillproof_domain::locale::Locale;
use tillproof_tests::shop::Shop;

fn texts<'a>(result: &'a Value, field: &str) -> Vec<&'a str> {
    result[field].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

#[test]
fn every_way_through_the_finder_ends_in_a_result_with_reasons() {
    for locale in [Locale::En, Locale::De] {
        let mut shop = Shop::nothing(locale);
        let mut open = vec![BTreeMap::<String, String>::new()];
        let (mut ends, mut reached) = (0, BTreeSet::new());
        while let Some(answers) = open.pop() {
            let state = shop.call("find_saq", json!({ "answers": answers }));
            assert_eq!(state["path"].as_array().unwrap().len(), answers.len(), "every answer is on the way");
            if let Some(question) = state["next"].as_object() {
                assert!(state["result"].is_null(), "a question or a result, not both: {state}");
                let remaining = state["remaining_at_most"].as_u64().unwrap();
                assert!((1..=20).contains(&remaining), "so many questions are left: {remaining}");
                for answer in question["answers"].as_array().unwrap() {
                    let mut more = answers.clone();
                    more.insert(
                        question["id"].as_str().unwrap().to_owned(),
                        answer["value"].as_str().unwrap().to_owned(),
                    );
                    open.push(more);
                }
                continue;
            }
            let result = &state["result"];
            check_result(&answers, result);
            reached.insert(result["id"].as_str().unwrap().to_owned());
            ends += 1;
        }
        assert!(ends >= 15, "only {ends} ways were found");
        let finder = Catalog::embedded().unwrap().frameworks[0].finder.as_ref().expect("PCI DSS has the finder");
        assert_eq!(reached.len(), finder.tree.results.len(), "every result is reached: {reached:?}");
    }
}

fn check_result(answers: &BTreeMap<String, String>, result: &Value) {
    let reasons = texts(result, "reasons");
    assert_eq!(reasons.len(), answers.len(), "a reason for every answer of {answers:?}");
    for field in ["reasons", "confirm", "next_steps"] {
        let texts = texts(result, field);
        assert!(!texts.is_empty() && texts.iter().all(|text| !text.trim().is_empty()), "{field} after {answers:?}");
    }
    for field in ["title", "summary"] {
        assert!(!result[field].as_str().unwrap().is_empty(), "{field} after {answers:?}");
    }
    let ruled_out = result["ruled_out"].as_array().unwrap();
    assert!(!ruled_out.is_empty(), "something is ruled out after {answers:?}");
    let mut scopes = BTreeSet::new();
    for out in ruled_out {
        assert_ne!(out["scope"], result["scope"], "the result itself is not ruled out after {answers:?}");
        assert!(reasons.contains(&out["reason"].as_str().unwrap()), "ruled out by an answer given: {out}");
        assert!(!out["name"].as_str().unwrap().is_empty(), "what is ruled out has a name: {out}");
        assert!(scopes.insert(out["scope"].as_str().unwrap()), "ruled out once: {out}");
    }
}

#[test]
fn what_the_finder_does_not_know_is_refused() {
    let mut shop = Shop::nothing(Locale::En);
    let mut check = |answers: Value, code: &str| {
        let error = shop.refused("find_saq", json!({ "answers": answers }));
        assert_eq!(error.code, code, "{answers}");
        assert!(!error.hint.is_empty(), "a hint for {answers}");
    };
    check(json!({ "moon": "yes" }), "not-found");
    check(json!({ "": "yes" }), "not-found");
    check(json!({ "web-shop": "perhaps" }), "unknown-value");
    check(json!({ "web-shop": "" }), "unknown-value");
    check(json!({ "service-provider": "YES" }), "unknown-value");
    check(json!({ "service-provider": "no", "page-reached": "carrier-pigeon" }), "unknown-value");
    check(json!({ "web-shop": true }), "invalid-request");
    check(json!([]), "invalid-request");
}

#[test]
fn saq_a_is_these_requirements() {
    let wanted = [
        "2.2.2", "3.1.1", "3.2.1", "6.3.1", "6.3.3", "8.2.1", "8.2.2", "8.2.5", "8.3.1", "8.3.5", "8.3.6", "8.3.7",
        "8.3.9", "9.4.1", "9.4.1.1", "9.4.2", "9.4.3", "9.4.4", "9.4.6", "11.3.2", "11.3.2.1", "12.8.1", "12.8.2",
        "12.8.3", "12.8.4", "12.8.5", "12.10.1",
    ];
    assert_eq!(wanted.len(), 27, "as the questionnaire has them");
    let mut shop = Shop::new(Locale::En, None);
    shop.call("start_assessment", json!({ "framework": "pci-dss-4.0.1", "scope": "A" }));
    let listed = shop.call("list_requirements", json!({}));
    let numbers: Vec<&str> =
        listed["requirements"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, wanted, "SAQ A lists exactly its requirements, in order");
    for row in listed["requirements"].as_array().unwrap() {
        assert_eq!(
            row["id"],
            format!("pci-dss-4.0.1:{}", row["number"].as_str().unwrap()),
            "an id is FRAMEWORK:NUMBER"
        );
    }
}

#[test]
fn every_core_theme_crosses_frameworks() {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    for theme in ["tls", "patching", "encryption", "mfa", "training", "vendors"] {
        let listed = shop.call("list_requirements", json!({ "theme": theme }));
        let frameworks: BTreeSet<&str> =
            listed["requirements"].as_array().unwrap().iter().map(|row| row["framework"].as_str().unwrap()).collect();
        assert!(frameworks.len() >= 2, "{theme} has only {frameworks:?}");
    }
    let overview = shop.call("overview", json!({}));
    let core = overview["themes"].as_array().unwrap().iter().filter(|theme| theme["core"] == true).count();
    assert_eq!(core, 6, "the overview shows the six themes of the merchant");
}

#[test]
fn no_text_of_any_requirement_is_empty() {
    for locale in [Locale::En, Locale::De] {
        let mut shop = Shop::new(locale, None);
        shop.start_assessments();
        let listed = shop.call("list_requirements", json!({}));
        let rows = listed["requirements"].as_array().unwrap();
        assert!(rows.len() >= 27 + 12, "three frameworks are listed: {}", rows.len());
        for row in rows {
            let detail = shop.call("show_requirement", json!({ "requirement": row["id"] }));
            for (place, text) in [
                ("label", &row["label"]),
                ("title", &row["title"]),
                ("section", &row["section_title"]),
                ("framework", &row["framework_name"]),
                ("question", &detail["question"]),
                ("meaning", &detail["meaning"]),
            ] {
                assert!(!text.as_str().unwrap().trim().is_empty(), "{place} of {} in {locale}", row["id"]);
            }
            for list in ["steps", "proof"] {
                let texts = texts(&detail, list);
                let filled = !texts.is_empty() && texts.iter().all(|text| !text.trim().is_empty());
                assert!(filled, "{list} of {} in {locale}", row["id"]);
            }
            assert!(!detail["verdicts"].as_array().unwrap().is_empty(), "{} can be answered", row["id"]);
        }
    }
}
