//! The registers of the GDPR: what is done with personal data, what persons ask, what went wrong.

use serde_json::{Value, json};
use tillproof_api::commands::register::register_clocks;
use tillproof_domain::locale::Locale;
use tillproof_store::Reads;
use tillproof_tests::program::tillproof;
use tillproof_tests::shop::Shop;

fn words<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().map(|item| item[field].as_str().unwrap()).collect()
}

#[test]
fn the_record_names_what_is_not_said_yet() {
    let mut shop = Shop::new(Locale::En, None);
    let activity = shop.call("add_processing", json!({ "name": "Orders" }));
    let rules = words(&activity["lacks"], "rule");
    for letter in ["a", "b", "c", "d", "e", "f", "g"] {
        assert!(rules.contains(&format!("Art. 30(1)({letter}) GDPR").as_str()), "{letter} is missing: {rules:?}");
    }
    shop.call("set_profile", json!({ "address": "Am Markt 1", "contact_email": "post@shop.example" }));
    let provider = shop.call("add_provider", json!({ "name": "Zahlwerk", "handles": ["personal-data"] }))["id"].clone();
    let set = json!({
        "processing": activity["id"], "rev": 1, "purposes": "sell", "legal_bases": ["legal-obligation", "contract", "contract"],
        "persons": "customers", "data": "addresses", "special_categories": false, "providers": [provider],
        "third_countries": true, "transfers": "USA", "erasure": "ten years", "security": "TLS"
    });
    let activity = shop.call("set_processing", set.clone());
    assert_eq!(activity["legal_bases"], json!(["contract", "legal-obligation"]), "each once, in the order of Art. 6");
    assert_eq!(activity["providers"][0]["name"], "Zahlwerk", "a provider is a recipient");
    assert_eq!(words(&activity["lacks"], "part"), ["transfers"], "a third country needs a safeguard");
    assert_eq!(shop.refused("set_processing", set).code, "conflict", "seen too long ago");
    let id = activity["id"].clone();
    shop.call("set_processing", json!({ "processing": id, "transfer_safeguard": "Data Privacy Framework" }));
    let lacking = shop.call("list_processing", json!({ "lacking": true }));
    assert_eq!(lacking["activities"], json!([]), "nothing is open");
    let before = shop.state();
    shop.call("set_processing", json!({ "processing": id, "purposes": "sell" }));
    assert_eq!(shop.state(), before, "what changes nothing leaves no trace");
    shop.call("set_processing", json!({ "processing": id, "ended": "no shop any more" }));
    assert_eq!(shop.call("list_processing", json!({}))["activities"], json!([]), "an activity of the past");
    let all = shop.call("list_processing", json!({ "all": true }));
    assert_eq!(all["activities"][0]["ended"], "no shop any more", "is kept");
    let refused = |shop: &mut Shop, request: Value| shop.refused("add_processing", request).code;
    assert_eq!(refused(&mut shop, json!({ "name": " " })), "name-missing", "a name");
    assert_eq!(refused(&mut shop, json!({ "name": "x", "legal_bases": ["luck"] })), "unknown-value", "a basis");
    assert_eq!(refused(&mut shop, json!({ "name": "x", "providers": [id] })), "not-found", "a provider");
    shop.assert_sound();
}

#[test]
fn the_record_begins_with_templates_and_takes_none_twice() {
    for locale in [Locale::De, Locale::En] {
        let mut shop = Shop::new(locale, None);
        let known = shop.call("processing_starter", json!({}))["activities"].as_array().unwrap().len();
        let one = shop.call("start_processing", json!({ "templates": ["newsletter", "newsletter"] }));
        assert_eq!((one["added"].as_array().unwrap().len(), &one["there_already"]), (1, &json!(1)), "{one}");
        assert_eq!(one["added"][0]["legal_bases"], json!(["consent", "legitimate-interests"]), "as the template says");
        let open: Vec<&str> = words(&one["added"][0]["lacks"], "part");
        assert_eq!(open, ["controller", "transfers", "special-categories"], "what only the merchant can say");
        let ended = json!({ "processing": one["added"][0]["id"], "ended": "stopped" });
        shop.call("set_processing", ended);
        let entries = shop.state().head.seq;
        let all = shop.call("start_processing", json!({}));
        assert_eq!(all["added"].as_array().unwrap().len(), known - 1, "the rest, not the one that was ended");
        assert_eq!(shop.state().head.seq, entries + 1, "in one entry");
        let before = shop.state();
        assert_eq!(shop.call("start_processing", json!({}))["added"], json!([]), "nothing is left");
        assert_eq!(shop.state(), before, "and nothing is written");
        assert_eq!(shop.refused("start_processing", json!({ "templates": ["coffee"] })).code, "not-found", "unknown");
        let said = shop.call("history", json!({ "limit": 1 }))["entries"][0]["summary"].as_str().unwrap().to_owned();
        assert!(said.contains(&(known - 1).to_string()), "the history counts them: {said}");
        shop.assert_sound();
    }
}

#[test]
fn a_request_has_a_month_and_may_be_extended_once() {
    let mut shop = Shop::new(Locale::En, None);
    // The test begins on Sunday, 22 November 2026.
    let asked = json!({ "right": "access", "reference": "customer 4711", "received_on": "2026-11-05" });
    let request = shop.call("add_person_request", asked);
    let id = request["id"].clone();
    assert_eq!((&request["safe"], &request["due"]), (&json!("2026-12-05"), &json!("2026-12-07")), "Saturday to Monday");
    assert_eq!((&request["state"], &request["days_left"]), (&json!("open"), &json!(15)), "{request}");
    let overdue = json!({ "right": "objection", "reference": "4712", "received_on": "2026-10-05", "note": "mail" });
    shop.call("add_person_request", overdue);
    let today = shop.call("add_person_request", json!({ "right": "erasure", "reference": "4713" }));
    assert_eq!(today["received_on"], "2026-11-22", "today if nothing is said");
    let listed = shop.call("list_person_requests", json!({ "open": true }));
    assert_eq!(words(&listed["requests"], "state"), ["overdue", "open", "open"], "what waits longest first");
    let set = |fields: Value| {
        let mut request = json!({ "request": id });
        request.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        request
    };
    let before = shop.state();
    for (fields, code) in [
        (json!({ "extension_reason": "many at once" }), "extension-incomplete"),
        (json!({ "extension_told_on": "2026-11-20" }), "extension-incomplete"),
        (json!({ "answered_on": "2026-11-20" }), "outcome-missing"),
        (json!({ "outcome": "granted" }), "answered-on-missing"),
        (json!({ "answered_on": "2026-11-20", "outcome": "refused", "outcome_reason": " " }), "refusal-reason-missing"),
        (json!({ "answered_on": "2026-11-04", "outcome": "granted" }), "before-receipt"),
        (json!({ "identity_checked_on": "2026-11-23" }), "day-in-future"),
        (json!({ "received_on": "" }), "invalid-date"),
        (json!({ "received_on": "2026-11-23" }), "day-in-future"),
        (json!({ "right": "luck" }), "unknown-value"),
        (json!({ "outcome": "luck" }), "unknown-value"),
        (json!({ "reference": "" }), "reference-missing"),
        (json!({ "evidence": [id] }), "not-found"),
        (json!({ "note": "x", "rev": 7 }), "conflict"),
    ] {
        assert_eq!(shop.refused("set_person_request", set(fields.clone())).code, code, "{fields}");
    }
    assert_eq!(shop.state(), before, "what is refused leaves nothing");
    let told = json!({ "extension_reason": "many at once", "extension_told_on": "2026-11-20" });
    let extended = shop.call("set_person_request", set(told));
    assert_eq!((&extended["due"], &extended["state"]), (&json!("2027-02-05"), &json!("open")), "three months in all");
    let taken_back = shop.call("set_person_request", set(json!({ "extension_reason": "", "extension_told_on": "" })));
    assert_eq!(taken_back["due"], "2026-12-07", "an extension can be taken back");
    shop.host.wait_days(20);
    let late = json!({ "extension_reason": "many at once", "extension_told_on": "2026-12-08" });
    assert_eq!(shop.refused("set_person_request", set(late)).code, "extension-too-late", "told after the month");
    let answered =
        json!({ "answered_on": "2026-12-08", "outcome": "refused", "outcome_reason": "invoices must be kept" });
    let answered = shop.call("set_person_request", set(answered));
    assert_eq!(answered["state"], "answered-late", "a day too late");
    shop.assert_sound();
}

#[test]
fn a_breach_has_72_hours() {
    let mut shop = Shop::new(Locale::En, None);
    let breach = shop.call("add_breach", json!({ "title": "Lost laptop", "aware_at": "2026-11-20T12:30:00+01:00" }));
    assert_eq!(
        (&breach["aware_at"], &breach["due_at"]),
        (&json!("2026-11-20T11:30:00Z"), &json!("2026-11-23T11:30:00Z"))
    );
    assert_eq!(
        (&breach["state"], &breach["hours_left"]),
        (&json!("clock-running"), &json!(25)),
        "from 10:00 on the 22nd"
    );
    let rules = words(&breach["lacks"], "rule").join(" ");
    for rule in ["33(3)(a)", "33(3)(b)", "33(3)(c)", "33(3)(d)", "33(5)"] {
        assert!(rules.contains(rule), "{rule} is not in {rules}");
    }
    let id = breach["id"].clone();
    let set = |fields: Value| {
        let mut request = json!({ "breach": id });
        request.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        request
    };
    let before = shop.state();
    for (fields, code) in [
        (json!({ "not_notified_reason": "encrypted" }), "risk-needs-notification"),
        (json!({ "not_notified_reason": "encrypted", "risk": "risk" }), "risk-needs-notification"),
        (json!({ "closed_on": "2026-11-22" }), "closed-unnotified"),
        (
            json!({ "closed_on": "2026-11-22", "risk": "high-risk", "notified_at": "2026-11-21T00:00:00Z" }),
            "closed-uninformed",
        ),
        (json!({ "happened_at": "2026-11-20T11:30:01Z" }), "known-before-it-happened"),
        (json!({ "notified_at": "2026-11-20T11:29:59Z" }), "told-before-known"),
        (json!({ "notified_at": "2026-11-23T00:00:00Z" }), "instant-in-future"),
        (json!({ "notified_at": "2026-11-22" }), "invalid-instant"),
        (json!({ "aware_at": "" }), "invalid-instant"),
        (json!({ "kinds": ["luck"] }), "unknown-value"),
        (json!({ "risk": "luck" }), "unknown-value"),
        (json!({ "title": "" }), "title-missing"),
        (json!({ "title": "x", "rev": 7 }), "conflict"),
    ] {
        assert_eq!(shop.refused("set_breach", set(fields.clone())).code, code, "{fields}");
    }
    assert_eq!(shop.state(), before, "what is refused leaves nothing");
    let harmless = shop.call("set_breach", set(json!({ "risk": "no-risk", "not_notified_reason": "encrypted" })));
    assert_eq!(harmless["state"], "not-notifiable", "without risk, with a reason");
    shop.host.wait_days(2);
    let judged_anew = shop.call("set_breach", set(json!({ "risk": "high-risk" })));
    assert_eq!(judged_anew["state"], "overdue", "the reason does not count any more");
    let listed = shop.call("list_breaches", json!({ "open": true }));
    assert_eq!(words(&listed["breaches"], "state"), ["overdue"], "listed");
    let told = json!({ "notified_at": "2026-11-23T11:30:01Z", "persons_informed_on": "2026-11-24", "closed_on": "2026-11-24" });
    let told = shop.call("set_breach", set(told));
    assert_eq!(told["state"], "closed", "told, if late");
    assert!(words(&told["lacks"], "part").contains(&"delay-reason"), "and why late is still to be said: {told}");
    let open_again = shop.call("set_breach", set(json!({ "closed_on": "" })));
    assert_eq!(open_again["state"], "notified-late", "a second too late");
    shop.assert_sound();
}

#[test]
fn what_runs_out_is_named_the_most_urgent_first() {
    let mut shop = Shop::new(Locale::En, None);
    let request =
        |received: &str, reference: &str| json!({ "right": "access", "reference": reference, "received_on": received });
    for (received, reference) in [("2026-11-20", "new"), ("2026-10-23", "soon"), ("2026-09-01", "late")] {
        shop.call("add_person_request", request(received, reference));
    }
    shop.call("add_breach", json!({ "title": "laptop", "aware_at": "2026-11-20T10:30:00Z" }));
    let answered = shop.call("add_person_request", request("2026-09-02", "done"))["id"].clone();
    shop.call("set_person_request", json!({ "request": answered, "answered_on": "2026-09-03", "outcome": "granted" }));
    let clocks = register_clocks(&shop.store(), &shop.host).unwrap();
    let said: Vec<String> =
        clocks.iter().map(|clock| format!("{} {} {}", clock.state, clock.title, clock.due)).collect();
    assert_eq!(
        said,
        [
            "overdue Access (Art. 15): late 2026-10-01",
            "due-soon laptop 2026-11-23T10:30:00Z",
            "due-soon Access (Art. 15): soon 2026-11-23",
            "running Access (Art. 15): new 2026-12-21",
        ]
        .map(str::to_owned)
        .to_vec()
    );
}

#[test]
fn texts_are_looked_into_before_they_are_kept() {
    let mut shop = Shop::new(Locale::En, None);
    let card = "paid with 4929 1234 5678 9015 by phone";
    let before = shop.state();
    for (command, request) in [
        ("add_processing", json!({ "name": "Orders", "data": card })),
        ("add_person_request", json!({ "right": "access", "reference": card })),
        ("add_breach", json!({ "title": "Mail", "description": card })),
    ] {
        assert_eq!(shop.refused(command, request.clone()).code, "card-data-found", "{command}");
        assert_eq!(shop.state(), before, "{command} left nothing");
    }
    let kept = json!({ "title": "Mail", "description": card, "allow_card_data": "a made-up number" });
    let kept = shop.call("add_breach", kept);
    assert_eq!(kept["card_data_reason"], "a made-up number", "kept with the reason");
    let again = shop.call("set_breach", json!({ "breach": kept["id"], "description": card, "measures": "trained" }));
    assert_eq!(again["card_data_reason"], "a made-up number", "what is there already is not asked about again");
}

#[test]
fn evidence_is_linked_and_found_in_its_history() {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    let letter = shop.write("answer.txt", b"here is your data");
    let attached = shop.call("attach_evidence", json!({ "requirements": ["gdpr:15.1"], "paths": [letter] }));
    let evidence = attached["evidence"][0]["id"].clone();
    let request =
        shop.call("add_person_request", json!({ "right": "access", "reference": "4711", "evidence": [evidence] }));
    assert_eq!(request["evidence"][0]["name"], "answer.txt", "linked");
    let history = shop.call("history", json!({ "subject": evidence }));
    assert_eq!(words(&history["entries"], "command"), ["add_person_request", "attach_evidence"], "and found");
    let newer = shop.call("replace_evidence", json!({ "evidence": evidence, "path": letter }))["id"].clone();
    let listed = shop.call("list_person_requests", json!({}));
    assert_eq!(listed["requests"][0]["evidence"][0]["id"], newer, "a newer version takes its place");
    let kept = json!({ "request": request["id"], "evidence": [evidence], "note": "by post" });
    shop.call("set_person_request", kept);
    let detail = shop.call("show_requirement", json!({ "requirement": "gdpr:15.1" }));
    assert_eq!(detail["register"], "person-requests", "the requirement leads to its register");
    assert_eq!(shop.call("show_requirement", json!({ "requirement": "gdpr:30.1" }))["register"], "processing");
    assert_eq!(shop.call("show_requirement", json!({ "requirement": "gdpr:33.5" }))["register"], "breaches");
    assert!(
        shop.call("show_requirement", json!({ "requirement": "gdpr:5.2" }))["register"].is_null(),
        "most have none"
    );
}

#[test]
fn the_lists_are_safe_in_a_spreadsheet() {
    let mut shop = Shop::new(Locale::De, None);
    shop.call("add_processing", json!({ "name": "=1+1", "purposes": "+49", "legal_bases": ["contract"] }));
    shop.call("add_person_request", json!({ "right": "erasure", "reference": "@host" }));
    shop.call("add_breach", json!({ "title": "-2", "kinds": ["availability", "integrity"], "person_count": 3 }));
    for (command, cells) in [
        ("export_processing", vec!["'=1+1", "'+49", "Vertrag, Art. 6 Abs. 1 Buchst. b"]),
        ("export_person_requests", vec!["'@host", "Löschung (Art. 17)", "Offen", "2026-12-22"]),
        ("export_breaches", vec!["'-2", "3", "72 Stunden laufen"]),
    ] {
        let path = shop.path(&format!("{command}.csv"));
        shop.call(command, json!({ "path": path }));
        assert_eq!(shop.refused(command, json!({ "path": path })).code, "file-exists", "{command}: never over a file");
        let bytes = std::fs::read(&path).unwrap();
        let mut reader = csv::Reader::from_reader(&bytes[3..]);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 1, "{command}");
        for cell in cells {
            assert!(rows[0].iter().any(|found| found == cell), "{command}: {cell} is not in {:?}", &rows[0]);
        }
        let head = reader.headers().unwrap();
        assert!(head.iter().all(|word| !word.contains('-') || !word.contains("field")), "{command}: {head:?}");
    }
}

#[test]
fn the_registers_are_kept_on_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.tillproof").display().to_string();
    let out = |name: &str| folder.path().join(name).display().to_string();
    let json = |arguments: &[&str]| {
        let ran =
            tillproof(&[["--json", "--now", "2026-11-22T10:00:00Z", "--locale", "en"].as_slice(), arguments].concat());
        assert_eq!(ran.code, 0, "{arguments:?}: {ran:?}");
        ran.json()
    };
    json(&["new", &file, "--name", "Shop", "--unencrypted"]);
    let started = json(&["processing", &file, "start", "orders", "payment"]);
    assert_eq!(started["added"].as_array().unwrap().len(), 2, "two templates");
    let id = started["added"][0]["id"].as_str().unwrap();
    let set = ["processing", &file, "set", id, "--third-countries", "no", "--legal-bases", "contract,consent"];
    let changed = json(&set);
    assert_eq!(
        (&changed["third_countries"], &changed["legal_bases"]),
        (&json!(false), &json!(["consent", "contract"]))
    );
    let added = json(&["processing", &file, "add", "Coffee tasting", "--data", "names", "--special-categories", "yes"]);
    assert_eq!((&added["special_categories"], &added["data"]), (&json!(true), &json!("names")), "{added}");
    assert_eq!(json(&["processing", &file, "list"])["activities"].as_array().unwrap().len(), 3, "all three");
    let asked = json(&["request", &file, "add", "access", "4711", "--received", "2026-11-05"]);
    let id = asked["id"].as_str().unwrap();
    let answer = ["request", &file, "set", id, "--answered", "2026-11-20", "--outcome", "granted"];
    assert_eq!(json(&answer)["state"], "answered", "answered");
    assert_eq!(json(&["request", &file, "list", "--open"])["requests"], json!([]), "none is open");
    let known = json(&["breach", &file, "add", "Laptop", "--aware", "2026-11-20T09:30:00Z", "--kind", "availability"]);
    assert_eq!((&known["hours_left"], &known["kinds"]), (&json!(23), &json!(["availability"])), "{known}");
    let id = known["id"].as_str().unwrap();
    let told =
        ["breach", &file, "set", id, "--risk", "risk", "--notified", "2026-11-21T09:30:00Z", "--closed", "2026-11-22"];
    assert_eq!(json(&told)["state"], "closed", "closed");
    for (register, name) in [("processing", "p.csv"), ("request", "r.csv"), ("breach", "b.csv")] {
        let written = json(&[register, &file, "export", "--csv", &out(name)]);
        assert!(written["size"].as_u64().unwrap() > 100, "{register} is written: {written}");
        let listed = tillproof(&["--now", "2026-11-22T10:00:00Z", register, &file, "list"]);
        assert!(listed.code == 0 && listed.out.lines().count() >= 2, "{register} for people: {listed:?}");
    }
    let refused = tillproof(&["--json", "breach", &file, "set", id, "--notified", "yesterday"]);
    assert_eq!((refused.code, refused.error_code()), (1, "invalid-instant".to_owned()), "said why");
    let store = tillproof_store::SqliteStore::open(file.as_ref(), None).unwrap();
    assert_eq!(store.breaches().unwrap().len(), 1, "kept");
}
