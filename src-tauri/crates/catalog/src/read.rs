//! From files to a catalogue. Collects every fault instead of stopping at the first, so that an
//! author mends them in one go.

use crate::{Catalog, Fault, Files};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use tillproof_domain::answer::Verdict;
use tillproof_domain::finder::{Finder, FinderTexts, FinderTree};
use tillproof_domain::framework::{
    Criterion, CriterionChannel, CriterionTexts, Framework, FrameworkTexts, Requirement, RequirementFacts,
    RequirementLink, RequirementTexts, Scope, Section, SectionHeading, Texts, Theme, ThemeTexts,
};
use tillproof_domain::id::{CriterionId, FrameworkId, RequirementId, ScopeId, ThemeId};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameworkFile {
    id: FrameworkId,
    version: String,
    published: String,
    source: String,
    verdicts: Vec<Verdict>,
    scopes: Vec<Scope>,
    sections: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequirementsFile {
    requirements: Vec<RequirementFacts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionTextsFile {
    section: SectionHeading,
    requirements: BTreeMap<String, RequirementTexts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CriterionFile {
    id: CriterionId,
    channel: CriterionChannel,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemesFile {
    themes: Vec<ThemeFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    id: ThemeId,
    core: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LinksFile {
    #[serde(rename = "source")]
    _source: String,
    links: Vec<RequirementLink>,
}

/// Reads every framework, the themes and the links.
pub(crate) fn catalog(files: &Files) -> Result<Catalog, Vec<Fault>> {
    let mut reader = Reader { files, faults: Vec::new() };
    let themes = reader.themes();
    let known_themes: BTreeSet<&ThemeId> = themes.iter().map(|theme| &theme.id).collect();
    let mut folders: Vec<&str> =
        files.0.keys().filter_map(|path| path.strip_suffix("/framework.json")).filter(|f| !f.contains('/')).collect();
    // PCI DSS first, then the law, then our own advice; anything else after them by name.
    folders.sort_by_key(|folder| {
        let place = ["pci-dss", "gdpr", "shop-security"].iter().position(|known| folder.starts_with(known));
        (place.unwrap_or(usize::MAX), *folder)
    });
    let frameworks: Vec<Framework> =
        folders.into_iter().filter_map(|folder| reader.framework(folder, &known_themes)).collect();
    let links = reader.links(&frameworks);
    if reader.faults.is_empty() { Ok(Catalog::new(frameworks, themes, links)) } else { Err(reader.faults) }
}

struct Reader<'a> {
    files: &'a Files,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, file: &str, message: impl Into<String>) {
        self.faults.push(Fault { file: file.to_owned(), message: message.into() });
    }

    fn parse<T: DeserializeOwned>(&mut self, file: &str) -> Option<T> {
        let Some(bytes) = self.files.0.get(file) else {
            self.fault(file, "the file is missing");
            return None;
        };
        match serde_json::from_slice(bytes) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(file, error.to_string());
                None
            }
        }
    }

    /// Reads `folder/en.json` and `folder/de.json`.
    fn texts<T: DeserializeOwned>(&mut self, folder: &str) -> Option<Texts<T>> {
        let en = self.parse(&format!("{folder}/en.json"));
        let de = self.parse(&format!("{folder}/de.json"));
        for locale in ["en", "de"] {
            let file = format!("{folder}/{locale}.json");
            let value = self.files.0.get(&file).and_then(|bytes| serde_json::from_slice(bytes).ok());
            self.prose(&file, &mut Vec::new(), &value.unwrap_or_default());
        }
        Some(Texts { en: en?, de: de? })
    }

    /// No text may be padded, and none empty but those that say something only where there is
    /// something to say.
    fn prose<'v>(&mut self, file: &str, place: &mut Vec<&'v str>, value: &'v serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                for (name, value) in fields {
                    place.push(name);
                    self.prose(file, place, value);
                    place.pop();
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| self.prose(file, place, item)),
            serde_json::Value::String(text) => {
                let may_be_empty = matches!(place[..], ["scopes", _, "notice"] | [.., "not_applicable_when"]);
                if text.trim() != text || (text.is_empty() && !may_be_empty) {
                    self.fault(file, format!("{}: a text is empty or padded", place.join(", ")));
                }
            }
            _ => {}
        }
    }

    /// Makes sure that the texts of both languages have just these keys.
    fn same_keys<'k>(&mut self, folder: &str, what: &str, wanted: &BTreeSet<&'k str>, found: Texts<BTreeSet<&'k str>>) {
        for (locale, found) in [("en", found.en), ("de", found.de)] {
            let file = format!("{folder}/{locale}.json");
            for key in wanted.difference(&found) {
                self.fault(&file, format!("{what} “{key}” has no text"));
            }
            for key in found.difference(wanted) {
                self.fault(&file, format!("{what} “{key}” is not known"));
            }
        }
    }

    fn unique<'k>(&mut self, file: &str, what: &str, ids: impl IntoIterator<Item = &'k str>) -> BTreeSet<&'k str> {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.fault(file, format!("{what} “{id}” stands there twice"));
            }
        }
        seen
    }

    fn themes(&mut self) -> Vec<Theme> {
        let Some(file) = self.parse::<ThemesFile>("themes/themes.json") else { return Vec::new() };
        let Some(mut texts) = self.texts::<BTreeMap<ThemeId, ThemeTexts>>("themes") else { return Vec::new() };
        let wanted = self.unique("themes/themes.json", "theme", file.themes.iter().map(|theme| theme.id.as_str()));
        let found = Texts {
            en: texts.en.keys().map(ThemeId::as_str).collect(),
            de: texts.de.keys().map(ThemeId::as_str).collect(),
        };
        self.same_keys("themes", "theme", &wanted, found);
        file.themes
            .into_iter()
            .filter_map(|theme| {
                let texts = Texts { en: texts.en.remove(&theme.id)?, de: texts.de.remove(&theme.id)? };
                Some(Theme { id: theme.id, core: theme.core, texts })
            })
            .collect()
    }

    fn framework(&mut self, folder: &str, themes: &BTreeSet<&ThemeId>) -> Option<Framework> {
        let file_name = format!("{folder}/framework.json");
        let file: FrameworkFile = self.parse(&file_name)?;
        if file.id.as_str() != folder {
            self.fault(&file_name, format!("id: “{}” is not the name of its folder", file.id));
        }
        if file.verdicts.contains(&Verdict::Unanswered) {
            self.fault(&file_name, "verdicts: “unanswered” is always there and is not listed");
        }
        self.unique(&file_name, "section", file.sections.iter().map(String::as_str));
        let scopes = self.unique(&file_name, "scope", file.scopes.iter().map(|scope| scope.id.as_str()));
        let texts: Texts<FrameworkTexts> = self.texts(folder)?;
        let scope_texts = Texts {
            en: texts.en.scopes.keys().map(ScopeId::as_str).collect(),
            de: texts.de.scopes.keys().map(ScopeId::as_str).collect(),
        };
        self.same_keys(folder, "scope", &scopes, scope_texts);
        let verdicts: BTreeSet<&str> = file.verdicts.iter().map(|verdict| verdict.as_str()).collect();
        let verdict_texts = Texts {
            en: texts.en.verdicts.keys().map(|verdict| verdict.as_str()).collect(),
            de: texts.de.verdicts.keys().map(|verdict| verdict.as_str()).collect(),
        };
        self.same_keys(folder, "verdict", &verdicts, verdict_texts);

        let mut numbers = BTreeSet::new();
        let mut sections = Vec::new();
        for section in &file.sections {
            sections.extend(self.section(&file, section, &scopes, themes, &mut numbers));
        }
        let criteria = self.criteria(folder, &scopes);
        let finder = self.finder(folder, &scopes);
        Some(Framework {
            id: file.id,
            version: file.version,
            published: file.published,
            source: file.source,
            verdicts: file.verdicts,
            scopes: file.scopes,
            sections,
            texts,
            criteria,
            finder,
        })
    }

    fn section(
        &mut self,
        framework: &FrameworkFile,
        section: &str,
        scopes: &BTreeSet<&str>,
        themes: &BTreeSet<&ThemeId>,
        numbers: &mut BTreeSet<String>,
    ) -> Option<Section> {
        let folder = format!("{}/{section}", framework.id);
        let file_name = format!("{folder}/requirements.json");
        let file: RequirementsFile = self.parse(&file_name)?;
        let mut texts: Texts<SectionTextsFile> = self.texts(&folder)?;
        for facts in &file.requirements {
            let number = &facts.number;
            if !numbers.insert(number.clone()) {
                self.fault(&file_name, format!("{number}: the number stands there twice"));
            }
            if facts.scopes.is_empty() {
                self.fault(&file_name, format!("{number}, scopes: it belongs to none"));
            }
            for scope in facts.scopes.keys().filter(|scope| !scopes.contains(scope.as_str())) {
                self.fault(&file_name, format!("{number}, scopes: “{scope}” is not known"));
            }
            for theme in facts.themes.iter().filter(|theme| !themes.contains(theme)) {
                self.fault(&file_name, format!("{number}, themes: “{theme}” is not known"));
            }
            if facts.milestone.is_some_and(|milestone| !(1..=6).contains(&milestone)) {
                self.fault(&file_name, format!("{number}, milestone: must be 1 to 6"));
            }
        }
        let wanted: BTreeSet<&str> = file.requirements.iter().map(|facts| facts.number.as_str()).collect();
        let found = Texts {
            en: texts.en.requirements.keys().map(String::as_str).collect(),
            de: texts.de.requirements.keys().map(String::as_str).collect(),
        };
        self.same_keys(&folder, "requirement", &wanted, found);
        for (locale, texts) in [("en", &texts.en), ("de", &texts.de)] {
            self.lists(&format!("{folder}/{locale}.json"), texts, scopes);
        }
        let requirements = file
            .requirements
            .into_iter()
            .filter_map(|facts| {
                let texts = Texts {
                    en: texts.en.requirements.remove(&facts.number)?,
                    de: texts.de.requirements.remove(&facts.number)?,
                };
                if texts.en.scope_notes.keys().ne(texts.de.scope_notes.keys()) {
                    self.fault(
                        &format!("{folder}/de.json"),
                        format!("{}, scope_notes: not the same as en", facts.number),
                    );
                }
                if texts.en.not_applicable_when.is_empty() != texts.de.not_applicable_when.is_empty()
                    || texts.en.label.is_some() != texts.de.label.is_some()
                    || texts.en.steps.len() != texts.de.steps.len()
                    || texts.en.proof.len() != texts.de.proof.len()
                {
                    self.fault(
                        &format!("{folder}/de.json"),
                        format!("{}: does not have the parts that en has", facts.number),
                    );
                }
                let id = RequirementId { framework: framework.id.clone(), number: facts.number.clone() };
                Some(Requirement { id, facts, texts })
            })
            .collect();
        Some(Section {
            id: section.to_owned(),
            texts: Texts { en: texts.en.section, de: texts.de.section },
            requirements,
        })
    }

    /// Every requirement has steps and proof, and notes only on scopes that there are.
    fn lists(&mut self, file: &str, texts: &SectionTextsFile, scopes: &BTreeSet<&str>) {
        for (number, texts) in &texts.requirements {
            let lists = [("steps", &texts.steps), ("proof", &texts.proof)];
            for (field, list) in lists {
                if list.is_empty() {
                    self.fault(file, format!("{number}, {field}: there is none"));
                }
            }
            for scope in texts.scope_notes.keys().filter(|scope| !scopes.contains(scope.as_str())) {
                self.fault(file, format!("{number}, scope_notes: “{scope}” is not known"));
            }
        }
    }

    fn criteria(&mut self, framework: &str, scopes: &BTreeSet<&str>) -> BTreeMap<ScopeId, Vec<Criterion>> {
        let folder = format!("{framework}/eligibility");
        let file_name = format!("{folder}/criteria.json");
        if !self.files.0.contains_key(&file_name) {
            return BTreeMap::new();
        }
        let Some(file) = self.parse::<BTreeMap<ScopeId, Vec<CriterionFile>>>(&file_name) else {
            return BTreeMap::new();
        };
        let Some(texts) = self.texts::<BTreeMap<CriterionId, CriterionTexts>>(&folder) else {
            return BTreeMap::new();
        };
        for scope in file.keys().filter(|scope| !scopes.contains(scope.as_str())) {
            self.fault(&file_name, format!("scope “{scope}” is not known"));
        }
        let wanted: BTreeSet<&str> = file.values().flatten().map(|criterion| criterion.id.as_str()).collect();
        let found = Texts {
            en: texts.en.keys().map(CriterionId::as_str).collect(),
            de: texts.de.keys().map(CriterionId::as_str).collect(),
        };
        self.same_keys(&folder, "criterion", &wanted, found);
        let criterion = |criterion: CriterionFile| {
            let texts = Texts { en: texts.en.get(&criterion.id)?.clone(), de: texts.de.get(&criterion.id)?.clone() };
            Some(Criterion { id: criterion.id, channel: criterion.channel, texts })
        };
        file.into_iter().map(|(scope, list)| (scope, list.into_iter().filter_map(criterion).collect())).collect()
    }

    fn finder(&mut self, framework: &str, scopes: &BTreeSet<&str>) -> Option<Finder> {
        let folder = format!("{framework}/finder");
        let file_name = format!("{folder}/tree.json");
        if !self.files.0.contains_key(&file_name) {
            return None;
        }
        let tree: FinderTree = self.parse(&file_name)?;
        let texts: Texts<FinderTexts> = self.texts(&folder)?;
        let questions = self.unique(&file_name, "question", tree.questions.iter().map(|question| question.id.as_str()));
        let results = self.unique(&file_name, "result", tree.results.iter().map(|result| result.id.as_str()));
        let found = |select: fn(&FinderTexts) -> BTreeSet<&str>| Texts { en: select(&texts.en), de: select(&texts.de) };
        self.same_keys(&folder, "question", &questions, found(|t| t.questions.keys().map(String::as_str).collect()));
        self.same_keys(&folder, "result", &results, found(|t| t.results.keys().map(String::as_str).collect()));
        for (locale, texts) in [("en", &texts.en), ("de", &texts.de)] {
            for question in &tree.questions {
                let Some(texts) = texts.questions.get(&question.id) else { continue };
                let wanted: BTreeSet<&str> = question.answers.iter().map(|answer| answer.value.as_str()).collect();
                if wanted != texts.answers.keys().map(String::as_str).collect() {
                    self.fault(
                        &format!("{folder}/{locale}.json"),
                        format!("question “{}”: its answers differ", question.id),
                    );
                }
            }
        }
        let named = tree.results.iter().filter_map(|result| result.scope.as_ref());
        let ruled_out = tree.questions.iter().flat_map(|q| q.answers.iter().flat_map(|a| a.rules_out.iter()));
        for scope in named.chain(ruled_out).filter(|scope| !scopes.contains(scope.as_str())) {
            self.fault(&file_name, format!("scope “{scope}” is not known"));
        }
        self.finder_paths(&file_name, &tree);
        Some(Finder { tree, texts })
    }

    /// Every way through the tree ends in a result, and everything in it can be reached.
    fn finder_paths(&mut self, file: &str, tree: &FinderTree) {
        let mut reached = BTreeSet::new();
        let mut ends = BTreeSet::new();
        let mut open = vec![(tree.start.as_str(), Vec::new())];
        while let Some((id, way)) = open.pop() {
            if way.contains(&id) {
                self.fault(file, format!("question “{id}” leads back to itself"));
                continue;
            }
            let Some(question) = tree.question(id) else {
                self.fault(file, format!("question “{id}” is not there"));
                continue;
            };
            // Ways that meet are followed on once; a circle is still found, on the first way into it.
            if !reached.insert(id) && !way.is_empty() {
                continue;
            }
            let mut way = way;
            way.push(id);
            for answer in &question.answers {
                match (&answer.next, &answer.result) {
                    (Some(next), None) => open.push((next, way.clone())),
                    (None, Some(result)) if tree.results.iter().any(|known| known.id == *result) => {
                        ends.insert(result.as_str());
                    }
                    _ => self.fault(file, format!("question “{id}”, answer “{}”: leads nowhere", answer.value)),
                }
            }
        }
        for question in tree.questions.iter().filter(|question| !reached.contains(question.id.as_str())) {
            self.fault(file, format!("question “{}” is never asked", question.id));
        }
        for result in tree.results.iter().filter(|result| !ends.contains(result.id.as_str())) {
            self.fault(file, format!("result “{}” is never reached", result.id));
        }
    }

    fn links(&mut self, frameworks: &[Framework]) -> Vec<RequirementLink> {
        let known: BTreeSet<&RequirementId> = frameworks
            .iter()
            .flat_map(|framework| {
                framework.sections.iter().flat_map(|section| section.requirements.iter().map(|r| &r.id))
            })
            .collect();
        let names: Vec<String> = self
            .files
            .0
            .keys()
            .filter(|path| path.starts_with("mappings/") && path.ends_with(".json"))
            .cloned()
            .collect();
        let mut links: Vec<RequirementLink> = Vec::new();
        for name in names {
            let Some(file) = self.parse::<LinksFile>(&name) else { continue };
            for link in file.links {
                for end in [&link.from, &link.to].into_iter().filter(|end| !known.contains(end)) {
                    self.fault(&name, format!("“{end}” is no requirement"));
                }
                let same = |other: &RequirementLink| {
                    (other.from == link.from && other.to == link.to) || (other.from == link.to && other.to == link.from)
                };
                if links.iter().any(same) {
                    self.fault(&name, format!("“{}” and “{}” are linked twice", link.from, link.to));
                }
                links.push(link);
            }
        }
        links
    }
}
