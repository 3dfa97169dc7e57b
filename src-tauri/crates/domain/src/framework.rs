//! A framework as the catalogue holds it: requirements as facts, and their texts in every language.

use crate::answer::Verdict;
use crate::finder::Finder;
use crate::id::{CriterionId, FrameworkId, RequirementId, ScopeId, Scopes, ThemeId};
use crate::locale::Locale;
use crate::time::CalendarSpan;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Texts in every language. The catalogue makes sure that none is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Texts<T> {
    /// English.
    pub en: T,
    /// German.
    pub de: T,
}

impl<T> Texts<T> {
    /// The text in one language.
    #[must_use]
    pub const fn get(&self, locale: Locale) -> &T {
        match locale {
            Locale::En => &self.en,
            Locale::De => &self.de,
        }
    }
}

/// A versioned requirement catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// Its id.
    pub id: FrameworkId,
    /// Its version, as its publisher writes it.
    pub version: String,
    /// Year and month, or day, of publication.
    pub published: String,
    /// Where the official text is to be had.
    pub source: String,
    /// The verdicts it knows, in the order they are offered. `Unanswered` is always possible.
    pub verdicts: Vec<Verdict>,
    /// Its scopes.
    pub scopes: Vec<Scope>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// Its own texts.
    pub texts: Texts<FrameworkTexts>,
    /// What must be true before a scope may be used, where the framework says so.
    pub criteria: BTreeMap<ScopeId, Vec<Criterion>>,
    /// The questions that lead to a scope, where the framework has them.
    pub finder: Option<Finder>,
    /// The framework whose newer version this is; answers are carried over by number.
    pub replaces: Option<FrameworkId>,
    /// What a usual web shop does with personal data, to start a record of processing from.
    pub activities: Vec<Activity>,
}

/// One scope of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Its id.
    pub id: ScopeId,
    /// Whether its list can be worked on; otherwise it is still to come.
    pub available: bool,
    /// How sure its list is.
    pub confidence: Confidence,
}

crate::word_enum! {
    /// How sure a fact is.
    Confidence {
        /// Read in the official document.
        High = "high",
        /// Several independent sources agree.
        MediumHigh = "medium-high",
        /// To be compared with the official form.
        Medium = "medium",
        /// Sources disagree.
        Low = "low",
    }
}

/// The texts of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameworkTexts {
    /// Short name.
    pub name: String,
    /// Full name.
    pub full_name: String,
    /// Who publishes it.
    pub publisher: String,
    /// Where the official text is, and that it rules.
    pub notice: String,
    /// Texts by scope.
    pub scopes: BTreeMap<ScopeId, ScopeTexts>,
    /// Labels by verdict.
    pub verdicts: BTreeMap<Verdict, String>,
}

/// The texts of a scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeTexts {
    /// Name, such as `SAQ A`.
    pub name: String,
    /// Who uses it.
    pub summary: String,
    /// What to beware of. May be empty.
    pub notice: String,
}

/// A group of requirements: a main requirement of PCI DSS, a chapter of the GDPR, a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The name of its folder.
    pub id: String,
    /// Title and introduction.
    pub texts: Texts<SectionHeading>,
    /// Its requirements, in order.
    pub requirements: Vec<Requirement>,
}

/// The heading of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionHeading {
    /// Title.
    pub title: String,
    /// One or two sentences.
    pub intro: String,
}

/// One numbered thing to meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Its id.
    pub id: RequirementId,
    /// What is known about it without words.
    pub facts: RequirementFacts,
    /// Its words.
    pub texts: Texts<RequirementTexts>,
}

/// The facts of a requirement, as `requirements.json` holds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementFacts {
    /// Its number.
    pub number: String,
    /// The themes it belongs to; the first is the main one.
    pub themes: Vec<ThemeId>,
    /// The scopes it is part of.
    pub scopes: BTreeMap<ScopeId, ScopeMembership>,
    /// Who usually does it.
    pub who: Vec<Who>,
    /// How a tester looks at it.
    pub tester_methods: Vec<TesterMethod>,
    /// How often proof must be renewed.
    pub freshness: Option<Freshness>,
    /// How long it usually takes.
    pub effort: Effort,
    /// Milestone of the PCI SSC's Prioritized Approach, 1 to 6.
    pub milestone: Option<u8>,
    /// Whether it is a duty or our advice.
    pub obligation: Obligation,
    /// The country it is for, ISO 3166-1 alpha-2; everywhere otherwise.
    pub country: Option<String>,
    /// Findings of the site check that bear on it.
    pub automatic_checks: Vec<String>,
    /// The same topic elsewhere: `iso-27001-2022:A.8.5`.
    pub references: Vec<String>,
    /// What it asks one by one, where each part needs its own answer; keys of the texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// Numbers of requirements of the same framework that this one builds on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
}

impl RequirementFacts {
    /// The scopes, out of those of an assessment, that ask it.
    pub fn asked_by<'a>(&'a self, scopes: &'a Scopes) -> impl Iterator<Item = (&'a ScopeId, &'a ScopeMembership)> {
        scopes.iter().filter_map(|scope| Some((scope, self.scopes.get(scope)?)))
    }

    /// Whether a merchant has to answer it: one of the scopes asks it, and it is for the merchant's
    /// country. A merchant who has not said where, is asked everything.
    #[must_use]
    pub fn applies(&self, scopes: &Scopes, country: &str) -> bool {
        self.asked_by(scopes).next().is_some()
            && self.country.as_deref().is_none_or(|only| country.is_empty() || only.eq_ignore_ascii_case(country))
    }

    /// The condition under which it applies, if every scope that asks it sets the same one.
    #[must_use]
    pub fn only_when(&self, scopes: &Scopes) -> Option<OnlyWhen> {
        let mut conditions = self.asked_by(scopes).map(|(_, membership)| membership.only_when);
        let first = conditions.next().flatten()?;
        conditions.all(|other| other == Some(first)).then_some(first)
    }
}

/// How a requirement is part of a scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeMembership {
    /// How sure it is that the official form has it.
    pub confidence: Confidence,
    /// When only it applies; otherwise always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_when: Option<OnlyWhen>,
}

crate::word_enum! {
    /// The condition under which a requirement of a scope applies.
    OnlyWhen {
        /// Card data is kept on paper.
        Paper = "paper",
        /// A web page of the merchant redirects to, or embeds, the provider's payment page.
        WebPage = "web-page",
    }
}

crate::word_enum! {
    /// Who usually does a thing in a small shop.
    Who {
        /// The owner.
        Owner = "owner",
        /// The developer or agency.
        Developer = "developer",
        /// The host.
        Host = "host",
        /// The payment service provider.
        PaymentProvider = "payment-provider",
        /// Everyone who works there.
        Everyone = "everyone",
    }
}

crate::word_enum! {
    /// How a tester looks at a requirement (PCI DSS testing methods).
    TesterMethod {
        /// Looks at documents, settings and records.
        Examine = "examine",
        /// Watches it being done.
        Observe = "observe",
        /// Talks to people.
        Interview = "interview",
    }
}

crate::word_enum! {
    /// How long a requirement usually takes to meet.
    Effort {
        /// Minutes.
        Minutes = "minutes",
        /// Hours.
        Hours = "hours",
        /// Days.
        Days = "days",
    }
}

crate::word_enum! {
    /// Whether a requirement is a duty.
    Obligation {
        /// The framework demands it.
        Required = "required",
        /// Our advice.
        Advice = "advice",
    }
}

/// How often proof must be renewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freshness {
    /// The longest age of a proof.
    pub every: CalendarSpan,
    /// Who says so: a requirement id, or `advice`.
    pub source: String,
}

/// The words of a requirement in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementTexts {
    /// How the number is written in this language, where it is not the number itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The topic.
    pub title: String,
    /// What is asked.
    pub question: String,
    /// What it means for a web shop.
    pub meaning: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// What to show.
    pub proof: Vec<String>,
    /// When a shop may honestly say that it does not apply. May be empty.
    pub not_applicable_when: String,
    /// What is special in a scope.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scope_notes: BTreeMap<ScopeId, String>,
    /// One line for each part.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<String, String>,
}

impl Requirement {
    /// How the number is written in `locale`.
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        self.texts.get(locale).label.as_deref().unwrap_or(&self.facts.number)
    }
}

impl Framework {
    /// The scope with this id.
    #[must_use]
    pub fn scope(&self, id: &ScopeId) -> Option<&Scope> {
        self.scopes.iter().find(|scope| scope.id == *id)
    }

    /// Every requirement with its section, in order.
    pub fn requirements(&self) -> impl Iterator<Item = (&Section, &Requirement)> {
        self.sections
            .iter()
            .flat_map(|section| section.requirements.iter().map(move |requirement| (section, requirement)))
    }

    /// The requirements that a merchant in `country` has to answer in these scopes, each once, with
    /// its section, in the order of the framework.
    pub fn requirements_of<'a>(
        &'a self,
        scopes: &'a Scopes,
        country: &'a str,
    ) -> impl Iterator<Item = (&'a Section, &'a Requirement)> {
        self.requirements().filter(move |(_, requirement)| requirement.facts.applies(scopes, country))
    }
}

/// What a newer version of a framework changes, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Numbers that only the newer one has, in its order.
    pub new: Vec<String>,
    /// Numbers whose facts or words differ, in the order of the newer one.
    pub changed: Vec<String>,
    /// Numbers that only the older one has, in its order.
    pub gone: Vec<String>,
}

impl Framework {
    /// What this version changes against an older one.
    #[must_use]
    pub fn changes_since(&self, old: &Self) -> Changes {
        fn by_number(framework: &Framework) -> BTreeMap<&str, &Requirement> {
            framework.requirements().map(|(_, requirement)| (requirement.facts.number.as_str(), requirement)).collect()
        }
        let (before, after) = (by_number(old), by_number(self));
        let mut changes = Changes::default();
        for (_, requirement) in self.requirements() {
            let number = &requirement.facts.number;
            match before.get(number.as_str()) {
                None => changes.new.push(number.clone()),
                Some(old) if (&old.facts, &old.texts) != (&requirement.facts, &requirement.texts) => {
                    changes.changed.push(number.clone());
                }
                Some(_) => {}
            }
        }
        let numbers = old.requirements().map(|(_, requirement)| &requirement.facts.number);
        changes.gone = numbers.filter(|number| !after.contains_key(number.as_str())).cloned().collect();
        changes
    }
}

/// One criterion of eligibility (SAQ Part 2h).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its id.
    pub id: CriterionId,
    /// `e-commerce` if it concerns web shops only, `any` otherwise.
    pub channel: CriterionChannel,
    /// Its words.
    pub texts: Texts<CriterionTexts>,
}

crate::word_enum! {
    /// Whom a criterion concerns.
    CriterionChannel {
        /// Everybody who uses the scope.
        Any = "any",
        /// Web shops.
        ECommerce = "e-commerce",
    }
}

/// The words of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriterionTexts {
    /// What the merchant confirms, as the merchant says it.
    pub statement: String,
    /// How to find out and what to keep.
    pub help: String,
}

/// A theme across frameworks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its id.
    pub id: ThemeId,
    /// One of the six that every shop owner knows.
    pub core: bool,
    /// Its words.
    pub texts: Texts<ThemeTexts>,
}

/// The words of a theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeTexts {
    /// Name.
    pub name: String,
    /// One or two sentences.
    pub summary: String,
}

/// A link between two requirements of different frameworks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementLink {
    /// From.
    pub from: RequirementId,
    /// To.
    pub to: RequirementId,
    /// What kind of link.
    pub kind: LinkKind,
    /// How sure it is.
    pub confidence: Confidence,
}

crate::word_enum! {
    /// What a link between requirements means.
    LinkKind {
        /// One and the same document proves both.
        SameEvidence = "same-evidence",
        /// Meeting one helps to meet the other.
        Supports = "supports",
    }
}

/// Something a usual web shop does with personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// What is known about it without words.
    pub facts: ActivityFacts,
    /// Its words.
    pub texts: Texts<ActivityTexts>,
}

/// The facts of an activity, as `register/activities.json` holds them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityFacts {
    /// Its id: `orders`, `newsletter`, ...
    pub id: String,
    /// Paragraphs of the GDPR that allow it: `6.1.b`.
    pub legal_bases: Vec<String>,
    /// The country it is for, ISO 3166-1 alpha-2; everywhere otherwise.
    pub country: Option<String>,
}

impl ActivityFacts {
    /// Whether it is for a merchant in `country`, or for one who has not said where.
    #[must_use]
    pub fn is_for(&self, country: &str) -> bool {
        self.country.as_ref().is_none_or(|only| country.is_empty() || only == country)
    }
}

/// What GDPR Art. 30(1) asks about an activity, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityTexts {
    /// Name.
    pub name: String,
    /// What for (b).
    pub purpose: String,
    /// Why it is allowed (Art. 6).
    pub legal_basis: String,
    /// Whose data (c).
    pub persons: String,
    /// Which data (c).
    pub data: String,
    /// Who gets them (d).
    pub recipients: String,
    /// Outside the EEA or not (e).
    pub transfers: String,
    /// How long (f).
    pub retention: String,
    /// How they are kept safe (g).
    pub safeguards: String,
    /// What to check before it is taken over. May be empty.
    pub note: String,
}
