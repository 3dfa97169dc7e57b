//! Every SAQ has just the requirements of its official form, as far as the forms could be read.

use std::collections::{BTreeMap, BTreeSet};
use tillproof_catalog::Catalog;
use tillproof_domain::id::{FrameworkId, ScopeId, Scopes};

/// The lists of PCI DSS v4.0.1: SAQ A of January 2025, the others of October 2024, D for service providers of January 2025.
const LISTS: &str = include_str!("../fixtures/saq-lists.json");

#[test]
fn every_saq_has_its_requirements() {
    let lists: BTreeMap<String, String> = serde_json::from_str(LISTS).unwrap();
    let catalog = Catalog::embedded().unwrap();
    let framework = catalog.framework(&FrameworkId::from("pci-dss-4.0.1")).unwrap();
    assert_eq!(lists.len(), 9, "all forms but SPoC, whose list is not known");
    for (saq, numbers) in lists {
        let wanted: BTreeSet<&str> = numbers.split(' ').collect();
        let scope = Scopes::one(ScopeId(saq.clone()));
        let found: BTreeSet<&str> =
            framework.requirements_of(&scope, "").map(|(_, requirement)| requirement.facts.number.as_str()).collect();
        assert_eq!(found, wanted, "SAQ {saq}");
    }
}

#[test]
fn no_two_requirements_mean_the_same() {
    let mut meanings: BTreeMap<&str, &str> = BTreeMap::new();
    let catalog = Catalog::embedded().unwrap();
    for requirement in catalog.frameworks.iter().flat_map(|f| f.sections.iter().flat_map(|s| &s.requirements)) {
        for texts in [&requirement.texts.en, &requirement.texts.de] {
            let other = meanings.insert(&texts.meaning, &requirement.facts.number);
            assert_eq!(other, None, "{} says the same as another", requirement.facts.number);
        }
    }
}
