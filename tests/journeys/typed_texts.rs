//! Whatever a command takes as text: a card number in it is refused, or provably not stored.

use crate::guard::card;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tillproof_domain::locale::Locale;
use tillproof_store::Reads;
use tillproof_tests::shop::Shop;

/// Where the texts of a request are: JSON pointers.
fn places(request: &Value, at: &str, found: &mut Vec<String>) {
    match request {
        Value::String(_) => found.push(at.to_owned()),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| places(item, &format!("{at}/{i}"), found)),
        Value::Object(fields) => fields.iter().for_each(|(name, value)| places(value, &format!("{at}/{name}"), found)),
        _ => {}
    }
}

/// The digits of all that the workspace says, so that no separator hides a number.
fn stored_digits(shop: &Shop) -> String {
    let store = shop.store();
    let mut text = format!("{:?}", store.rows().unwrap());
    for stored in store.journal(None, 10_000, None).unwrap() {
        text.push_str(&format!("{:?}", stored.entry));
    }
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Texts that a sample leaves out.
fn complete(command: &str, mut request: Value) -> Value {
    let more = match command {
        "set_profile" => json!({
            "trading_name": "x", "address": "x", "country": "DE", "website": "x", "platform": "x", "payment_provider": "x",
            "contact_name": "x", "contact_role": "x", "contact_email": "x", "payment_description": "x",
            "scope_facts": { "assessors": "x", "left_out": "x", "environment": "x", "locations": "x", "products": "x" },
            "finder_answers": { "service-provider": "no" }
        }),
        "add_provider" => json!({ "service": "x", "contact": "x", "note": "x" }),
        "set_provider" => json!({ "name": "x", "service": "x", "contact": "x", "note": "x", "ended": "x" }),
        "add_task" => json!({ "description": "x", "owner": "x" }),
        "set_task" => json!({ "title": "x", "description": "x", "owner": "x", "links": ["https://example.org"] }),
        "answer_requirement" => json!({ "justification": "x", "parts": {} }),
        "answer_many" => json!({ "verdict": "not-applicable", "justification": "x" }),
        _ => json!({}),
    };
    if let (Value::Object(request), Value::Object(more)) = (&mut request, more) {
        request.extend(more);
    }
    request
}

#[test]
fn no_card_number_gets_in_through_any_text() {
    let number = card();
    let mut shop = Shop::busy(Locale::En, None);
    let provider = shop.call("add_provider", json!({ "name": "Host" }))["id"].clone();
    let base = shop.path("shop.tillproof");
    let mut outcomes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (command, sample) in crate::fuzz::samples(&shop) {
        let mut request = complete(command.name(), sample);
        if request.get("provider").is_some() {
            request["provider"] = provider.clone();
        }
        let mut found = Vec::new();
        places(&request, "", &mut found);
        for place in found {
            for text in [number.clone(), format!("The customer's card is {number}, call back")] {
                let mut request = request.clone();
                let text = if place.contains("/links/") { format!("https://example.org/{number}") } else { text };
                *request.pointer_mut(&place).unwrap() = text.into();
                let outcome = match shop.dispatch(command.name(), request) {
                    Ok(_) => "ok".to_owned(),
                    Err(error) => {
                        for locale in [Locale::En, Locale::De] {
                            let said = format!("{error:?} {:?}", error.view(locale));
                            assert!(!said.contains(&number), "{} {place}: {said}", command.name());
                        }
                        error.code.to_owned()
                    }
                };
                outcomes.entry(outcome).or_default().push(format!("{}{place}", command.name()));
                shop.call("open_workspace", json!({ "path": base }));
                let stored = stored_digits(&shop);
                assert!(!stored.contains(&number), "{} stored what is in {place}", command.name());
            }
        }
    }
    let refused = &outcomes["card-data-found"];
    for text in [
        "create_workspace/name",
        "set_profile/name",
        "set_profile/address",
        "set_profile/payment_description",
        "set_profile/scope_facts/environment",
        "answer_requirement/note",
        "answer_requirement/justification",
        "answer_many/justification",
        "paste_evidence/name",
        "remove_evidence/reason",
        "add_task/title",
        "add_task/description",
        "add_task/owner",
        "add_task/links/0",
        "set_task/title",
        "set_task/owner",
        "set_task/links/0",
        "comment_task/text",
        "task_from_gap/owner",
        "add_provider/name",
        "add_provider/service",
        "add_provider/contact",
        "add_provider/note",
        "set_provider/name",
        "set_provider/ended",
    ] {
        let times = refused.iter().filter(|place| *place == text).count();
        assert_eq!(times, 2, "{text} is looked into, alone and in a sentence: {outcomes:#?}");
    }
    shop.assert_sound();
}

#[test]
fn a_checklist_and_the_name_of_a_file_are_looked_into() {
    let number = card();
    let mut shop = Shop::busy(Locale::En, None);
    let before = shop.state();
    let mut checklist = tillproof_tests::checklist::Checklist::new("own", "1");
    *checklist.at("01-roasting/en.json", "/requirements/K-1/meaning") = format!("Paid with {number}.").into();
    let folder = checklist.write(&shop.folder().join("own"));
    assert_eq!(shop.refused("import_checklist", json!({ "path": folder })).code, "card-data-found", "a checklist");
    let named = shop.write(&format!("card {number}.txt"), b"nothing in it");
    let requirement = "pci-dss-4.0.1:8.3.6";
    let request = json!({ "requirements": [requirement], "paths": [named] });
    let error = shop.refused("attach_evidence", request);
    assert_eq!(error.code, "card-data-found", "the name of a file: {error:?}");
    assert_eq!(shop.state(), before, "nothing was stored");
}

#[test]
fn what_is_kept_says_why() {
    let number = card();
    let mut shop = Shop::busy(Locale::En, None);
    let text = format!("Card {number} of the test bench");
    let task = json!({ "title": "Purge", "description": text });
    assert_eq!(shop.refused("add_task", task.clone()).code, "card-data-found", "no reason, no task");
    let with = |mut request: Value, reason: &str| {
        request["allow_card_data"] = reason.into();
        request
    };
    let kept = shop.call("add_task", with(task, "a number of our own"));
    assert_eq!(kept["card_data_reason"], "a number of our own", "with the reason");
    let id = kept["id"].clone();
    // What is there already needs no second reason; what is new does.
    let more = shop.call("set_task", json!({ "task": id, "description": format!("{text}\nand more words") }));
    assert_eq!(more["card_data_reason"], "a number of our own", "the same number in other words");
    let other: String = number.replace("4929", "4916");
    let other = (0..10).map(|digit| format!("{}{digit}", &other[..15])).find(|text| luhn(text)).unwrap();
    let second = json!({ "task": id, "description": format!("{text} and card {other}") });
    assert_eq!(shop.refused("set_task", second).code, "card-data-found", "another number needs its own reason");
    let clean = shop.call("set_task", json!({ "task": id, "description": "purged" }));
    assert_eq!(clean["card_data_reason"], Value::Null, "nothing is left to give a reason for");
    let harmless = shop.call("add_task", with(json!({ "title": "Nothing in it" }), "just so"));
    assert_eq!(harmless["card_data_reason"], Value::Null, "nor was there ever");
    for (command, request, pointer) in [
        ("comment_task", json!({ "task": id, "text": text }), "/comments/0/card_data_reason"),
        ("add_provider", json!({ "name": "Bank", "note": text }), "/card_data_reason"),
        ("set_profile", json!({ "payment_description": text }), "/profile/card_data_reason"),
    ] {
        assert_eq!(shop.refused(command, request.clone()).code, "card-data-found", "{command}");
        let reason = format!("it is {number}");
        assert_eq!(shop.refused(command, with(request.clone(), &reason)).code, "card-data-in-reason", "{command}");
        let response = shop.call(command, with(request, "kept on purpose"));
        assert_eq!(response.pointer(pointer), Some(&json!("kept on purpose")), "{command}: {response}");
    }
    let answer = json!({ "requirement": "pci-dss-4.0.1:8.3.6", "note": text });
    assert_eq!(shop.refused("answer_requirement", answer.clone()).code, "card-data-found", "an answer");
    let kept = shop.call("answer_requirement", with(answer, "kept on purpose"));
    assert_eq!(kept["card_data_reason"], "kept on purpose", "an answer");
    shop.assert_sound();
}

fn luhn(number: &str) -> bool {
    let digits = number.chars().rev().filter_map(|c| c.to_digit(10));
    let sum: u32 = digits.enumerate().map(|(i, d)| if i % 2 == 1 { d * 2 / 10 + d * 2 % 10 } else { d }).sum();
    sum.is_multiple_of(10)
}
