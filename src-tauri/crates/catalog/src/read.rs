//! From files to a catalogue. Collects every fault instead of stopping at the first, so that an
//! author mends them in one go.

mod json;

use crate::{Catalog, Fault, FaultKind, Files};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use tillproof_domain::answer::Verdict;
use tillproof_domain::finder::{Finder, FinderTexts, FinderTree};
use tillproof_domain::framework::{
    Activity, ActivityFacts, ActivityTexts, Criterion, CriterionChannel, CriterionTexts, Framework, FrameworkTexts,
    Requirement, RequirementFacts, RequirementLink, RequirementTexts, Scope, Section, SectionHeading, Texts, Theme,
    ThemeTexts,
};
use tillproof_domain::id::{CriterionId, FrameworkId, RequirementId, ScopeId, ThemeId};

/// The most requirements that a framework may have.
pub const LIMIT_REQUIREMENTS: usize = 2_000;

/// The most characters that one text of a checklist may have.
const LIMIT_TEXT: usize = 10_000;

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
    #[serde(default)]
    replaces: Option<FrameworkId>,
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
struct ActivitiesFile {
    activities: Vec<ActivityFacts>,
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
    let mut frameworks: Vec<Framework> = Vec::new();
    for folder in folders {
        let framework = reader.framework(folder, &known_themes);
        if let Some(other) = framework.as_ref().filter(|framework| framework.id.as_str() != folder) {
            reader.fault(&at(folder, "framework.json"), "id", FaultKind::NotTheFolder, &other.id);
        }
        frameworks.extend(framework);
    }
    let maps: Vec<&str> =
        files.0.keys().map(String::as_str).filter(|p| p.starts_with("mappings/") && p.ends_with(".json")).collect();
    let mut links = Vec::new();
    for map in maps {
        reader.links(map, &frameworks, &mut links);
    }
    if reader.faults.is_empty() { Ok(Catalog::new(frameworks, themes, links)) } else { Err(reader.faults) }
}

/// The catalogue with one further framework, whose files lie at the top of their folder.
pub(crate) fn further(known: Catalog, files: &Files) -> Result<Catalog, Vec<Fault>> {
    let mut reader = Reader { files, faults: Vec::new() };
    let Catalog { mut frameworks, themes, mut links, .. } = known;
    if let Some(framework) = reader.framework("", &themes.iter().map(|theme| &theme.id).collect()) {
        if frameworks.iter().any(|other| other.id == framework.id) {
            reader.fault("framework.json", "id", FaultKind::Taken, &framework.id);
        }
        if let Some(old) = framework.replaces.as_ref().filter(|old| frameworks.iter().all(|known| known.id != **old)) {
            reader.fault("framework.json", "replaces", FaultKind::Unknown, old);
        }
        frameworks.push(framework);
    }
    if files.0.contains_key("links.json") {
        reader.links("links.json", &frameworks, &mut links);
    }
    if reader.faults.is_empty() { Ok(Catalog::new(frameworks, themes, links)) } else { Err(reader.faults) }
}

/// The path of a file in a folder; the top folder has no name.
fn at(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Whether a text may be an id: it stands in file names, on command lines and between separators.
fn is_id(text: &str) -> bool {
    text.len() <= 80
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
}

struct Reader<'a> {
    files: &'a Files,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, file: &str, place: impl ToString, kind: FaultKind, value: impl ToString) {
        self.faults.push(Fault { file: file.to_owned(), place: place.to_string(), kind, value: value.to_string() });
    }

    fn parse<T: DeserializeOwned>(&mut self, file: &str) -> Option<T> {
        let Some(bytes) = self.files.0.get(file) else {
            self.fault(file, "", FaultKind::Missing, "");
            return None;
        };
        json::read(file, bytes).map_err(|fault| self.faults.push(fault)).ok()
    }

    /// Reads `folder/en.json` and `folder/de.json`.
    fn texts<T: DeserializeOwned>(&mut self, folder: &str) -> Option<Texts<T>> {
        let en = self.parse(&at(folder, "en.json"));
        let de = self.parse(&at(folder, "de.json"));
        for locale in ["en.json", "de.json"] {
            let file = at(folder, locale);
            let value = self.files.0.get(&file).and_then(|bytes| serde_json::from_slice(bytes).ok());
            self.prose(&file, &mut Vec::new(), &value.unwrap_or_default());
        }
        Some(Texts { en: en?, de: de? })
    }

    /// No text may be padded or without measure, and none empty but those that say something only
    /// where there is something to say.
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
                let may_be_empty =
                    matches!(place[..], ["scopes", _, "notice"] | [.., "not_applicable_when"] | [_, "note"]);
                if text.trim() != text || (text.is_empty() && !may_be_empty) {
                    self.fault(file, place.join(", "), FaultKind::Padded, "");
                }
                let length = text.chars().count();
                if length > LIMIT_TEXT {
                    self.fault(file, place.join(", "), FaultKind::TooLong, length);
                }
            }
            _ => {}
        }
    }

    /// Makes sure that the texts of both languages have just these keys. `what` names the object
    /// that holds them.
    fn same_keys<'k>(&mut self, folder: &str, what: &str, wanted: &BTreeSet<&'k str>, found: Texts<BTreeSet<&'k str>>) {
        for (locale, found) in [("en.json", found.en), ("de.json", found.de)] {
            let file = at(folder, locale);
            for key in wanted.difference(&found) {
                self.fault(&file, what, FaultKind::NoText, key);
            }
            for key in found.difference(wanted) {
                self.fault(&file, what, FaultKind::Unknown, key);
            }
        }
    }

    /// The ids of a list, each of which must be an id and stand there once.
    fn ids<'k>(&mut self, file: &str, place: &str, ids: impl IntoIterator<Item = &'k str>) -> BTreeSet<&'k str> {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !is_id(id) {
                self.fault(file, place, FaultKind::BadId, id.chars().take(80).collect::<String>());
            }
            if !seen.insert(id) {
                self.fault(file, place, FaultKind::Twice, id);
            }
        }
        seen
    }

    fn themes(&mut self) -> Vec<Theme> {
        let Some(file) = self.parse::<ThemesFile>("themes/themes.json") else { return Vec::new() };
        let Some(mut texts) = self.texts::<BTreeMap<ThemeId, ThemeTexts>>("themes") else { return Vec::new() };
        let wanted = self.ids("themes/themes.json", "themes", file.themes.iter().map(|theme| theme.id.as_str()));
        let found = Texts {
            en: texts.en.keys().map(ThemeId::as_str).collect(),
            de: texts.de.keys().map(ThemeId::as_str).collect(),
        };
        self.same_keys("themes", "", &wanted, found);
        file.themes
            .into_iter()
            .filter_map(|theme| {
                let texts = Texts { en: texts.en.remove(&theme.id)?, de: texts.de.remove(&theme.id)? };
                Some(Theme { id: theme.id, core: theme.core, texts })
            })
            .collect()
    }

    fn framework(&mut self, folder: &str, themes: &BTreeSet<&ThemeId>) -> Option<Framework> {
        let file_name = at(folder, "framework.json");
        let file: FrameworkFile = self.parse(&file_name)?;
        self.ids(&file_name, "id", [file.id.as_str()]);
        if file.verdicts.contains(&Verdict::Unanswered) {
            self.fault(&file_name, "verdicts", FaultKind::Unknown, Verdict::Unanswered);
        }
        for (field, empty) in [
            ("verdicts", file.verdicts.is_empty()),
            ("scopes", file.scopes.is_empty()),
            ("sections", file.sections.is_empty()),
        ] {
            if empty {
                self.fault(&file_name, field, FaultKind::Empty, "");
            }
        }
        self.ids(&file_name, "verdicts", file.verdicts.iter().map(|verdict| verdict.as_str()));
        self.ids(&file_name, "sections", file.sections.iter().map(String::as_str));
        let scopes = self.ids(&file_name, "scopes", file.scopes.iter().map(|scope| scope.id.as_str()));
        let texts: Texts<FrameworkTexts> = self.texts(folder)?;
        let scope_texts = Texts {
            en: texts.en.scopes.keys().map(ScopeId::as_str).collect(),
            de: texts.de.scopes.keys().map(ScopeId::as_str).collect(),
        };
        self.same_keys(folder, "scopes", &scopes, scope_texts);
        let verdicts: BTreeSet<&str> = file.verdicts.iter().map(|verdict| verdict.as_str()).collect();
        let verdict_texts = Texts {
            en: texts.en.verdicts.keys().map(|verdict| verdict.as_str()).collect(),
            de: texts.de.verdicts.keys().map(|verdict| verdict.as_str()).collect(),
        };
        self.same_keys(folder, "verdicts", &verdicts, verdict_texts);

        let mut numbers = BTreeSet::new();
        let mut sections = Vec::new();
        for section in &file.sections {
            sections.extend(self.section(folder, &file.id, section, &scopes, themes, &mut numbers));
        }
        if numbers.len() > LIMIT_REQUIREMENTS {
            self.fault(&file_name, "sections", FaultKind::TooMany, numbers.len());
        }
        self.order(folder, &sections, &numbers);
        let criteria = self.criteria(folder, &scopes);
        let finder = self.finder(folder, &scopes);
        let activities = self.activities(folder);
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
            replaces: file.replaces,
            activities,
        })
    }

    fn section(
        &mut self,
        framework_folder: &str,
        framework: &FrameworkId,
        section: &str,
        scopes: &BTreeSet<&str>,
        themes: &BTreeSet<&ThemeId>,
        numbers: &mut BTreeSet<String>,
    ) -> Option<Section> {
        let folder = at(framework_folder, section);
        let file_name = at(&folder, "requirements.json");
        let file: RequirementsFile = self.parse(&file_name)?;
        if file.requirements.len() > LIMIT_REQUIREMENTS {
            self.fault(&file_name, "requirements", FaultKind::TooMany, file.requirements.len());
            return None;
        }
        let mut texts: Texts<SectionTextsFile> = self.texts(&folder)?;
        for facts in &file.requirements {
            self.facts(&file_name, facts, scopes, themes);
            if !numbers.insert(facts.number.clone()) {
                self.fault(&file_name, "requirements", FaultKind::Twice, &facts.number);
            }
        }
        let wanted: BTreeSet<&str> = file.requirements.iter().map(|facts| facts.number.as_str()).collect();
        let found = Texts {
            en: texts.en.requirements.keys().map(String::as_str).collect(),
            de: texts.de.requirements.keys().map(String::as_str).collect(),
        };
        self.same_keys(&folder, "requirements", &wanted, found);
        for (locale, texts) in [("en.json", &texts.en), ("de.json", &texts.de)] {
            self.lists(&at(&folder, locale), texts, scopes);
        }
        let mut requirements = Vec::new();
        for facts in file.requirements {
            let (Some(en), Some(de)) =
                (texts.en.requirements.remove(&facts.number), texts.de.requirements.remove(&facts.number))
            else {
                continue;
            };
            self.parts(&folder, &facts, &en, &de);
            let id = RequirementId { framework: framework.clone(), number: facts.number.clone() };
            requirements.push(Requirement { id, facts, texts: Texts { en, de } });
        }
        Some(Section {
            id: section.to_owned(),
            texts: Texts { en: texts.en.section, de: texts.de.section },
            requirements,
        })
    }

    /// The facts of one requirement for themselves.
    fn facts(&mut self, file: &str, facts: &RequirementFacts, scopes: &BTreeSet<&str>, themes: &BTreeSet<&ThemeId>) {
        let number = &facts.number;
        let place = |field: &str| format!("{number}, {field}");
        self.ids(file, "number", [number.as_str()]);
        self.ids(file, &place("parts"), facts.parts.iter().map(String::as_str));
        self.ids(file, &place("themes"), facts.themes.iter().map(ThemeId::as_str));
        for (field, empty) in [
            ("scopes", facts.scopes.is_empty()),
            ("who", facts.who.is_empty()),
            ("tester_methods", facts.tester_methods.is_empty()),
        ] {
            if empty {
                self.fault(file, place(field), FaultKind::Empty, "");
            }
        }
        for scope in facts.scopes.keys().filter(|scope| !scopes.contains(scope.as_str())) {
            self.fault(file, place("scopes"), FaultKind::Unknown, scope);
        }
        for theme in facts.themes.iter().filter(|theme| !themes.contains(theme)) {
            self.fault(file, place("themes"), FaultKind::Unknown, theme);
        }
        if let Some(milestone) = facts.milestone.filter(|milestone| !(1..=6).contains(milestone)) {
            self.fault(file, place("milestone"), FaultKind::OutOfRange, milestone);
        }
        if facts.country.as_ref().is_some_and(|c| c.len() != 2 || !c.chars().all(|c| c.is_ascii_uppercase())) {
            self.fault(file, place("country"), FaultKind::WordUnknown, facts.country.as_deref().unwrap_or_default());
        }
    }

    /// Both languages say the same things about one requirement.
    fn parts(&mut self, folder: &str, facts: &RequirementFacts, en: &RequirementTexts, de: &RequirementTexts) {
        let number = &facts.number;
        for (locale, texts) in [("en.json", en), ("de.json", de)] {
            let wanted: BTreeSet<&str> = facts.parts.iter().map(String::as_str).collect();
            let found: BTreeSet<&str> = texts.parts.keys().map(String::as_str).collect();
            for key in wanted.difference(&found) {
                self.fault(&at(folder, locale), format!("{number}, parts"), FaultKind::NoText, key);
            }
            for key in found.difference(&wanted) {
                self.fault(&at(folder, locale), format!("{number}, parts"), FaultKind::Unknown, key);
            }
        }
        for (field, alike) in [
            ("scope_notes", en.scope_notes.keys().eq(de.scope_notes.keys())),
            ("not_applicable_when", en.not_applicable_when.is_empty() == de.not_applicable_when.is_empty()),
            ("label", en.label.is_some() == de.label.is_some()),
            ("steps", en.steps.len() == de.steps.len()),
            ("proof", en.proof.len() == de.proof.len()),
        ] {
            if !alike {
                self.fault(&at(folder, "de.json"), format!("{number}, {field}"), FaultKind::NotAlike, "");
            }
        }
    }

    /// Every requirement has steps and proof, and notes only on scopes that there are.
    fn lists(&mut self, file: &str, texts: &SectionTextsFile, scopes: &BTreeSet<&str>) {
        for (number, texts) in &texts.requirements {
            let lists = [("steps", &texts.steps), ("proof", &texts.proof)];
            for (field, list) in lists {
                if list.is_empty() {
                    self.fault(file, format!("{number}, {field}"), FaultKind::Empty, "");
                }
            }
            for scope in texts.scope_notes.keys().filter(|scope| !scopes.contains(scope.as_str())) {
                self.fault(file, format!("{number}, scope_notes"), FaultKind::Unknown, scope);
            }
        }
    }

    /// What a requirement builds on is there, and does not build on it in turn.
    fn order(&mut self, folder: &str, sections: &[Section], numbers: &BTreeSet<String>) {
        let after: BTreeMap<&str, &[String]> = sections
            .iter()
            .flat_map(|section| &section.requirements)
            .map(|requirement| (requirement.facts.number.as_str(), requirement.facts.after.as_slice()))
            .collect();
        for section in sections {
            let file = at(&at(folder, &section.id), "requirements.json");
            for requirement in &section.requirements {
                let number = requirement.facts.number.as_str();
                let place = format!("{number}, after");
                for unknown in requirement.facts.after.iter().filter(|other| !numbers.contains(*other)) {
                    self.fault(&file, &place, FaultKind::Unknown, unknown);
                }
                // Everything it builds on, near and far.
                let mut open: Vec<&str> = requirement.facts.after.iter().map(String::as_str).collect();
                let mut seen = BTreeSet::new();
                while let Some(next) = open.pop() {
                    if next == number {
                        self.fault(&file, &place, FaultKind::Circle, number);
                        break;
                    }
                    if seen.insert(next) {
                        open.extend(after.get(next).into_iter().flat_map(|more| more.iter().map(String::as_str)));
                    }
                }
            }
        }
    }

    fn activities(&mut self, framework: &str) -> Vec<Activity> {
        let folder = at(framework, "register");
        let file_name = at(&folder, "activities.json");
        if !self.files.0.contains_key(&file_name) {
            return Vec::new();
        }
        let Some(file) = self.parse::<ActivitiesFile>(&file_name) else { return Vec::new() };
        let Some(mut texts) = self.texts::<BTreeMap<String, ActivityTexts>>(&folder) else { return Vec::new() };
        let wanted = self.ids(&file_name, "activities", file.activities.iter().map(|activity| activity.id.as_str()));
        let found = Texts {
            en: texts.en.keys().map(String::as_str).collect(),
            de: texts.de.keys().map(String::as_str).collect(),
        };
        self.same_keys(&folder, "", &wanted, found);
        file.activities
            .into_iter()
            .filter_map(|facts| {
                let texts = Texts { en: texts.en.remove(&facts.id)?, de: texts.de.remove(&facts.id)? };
                Some(Activity { facts, texts })
            })
            .collect()
    }

    fn criteria(&mut self, framework: &str, scopes: &BTreeSet<&str>) -> BTreeMap<ScopeId, Vec<Criterion>> {
        let folder = at(framework, "eligibility");
        let file_name = at(&folder, "criteria.json");
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
            self.fault(&file_name, "", FaultKind::Unknown, scope);
        }
        let criteria = file.values().flatten().map(|criterion| criterion.id.as_str());
        let wanted = self.ids(&file_name, "id", criteria);
        let found = Texts {
            en: texts.en.keys().map(CriterionId::as_str).collect(),
            de: texts.de.keys().map(CriterionId::as_str).collect(),
        };
        self.same_keys(&folder, "", &wanted, found);
        let criterion = |criterion: CriterionFile| {
            let texts = Texts { en: texts.en.get(&criterion.id)?.clone(), de: texts.de.get(&criterion.id)?.clone() };
            Some(Criterion { id: criterion.id, channel: criterion.channel, texts })
        };
        file.into_iter().map(|(scope, list)| (scope, list.into_iter().filter_map(criterion).collect())).collect()
    }

    fn finder(&mut self, framework: &str, scopes: &BTreeSet<&str>) -> Option<Finder> {
        let folder = at(framework, "finder");
        let file_name = at(&folder, "tree.json");
        if !self.files.0.contains_key(&file_name) {
            return None;
        }
        let tree: FinderTree = self.parse(&file_name)?;
        let texts: Texts<FinderTexts> = self.texts(&folder)?;
        let questions = self.ids(&file_name, "questions", tree.questions.iter().map(|question| question.id.as_str()));
        let results = self.ids(&file_name, "results", tree.results.iter().map(|result| result.id.as_str()));
        let found = |select: fn(&FinderTexts) -> BTreeSet<&str>| Texts { en: select(&texts.en), de: select(&texts.de) };
        self.same_keys(&folder, "questions", &questions, found(|t| t.questions.keys().map(String::as_str).collect()));
        self.same_keys(&folder, "results", &results, found(|t| t.results.keys().map(String::as_str).collect()));
        for (locale, texts) in [("en.json", &texts.en), ("de.json", &texts.de)] {
            for question in &tree.questions {
                let Some(texts) = texts.questions.get(&question.id) else { continue };
                let wanted: BTreeSet<&str> = question.answers.iter().map(|answer| answer.value.as_str()).collect();
                if wanted != texts.answers.keys().map(String::as_str).collect() {
                    let place = format!("questions, {}, answers", question.id);
                    self.fault(&at(&folder, locale), place, FaultKind::NotAlike, "");
                }
            }
        }
        let named = tree.results.iter().filter_map(|result| result.scope.as_ref());
        let ruled_out = tree.questions.iter().flat_map(|q| q.answers.iter().flat_map(|a| a.rules_out.iter()));
        for scope in named.chain(ruled_out).filter(|scope| !scopes.contains(scope.as_str())) {
            self.fault(&file_name, "", FaultKind::Unknown, scope);
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
                self.fault(file, "questions", FaultKind::Circle, id);
                continue;
            }
            let Some(question) = tree.question(id) else {
                self.fault(file, "questions", FaultKind::Unknown, id);
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
                    _ => self.fault(file, format!("questions, {id}, answers"), FaultKind::Nowhere, &answer.value),
                }
            }
        }
        for question in tree.questions.iter().filter(|question| !reached.contains(question.id.as_str())) {
            self.fault(file, "questions", FaultKind::NeverReached, &question.id);
        }
        for result in tree.results.iter().filter(|result| !ends.contains(result.id.as_str())) {
            self.fault(file, "results", FaultKind::NeverReached, &result.id);
        }
    }

    /// Reads a file of links and appends them to those there are.
    fn links(&mut self, file_name: &str, frameworks: &[Framework], links: &mut Vec<RequirementLink>) {
        let Some(file) = self.parse::<LinksFile>(file_name) else { return };
        let known: BTreeSet<&RequirementId> = frameworks
            .iter()
            .flat_map(|framework| framework.requirements().map(|(_, requirement)| &requirement.id))
            .collect();
        let pair = |link: &RequirementLink| {
            let (a, b) = (link.from.clone(), link.to.clone());
            if a < b { (a, b) } else { (b, a) }
        };
        let mut seen: BTreeSet<_> = links.iter().map(pair).collect();
        for link in file.links {
            for end in [&link.from, &link.to].into_iter().filter(|end| !known.contains(end)) {
                self.fault(file_name, "links", FaultKind::Unknown, end);
            }
            if !seen.insert(pair(&link)) {
                self.fault(file_name, "links", FaultKind::Twice, format!("{} – {}", link.from, link.to));
            }
            links.push(link);
        }
    }
}
