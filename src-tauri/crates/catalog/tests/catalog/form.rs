//! Every file validates against the one definition of `schema.json` that its place calls for.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tillproof_catalog::{Catalog, Files};

/// The definition for a place, written as the paths of the folder; `*` stands for one name.
const PLACES: &[(&str, &str)] = &[
    ("*/framework.json", "framework"),
    ("*/en.json", "frameworkTexts"),
    ("*/de.json", "frameworkTexts"),
    ("*/*/requirements.json", "requirements"),
    ("*/*/en.json", "sectionTexts"),
    ("*/*/de.json", "sectionTexts"),
    ("*/eligibility/criteria.json", "criteria"),
    ("*/eligibility/en.json", "criteriaTexts"),
    ("*/eligibility/de.json", "criteriaTexts"),
    ("*/finder/tree.json", "finder"),
    ("*/finder/en.json", "finderTexts"),
    ("*/finder/de.json", "finderTexts"),
    ("*/register/activities.json", "activities"),
    ("*/register/en.json", "activityTexts"),
    ("*/register/de.json", "activityTexts"),
    ("themes/themes.json", "themes"),
    ("themes/en.json", "themeTexts"),
    ("themes/de.json", "themeTexts"),
    ("mappings/*.json", "links"),
];

fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(&path).all(|(pattern, name)| match pattern.split_once('*') {
            Some((start, end)) => name.len() > end.len() && name.starts_with(start) && name.ends_with(end),
            None => pattern == name,
        })
}

/// The one definition for a file: of the places that match, those that name the most folders.
fn definition(path: &str) -> &'static str {
    let wildcards = |pattern: &str| pattern.matches('*').count();
    let all: Vec<_> = PLACES.iter().filter(|(pattern, _)| matches(pattern, path)).collect();
    let fewest = all.iter().map(|(pattern, _)| wildcards(pattern)).min();
    let best: Vec<_> = all.into_iter().filter(|(pattern, _)| Some(wildcards(pattern)) == fewest).collect();
    match best.as_slice() {
        [(_, definition)] => definition,
        other => panic!("{path} is covered by {other:?}, not by exactly one definition"),
    }
}

fn schema() -> Value {
    serde_json::from_slice(&Files::embedded().0["schema.json"]).unwrap()
}

fn validator(definition: &str) -> jsonschema::Validator {
    let mut schema = schema();
    assert!(schema["$defs"][definition].is_object(), "the schema defines {definition}");
    schema["$ref"] = json!(format!("#/$defs/{definition}"));
    jsonschema::validator_for(&schema).unwrap_or_else(|error| panic!("{definition} is a schema: {error}"))
}

fn errors(path: &str, bytes: &[u8]) -> Vec<String> {
    let value: Value = serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{path} is JSON: {error}"));
    let validator = validator(definition(path));
    validator.iter_errors(&value).map(|error| format!("{path}{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_file_is_of_its_form() {
    let files = Files::embedded();
    let mut used = BTreeSet::new();
    let mut checked = 0;
    for (path, bytes) in files.0.iter().filter(|(path, _)| path.ends_with(".json") && *path != "schema.json") {
        used.insert(definition(path));
        let errors = errors(path, bytes);
        assert!(errors.is_empty(), "{errors:#?}");
        checked += 1;
    }
    assert!(checked > 40, "only {checked} files were looked at");
    let known: BTreeSet<&str> = PLACES.iter().map(|(_, definition)| *definition).collect();
    assert_eq!(used, known, "every definition is used");
    for (path, _) in files.0.iter().filter(|(path, _)| !path.ends_with(".json")) {
        let other = path.as_str();
        assert!(other.ends_with(".md") || other == "LICENSE", "{path} is no checklist and no word on them");
    }
}

#[test]
fn the_form_refuses_what_is_not_of_it() {
    let check = |path: &str, pointer: &str, value: Value| {
        let files = Files::embedded();
        let mut file: Value = serde_json::from_slice(&files.0[path]).unwrap();
        *file.pointer_mut(pointer).unwrap_or_else(|| panic!("{path} has {pointer}")) = value.clone();
        let found = errors(path, file.to_string().as_bytes());
        assert!(!found.is_empty(), "{path}{pointer} may not be {value}");
    };
    check("gdpr/02-principles/requirements.json", "/requirements/0/effort", json!("weeks"));
    check("gdpr/02-principles/requirements.json", "/requirements/0/milestone", json!(7));
    check("gdpr/02-principles/requirements.json", "/requirements/0/scopes", json!({}));
    check("gdpr/02-principles/en.json", "/requirements/5.2/title", json!(""));
    check("gdpr/02-principles/de.json", "/requirements/5.2/question", json!(" padded"));
    check("gdpr/02-principles/de.json", "/requirements/5.2/steps", json!([]));
    check("gdpr/framework.json", "/verdicts/0", json!("fine"));
    check("pci-dss-4.0.1/finder/tree.json", "/results/0/confidence", json!("none"));
    check("pci-dss-4.0.1/eligibility/criteria.json", "/A/0/channel", json!("phone"));
    check("mappings/shop-security-gdpr.json", "/links/0/kind", json!("equals"));
}

#[test]
fn the_catalogue_is_whole() {
    let catalog = Catalog::embedded().unwrap_or_else(|faults| panic!("{faults:#?}"));
    let ids: Vec<&str> = catalog.frameworks.iter().map(|framework| framework.id.as_str()).collect();
    assert_eq!(ids, ["pci-dss-4.0.1", "gdpr", "shop-security"], "the frameworks, in the order they are shown");
    for link in &catalog.links {
        assert_ne!(link.from.framework, link.to.framework, "{} and {}: a link crosses frameworks", link.from, link.to);
    }
}
