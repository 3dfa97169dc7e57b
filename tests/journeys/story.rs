//! A merchant's whole story, told once in each language: from an empty folder to a workspace that
//! was backed up and restored elsewhere.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tillproof_domain::locale::Locale;
use tillproof_store::SqliteStore;
use tillproof_tests::shop::{KEY, SCOPES, Shop, Spoken, assert_sound, state};

/// What one of the attached files says.
const LIST: &str = "Wer darf was: Käthe, Jörg";

#[test]
fn from_an_empty_folder_to_a_restored_backup_in_both_languages() {
    let told = |locale, passphrase, wrong| {
        let mut shop = Shop::nothing(locale);
        tell(&mut shop, passphrase, wrong);
        shop
    };
    let (en, de) = std::thread::scope(|scope| {
        let de = scope.spawn(|| told(Locale::De, KEY, "almost"));
        (
            told(Locale::En, "seven green lamps at noon", "seven green lamps"),
            de.join().expect("the story is told in German too"),
        )
    });
    assert_eq!(en.spoken.len(), de.spoken.len(), "both stories have the same length");
    let own = own_words(&en.spoken);
    let mut same = BTreeSet::new();
    let mut compared = 0;
    for (en, de) in en.spoken.iter().zip(&de.spoken) {
        assert_eq!(en.command, de.command, "both stories say the same");
        let mut prose = Prose { own: &own, same: &mut same, compared: &mut compared };
        prose.compare(&en.command, "", &en.response, &de.response);
    }
    assert!(compared > 2000, "only {compared} texts were compared");
    assert!(same.is_empty(), "not in German: {same:#?}");
}

/// Names that are the same in every language.
const NAMES: &[&str] = &["PCI DSS", "PCI Security Standards Council", "SAQ ", "TLS/SSL", "Art. "];
/// Words that German does not have.
const ENGLISH: &[&str] = &[" the ", " and ", " your ", " you ", " is ", " are ", " with ", " of your "];

/// Compares the texts of a response in both languages.
struct Prose<'a> {
    own: &'a BTreeSet<String>,
    same: &'a mut BTreeSet<String>,
    compared: &'a mut usize,
}

impl Prose<'_> {
    fn compare(&mut self, place: &str, field: &str, en: &Value, de: &Value) {
        match (en, de) {
            (Value::Object(en), Value::Object(de)) => {
                assert_eq!(en.keys().collect::<Vec<_>>(), de.keys().collect::<Vec<_>>(), "the fields of {place}");
                for (name, value) in en {
                    self.compare(&format!("{place}.{name}"), name, value, &de[name]);
                }
            }
            (Value::Array(en), Value::Array(de)) => {
                assert_eq!(en.len(), de.len(), "the length of {place}");
                for (en, de) in en.iter().zip(de) {
                    self.compare(&format!("{place}[]"), field, en, de);
                }
            }
            (Value::String(en), Value::String(de)) => self.text(place, field, en, de),
            // The locale decides a text, and nothing else.
            (en, de) if en.is_number() => assert!(de.is_number(), "the kind of {place}"),
            (en, de) => assert_eq!(en, de, "{place}"),
        }
    }

    fn text(&mut self, place: &str, field: &str, en: &str, de: &str) {
        let words_of_its_own = matches!(
            field,
            "title" | "meaning" | "summary" | "why" | "help" | "statement" | "message" | "hint" | "reason"
        );
        let prose = words_of_its_own || en.contains(' ');
        if en.is_empty() || !prose || self.own.contains(en) {
            return;
        }
        *self.compared += 1;
        let is_name = NAMES.iter().any(|name| en.starts_with(name)) && en.len() < 40;
        if en == de && !is_name {
            self.same.insert(format!("{place}: {en}"));
        }
        let english = |text: &str| ENGLISH.iter().find(|word| format!(" {text} ").contains(**word));
        // The merchant's own words stand within ours, too.
        let own = || self.own.iter().filter(|own| own.contains(' '));
        let ours = || own().fold(de.to_owned(), |text, own| text.replace(own.as_str(), ""));
        if let Some(word) = english(de).and_then(|_| english(&ours())) {
            self.same.insert(format!("{place}: “{word}” in {de}"));
        }
    }
}

/// Whatever the merchant typed comes back as it is, in any language.
fn own_words(spoken: &[Spoken]) -> BTreeSet<String> {
    fn walk(value: &Value, words: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => drop(words.insert(text.clone())),
            Value::Array(items) => items.iter().for_each(|item| walk(item, words)),
            Value::Object(fields) => fields.values().for_each(|item| walk(item, words)),
            _ => {}
        }
    }
    let mut words = BTreeSet::from([LIST.to_owned()]);
    for said in spoken {
        walk(&said.request, &mut words);
    }
    words
}

fn tell(shop: &mut Shop, passphrase: &str, wrong: &str) {
    begin(shop, passphrase);
    let assessments = find_and_start(shop);
    answer(shop, &assessments[0]);
    let evidence = prove(shop);
    work(shop);
    finish(shop);
    look_back(shop, &evidence);
    keep(shop, passphrase, wrong);
}

fn next_step(shop: &mut Shop) -> String {
    let step = shop.call("overview", json!({}))["next_step"].clone();
    for field in ["title", "why"] {
        assert!(!step[field].as_str().unwrap().is_empty(), "the next step says its {field}: {step}");
    }
    step["kind"].as_str().unwrap().to_owned()
}

fn begin(shop: &mut Shop, passphrase: &str) {
    assert_eq!(shop.refused("overview", json!({})).code, "no-workspace", "nothing is open yet");
    let path = shop.path("shop.tillproof");
    let probe = shop.call("probe_workspace", json!({ "path": path }));
    assert_eq!(probe["exists"], false, "nothing was made yet");
    let info = shop.create(Some(passphrase));
    assert_eq!((&info["encrypted"], &info["journal"]["seq"]), (&json!(true), &json!(1)), "made, with its first entry");
    let bytes = std::fs::read(&shop.file).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"Muster"), "nothing can be read in the encrypted file");
    assert_eq!(next_step(shop), "set-up", "first comes the finder");
    let profile = json!({
        "trading_name": "Kaffeeladen", "address": "Am Markt 1\n26999 Wiesenbrück", "country": "de",
        "website": "https://shop.example", "platform": "Shopware 6", "payment_provider": "Provider with redirect",
        "contact_name": "Katrin", "contact_role": "Owner", "contact_email": "katrin@shop.example", "staff": 6,
        "channels": ["e-commerce"], "payment_description": "Customers pay on the page of the provider."
    });
    let info = shop.call("set_profile", profile);
    assert_eq!(info["profile"]["country"], "DE", "a country is written in capitals");
    let seq = info["journal"]["seq"].clone();
    let again = shop.call("set_profile", json!({ "trading_name": "Kaffeeladen" }));
    assert_eq!(again["journal"]["seq"], seq, "what changes nothing leaves no trace");
}

fn find_and_start(shop: &mut Shop) -> Vec<String> {
    shop.call("list_frameworks", json!({}));
    shop.call("finder_questions", json!({}));
    let way = [
        ("service-provider", "no"),
        ("electronic-storage", "no"),
        ("web-shop", "yes"),
        ("own-server", "no"),
        ("providers-compliant", "yes"),
        ("provider-page", "yes"),
        ("paper-only", "yes"),
        ("page-reached", "redirect"),
    ];
    let mut answers = serde_json::Map::new();
    for (question, answer) in way {
        let state = shop.call("find_saq", json!({ "answers": answers }));
        assert_eq!(state["next"]["id"], question, "the finder asks this next");
        answers.insert(question.to_owned(), answer.into());
    }
    let result = shop.call("find_saq", json!({ "answers": answers }))["result"].clone();
    assert_eq!((&result["scope"], &result["available"]), (&json!("A"), &json!(true)), "a redirect leads to SAQ A");
    shop.call("set_profile", json!({ "finder_answers": answers }));
    assert_eq!(next_step(shop), "start", "after the finder comes the first assessment");
    let mut ids = Vec::new();
    for (framework, scope) in SCOPES {
        let summary = shop.call("start_assessment", json!({ "framework": framework, "scope": scope }));
        assert_eq!(summary["period_end"], "2027-11-21", "a period is a year");
        ids.push(summary["id"].as_str().unwrap().to_owned());
    }
    let twice = shop.refused("start_assessment", json!({ "framework": "gdpr" }));
    assert_eq!(twice.code, "assessment-open", "an assessment is not started twice");
    let info = shop.call("workspace_info", json!({}));
    assert_eq!(info["assessments"][0]["framework"], "pci-dss-4.0.1", "PCI DSS comes first");
    ids
}

fn answer(shop: &mut Shop, pci: &str) {
    assert_eq!(next_step(shop), "confirm-criterion", "eligibility comes before answers");
    let info = shop.call("workspace_info", json!({}));
    let criteria = info["assessments"][0]["criteria"].as_array().unwrap().clone();
    assert_eq!(criteria.len(), 7, "SAQ A has seven criteria");
    for criterion in &criteria {
        shop.call("confirm_criterion", json!({ "criterion": criterion["id"], "confirmed": false }));
        shop.call("confirm_criterion", json!({ "criterion": criterion["id"], "confirmed": null }));
        shop.call("confirm_criterion", json!({ "criterion": criterion["id"], "confirmed": true, "assessment": pci }));
    }
    assert_eq!(next_step(shop), "answer", "now the requirements");
    let request = json!({
        "requirement": "pci-dss-4.0.1:8.3.6", "verdict": "in-place", "progress": "done",
        "note": "At least 15 characters everywhere", "assessment": pci, "rev": 0
    });
    let detail = shop.call("answer_requirement", request);
    assert_eq!((&detail["row"]["verdict"], &detail["rev"]), (&json!("in-place"), &json!(1)), "the answer is kept");
    assert_eq!(detail["answered_by"], "Test", "and says who gave it");
    let gap = json!({
        "requirement": "pci-dss-4.0.1:6.3.3", "verdict": "not-in-place", "progress": "in-progress",
        "note": "The shop lacks two updates", "target_date": "2026-12-15"
    });
    shop.call("answer_requirement", gap);
    let without = json!({ "requirement": "pci-dss-4.0.1:9.4.1", "verdict": "not-applicable" });
    assert_eq!(shop.refused("answer_requirement", without).code, "justification-missing", "a reason is needed");
    let paper = ["9.4.1", "9.4.1.1", "9.4.2"].map(|number| format!("pci-dss-4.0.1:{number}"));
    let many =
        json!({ "requirements": paper, "verdict": "not-applicable", "justification": "We keep no card data on paper" });
    assert_eq!(shop.call("answer_many", many)["requirements"].as_array().unwrap().len(), 3, "three in one go");
    let listed = shop.call("list_requirements", json!({ "verdict": "not-applicable" }));
    assert_eq!(listed["requirements"].as_array().unwrap().len(), 3, "and found again by their verdict");
}

fn prove(shop: &mut Shop) -> Vec<String> {
    let paths = [
        shop.write("policy.pdf", &[b"%PDF-1.7\n".as_slice(), &vec![7; 2_500_000]].concat()),
        shop.write("settings.png", b"\x89PNG\r\n\x1a\n and more"),
        shop.write("list.txt", LIST.as_bytes()),
    ];
    let request = json!({
        "requirements": ["pci-dss-4.0.1:8.3.6", "shop-security:MFA-1"], "paths": paths, "collected_on": "2026-11-20"
    });
    let attached = shop.call("attach_evidence", request);
    let ids: Vec<String> =
        attached["evidence"].as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 3, "all three files");
    let shown = shop.call("show_evidence", json!({ "evidence": ids[2] }));
    assert_eq!((&shown["kind"], &shown["text"]), (&json!("text"), &json!(LIST)), "text is shown as text");
    let newer = shop.write("policy-2.pdf", b"%PDF-1.7\nthe second version");
    let replaced = shop.call("replace_evidence", json!({ "evidence": ids[0], "path": newer }));
    assert_eq!(replaced["version"], 2, "a new version");
    let gone = shop.refused("replace_evidence", json!({ "evidence": ids[0], "path": newer }));
    assert_eq!(gone.code, "evidence-not-current", "the old version is not changed any more");
    assert_eq!(
        shop.refused("remove_evidence", json!({ "evidence": ids[1], "reason": " " })).code,
        "reason-missing",
        "a removal needs a reason"
    );
    let removed = shop.call("remove_evidence", json!({ "evidence": ids[1], "reason": "Shows the wrong account" }));
    assert_eq!(removed["removed_reason"], "Shows the wrong account", "the reason stays");
    let pasted = json!({ "requirements": ["gdpr:32.1.a"], "name": "screenshot.png", "base64": "iVBORw0KGgo=" });
    let pasted = shop.call("paste_evidence", pasted)["evidence"][0]["id"].clone();
    shop.call("set_evidence", json!({ "evidence": pasted, "valid_until": "2026-12-24" }));
    let count =
        |shop: &mut Shop, request: Value| shop.call("list_evidence", request)["evidence"].as_array().unwrap().len();
    assert_eq!(count(shop, json!({})), 3, "what counts: the new version, the list, the screenshot");
    assert_eq!(count(shop, json!({ "all": true })), 5, "nothing that ever was is lost");
    let out = shop.path("exported.pdf");
    let written = shop.call("export_evidence", json!({ "evidence": ids[0], "path": out }));
    assert_eq!(written["sha256"], attached["evidence"][0]["sha256"], "the replaced version can still be had");
    ids
}

fn work(shop: &mut Shop) {
    let add = json!({
        "title": "Install the two updates", "description": "In the staging shop first", "owner": "Jörg",
        "due": "2026-11-25", "priority": "high", "requirements": ["pci-dss-4.0.1:6.3.3"]
    });
    let task = shop.call("add_task", add)["id"].as_str().unwrap().to_owned();
    shop.call("comment_task", json!({ "task": task, "text": "The agency comes on Tuesday" }));
    shop.call("set_task", json!({ "task": task, "status": "in-progress", "rev": 1 }));
    let old = shop.refused("set_task", json!({ "task": task, "status": "waiting", "rev": 1 }));
    assert_eq!(old.code, "conflict", "a change upon an old state is not taken");
    assert_eq!(next_step(shop), "answer", "the task is not due yet");
    shop.host.wait_days(5);
    assert_eq!(next_step(shop), "task", "an overdue task comes before everything else");
    let overdue = shop.call("list_tasks", json!({ "overdue": true }));
    assert_eq!(overdue["tasks"][0]["id"], json!(task), "and is listed");
    shop.call("set_task", json!({ "task": task, "status": "done" }));
    assert_eq!(next_step(shop), "answer", "once it is done, the next open answer");
}

fn finish(shop: &mut Shop) {
    let open = shop.call("list_requirements", json!({ "verdict": "unanswered" }));
    for row in open["requirements"].as_array().unwrap() {
        shop.call("show_requirement", json!({ "requirement": row["id"] }));
        shop.call("answer_requirement", json!({ "requirement": row["id"], "verdict": "in-place" }));
    }
    assert_eq!(next_step(shop), "attach-proof", "an answer alone shows nothing");
    let proof = shop.write("proof.txt", b"seen by the accountant");
    let met = shop.call("list_requirements", json!({ "verdict": "in-place" }));
    let ids: Vec<&str> = met["requirements"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    shop.call("attach_evidence", json!({ "requirements": ids, "paths": [proof], "collected_on": "2020-01-01" }));
    assert_eq!(next_step(shop), "renew-proof", "proof that is too old is to be renewed");
    let fresh = shop.write("fresh.txt", b"seen again");
    shop.call("attach_evidence", json!({ "requirements": ids, "paths": [fresh] }));
    assert_eq!(next_step(shop), "close-gap", "all is shown; the gap is left");
    shop.call("answer_requirement", json!({ "requirement": "pci-dss-4.0.1:6.3.3", "verdict": "in-place" }));
    assert_eq!(next_step(shop), "attach-proof", "what is now in place has to be shown too");
    shop.call("attach_evidence", json!({ "requirements": ["pci-dss-4.0.1:6.3.3"], "paths": [fresh] }));
    assert_eq!(next_step(shop), "report", "nothing is left but the report");
}

fn look_back(shop: &mut Shop, evidence: &[String]) {
    let page = shop.call("history", json!({ "limit": 1000 }));
    let head = shop.call("workspace_info", json!({}))["journal"].clone();
    let entries = page["entries"].as_array().unwrap();
    assert_eq!((&entries[0]["seq"], &entries[0]["hash"]), (&head["seq"], &head["head"]), "the newest first");
    assert_eq!(entries.last().unwrap()["command"], "create_workspace", "down to the first");
    let of_one = shop.call("history", json!({ "subject": evidence[1] }));
    let commands: Vec<&str> =
        of_one["entries"].as_array().unwrap().iter().map(|e| e["command"].as_str().unwrap()).collect();
    assert_eq!(commands, ["remove_evidence", "attach_evidence"], "the life of one evidence");
    let checked = shop.call("verify_workspace", json!({}));
    assert_eq!((&checked["ok"], checked["problems"].as_array().unwrap().len()), (&json!(true), 0), "all is sound");
}

fn keep(shop: &mut Shop, passphrase: &str, wrong: &str) {
    let (backup, elsewhere) = (shop.path("backup.tillproof"), shop.path("elsewhere.tillproof"));
    let before = shop.state();
    let contents = contents(&shop.store());
    let written = shop.call("backup_workspace", json!({ "path": backup }));
    assert_eq!(written["sha256"].as_str().unwrap().len(), 64, "the copy has a hash");
    assert_eq!(shop.refused("backup_workspace", json!({ "path": backup })).code, "file-exists", "never overwritten");
    shop.call("close_workspace", json!({}));
    assert_eq!(shop.refused("workspace_info", json!({})).code, "no-workspace", "closed is closed");
    let path = shop.path("shop.tillproof");
    assert_eq!(shop.call("probe_workspace", json!({ "path": path }))["encrypted"], true, "it takes a passphrase");
    assert_eq!(shop.refused("open_workspace", json!({ "path": path })).code, "passphrase-needed", "none given");
    let wrong = shop.refused("open_workspace", json!({ "path": path, "passphrase": wrong }));
    assert_eq!(wrong.code, "passphrase-wrong", "nearly right is wrong");
    shop.call("open_workspace", json!({ "path": path, "passphrase": passphrase }));
    assert_eq!(shop.state(), before, "all is there after closing and opening");
    let restored =
        shop.call("restore_workspace", json!({ "backup": backup, "path": elsewhere, "passphrase": passphrase }));
    assert_eq!(restored["journal"]["head"], json!(before.head.hash), "the restored journal ends alike");
    let copy = SqliteStore::open(elsewhere.as_ref(), Some(passphrase)).expect("the restored workspace opens");
    assert_eq!(state(&copy), before, "every row is the same");
    assert_eq!(self::contents(&copy), contents, "every evidence is the same, byte for byte");
    assert_sound(&copy);
    shop.call("change_passphrase", json!({ "current": passphrase, "new": "another one" }));
    assert!(SqliteStore::open(elsewhere.as_ref(), Some(passphrase)).is_err(), "the old passphrase is void");
    assert!(SqliteStore::open(elsewhere.as_ref(), Some("another one")).is_ok(), "the new one opens");
}

/// The bytes of all evidence.
fn contents(store: &SqliteStore) -> Vec<(String, Vec<u8>)> {
    use tillproof_store::Reads;
    let mut all = Vec::new();
    for evidence in store.evidence_list().unwrap() {
        let mut bytes = Vec::new();
        store
            .read_content(&evidence.sha256, &mut |chunk| {
                bytes.extend_from_slice(chunk);
                Ok(true)
            })
            .unwrap();
        all.push((evidence.sha256, bytes));
    }
    assert!(all.len() >= 5, "the story has evidence");
    all
}
