//! Lists that grow with the years come in pages and say how many there are.

use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_tests::shop::Shop;

const REQUIREMENT: &str = "gdpr:5.2";

fn shop() -> Shop {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    shop
}

/// One field of every row of a list.
fn each<'v>(list: &'v Value, field: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|row| row[field].as_str().unwrap()).collect()
}

#[test]
fn tasks_come_in_pages() {
    let mut shop = shop();
    for number in 0..30 {
        let owner = if number % 3 == 0 { "Anna" } else { "Zoe" };
        shop.call("add_task", json!({ "title": format!("Task {number:02}"), "owner": owner, "due": "2020-01-01" }));
    }
    let all = shop.call("list_tasks", json!({}));
    assert_eq!((all["tasks"].as_array().unwrap().len(), &all["total"]), (30, &json!(30)), "without a limit, all");
    let page = shop.call("list_tasks", json!({ "limit": 4, "offset": 20 }));
    assert_eq!(each(&page["tasks"], "title"), ["Task 20", "Task 21", "Task 22", "Task 23"], "the older ones first");
    assert_eq!(page["total"], 30, "it says how many there are");
    assert_eq!(page["sums"]["open"], 30, "and sums them all up");
    let beyond = shop.call("list_tasks", json!({ "limit": 4, "offset": 99 }));
    assert_eq!((&beyond["tasks"], &beyond["total"]), (&json!([]), &json!(30)), "there is nothing behind the last");
    let of_one = shop.call("list_tasks", json!({ "limit": 1, "owner": "Anna" }));
    assert_eq!((&of_one["total"], &of_one["owners"]), (&json!(10), &json!(["Anna", "Zoe"])), "others can be chosen");
    let id = &all["tasks"][7]["id"];
    let one = shop.call("list_tasks", json!({ "task": id }));
    assert_eq!(one["tasks"], json!([all["tasks"][7]]), "one of them by its id");
    assert_eq!(shop.refused("list_tasks", json!({ "task": "seven" })).code, "not-found", "no id");
    let overview = shop.call("overview", json!({}));
    assert_eq!(overview["tasks"].as_array().unwrap().len(), 20, "the overview shows the first");
    assert_eq!(overview["tasks_total"], 30);
}

#[test]
fn evidence_is_shown_in_part_and_counted_in_all() {
    let mut shop = shop();
    for number in 0..60 {
        let request = json!({
            "requirements": [REQUIREMENT], "title": format!("Note {number:02}"), "text": format!("It says {}", number % 40),
            "collected_on": "2019-01-01", "valid_until": "2020-01-01",
        });
        shop.call("add_note", request);
    }
    let overview = shop.call("overview", json!({}));
    assert_eq!(overview["expiring"].as_array().unwrap().len(), 20, "the newest of what has expired");
    assert_eq!((&overview["expiring_total"], &overview["expiring"][0]["title"]), (&json!(60), &json!("Note 59")));
    let detail = shop.call("show_requirement", json!({ "requirement": REQUIREMENT }));
    let shown = each(&detail["evidence"], "title");
    assert_eq!((shown.len(), shown.first(), &detail["row"]["evidence_count"]), (50, Some(&"Note 59"), &json!(60)));
    // What has the same bytes is found, whatever page it stands on.
    let page = shop.call("list_evidence", json!({ "limit": 1 }));
    let same = page["evidence"][0]["same_as"].as_array().unwrap();
    assert_eq!(same.len(), 1, "the sixtieth note says what the twentieth says: {same:?}");
    let twin = same[0]["id"].clone();
    let before = shop.call("list_evidence", json!({ "limit": 1, "offset": 40 }))["evidence"][0].clone();
    assert_eq!((&before["id"], &before["title"]), (&twin, &json!("Note 19")));
    shop.call("remove_evidence", json!({ "evidence": twin, "reason": "said twice" }));
    let page = shop.call("list_evidence", json!({ "limit": 1 }));
    assert_eq!(page["evidence"][0]["same_as"], json!([]), "what was removed is not named");
    // Every word somewhere: ten with a nought before, five with one behind.
    for (search, count) in [("note 0", 15), ("NOTE", 59), ("ÄÖ", 0), ("", 59)] {
        let found = shop.call("list_evidence", json!({ "search": search, "limit": 1 }));
        assert_eq!(found["total"], count, "search for {search:?}");
    }
}

#[test]
fn what_does_not_fit_together_comes_by_kind() {
    let mut shop = shop();
    let rows = shop.call("list_requirements", json!({ "framework": "shop-security" }));
    let ids: Vec<String> = each(&rows["requirements"], "id").into_iter().take(5).map(str::to_owned).collect();
    shop.call("answer_many", json!({ "requirements": ids, "verdict": "in-place" }));
    let few = shop.call("data_quality", json!({ "limit": 2 }));
    assert_eq!(each(&few["points"], "kind"), ["no-proof", "no-proof"], "two of each kind");
    assert_eq!(few["counts"][0]["count"], 5, "and how many there are");
    let none = shop.call("data_quality", json!({ "kind": "provider" }));
    assert_eq!((&none["points"], &none["counts"]), (&json!([]), &few["counts"]), "of another kind there are none");
    assert_eq!(shop.refused("data_quality", json!({ "kind": "colour" })).code, "unknown-value");
}

#[test]
fn a_requirement_shared_by_many_lists_is_named_once() {
    let mut shop = shop();
    let listed = shop.call("list_providers", json!({}))["requirements"].clone();
    shop.call("sign_off", json!({ "framework": "pci-dss-4.0.1", "name": "Katrin", "role": "owner" }));
    shop.call("next_assessment", json!({ "framework": "pci-dss-4.0.1" }));
    assert_eq!(shop.call("list_providers", json!({}))["requirements"], listed, "the next list asks the same");
    shop.call("change_scope", json!({ "framework": "pci-dss-4.0.1", "scope": "A+B" }));
    let more = shop.call("list_providers", json!({}))["requirements"].clone();
    assert!(more.as_array().unwrap().len() > listed.as_array().unwrap().len(), "another scope asks more");
}
