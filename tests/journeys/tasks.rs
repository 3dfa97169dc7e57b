//! Tasks: effort and cost, series that come back, proof, from a gap, and the duties of a year.

use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_store::Reads;
use tillproof_tests::shop::Shop;

const GAP: &str = "pci-dss-4.0.1:6.3.3";
const MET: &str = "pci-dss-4.0.1:8.3.6";

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn texts(values: &[Value], field: &str) -> Vec<String> {
    values.iter().map(|value| value[field].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_task_says_what_it_takes_and_costs() {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    let task = shop.call(
        "add_task",
        json!({
            "title": "Scan", "effort_minutes": 90, "cost": { "amount": "120,5", "currency": "eur" },
            "links": [" https://asv.example/scan?x=1 ", "", "http://example.org", "http://example.org"]
        }),
    );
    assert_eq!(task["effort_minutes"], 90, "an hour and a half");
    assert_eq!(task["cost"], json!({ "amount": "120.50", "currency": "EUR" }), "in the form of the currency");
    assert_eq!(task["links"], json!(["https://asv.example/scan?x=1", "http://example.org"]), "each once");
    shop.call(
        "add_task",
        json!({ "title": "Yen", "cost": { "amount": "300", "currency": "JPY" }, "effort_minutes": 15 }),
    );
    shop.call("add_task", json!({ "title": "More", "cost": { "amount": "0.55", "currency": "EUR" } }));
    let done = shop.call("add_task", json!({ "title": "Done", "effort_minutes": 600 }));
    shop.call("set_task", json!({ "task": done["id"], "status": "done" }));
    let sums = shop.call("list_tasks", json!({}))["sums"].clone();
    assert_eq!(
        sums,
        json!({
            "open": 3, "effort_minutes": 105, "without_effort": 1,
            "costs": [{ "amount": "121.05", "currency": "EUR" }, { "amount": "300", "currency": "JPY" }]
        }),
        "of the open ones, by currency"
    );
    let changed = shop.call(
        "set_task",
        json!({ "task": task["id"], "effort_minutes": 0, "cost": { "amount": "", "currency": "" }, "links": [] }),
    );
    assert_eq!(
        (&changed["effort_minutes"], &changed["cost"], &changed["links"]),
        (&Value::Null, &Value::Null, &json!([])),
        "taken away again"
    );
    let before = shop.state();
    for (field, value, code) in [
        ("effort_minutes", json!(20), "invalid-effort"),
        ("effort_minutes", json!(900_000), "invalid-effort"),
        ("cost", json!({ "amount": "1.234", "currency": "EUR" }), "invalid-cost"),
        ("cost", json!({ "amount": "-1", "currency": "EUR" }), "invalid-cost"),
        ("cost", json!({ "amount": "1", "currency": "" }), "invalid-cost"),
        ("links", json!(["javascript:alert(1)"]), "invalid-link"),
        ("links", json!(["file:///etc/passwd"]), "invalid-link"),
        ("links", json!(["https://user:secret@example.org"]), "invalid-link"),
        ("links", json!(["https://example.org/a b"]), "invalid-link"),
        ("links", json!(["example.org"]), "invalid-link"),
        ("links", json!((0..21).map(|i| format!("https://example.org/{i}")).collect::<Vec<_>>()), "too-many-links"),
        ("recurrence", json!("every month"), "invalid-recurrence"),
        ("recurrence", json!("FREQ=DAILY;COUNT=2"), "invalid-recurrence"),
        ("evidence", json!(["x"]), "not-found"),
    ] {
        let error = shop.refused("set_task", json!({ "task": task["id"], field: value }));
        assert_eq!(error.code, code, "{field} = {value}: {error:?}");
    }
    assert_eq!(shop.state(), before, "what is refused leaves nothing");
}

#[test]
fn a_recurring_task_that_is_done_makes_the_next_one() {
    let mut shop = Shop::busy(Locale::De, None);
    let scan = shop.write("scan-2.txt", b"clean");
    let scan =
        shop.call("attach_evidence", json!({ "requirements": [MET], "paths": [scan] }))["evidence"][0]["id"].clone();
    let task = shop.call(
        "add_task",
        json!({
            "title": "ASV-Scan", "description": "Beide Adressen", "owner": "Katrin", "due": "2026-11-30", "priority": "high",
            "requirements": [MET], "recurrence": "RRULE:FREQ=MONTHLY;INTERVAL=3", "effort_minutes": 45,
            "cost": { "amount": "10", "currency": "EUR" }, "links": ["https://example.org"]
        }),
    );
    assert_eq!(task["recurrence"]["text"], "alle 3 Monate", "in words");
    assert_eq!(
        (&task["recurrence"]["unit"], &task["recurrence"]["every"]),
        (&json!("month"), &json!(3)),
        "and for a field"
    );
    let before = shop.store().head().unwrap().seq;
    let done = shop.call("set_task", json!({ "task": task["id"], "status": "done", "evidence": [scan] }));
    assert_eq!(shop.store().head().unwrap().seq, before + 1, "one journal entry for both");
    assert_eq!(done["proof"][0]["name"], "scan-2.txt", "closed with proof");
    assert_eq!((&done["proof"][0]["counts"], &done["verdict_open"]), (&json!(true), &json!([])), "which counts");
    let find = |shop: &mut Shop, id: &Value| {
        let tasks = shop.call("list_tasks", json!({}));
        list(&tasks, "tasks").iter().find(|task| task["id"] == *id).cloned().expect("the task is listed")
    };
    let next = find(&mut shop, &done["followed_by"]);
    for field in
        ["title", "description", "owner", "priority", "requirements", "recurrence", "effort_minutes", "cost", "links"]
    {
        assert_eq!(next[field], task[field], "the next one has the same {field}");
    }
    assert_eq!(
        (&next["status"], &next["due"]),
        (&json!("open"), &json!("2027-02-28")),
        "due on the last day of February"
    );
    assert_eq!((&next["follows"], &next["proof"]), (&task["id"], &json!([])), "it follows, and is not yet shown");
    // Reopened and done again: no second one.
    for status in ["open", "done"] {
        shop.call("set_task", json!({ "task": task["id"], "status": status }));
    }
    let series = shop.call("list_tasks", json!({ "status": "open", "requirement": MET }));
    assert_eq!(list(&series, "tasks").len(), 1, "one open task of the series");
    // A year of holidays: what was missed altogether is passed over.
    shop.host.wait_days(365);
    let late = shop.call("set_task", json!({ "task": next["id"], "status": "done" }));
    assert_eq!(find(&mut shop, &late["followed_by"])["due"], "2027-08-28", "the last one missed");
    let last = late["followed_by"].clone();
    shop.call("set_task", json!({ "task": last, "status": "dropped" }));
    assert_eq!(find(&mut shop, &last)["followed_by"], Value::Null, "dropped, the series ends");
    // An evidence that was removed is named and does not count.
    shop.call("remove_evidence", json!({ "evidence": scan, "reason": "wrong shop" }));
    assert_eq!(find(&mut shop, &task["id"])["proof"][0]["counts"], false, "removed");
    let again = json!({ "task": last, "evidence": [scan] });
    assert_eq!(shop.refused("set_task", again).code, "evidence-not-current", "it cannot be linked anew");
    shop.assert_sound();
}

#[test]
fn a_task_is_done_and_its_gap_is_still_open() {
    let mut shop = Shop::busy(Locale::En, None);
    let task = shop.call("add_task", json!({ "title": "Patch", "requirements": [GAP, MET] }));
    assert_eq!(task["verdict_open"], json!([]), "nothing is claimed while it is open");
    let done = shop.call("set_task", json!({ "task": task["id"], "status": "done" }));
    assert_eq!(texts(list(&done, "verdict_open"), "id"), [GAP], "done, but the answer still says not in place");
    shop.call("answer_requirement", json!({ "requirement": GAP, "verdict": "in-place" }));
    let listed = shop.call("list_tasks", json!({ "status": "done" }));
    assert_eq!(listed["tasks"][0]["verdict_open"], json!([]), "answered anew");
}

#[test]
fn a_gap_becomes_a_task_in_one_step() {
    let mut shop = Shop::new(Locale::De, None);
    shop.start_assessments();
    shop.call(
        "answer_requirement",
        json!({ "requirement": GAP, "verdict": "not-in-place", "target_date": "2027-01-15" }),
    );
    let detail = shop.call("show_requirement", json!({ "requirement": GAP }));
    let task = shop.call("task_from_gap", json!({ "requirement": GAP, "owner": "Agentur" }));
    let title = task["title"].as_str().unwrap();
    for word in ["Lücke schließen", "6.3.3", detail["row"]["title"].as_str().unwrap()] {
        assert!(title.contains(word), "{word} is not in {title}");
    }
    for step in list(&detail, "steps") {
        assert!(task["description"].as_str().unwrap().contains(step.as_str().unwrap()), "{step} is among the steps");
    }
    assert_eq!(
        (&task["due"], &task["owner"], &task["requirements"][0]["id"]),
        (&json!("2027-01-15"), &json!("Agentur"), &json!(GAP)),
        "due on the target date"
    );
    let error = shop.refused("task_from_gap", json!({ "requirement": GAP }));
    assert_eq!(error.code, "task-open", "one is enough");
    assert!(error.message.contains(title), "and it is named: {}", error.message);
    shop.call("set_task", json!({ "task": task["id"], "status": "dropped" }));
    let again = shop.call("task_from_gap", json!({ "requirement": GAP, "due": "2027-02-01" }));
    assert_eq!(again["due"], "2027-02-01", "closed, another may be made");
    shop.call("answer_requirement", json!({ "requirement": MET, "verdict": "in-place" }));
    let error = shop.refused("task_from_gap", json!({ "requirement": MET }));
    assert_eq!(error.code, "no-gap", "{error:?}");
    assert_eq!(
        shop.refused("task_from_gap", json!({ "requirement": "gdpr:99.9" })).code,
        "not-found",
        "no requirement"
    );
    let said = shop.call("history", json!({}));
    assert!(
        texts(list(&said, "entries"), "summary").iter().any(|s| s.starts_with("Aufgabe aus einer Lücke")),
        "{said}"
    );
    shop.assert_sound();
}

#[test]
fn the_duties_of_a_year_are_planned_once() {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    let scan = "pci-dss-4.0.1:11.3.2";
    let file = shop.write("asv.txt", b"passed");
    shop.call("attach_evidence", json!({ "requirements": [scan], "paths": [file], "collected_on": "2026-11-01" }));
    let preview = shop.call("plan_duties", json!({ "preview": true }));
    let before = shop.state();
    assert_eq!((&preview["made"], list(&preview, "duties").len() > 5), (&json!(0), true), "what would be made");
    assert_eq!(before.head.seq, shop.state().head.seq, "a preview writes nothing");
    let has = |duty: &&Value, id: &str| list(duty, "requirements").iter().any(|one| one["id"] == id);
    let duty = list(&preview, "duties").iter().find(|duty| has(duty, scan)).expect("the scan is a duty");
    assert_eq!(duty["recurrence"]["rule"], "FREQ=MONTHLY;INTERVAL=3", "every three months (11.3.2)");
    assert_eq!((&duty["due"], &duty["proven"]), (&json!("2027-02-01"), &json!(true)), "when the proof expires");
    let unproven = list(&preview, "duties").iter().find(|duty| duty["proven"] == false).expect("one without proof");
    assert_eq!(unproven["due"], "2026-12-06", "without proof in two weeks");
    let planned = shop.call("plan_duties", json!({}));
    assert_eq!(texts(list(&planned, "duties"), "title"), texts(list(&preview, "duties"), "title"), "as announced");
    let mut ids: Vec<String> =
        list(&planned, "duties").iter().flat_map(|duty| texts(list(duty, "requirements"), "id")).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "each requirement is in one task");
    assert!(list(&planned, "duties").iter().any(|duty| list(duty, "requirements").len() > 1), "one proof for several");
    let listed = shop.call("list_tasks", json!({ "requirement": scan }));
    assert_eq!(listed["tasks"][0]["recurrence"]["text"], "every 3 months", "the task comes back");
    let state = shop.state();
    assert_eq!(shop.call("plan_duties", json!({}))["made"], 0, "planned already");
    assert_eq!(shop.state(), state, "and nothing is written");
    // One that does not apply is no duty; one whose task was closed is planned anew.
    let task = listed["tasks"][0]["id"].clone();
    shop.call("set_task", json!({ "task": task, "status": "dropped" }));
    let anew = shop.call("plan_duties", json!({ "preview": true }));
    assert!(list(&anew, "duties").iter().any(|duty| has(&duty, scan)), "planned anew");
    let dropped = list(&listed["tasks"][0], "requirements").to_vec();
    let verdict =
        json!({ "requirements": texts(&dropped, "id"), "verdict": "not-applicable", "justification": "no such page" });
    shop.call("answer_many", verdict);
    assert_eq!(
        shop.call("plan_duties", json!({ "preview": true }))["duties"],
        json!([]),
        "what does not apply is no duty"
    );
    assert_eq!(shop.refused("plan_duties", json!({ "assessment": "x" })).code, "not-found", "no assessment");
    shop.assert_sound();
}

#[test]
fn the_list_is_narrowed_and_in_order() {
    let mut shop = Shop::new(Locale::En, None);
    for (title, due, priority) in [
        ("far", "2027-06-01", "urgent"),
        ("late", "2026-11-01", "low"),
        ("soon", "2026-12-22", "normal"),
        ("soon, urgent", "2026-12-22", "urgent"),
        ("today", "2026-11-22", "low"),
        ("whenever", "", "urgent"),
        ("day 31", "2026-12-23", "low"),
    ] {
        shop.call("add_task", json!({ "title": title, "due": due, "priority": priority, "owner": title }));
    }
    let mut titles = |request: Value| texts(list(&shop.call("list_tasks", request), "tasks"), "title");
    assert_eq!(
        titles(json!({})),
        ["late", "today", "soon, urgent", "soon", "day 31", "far", "whenever"],
        "overdue, then by day, then by priority"
    );
    assert_eq!(titles(json!({ "overdue": true })), ["late"], "past the day");
    assert_eq!(titles(json!({ "upcoming": true })), ["today", "soon, urgent", "soon"], "thirty days, today included");
    assert_eq!(titles(json!({ "upcoming": true, "overdue": true })).len(), 4, "both");
    assert_eq!(titles(json!({ "owner": "far" })), ["far"], "of one person");
    assert_eq!(shop.call("list_tasks", json!({}))["me"], "Test", "who asks");
}
