//! Assessments over the years: signed off, followed, compared; the workspace as it was; taking back.

use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_tests::shop::Shop;

const A: &str = "shop-security:TLS-1";
const B: &str = "shop-security:PATCH-1";

/// A shop with Shop security, two answers in it, and the id of the assessment.
fn shop() -> (Shop, String) {
    let mut shop = Shop::new(Locale::En, None);
    let started = shop.call("start_assessment", json!({ "framework": "shop-security" }));
    shop.call("answer_requirement", json!({ "requirement": A, "verdict": "in-place", "note": "checked" }));
    shop.call("answer_requirement", json!({ "requirement": B, "verdict": "not-in-place" }));
    (shop, started["id"].as_str().unwrap().to_owned())
}

fn row(shop: &mut Shop, requirement: &str) -> Value {
    let listed = shop.call("list_requirements", json!({}));
    let rows = listed["requirements"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == requirement).unwrap_or_else(|| panic!("{requirement} is listed")).clone()
}

#[test]
fn what_is_signed_off_is_frozen_and_the_next_one_begins_with_it() {
    let (mut shop, first) = shop();
    let before = shop.call("workspace_info", json!({}))["journal"].clone();
    assert_eq!(shop.refused("next_assessment", json!({})).code, "not-signed-off", "first sign off");
    let signature = json!({ "name": "Katrin Lindner", "role": "owner", "signed_on": "2026-11-20" });
    assert_eq!(shop.refused("sign_off", json!({ "name": " ", "role": "owner" })).code, "signer-missing", "no name");
    let signed = shop.call("sign_off", signature.clone());
    assert_eq!(signed["signed_off"]["name"], "Katrin Lindner", "who");
    assert_eq!(signed["signed_off"]["head"], before["head"], "the journal of that moment");
    assert_eq!((&signed["tally"]["in_place"], &signed["outcome"]), (&json!(1), &json!("open")), "as it was");

    let state = shop.state();
    for (command, request) in [
        ("answer_requirement", json!({ "requirement": A, "verdict": "not-in-place", "assessment": first })),
        ("answer_many", json!({ "requirements": [A], "verdict": "not-in-place", "assessment": first })),
        ("change_scope", json!({ "assessment": first, "scope": "shop" })),
        ("sign_off", json!({ "assessment": first, "name": "x", "role": "y" })),
    ] {
        assert_eq!(shop.refused(command, request).code, "assessment-signed-off", "{command}");
    }
    assert_eq!(
        shop.refused("answer_requirement", json!({ "requirement": A, "verdict": "partly" })).code,
        "no-assessment"
    );
    let signing = state.head.seq;
    assert_eq!(shop.refused("undo", json!({ "seq": signing })).code, "cannot-undo", "a signature stays");
    assert_eq!(shop.refused("undo", json!({ "seq": signing - 1 })).code, "cannot-undo", "and what stands over it");
    assert_eq!(shop.state(), state, "frozen");

    let next = shop.call("next_assessment", json!({}));
    let second = next["id"].as_str().unwrap().to_owned();
    assert_eq!((&next["follows"], &next["carried"]), (&json!(first), &json!(2)), "carried: {next}");
    assert_eq!(next["tally"], signed["tally"], "the verdicts came along");
    assert_eq!(shop.refused("next_assessment", json!({})).code, "not-signed-off", "there is one already");
    let carried = row(&mut shop, A);
    assert_eq!(
        (&carried["verdict"], &carried["carried"], &carried["stale"]),
        (&json!("in-place"), &json!(true), &Value::Null)
    );

    shop.call("answer_requirement", json!({ "requirement": A, "verdict": "in-place" }));
    assert_eq!(row(&mut shop, A)["carried"], false, "the same verdict, given anew");
    shop.call("answer_requirement", json!({ "requirement": B, "verdict": "in-place" }));
    let compared = shop.call("compare_assessments", json!({ "to": second }));
    let changes = compared["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "one verdict differs: {compared}");
    assert_eq!(
        (&changes[0]["requirement"]["id"], &changes[0]["from"], &changes[0]["to"], &changes[0]["direction"]),
        (&json!(B), &json!("not-in-place"), &json!("in-place"), &json!("better"))
    );
    assert_eq!(compared["from"]["tally"]["not_in_place"], 1, "the earlier one is as it was");
    let listed = shop.call("list_assessments", json!({}));
    assert_eq!(listed["assessments"].as_array().unwrap().len(), 2, "both are there");
    let then = shop.call("list_requirements", json!({ "assessment": first }));
    assert_eq!(
        then["requirements"].as_array().unwrap().iter().filter(|row| row["verdict"] == "not-in-place").count(),
        1
    );
    shop.assert_sound();
}

#[test]
fn a_verdict_of_last_time_that_went_stale_says_why() {
    let (mut shop, _) = shop();
    shop.call("sign_off", json!({ "name": "K", "role": "owner" }));
    shop.call("next_assessment", json!({}));
    let proof = shop.write("scan.txt", b"scan");
    shop.call("attach_evidence", json!({ "requirements": [B], "paths": [proof] }));
    assert_eq!(row(&mut shop, B)["stale"], "new-proof", "proof came after the verdict");
    let later = "2028-02-01T10:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    shop.host.set(later);
    assert_eq!(row(&mut shop, A)["stale"], "too-old", "more than a year later");
    let summary = shop.call("overview", json!({}))["assessments"][0].clone();
    assert_eq!((&summary["carried"], &summary["stale"]), (&json!(2), &json!(2)), "counted");
}

#[test]
fn the_workspace_as_it_was_on_a_day() {
    let (mut shop, _) = shop();
    let day = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    shop.host.set(day("2026-11-30T12:00:00Z"));
    shop.call("answer_requirement", json!({ "requirement": A, "note": "second of the day" }));
    shop.call("add_task", json!({ "title": "Update", "due": "2026-12-05", "requirements": [B] }));
    let copy = |shop: &mut Shop| {
        ["workspace_info", "overview", "list_requirements", "list_tasks", "list_evidence", "data_quality", "history"]
            .map(|command| shop.call(command, json!({})))
    };
    let mut then = copy(&mut shop);
    let report = shop.path("then.pdf");
    shop.host.set(day("2026-11-30T13:00:00Z"));
    shop.call("export_report", json!({ "path": report }));

    shop.host.set(day("2026-12-10T12:00:00Z"));
    shop.call("answer_requirement", json!({ "requirement": A, "verdict": "partly", "note": "changed later" }));
    let proof = shop.write("scan.txt", b"scan");
    shop.call("attach_evidence", json!({ "requirements": [B], "paths": [proof] }));
    let state = shop.state();
    let now = copy(&mut shop);
    assert_eq!(
        shop.call("list_tasks", json!({ "overdue": true }))["tasks"].as_array().unwrap().len(),
        1,
        "overdue now"
    );

    let info = shop.call("look_back", json!({ "day": "2026-12-01" }));
    assert_eq!(info["as_of"], "2026-12-01", "the day that is looked at");
    assert_eq!(shop.call("list_tasks", json!({ "overdue": true }))["tasks"], json!([]), "not overdue then");
    let refused = shop.refused("answer_requirement", json!({ "requirement": A, "verdict": "in-place" }));
    assert_eq!(refused.code, "looking-back", "the past does not change");
    shop.call("look_back", json!({ "day": "2026-11-30" }));
    let mut again = copy(&mut shop);
    for (then, again) in then.iter_mut().zip(&mut again) {
        // What may differ: the day that is looked at, the size of the file, and what can be taken back.
        for value in [then, again] {
            for field in ["as_of", "size"] {
                if let Some(known) = value.get_mut(field) {
                    *known = Value::Null;
                }
            }
        }
    }
    assert_eq!(again, then, "as it was");
    let past = shop.path("past.pdf");
    shop.host.set(day("2026-11-30T13:00:00Z"));
    shop.call("export_report", json!({ "path": past }));
    assert!(std::fs::read(&past).unwrap() == std::fs::read(&report).unwrap(), "the report is the same to the byte");
    shop.host.set(day("2026-12-10T12:00:00Z"));
    assert_eq!(shop.refused("look_back", json!({ "day": "2020-01-01" })).code, "before-the-beginning");
    assert_eq!(shop.refused("look_back", json!({})).code, "invalid-date");
    shop.call("look_now", json!({}));
    assert_eq!(copy(&mut shop), now, "back to today");
    assert_eq!(shop.state(), state, "nothing was written");
}

#[test]
fn changes_are_taken_back() {
    let (mut shop, _) = shop();
    let note = |shop: &mut Shop| shop.call("show_requirement", json!({ "requirement": A }))["note"].clone();
    shop.call("answer_requirement", json!({ "requirement": A, "note": "wrong" }));
    let undone = shop.call("undo", json!({}));
    assert_eq!(undone["command"], "undo", "an entry of its own");
    assert_eq!(note(&mut shop), "checked", "as before");
    shop.call("undo", json!({ "seq": undone["seq"] }));
    assert_eq!(note(&mut shop), "wrong", "and taken back again");

    // What was new is put aside, not deleted.
    let proof = shop.write("scan.txt", b"scan");
    let first = shop.call("attach_evidence", json!({ "requirements": [A], "paths": [proof] }))["evidence"][0].clone();
    shop.write("scan.txt", b"newer");
    shop.call("replace_evidence", json!({ "evidence": first["id"], "path": proof }));
    shop.call("undo", json!({}));
    let listed = shop.call("list_evidence", json!({}))["evidence"].clone();
    assert_eq!(
        (listed.as_array().unwrap().len(), &listed[0]["id"]),
        (1, &first["id"]),
        "the first version counts again"
    );
    let task = shop.call("add_task", json!({ "title": "Update" }))["id"].clone();
    shop.call("undo", json!({}));
    let tasks = shop.call("list_tasks", json!({}))["tasks"].clone();
    assert_eq!((&tasks[0]["id"], &tasks[0]["status"]), (&task, &json!("dropped")), "dropped");
    let provider = shop.call("add_provider", json!({ "name": "Host" }))["id"].clone();
    shop.call("undo", json!({}));
    let providers = shop.call("list_providers", json!({ "all": true }))["providers"].clone();
    assert_eq!(providers[0]["id"], provider);
    assert!(!providers[0]["ended"].is_null(), "ended: {providers}");
    shop.call("set_profile", json!({ "staff": 7 }));
    shop.call("undo", json!({}));
    assert_eq!(shop.call("workspace_info", json!({}))["profile"]["staff"], Value::Null, "the profile, too");

    // What the law wants written down stays, and nobody is offered to take it back.
    shop.call("add_breach", json!({ "title": "Lost laptop", "aware_at": "2026-11-22T09:00:00Z" }));
    let newest = shop.call("history", json!({ "limit": 1 }))["entries"][0].clone();
    assert_eq!(newest["can_undo"], false, "not offered: {newest}");
    assert_eq!(shop.refused("undo", json!({ "seq": newest["seq"] })).code, "cannot-undo", "a breach stays");

    // What others have built on stays.
    shop.call("answer_requirement", json!({ "requirement": B, "note": "one" }));
    let one = shop.state().head.seq;
    shop.call("answer_requirement", json!({ "requirement": B, "note": "two" }));
    let state = shop.state();
    assert_eq!(shop.refused("undo", json!({ "seq": one })).code, "changed-since");
    assert_eq!(shop.refused("undo", json!({ "seq": 1 })).code, "cannot-undo");
    assert_eq!(shop.refused("undo", json!({ "seq": 4_000 })).code, "not-found");
    shop.host.be("Somebody else");
    assert_eq!(shop.refused("undo", json!({})).code, "nothing-to-undo", "only one's own, unless it is named");
    assert_eq!(shop.state(), state, "nothing was written");
    shop.assert_sound();
}

#[test]
fn history_by_person_and_day() {
    let (mut shop, _) = shop();
    shop.host.be("Agency");
    shop.host.set("2026-12-01T08:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    shop.call("answer_requirement", json!({ "requirement": A, "note": "by the agency" }));
    shop.host.be("Katrin");
    shop.host.set("2026-12-05T08:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    shop.call("answer_requirement", json!({ "requirement": A, "note": "by Katrin" }));
    let mut seqs = |request: Value| {
        let page = shop.call("history", request);
        page["entries"].as_array().unwrap().iter().map(|entry| entry["seq"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(seqs(json!({})), [6, 5, 4, 3, 2, 1], "all");
    assert_eq!(seqs(json!({ "person": "Agency" })), [5], "of one person");
    assert_eq!(seqs(json!({ "person": "Nobody" })), [0; 0], "of nobody");
    assert_eq!(seqs(json!({ "subject": A, "person": "Agency" })), [5], "of one person about one thing");
    assert_eq!(seqs(json!({ "from": "2026-12-01" })), [6, 5], "from a day on");
    assert_eq!(seqs(json!({ "from": "2026-12-01", "to": "2026-12-04" })), [5], "between two days");
    assert_eq!(seqs(json!({ "to": "2026-11-30", "limit": 2 })), [4, 3], "up to a day, paged");
    assert_eq!(seqs(json!({ "to": "2026-11-30", "before": 3 })), [2, 1], "the next page");
}

#[test]
fn what_does_not_fit_together_is_listed() {
    let (mut shop, _) = shop();
    let kinds = |shop: &mut Shop| {
        let quality = shop.call("data_quality", json!({}));
        let mut kinds: Vec<String> = quality["points"]
            .as_array()
            .unwrap()
            .iter()
            .map(|point| point["kind"].as_str().unwrap().to_owned())
            .collect();
        let counted: u64 = quality["counts"].as_array().unwrap().iter().map(|one| one["count"].as_u64().unwrap()).sum();
        assert_eq!(counted, kinds.len() as u64, "each is counted once");
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(&mut shop), ["no-proof"], "in place without proof");
    let task = shop.call("add_task", json!({ "title": "Update", "requirements": [B] }))["id"].clone();
    shop.call("set_task", json!({ "task": task, "status": "done" }));
    let proof = shop.write("scan.txt", b"scan");
    let request = json!({ "requirements": [A, B], "paths": [proof], "valid_until": "2026-12-01" });
    shop.call("attach_evidence", request);
    assert_eq!(kinds(&mut shop), ["verdict-older", "task-done"], "a gap with proof and a done task");
    shop.call("add_provider", json!({ "name": "Host", "handles": ["personal-data"] }));
    shop.host.set("2026-12-24T10:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    assert_eq!(kinds(&mut shop), ["proof-expired", "verdict-older", "task-done", "provider"], "later");
    shop.call("sign_off", json!({ "name": "K", "role": "owner" }));
    shop.call("next_assessment", json!({}));
    assert!(kinds(&mut shop).contains(&"carried".to_owned()), "verdicts of last time");
    let overview = shop.call("overview", json!({}));
    assert!(!overview["quality"].as_array().unwrap().is_empty(), "counted in the overview");
}
