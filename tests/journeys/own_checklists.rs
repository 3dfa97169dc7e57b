//! Checklists that a merchant or a consultant brings: taken over, refused by place, carried over to
//! a newer version.

use serde_json::{Value, json};
use tillproof_domain::locale::Locale;
use tillproof_store::{Reads, SqliteStore};
use tillproof_tests::checklist::Checklist;
use tillproof_tests::shop::Shop;

fn import(shop: &mut Shop, folder: &str, checklist: &Checklist) -> Value {
    let path = checklist.write(&shop.folder().join(folder));
    shop.call("import_checklist", json!({ "path": path }))
}

fn numbers(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect()
}

#[test]
fn a_checklist_is_worked_on_like_any_other() {
    let mut shop = Shop::new(Locale::De, None);
    let imported = import(&mut shop, "coffee", &Checklist::new("coffee", "1"));
    assert_eq!(
        (&imported["framework"], &imported["name"], &imported["requirements"], &imported["unchanged"]),
        (&json!("coffee"), &json!("Kaffee-Prüfliste"), &json!(3), &json!(false)),
        "what was taken over"
    );
    let frameworks = shop.call("list_frameworks", json!({}));
    let ids: Vec<&str> =
        frameworks["frameworks"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["pci-dss-4.0.1", "gdpr", "shop-security", "coffee"], "beside the shipped ones");
    shop.call("start_assessment", json!({ "framework": "coffee" }));
    let listed = shop.call("list_requirements", json!({}));
    assert_eq!(numbers(&listed["requirements"]), ["K-1", "K-2", "K-3"], "its requirements");
    let detail =
        shop.call("answer_requirement", json!({ "requirement": "coffee:K-1", "verdict": "partly", "note": "n" }));
    assert_eq!(detail["row"]["verdict"], "partly", "it can be answered");
    let scan = shop.write("scan.txt", b"beans");
    shop.call("attach_evidence", json!({ "requirements": ["coffee:K-2"], "paths": [scan] }));
    let report = shop.path("report.pdf");
    shop.call("export_report", json!({ "path": report }));
    let entry = &shop.call("history", json!({ "subject": "coffee" }))["entries"][0];
    assert_eq!(entry["summary"], "Checkliste übernommen: Kaffee-Prüfliste 1", "the history names it");
    // Another connection, in the other language, knows it too.
    shop.assert_sound();
    let mut other = Shop::nothing(Locale::En);
    let copy = other.write("copy.tillproof", &shop.closed());
    other.call("open_workspace", json!({ "path": copy }));
    let shown = other.call("show_requirement", json!({ "requirement": "coffee:K-2" }));
    assert_eq!(shown["row"]["framework_name"], "Coffee check", "in English there");
}

#[test]
fn taken_over_again_it_changes_nothing_and_in_use_it_cannot_be_changed() {
    let mut shop = Shop::new(Locale::En, None);
    let mut checklist = Checklist::new("coffee", "1");
    import(&mut shop, "coffee", &checklist);
    let before = shop.state();
    let again = import(&mut shop, "coffee", &checklist);
    assert_eq!(again["unchanged"], true, "byte for byte the same");
    assert_eq!(shop.state(), before, "no entry for nothing");
    *checklist.at("01-roasting/en.json", "/requirements/K-1/title") = json!("Another title");
    assert_eq!(import(&mut shop, "coffee", &checklist)["unchanged"], false, "not in use, it may be mended");
    shop.call("start_assessment", json!({ "framework": "coffee" }));
    let listed = shop.call("list_requirements", json!({}));
    assert_eq!(listed["requirements"][0]["title"], "Another title", "the mended one counts");
    *checklist.at("01-roasting/en.json", "/requirements/K-1/title") = json!("A third title");
    let path = checklist.write(&shop.folder().join("coffee"));
    let before = shop.state();
    let refused = shop.refused("import_checklist", json!({ "path": path }));
    assert_eq!(refused.code, "checklist-in-use", "{refused:?}");
    assert_eq!(shop.state(), before, "nothing was written");
}

#[test]
fn a_newer_version_carries_the_answers_over() {
    let mut shop = Shop::new(Locale::En, None);
    import(&mut shop, "one", &Checklist::new("coffee-1", "1"));
    let from = shop.call("start_assessment", json!({ "framework": "coffee-1" }))["id"].clone();
    let parts = json!({ "beans": "in-place" });
    for (number, request) in [
        ("K-1", json!({ "verdict": "in-place", "progress": "done", "note": "one" })),
        ("K-2", json!({ "verdict": "in-place", "progress": "done", "note": "two", "parts": parts })),
        ("K-3", json!({ "verdict": "not-in-place", "note": "three" })),
    ] {
        let mut request = request;
        request["requirement"] = json!(format!("coffee-1:{number}"));
        shop.call("answer_requirement", request);
    }
    let scan = shop.write("scan.txt", b"beans");
    shop.call("attach_evidence", json!({ "requirements": ["coffee-1:K-1", "coffee-1:K-3"], "paths": [scan] }));
    shop.call("add_task", json!({ "title": "Roast anew", "requirements": ["coffee-1:K-2"] }));

    // K-2 asks something else now, K-3 is gone, K-4 is new.
    let mut newer = Checklist::new("coffee-2", "2");
    newer.0.get_mut("framework.json").unwrap()["replaces"] = json!("coffee-1");
    for locale in ["en", "de"] {
        let file = format!("01-roasting/{locale}.json");
        *newer.at(&file, "/requirements/K-2/question") = json!("Something else?");
        let texts = newer.at(&file, "/requirements").as_object_mut().unwrap();
        let gone = texts.remove("K-3").unwrap();
        texts.insert("K-4".to_owned(), gone);
    }
    *newer.at("01-roasting/requirements.json", "/requirements/2/number") = json!("K-4");
    let imported = import(&mut shop, "two", &newer);
    let changed = |changes: &Value| {
        ["new", "changed", "gone"]
            .map(|kind| numbers(&changes[kind]).into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    assert_eq!(imported["replaces"], "coffee-1", "it says what it replaces");
    assert_eq!(changed(&imported["changes"]), [["K-4"], ["K-2"], ["K-3"]], "and what it changes");

    let request = json!({ "from": from, "framework": "coffee-2", "dry_run": true });
    let before = shop.state();
    let dry = shop.call("carry_over", request);
    assert_eq!(
        (&dry["answers"], &dry["links"], &dry["assessment"]),
        (&json!(2), &json!(2), &Value::Null),
        "to be done"
    );
    assert_eq!(shop.state(), before, "a dry run writes nothing");
    assert_eq!(changed(&dry["changes"]), [["K-4"], ["K-2"], ["K-3"]], "the same changes");
    assert_eq!(dry["changes"]["gone"][0]["answered"], true, "an answer is left behind");
    let done = shop.call("carry_over", json!({ "from": from, "framework": "coffee-2" }));
    let new = done["assessment"]["id"].clone();
    let listed = shop.call("list_requirements", json!({ "assessment": new }));
    let rows: Vec<(&str, &str, &str, u64)> = listed["requirements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let word = |field: &str| row[field].as_str().unwrap();
            (word("number"), word("verdict"), word("progress"), row["evidence_count"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(
        rows,
        [("K-1", "in-place", "done", 1), ("K-2", "in-place", "in-review", 0), ("K-4", "unanswered", "to-do", 0)],
        "carried over by number; what changed is to be looked at again"
    );
    let detail = shop.call("show_requirement", json!({ "requirement": "coffee-2:K-2" }));
    assert_eq!(
        (&detail["note"], &detail["parts"][0]["verdict"]),
        (&json!("two"), &json!("in-place")),
        "with all of it"
    );
    assert_eq!(detail["tasks"][0]["title"], "Roast anew", "open tasks serve the newer one too");
    let old = shop.call("list_requirements", json!({ "framework": "coffee-1" }));
    assert_eq!(old["requirements"][2]["verdict"], "not-in-place", "the older assessment stays as it is");
    let twice = shop.refused("carry_over", json!({ "from": from, "framework": "coffee-2" }));
    assert_eq!(twice.code, "assessment-open", "{twice:?}");
    let back = shop.refused("carry_over", json!({ "from": new, "framework": "coffee-1" }));
    assert_eq!(back.code, "not-a-newer-version", "{back:?}");
    shop.assert_sound();
}

/// Breaks a sound checklist; expects a refusal whose message names all of `words`, and a workspace
/// as it was.
fn broken(shop: &mut Shop, name: &str, words: &[&str], edit: impl FnOnce(&mut Checklist)) {
    let folder = shop.folder().join("broken");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    let mut checklist = Checklist::new("coffee", "1");
    edit(&mut checklist);
    let path = checklist.write(&folder);
    refused(shop, name, &path, "checklist-faulty", words);
}

fn refused(shop: &mut Shop, name: &str, path: &str, code: &str, words: &[&str]) {
    let before = shop.state();
    let error = shop.refused("import_checklist", json!({ "path": path }));
    assert_eq!(error.code, code, "{name}: {error:?}");
    for word in words {
        assert!(error.message.contains(word), "{name}: {word} is not in {}", error.message);
    }
    assert!(!error.message.contains("fault.") && !error.message.contains('{'), "{name}: whole sentences: {error:?}");
    assert_eq!(shop.state(), before, "{name}: the workspace is as it was");
}

#[test]
fn a_broken_folder_is_refused_by_place() {
    let facts = "01-roasting/requirements.json";
    let german = "01-roasting/de.json";
    let mut shop = Shop::busy(Locale::De, None);
    broken(&mut shop, "a language is missing", &["01-roasting/de.json", "die Datei fehlt"], |list| {
        list.0.remove(german);
    });
    broken(&mut shop, "a theme", &[facts, "K-1, themes", "„astrology“ ist nicht bekannt"], |list| {
        *list.at(facts, "/requirements/0/themes") = json!(["astrology"]);
    });
    broken(&mut shop, "an id twice", &[facts, "„K-1“ steht zweimal da"], |list| {
        *list.at(facts, "/requirements/1/number") = json!("K-1");
    });
    broken(&mut shop, "a circle", &[facts, "K-1, after", "im Kreis"], |list| {
        list.at(facts, "/requirements/0").as_object_mut().unwrap().insert("after".to_owned(), json!(["K-3"]));
    });
    broken(&mut shop, "a type", &[facts, "K-2, effort", "von der falschen Art: 7"], |list| {
        *list.at(facts, "/requirements/1/effort") = json!(7);
    });
    broken(&mut shop, "a text", &[german, "K-3, title", "leer"], |list| {
        *list.at(german, "/requirements/K-3/title") = json!("");
    });
    let entries = |list: &mut Checklist, count: usize| {
        let first = list.at(facts, "/requirements/0").clone();
        let entry = |i: usize| {
            let mut entry = first.clone();
            entry["number"] = json!(i.to_string());
            entry
        };
        *list.at(facts, "/requirements") = (0..count).map(entry).collect();
    };
    broken(&mut shop, "too many entries", &[facts, "2001 Anforderungen"], |list| entries(list, 2_001));
    broken(&mut shop, "a link to nowhere", &["links.json", "„gdpr:999“"], |list| {
        let link = json!({ "from": "coffee:K-1", "to": "gdpr:999", "kind": "supports", "confidence": "high" });
        list.0.insert("links.json".to_owned(), json!({ "source": "own", "links": [link] }));
    });
    broken(&mut shop, "what it replaces", &["framework.json", "replaces", "„tea“"], |list| {
        list.0.get_mut("framework.json").unwrap()["replaces"] = json!("tea");
    });
    broken(&mut shop, "a shipped id", &["framework.json", "„gdpr“ gibt es schon"], |list| {
        *list.at("framework.json", "/id") = json!("gdpr");
    });

    let mut endless = Checklist::new("coffee", "1");
    entries(&mut endless, 100_000);
    let path = endless.write(&shop.folder().join("endless"));
    refused(&mut shop, "100,000 entries", &path, "checklist-too-large", &[facts, "8 MB"]);

    let folder = shop.folder().join("bytes");
    let path = Checklist::new("coffee", "1").write(&folder);
    std::fs::write(folder.join(german), b"{\"section\": \"R\xf6sten\"}").unwrap();
    refused(&mut shop, "not UTF-8", &path, "checklist-faulty", &[german, "kein UTF-8", "14"]);
    std::fs::write(folder.join(german), b"{\"section\": ").unwrap();
    refused(&mut shop, "no JSON", &path, "checklist-faulty", &[german, "kein JSON", "1:12"]);
    std::fs::write(folder.join(german), vec![b' '; 9 * 1024 * 1024]).unwrap();
    refused(&mut shop, "too large", &path, "checklist-too-large", &["8 MB"]);
    std::fs::remove_dir_all(&folder).unwrap();
    refused(&mut shop, "no folder", &path, "not-a-folder", &["bytes"]);
    std::fs::create_dir(&folder).unwrap();
    refused(&mut shop, "an empty folder", &path, "no-checklist", &["framework.json"]);
    let path = Checklist::new("coffee", "1").write(&folder);
    for i in 0..1_001 {
        std::fs::write(folder.join(format!("{i}.json")), "{}").unwrap();
    }
    refused(&mut shop, "many files", &path, "checklist-too-large", &["1000"]);
    shop.assert_sound();
}

#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let mut shop = Shop::new(Locale::En, None);
    let folder = shop.folder().join("coffee");
    let path = Checklist::new("coffee", "1").write(&folder);
    let outside = shop.write("outside.json", b"{}");
    std::fs::remove_file(folder.join("en.json")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside, folder.join("en.json")).unwrap();
    refused(&mut shop, "a symbolic link", &path, "checklist-faulty", &["en.json", "missing"]);
}

#[test]
fn texts_of_a_checklist_stay_texts_and_the_journal_holds_them() {
    let mut shop = Shop::new(Locale::En, None);
    let mut checklist = Checklist::new("coffee", "1");
    let payload = "<img src=x onerror=alert(1)> =1+1 \u{202e}";
    *checklist.at("01-roasting/en.json", "/requirements/K-1/title") = json!(payload);
    import(&mut shop, "coffee", &checklist);
    shop.call("start_assessment", json!({ "framework": "coffee" }));
    let listed = shop.call("list_requirements", json!({}));
    assert_eq!(listed["requirements"][0]["title"], payload, "byte for byte");
    let store = shop.store();
    let mut replayed = SqliteStore::empty_in_memory().unwrap();
    for stored in store.journal(None, 100, None).unwrap().into_iter().rev() {
        replayed.replay(&stored.entry.changes).unwrap();
    }
    assert_eq!(replayed.checklists().unwrap(), store.checklists().unwrap(), "the journal gives the checklist back");
}
