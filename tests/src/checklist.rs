//! A small checklist of a consultant, to be brought into a workspace and to be broken.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// A checklist folder as path and JSON.
#[derive(Debug, Clone)]
pub struct Checklist(pub BTreeMap<String, Value>);

impl Checklist {
    /// A sound checklist with three requirements: `K-1`, `K-2` with two parts, and `K-3` after `K-1`.
    #[must_use]
    pub fn new(id: &str, version: &str) -> Self {
        let framework = json!({
            "id": id, "version": version, "published": "2026-11", "source": "https://example.org",
            "verdicts": ["in-place", "partly", "not-in-place", "not-applicable"],
            "scopes": [{ "id": "shop", "available": true, "confidence": "high" }],
            "sections": ["01-roasting"]
        });
        let names = |name: &str, yes: &str, partly: &str, no: &str, none: &str| {
            json!({
                "name": name, "full_name": format!("{name} 2026"), "publisher": "Beratung Muster", "notice": name,
                "scopes": { "shop": { "name": "Shop", "summary": "Shop", "notice": "" } },
                "verdicts": { "in-place": yes, "partly": partly, "not-in-place": no, "not-applicable": none }
            })
        };
        let facts = |number: &str| {
            json!({
                "number": number, "themes": ["vendors"], "scopes": { "shop": { "confidence": "high" } },
                "who": ["owner"], "tester_methods": ["examine"], "freshness": null, "effort": "minutes",
                "milestone": null, "obligation": "advice", "country": null, "automatic_checks": [], "references": []
            })
        };
        let mut requirements = ["K-1", "K-2", "K-3"].map(facts);
        requirements[1]["parts"] = json!(["beans", "water"]);
        requirements[2]["after"] = json!(["K-1"]);
        let texts = |word: &str| {
            let one = |number: &str| {
                json!({
                    "title": format!("{word} {number}"), "question": format!("{word}?"), "meaning": format!("{word} {number}."),
                    "steps": [word], "proof": [word], "not_applicable_when": ""
                })
            };
            let mut texts = json!({
                "section": { "title": word, "intro": word },
                "requirements": { "K-1": one("K-1"), "K-2": one("K-2"), "K-3": one("K-3") }
            });
            texts["requirements"]["K-2"]["parts"] =
                json!({ "beans": format!("{word} A"), "water": format!("{word} B") });
            texts
        };
        let files = [
            ("framework.json", framework),
            ("en.json", names("Coffee check", "In place", "Partly", "Not in place", "Not applicable")),
            ("de.json", names("Kaffee-Prüfliste", "Erfüllt", "Teilweise", "Nicht erfüllt", "Nicht anwendbar")),
            ("01-roasting/requirements.json", json!({ "requirements": requirements })),
            ("01-roasting/en.json", texts("Roast")),
            ("01-roasting/de.json", texts("Rösten")),
        ];
        Self(files.into_iter().map(|(path, value)| (path.to_owned(), value)).collect())
    }

    /// One value of one file, to change it.
    ///
    /// # Panics
    /// The checklist has no such file or place.
    pub fn at(&mut self, file: &str, pointer: &str) -> &mut Value {
        let value = self.0.get_mut(file).unwrap_or_else(|| panic!("there is {file}"));
        value.pointer_mut(pointer).unwrap_or_else(|| panic!("{file} has {pointer}"))
    }

    /// Writes the folder; answers its path.
    ///
    /// # Panics
    /// The folder cannot be written.
    #[must_use]
    pub fn write(&self, folder: &Path) -> String {
        for (path, value) in &self.0 {
            let file = folder.join(path);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder is made");
            std::fs::write(file, value.to_string()).expect("a file is written");
        }
        folder.display().to_string()
    }
}
