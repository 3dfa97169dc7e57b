//! Worksheets: opened by a verdict, never in its way, shown as open until they are filled in.

use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_tests::program::tillproof;
use tillproof_tests::shop::Shop;

const CCW: &str = "pci-dss-4.0.1:8.3.6";
const SIX: [&str; 6] = ["constraints", "definition", "objective", "risk", "validation", "maintenance"];

fn answer(shop: &mut Shop, requirement: &str, more: &Value) -> Value {
    let mut request = json!({ "requirement": requirement });
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    shop.call("answer_requirement", request)
}

fn words(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

#[test]
fn a_compensating_control_is_open_until_its_six_points_are_written() {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    let given = json!({ "verdict": "in-place-ccw", "justification": "The terminal takes eight characters only" });
    let said = answer(&mut shop, CCW, &given);
    assert_eq!(words(&said["row"]["worksheet_open"]), SIX, "the verdict stands, and its six points are open");
    assert_eq!(said["worksheet"]["source"], "SAQ, Appendix B", "with its place in the form");
    let rows = shop.call("list_requirements", json!({ "verdict": "in-place-ccw" }));
    assert_eq!(words(&rows["requirements"][0]["worksheet_open"]), SIX, "and the list says so");
    for (index, point) in SIX.iter().enumerate() {
        let listed = shop.call("list_worksheets", json!({ "open": true }));
        assert_eq!((&listed["open"], &listed["worksheets"][0]["state"]), (&json!(1), &json!("open")), "still open");
        let text = format!("about {point}");
        let said = answer(&mut shop, CCW, &json!({ "rev": index + 1, "worksheet": { *point: text } }));
        assert_eq!(words(&said["row"]["worksheet_open"]), SIX[index + 1..], "{point} is written");
        assert_eq!(said["worksheet"]["fields"][index]["text"], text.as_str(), "as it was written");
    }
    assert_eq!(shop.call("list_worksheets", json!({ "open": true }))["worksheets"], json!([]), "nothing is open");
    assert_eq!(shop.call("list_worksheets", json!({}))["worksheets"][0]["state"], "filled", "and it is filled in");
    let met = answer(&mut shop, CCW, &json!({ "verdict": "in-place" }));
    assert_eq!(
        (&met["worksheet"], &met["row"]["worksheet_open"]),
        (&json!(null), &json!([])),
        "none for another verdict"
    );
    let back = answer(&mut shop, CCW, &json!({ "verdict": "in-place-ccw" }));
    assert_eq!(back["worksheet"]["state"], "filled", "nothing was lost on the way");
    let cleared = answer(&mut shop, CCW, &json!({ "worksheet": { "risk": " " } }));
    assert_eq!(words(&cleared["row"]["worksheet_open"]), ["risk"], "an empty text takes a point away");
    shop.assert_sound();
}

#[test]
fn what_a_form_does_not_ask_is_refused_and_what_is_secret_too() {
    let mut shop = Shop::new(Locale::De, None);
    shop.start_assessments();
    answer(&mut shop, CCW, &json!({ "verdict": "in-place-ccw", "justification": "geht nicht anders" }));
    let refuse = |requirement: &str, worksheet: Value| json!({ "requirement": requirement, "worksheet": worksheet });
    for (request, code) in [
        (refuse(CCW, json!({ "feeling": "good" })), "unknown-value"),
        (refuse("gdpr:32.1.b", json!({ "checked": "x" })), "no-worksheets"),
        (refuse(CCW, json!({ "risk": "Karte 4929 1234 5678 9015" })), "card-data-found"),
        (refuse(CCW, json!({ "risk": "x".repeat(5_000_000) })), "text-too-long"),
    ] {
        let before = shop.state();
        assert_eq!(shop.refused("answer_requirement", request).code, code);
        assert_eq!(shop.state(), before, "{code}: nothing is left");
    }
    let kept = json!({ "worksheet": { "risk": "Karte 4929 1234 5678 9015" }, "allow_card_data": "Testkarte" });
    assert_eq!(answer(&mut shop, CCW, &kept)["worksheet"]["fields"][3]["text"], "Karte 4929 1234 5678 9015");
    let gdpr =
        answer(&mut shop, "gdpr:32.1.b", &json!({ "verdict": "not-applicable", "justification": "gibt es nicht" }));
    assert_eq!(gdpr["worksheet"], json!(null), "the GDPR has no such form");
}

#[test]
fn a_whole_section_is_not_applicable_with_one_reason_and_one_way_of_checking() {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    let paper = ["pci-dss-4.0.1:9.4.1", "pci-dss-4.0.1:9.4.1.1"];
    let request = json!({
        "requirements": paper, "verdict": "not-applicable", "justification": "No card data on paper",
        "worksheet": { "checked": "Looked through the office on 3 November" }
    });
    shop.call("answer_many", request);
    let listed = shop.call("list_worksheets", json!({}));
    assert_eq!(listed["open"], 0, "nothing is open");
    for row in listed["worksheets"].as_array().unwrap() {
        assert_eq!(row["worksheet"]["reason"]["text"], "No card data on paper", "the reason is one of its points");
        assert_eq!(row["worksheet"]["fields"][0]["text"], "Looked through the office on 3 November");
    }
    assert_eq!(listed["worksheets"].as_array().unwrap().len(), 2, "one for each");
}

#[test]
fn a_law_that_is_named_makes_ready_to_attest_with_legal_exception() {
    let mut shop = Shop::new(Locale::En, None);
    let pci = shop.call("start_assessment", json!({ "framework": "pci-dss-4.0.1", "scope": "A" }));
    for criterion in pci["criteria"].as_array().unwrap() {
        shop.call("confirm_criterion", json!({ "criterion": criterion["id"], "confirmed": true }));
    }
    let all = shop.call("list_requirements", json!({}));
    let ids: Vec<&Value> = all["requirements"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
    shop.call("answer_many", json!({ "requirements": ids, "verdict": "in-place" }));
    let outcome = |shop: &mut Shop| shop.call("workspace_info", json!({}))["assessments"][0]["outcome"].clone();
    assert_eq!(outcome(&mut shop), "ready-to-attest", "all is met");
    let gap = answer(&mut shop, CCW, &json!({ "verdict": "not-in-place" }));
    assert_eq!(gap["worksheet"]["state"], "offered", "a law may be in the way; nobody says so");
    assert_eq!(shop.call("list_worksheets", json!({}))["worksheets"], json!([]), "so there is none");
    assert_eq!(outcome(&mut shop), "open", "and a gap is a gap");
    let half = answer(&mut shop, CCW, &json!({ "worksheet": { "law": "Court order 7 O 12/26" } }));
    assert_eq!(words(&half["row"]["worksheet_open"]), ["law-effect"], "half of it");
    assert_eq!(outcome(&mut shop), "open", "is not enough");
    answer(&mut shop, CCW, &json!({ "worksheet": { "law-effect": "It forbids to change the accounts" } }));
    assert_eq!(outcome(&mut shop), "ready-with-legal-exception", "the rule of the form (AOC Part 3)");
    let next = shop.call("overview", json!({}))["next_step"].clone();
    assert_ne!(next["kind"], "close-gap", "nobody is sent to do what a law forbids: {next}");
    answer(&mut shop, CCW, &json!({ "verdict": "in-place-ccw", "justification": "another way" }));
    assert_eq!(outcome(&mut shop), "open", "a compensating control without its worksheet cannot be attested");
}

#[test]
fn only_saq_d_knows_what_was_not_tested() {
    let mut shop = Shop::new(Locale::De, None);
    shop.call("start_assessment", json!({ "framework": "pci-dss-4.0.1", "scope": "D-Merchant" }));
    let said = answer(&mut shop, CCW, &json!({ "verdict": "not-tested", "justification": "Filiale geschlossen" }));
    assert_eq!(words(&said["row"]["worksheet_open"]), ["part-not-tested"], "which part is open");
    assert_eq!(said["worksheet"]["reason"]["text"], "Filiale geschlossen", "why is written");
    assert_eq!(said["worksheet"]["source"], "SAQ, Anhang D", "in the language of the person");
}

#[test]
fn the_command_line_fills_and_lists_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.tillproof").display().to_string();
    let run = |arguments: &[&str]| {
        let ran = tillproof(&[&["--json"], arguments].concat());
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        ran.json()
    };
    run(&["new", &file, "--name", "Shop", "--locale", "en", "--unencrypted"]);
    run(&["assess", &file, "pci-dss-4.0.1", "--saq", "A"]);
    let answer = ["answer", &file, CCW, "--verdict", "in-place-ccw", "--justification", "old terminal"];
    let points = ["--worksheet", "risk=a = b, c", "--worksheet", "objective=the same"];
    let said = run(&[answer.as_slice(), &points].concat());
    assert_eq!(said["worksheet"]["fields"][3]["text"], "a = b, c", "a text may hold anything");
    let listed = run(&["worksheets", &file, "--open"]);
    assert_eq!(words(&listed["worksheets"][0]["open"]), ["constraints", "definition", "validation", "maintenance"]);
    let ran = tillproof(&["worksheets", &file]);
    assert!(ran.out.contains("compensating-control  open"), "a line for a person: {ran:?}");
    let wrong = tillproof(&["--json", "answer", &file, CCW, "--worksheet", "risk"]);
    assert_eq!((wrong.code, wrong.error_code().as_str()), (1, "unknown-value"), "a point without a text: {wrong:?}");
}
