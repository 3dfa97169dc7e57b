//! A folder with a fault is refused whole, and the fault is named by file and place.

use serde_json::{Value, json};
use tillproof_catalog::{Catalog, Files};

/// Edits the shipped folder, and expects a fault of `file` that names all of `words`.
fn check(name: &str, edit: impl FnOnce(&mut Files), file: &str, words: &[&str]) {
    let mut files = Files::embedded();
    edit(&mut files);
    assert_ne!(files, Files::embedded(), "{name}: the edit changed something");
    let faults = Catalog::read(&files).err().unwrap_or_else(|| panic!("{name}: the folder should be refused"));
    let named =
        |fault: &tillproof_catalog::Fault| fault.file == file && words.iter().all(|w| fault.to_string().contains(w));
    assert!(faults.iter().any(named), "{name}: no fault of {file} with {words:?} in {faults:#?}");
}

fn remove(path: &'static str) -> impl FnOnce(&mut Files) {
    move |files| drop(files.0.remove(path))
}

fn write(path: &'static str, text: &'static str) -> impl FnOnce(&mut Files) {
    move |files| drop(files.0.insert(path.to_owned(), text.as_bytes().to_vec()))
}

/// Puts a value in the place of another, or adds it to an object.
fn set(path: &'static str, pointer: &'static str, value: Value) -> impl FnOnce(&mut Files) {
    change(path, move |file| {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match file.pointer_mut(parent).unwrap_or_else(|| panic!("{path} has {parent}")) {
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
            object => object[key] = value,
        }
    })
}

fn without(path: &'static str, parent: &'static str, key: &'static str) -> impl FnOnce(&mut Files) {
    change(path, move |file| {
        let object = file.pointer_mut(parent).and_then(Value::as_object_mut);
        object.and_then(|object| object.remove(key)).unwrap_or_else(|| panic!("{path} has {parent}/{key}"));
    })
}

fn change(path: &'static str, edit: impl FnOnce(&mut Value)) -> impl FnOnce(&mut Files) {
    move |files| {
        let bytes = files.0.get_mut(path).unwrap_or_else(|| panic!("there is {path}"));
        let mut file: Value = serde_json::from_slice(bytes).unwrap();
        edit(&mut file);
        *bytes = file.to_string().into_bytes();
    }
}

fn change_text(path: &'static str, edit: impl FnOnce(&str) -> String) -> impl FnOnce(&mut Files) {
    move |files| {
        let bytes = files.0.get_mut(path).unwrap_or_else(|| panic!("there is {path}"));
        *bytes = edit(std::str::from_utf8(bytes).unwrap()).into_bytes();
    }
}

const FACTS: &str = "gdpr/02-principles/requirements.json";
const ENGLISH: &str = "gdpr/02-principles/en.json";
const GERMAN: &str = "gdpr/02-principles/de.json";
const TREE: &str = "pci-dss-4.0.1/finder/tree.json";
const CRITERIA: &str = "pci-dss-4.0.1/eligibility/criteria.json";
const LINKS: &str = "mappings/shop-security-gdpr.json";

#[test]
fn files_that_are_missing_or_none() {
    check("a language", remove(GERMAN), GERMAN, &["missing"]);
    check("a language of a framework", remove("gdpr/de.json"), "gdpr/de.json", &["missing"]);
    check("the other language", remove("themes/en.json"), "themes/en.json", &["missing"]);
    check("a section", remove(FACTS), FACTS, &["missing"]);
    check("the themes", remove("themes/themes.json"), "themes/themes.json", &["missing"]);
    check("texts of the finder", remove("pci-dss-4.0.1/finder/de.json"), "pci-dss-4.0.1/finder/de.json", &["missing"]);
    check("no JSON", write(FACTS, "{"), FACTS, &["not JSON", "1:1"]);
    check("another form", write(FACTS, "[]"), FACTS, &["wrong type", "[]"]);
    check("empty", write(GERMAN, ""), GERMAN, &["not JSON"]);
    let field = set(FACTS, "/requirements/0/colour", json!("red"));
    check("a field nobody knows", field, FACTS, &["5.1.a", "colour"]);
    let latin = |files: &mut Files| drop(files.0.insert(GERMAN.to_owned(), b"{\"a\": \"M\xfcller\"}".to_vec()));
    check("not UTF-8", latin, GERMAN, &["UTF-8", "8"]);
    let twice = change_text(GERMAN, |text| text.replacen("{", "{\"section\": {},", 1));
    check("a key twice", twice, GERMAN, &["twice", "section"]);
}

#[test]
fn facts_that_do_not_fit() {
    check(
        "a theme",
        set(FACTS, "/requirements/1/themes/0", json!("astrology")),
        FACTS,
        &["5.1.b", "themes", "astrology"],
    );
    let twice = change(FACTS, |file| {
        let first = file["requirements"][0].clone();
        file["requirements"].as_array_mut().unwrap().push(first);
    });
    check("a number twice", twice, FACTS, &["5.1.a", "twice"]);
    check(
        "a wrong type",
        set(FACTS, "/requirements/0/themes", json!("tls")),
        FACTS,
        &["5.1.a, themes", "wrong type", "\"tls\""],
    );
    check("a wrong word", set(FACTS, "/requirements/0/effort", json!("weeks")), FACTS, &["5.1.a, effort", "weeks"]);
    check("no scope", set(FACTS, "/requirements/0/scopes", json!({})), FACTS, &["5.1.a", "scopes"]);
    let scope = set(FACTS, "/requirements/0/scopes/moon", json!({ "confidence": "high" }));
    check("a scope", scope, FACTS, &["5.1.a", "scopes", "moon"]);
    check("a milestone", set(FACTS, "/requirements/0/milestone", json!(7)), FACTS, &["5.1.a", "milestone"]);
    let span = set(FACTS, "/requirements/0/freshness/every", json!("yearly"));
    check("a span", span, FACTS, &["yearly"]);
    check("another id", set("gdpr/framework.json", "/id", json!("dsgvo")), "gdpr/framework.json", &["id", "dsgvo"]);
    let verdict =
        change("gdpr/framework.json", |file| file["verdicts"].as_array_mut().unwrap().push(json!("unanswered")));
    check("unanswered", verdict, "gdpr/framework.json", &["verdicts", "unanswered"]);
    let section = change("gdpr/framework.json", |file| file["sections"].as_array_mut().unwrap().push(json!("99-none")));
    check("a section more", section, "gdpr/99-none/requirements.json", &["missing"]);
}

#[test]
fn texts_that_do_not_fit() {
    check("a text missing", without(GERMAN, "/requirements", "5.2"), GERMAN, &["5.2", "no text"]);
    check("a field missing", without(GERMAN, "/requirements/5.2", "question"), GERMAN, &["question"]);
    let more = set(
        ENGLISH,
        "/requirements/9.9",
        json!({
            "title": "t", "question": "q", "meaning": "m", "steps": ["s"], "proof": ["p"], "not_applicable_when": ""
        }),
    );
    check("a text more", more, ENGLISH, &["9.9", "not known"]);
    check("an empty text", set(GERMAN, "/requirements/5.2/title", json!("")), GERMAN, &["5.2", "title"]);
    check("a blank text", set(GERMAN, "/requirements/5.2/meaning", json!(" \n")), GERMAN, &["5.2", "meaning"]);
    check("a padded text", set(ENGLISH, "/requirements/5.2/question", json!("Why? ")), ENGLISH, &["5.2", "question"]);
    check("a padded step", set(ENGLISH, "/requirements/5.2/steps/0", json!(" Do")), ENGLISH, &["5.2", "steps"]);
    check("no steps", set(ENGLISH, "/requirements/5.2/steps", json!([])), ENGLISH, &["5.2", "steps"]);
    check(
        "a proof less",
        set(GERMAN, "/requirements/5.2/proof", json!(["Eins"])),
        GERMAN,
        &["5.2, proof", "does not have"],
    );
    let note = set(ENGLISH, "/requirements/5.2/scope_notes", json!({ "moon": "Not here." }));
    check("a note on no scope", note, ENGLISH, &["5.2", "scope_notes", "moon"]);
    check("a padded intro", set(GERMAN, "/section/intro", json!(" Kapitel ")), GERMAN, &["section", "intro"]);
    check("an empty name", set("gdpr/de.json", "/name", json!("")), "gdpr/de.json", &["name"]);
    check("a theme's words", without("themes/de.json", "", "tls"), "themes/de.json", &["tls", "no text"]);
    check("a verdict's words", without("gdpr/en.json", "/verdicts", "partly"), "gdpr/en.json", &["partly"]);
    check("a scope's words", without("gdpr/de.json", "/scopes", "shop"), "gdpr/de.json", &["shop"]);
}

#[test]
fn parts_and_order_that_do_not_fit() {
    const SCRIPTS: &str = "pci-dss-4.0.1/06-secure-software/requirements.json";
    const WORDS: &str = "pci-dss-4.0.1/06-secure-software/de.json";
    let numbers = |file: &Value| -> Vec<String> {
        let list = file["requirements"].as_array().unwrap();
        list.iter().map(|facts| facts["number"].as_str().unwrap().to_owned()).collect()
    };
    let at = move |file: &Value, number: &str| numbers(file).iter().position(|known| known == number).unwrap();
    let part = change(SCRIPTS, |file| {
        let place = at(file, "6.4.3");
        file["requirements"][place]["parts"].as_array_mut().unwrap().push(json!("moon"));
    });
    check("a part without words", part, WORDS, &["6.4.3, parts", "no text", "moon"]);
    let words = change(WORDS, |file| file["requirements"]["6.4.3"]["parts"]["moon"] = json!("Mond"));
    check("words without a part", words, WORDS, &["6.4.3, parts", "not known", "moon"]);
    let unknown = change(SCRIPTS, |file| file["requirements"][0]["after"] = json!(["99.9"]));
    check("after nothing", unknown, SCRIPTS, &["after", "not known", "99.9"]);
    let circle = change(SCRIPTS, |file| {
        let (first, second) = (at(file, "6.1.1"), at(file, "6.1.2"));
        file["requirements"][first]["after"] = json!(["6.1.2"]);
        file["requirements"][second]["after"] = json!(["6.1.1"]);
    });
    check("a circle", circle, SCRIPTS, &["6.1.1, after", "back to itself"]);
    let itself = change(SCRIPTS, |file| file["requirements"][0]["after"] = json!(["6.1.1"]));
    check("after itself", itself, SCRIPTS, &["6.1.1, after", "back to itself"]);
}

#[test]
fn ids_that_would_break_what_holds_them() {
    for bad in ["a b", "", "../up", "A+B", "ü", "-x"] {
        let number = change(FACTS, |file| file["requirements"][0]["number"] = json!(bad));
        check("a number", number, FACTS, &["number", "not an id"]);
    }
    let scope = change("gdpr/framework.json", |file| file["scopes"][0]["id"] = json!("A+B"));
    check("a scope", scope, "gdpr/framework.json", &["scopes", "not an id"]);
}

#[test]
fn lists_without_measure() {
    let many = change(FACTS, |file| {
        let first = file["requirements"][0].clone();
        let list = file["requirements"].as_array_mut().unwrap();
        list.extend((0..100_000).map(|i| {
            let mut next = first.clone();
            next["number"] = json!(format!("X{i}"));
            next
        }));
    });
    check("100,000 entries", many, FACTS, &["too many", "too many requirements: 1000"]);
    let long = change(GERMAN, |file| file["section"]["intro"] = json!("a".repeat(10_001)));
    check("a text without end", long, GERMAN, &["section, intro", "10001"]);
}

#[test]
fn a_finder_that_leads_nowhere() {
    let circle = change(TREE, |tree| {
        let answer = &mut tree["questions"][2]["answers"][0];
        answer["next"] = json!("service-provider");
    });
    check("a circle", circle, TREE, &["back to itself"]);
    let late = change(TREE, |tree| {
        let questions = tree["questions"].as_array_mut().unwrap();
        let at = questions.iter().position(|q| q["id"] == "payment-application").unwrap();
        let answer = questions[at]["answers"][1].as_object_mut().unwrap();
        answer.remove("result");
        answer.insert("next".to_owned(), json!("pts-ip"));
    });
    check("a circle at the end", late, TREE, &["back to itself"]);
    let joined = change(TREE, |tree| {
        // `direct-post` is reached on two ways; the circle starts behind the place where they meet.
        let questions = tree["questions"].as_array_mut().unwrap();
        let at = questions.iter().position(|q| q["id"] == "aep-conditions").unwrap();
        let answer = questions[at]["answers"][1].as_object_mut().unwrap();
        answer.remove("result");
        answer.insert("next".to_owned(), json!("page-reached"));
    });
    check("a circle behind a meeting", joined, TREE, &["back to itself"]);
    check("no question", set(TREE, "/questions/0/answers/1/next", json!("moon")), TREE, &["moon", "not known"]);
    check("no result", set(TREE, "/questions/0/answers/0/result", json!("moon")), TREE, &["leads nowhere"]);
    check("both", set(TREE, "/questions/0/answers/0/next", json!("web-shop")), TREE, &["leads nowhere"]);
    check("no start", set(TREE, "/start", json!("moon")), TREE, &["moon", "not known"]);
    check("a scope", set(TREE, "/results/0/scope", json!("Z")), TREE, &["Z", "not known"]);
    let words = without("pci-dss-4.0.1/finder/en.json", "/questions/web-shop/answers", "no");
    check("an answer's words", words, "pci-dss-4.0.1/finder/en.json", &["web-shop", "answers"]);
    let criterion = set(CRITERIA, "/A/0/id", json!("luck"));
    check("a criterion", criterion, "pci-dss-4.0.1/eligibility/en.json", &["luck", "no text"]);
}

#[test]
fn links_to_nowhere() {
    check("an end", set(LINKS, "/links/0/to", json!("gdpr:999")), LINKS, &["gdpr:999", "not known"]);
    check("no id", set(LINKS, "/links/0/from", json!("TLS-1")), LINKS, &["TLS-1"]);
    let twice = change(LINKS, |file| {
        let mut back = file["links"][0].clone();
        (back["from"], back["to"]) = (file["links"][0]["to"].clone(), file["links"][0]["from"].clone());
        file["links"].as_array_mut().unwrap().push(back);
    });
    check("there and back", twice, LINKS, &["twice"]);
}

#[test]
fn several_faults_are_named_in_one_go() {
    let mut files = Files::embedded();
    set(FACTS, "/requirements/0/themes/0", json!("astrology"))(&mut files);
    set(LINKS, "/links/0/to", json!("gdpr:999"))(&mut files);
    let faults = Catalog::read(&files).expect_err("the folder is refused");
    assert_eq!(faults.len(), 2, "both are named: {faults:#?}");
}
