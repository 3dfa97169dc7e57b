//! Card numbers and secrets do not get into a workspace by accident. The numbers here are made up.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_store::Reads;
use tillproof_tests::shop::Shop;

const REQUIREMENT: &str = "pci-dss-4.0.1:8.3.6";
/// Of the form of a card number; no bank gave it out.
const CARD: &str = "4929 1234 5678 9013";

/// A number with a sound check digit and the same beginning.
pub(crate) fn card() -> String {
    let digits: Vec<u32> = CARD.chars().filter_map(|c| c.to_digit(10)).take(15).collect();
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            if i % 2 == 0 {
                let twice = d * 2;
                twice / 10 + twice % 10
            } else {
                *d
            }
        })
        .sum();
    let all: String = digits.iter().map(ToString::to_string).collect();
    format!("{all}{}", (10 - sum % 10) % 10)
}

fn shop(locale: Locale) -> Shop {
    let mut shop = Shop::new(locale, None);
    shop.start_assessments();
    shop
}

/// Everything that the workspace and its journal hold, as text.
fn all_text(shop: &Shop) -> String {
    let store = shop.store();
    let journal: Vec<_> = store.journal(None, 1_000, None).unwrap().into_iter().map(|stored| stored.entry).collect();
    format!("{journal:?}{:?}", store.rows().unwrap())
}

#[test]
fn a_file_with_a_card_number_is_refused_by_place() {
    let mut shop = shop(Locale::De);
    let card = card();
    let csv = shop.write("kunden.csv", format!("Name;Karte\r\nMeier;{card}\r\n").as_bytes());
    let before = shop.state();
    let request = json!({ "requirements": [REQUIREMENT], "paths": [csv] });
    let error = shop.refused("attach_evidence", request.clone());
    assert_eq!(error.code, "card-data-found", "{error:?}");
    for word in ["kunden.csv", "Zeile 2", "Kartennummer", &card[..6], &card[12..]] {
        assert!(error.message.contains(word), "{word} is not in {}", error.message);
    }
    assert!(!error.message.contains(&card[..7]) && !error.message.contains(&card[5..]), "only first six and last four");
    assert_eq!(shop.state(), before, "nothing was stored");
    let paste = json!({ "requirements": [REQUIREMENT], "name": "a.txt", "base64": STANDARD.encode(&card) });
    assert_eq!(shop.refused("paste_evidence", paste).code, "card-data-found", "pasted it is no better");

    let kept = json!({ "requirements": [REQUIREMENT], "paths": [csv], "allow_card_data": "Nummer aus dem Testsystem" });
    let attached = shop.call("attach_evidence", kept);
    assert_eq!(attached["evidence"][0]["card_data_reason"], "Nummer aus dem Testsystem", "kept with the reason");
    assert!(all_text(&shop).contains("Nummer aus dem Testsystem"), "the reason is in the journal");
    assert!(!all_text(&shop).contains(&card), "the number is not");
    let replace = json!({ "evidence": attached["evidence"][0]["id"], "path": csv });
    assert_eq!(shop.refused("replace_evidence", replace).code, "card-data-found", "a new version is looked into anew");
    let mut reason = request;
    reason["allow_card_data"] = json!(format!("it is {card}"));
    assert_eq!(shop.refused("attach_evidence", reason).code, "card-data-in-reason", "the reason is looked into, too");
    shop.assert_sound();
}

#[test]
fn a_note_with_a_card_number_or_a_key_is_refused() {
    let mut shop = shop(Locale::En);
    let answer = |field: &str, text: &str, reason: Option<&str>| {
        let mut request = json!({ "requirement": REQUIREMENT, "verdict": "not-applicable", "justification": "none" });
        request[field] = json!(text);
        if let Some(reason) = reason {
            request["allow_card_data"] = json!(reason);
        }
        request
    };
    let before = shop.state();
    let texts = [
        format!("customer paid with {}", card()),
        format!(
            "-----BEGIN RSA PRIVATE KEY-----\n{}-----END RSA PRIVATE KEY-----",
            "MIIEowIBAAKCAQEAu5Xw0pVq3nYb7cJ2kTzR9dFhGm4sLxQe8aPoWiNvBtCyUj1K\n".repeat(6)
        ),
    ];
    for text in &texts {
        for field in ["note", "justification"] {
            let error = shop.refused("answer_requirement", answer(field, text, None));
            assert_eq!(error.code, "card-data-found", "{field}: {error:?}");
        }
    }
    let many = json!({ "requirements": [REQUIREMENT], "verdict": "not-applicable", "justification": texts[0] });
    assert_eq!(shop.refused("answer_many", many).code, "card-data-found", "nor in one go");
    assert_eq!(shop.state(), before, "nothing was stored");
    for harmless in ["Order 4711 of 2026-11-22", "IBAN DE89 3704 0044 0532 0130 00", "test card 4111 1111 1111 1111"] {
        shop.call("answer_requirement", answer("note", harmless, None));
    }
    shop.call("answer_requirement", answer("note", &texts[0], Some("a number of our own test list")));
    assert!(all_text(&shop).contains("a number of our own test list"), "kept with the reason");
}

#[test]
fn what_cannot_be_looked_into_is_said() {
    let mut shop = shop(Locale::En);
    let picture = shop.write("screen.png", b"\x89PNG\r\n\x1a\n and so on");
    let text = shop.write("plain.txt", b"nothing in it");
    let attached = shop.call("attach_evidence", json!({ "requirements": [REQUIREMENT], "paths": [picture, text] }));
    let said: Vec<&str> = attached["unchecked"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(said.len(), 1, "only the picture: {said:?}");
    assert!(said[0].starts_with("screen.png was not looked into"), "{said:?}");
}
