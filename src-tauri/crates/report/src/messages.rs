//! The words of the report's own frame, in every language. A word that is missing or left over in a
//! language file is an error; the texts of requirements are not here, they come with the input.

pub mod chapters;

use crate::ReportError;
use serde::Deserialize;
use tillproof_domain::answer::{Progress, Verdict};
use tillproof_domain::framework::{Confidence, TesterMethod};
use tillproof_domain::freshness::ProofState;
use tillproof_domain::locale::Locale;
use tillproof_domain::profile::Channel;
use tillproof_domain::task::{Priority, TaskStatus};

impl Messages {
    /// The words of a language.
    ///
    /// # Errors
    /// The language file does not fit.
    pub fn load(locale: Locale) -> Result<Self, ReportError> {
        let text = match locale {
            Locale::En => include_str!("../messages/en.json"),
            Locale::De => include_str!("../messages/de.json"),
        };
        serde_json::from_str(text).map_err(|error| ReportError::Pdf(format!("words of the report: {error}")))
    }
}

/// Puts values in the places that a text names in braces.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// All words of the frame in one language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Messages {
    pub title: String,
    pub short_title: String,
    pub action_plan: String,
    pub redacted: String,
    pub status_line: String,
    pub cover: Cover,
    pub contents: String,
    pub header: Header,
    pub summary: Summary,
    pub charts: chapters::Charts,
    pub executive: chapters::Executive,
    pub outcomes: Outcomes,
    pub verdicts: Verdicts,
    pub theme_heads: Verdicts,
    pub scope: ScopeWords,
    pub confidence: ConfidenceWords,
    pub channels: Channels,
    pub providers: chapters::ProvidersWords,
    pub results: Results,
    pub worksheets: chapters::WorksheetsWords,
    pub methods: Methods,
    pub progress: ProgressWords,
    pub proof: Proof,
    pub open_points: OpenPoints,
    pub priorities: Priorities,
    pub statuses: Statuses,
    pub evidence: EvidenceWords,
    pub integrity: Integrity,
    pub sign_off: SignOff,
    pub unit_bytes: String,
    pub unknown_person: String,
    pub months: [String; 12],
}

/// Words of the cover.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Cover {
    pub kicker: String,
    pub logo: String,
    pub narrowed: String,
    pub redacted: String,
    pub scopes: String,
    pub none: String,
    pub period: String,
    pub made_on: String,
    pub state_on: String,
    pub signed: String,
    pub made_by: String,
    pub journal: String,
    pub journal_value: String,
    pub version: String,
    pub version_value: String,
    pub status_detail: String,
}

/// Words of the head and foot of a page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Header {
    pub page: String,
    pub journal: String,
}

/// Words of the summary.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Summary {
    pub title: String,
    pub intro: String,
    pub outcome: String,
    pub narrowed: String,
    pub no_assessments: String,
    pub period: String,
    pub requirements_one: String,
    pub requirements_many: String,
    pub criteria_open: String,
    pub reasons_missing: String,
    pub worksheets_open: String,
    pub themes: String,
    pub themes_intro: String,
    pub theme: String,
    pub total: String,
    pub proof: String,
    pub evidence_count: String,
    pub evidence_none: String,
    pub evidence_value: String,
    pub tasks_count: String,
    pub tasks_none: String,
    pub tasks_value: String,
    pub limits: String,
    pub limits_items: Vec<String>,
}

/// What the answers add up to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Outcomes {
    pub open: String,
    pub open_detail: String,
    pub partial: String,
    pub partial_detail: String,
    pub legal_exception: String,
    pub legal_exception_detail: String,
    pub ready: String,
    pub ready_detail: String,
}

/// Verdicts in short, for all frameworks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Verdicts {
    pub unanswered: String,
    pub in_place: String,
    pub in_place_ccw: String,
    pub partly: String,
    pub not_in_place: String,
    pub not_applicable: String,
    pub not_tested: String,
}

/// Words of the scope chapter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct ScopeWords {
    pub title: String,
    pub merchant: String,
    pub merchant_intro: String,
    pub name: String,
    pub trading_name: String,
    pub address: String,
    pub country: String,
    pub website: String,
    pub contact: String,
    pub contact_email: String,
    pub staff: String,
    pub platform: String,
    pub payment_provider: String,
    pub channels: String,
    pub payment_description: String,
    pub assessors: String,
    pub left_out: String,
    pub environment: String,
    pub segmented: String,
    pub locations: String,
    pub products: String,
    pub yes: String,
    pub no: String,
    pub not_stated: String,
    pub finder: String,
    pub finder_of_several: String,
    pub finder_intro: String,
    pub finder_result: String,
    pub finder_unfinished: String,
    pub ruled_out: String,
    pub ruled_out_form: String,
    pub ruled_out_reason: String,
    pub confirm: String,
    pub assessment: String,
    pub framework: String,
    pub scope: String,
    pub period: String,
    pub list: String,
    pub notice: String,
    pub official: String,
    pub criteria: String,
    pub criteria_intro: String,
    pub criterion: String,
    pub criterion_answer: String,
    pub confirmed: String,
    pub denied: String,
    pub open: String,
}

/// How sure a list is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct ConfidenceWords {
    pub high: String,
    pub medium_high: String,
    pub medium: String,
    pub low: String,
}

/// Payment channels.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Channels {
    pub e_commerce: String,
    pub mail_telephone: String,
    pub card_present: String,
}

/// Words of the results.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Results {
    pub title: String,
    pub no_requirements: String,
    pub scope_note: String,
    pub scopes: String,
    pub parts: String,
    pub note: String,
    pub reason: String,
    pub reason_missing: String,
    pub progress: String,
    pub target: String,
    pub answered: String,
    pub answered_value: String,
    pub methods: String,
    pub evidence: String,
    pub tasks: String,
    pub continued: String,
}

/// How a tester looks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Methods {
    pub examine: String,
    pub observe: String,
    pub interview: String,
}

/// How far the work is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct ProgressWords {
    pub to_do: String,
    pub in_progress: String,
    pub in_review: String,
    pub done: String,
}

/// States of proof.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Proof {
    pub missing: String,
    pub fresh: String,
    pub due_soon: String,
    pub expired: String,
}

/// Words of the open points and tasks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct OpenPoints {
    pub title: String,
    pub intro: String,
    pub none: String,
    pub requirement: String,
    pub state: String,
    pub target: String,
    pub tasks: String,
    pub reason_missing: String,
    pub criterion: String,
    pub all_tasks: String,
    pub tasks_intro: String,
    pub no_tasks: String,
    pub number: String,
    pub task: String,
    pub owner: String,
    pub due: String,
    pub priority: String,
    pub status: String,
    pub overdue: String,
    pub serves: String,
    pub effort: String,
    pub cost: String,
    pub proof: String,
    pub nobody: String,
    pub no_date: String,
    pub quality: String,
    pub quality_intro: String,
    pub carried: String,
}

/// Priorities of tasks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Priorities {
    pub low: String,
    pub normal: String,
    pub high: String,
    pub urgent: String,
}

/// Statuses of tasks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Statuses {
    pub open: String,
    pub in_progress: String,
    pub waiting: String,
    pub done: String,
    pub dropped: String,
}

/// Words of the evidence index.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct EvidenceWords {
    pub title: String,
    pub intro: String,
    pub none: String,
    pub number: String,
    pub file: String,
    pub collected: String,
    pub counts_until: String,
    pub no_end: String,
    pub requirements: String,
    pub details: String,
    pub due_soon: String,
    pub damaged: String,
    pub source: String,
    pub period: String,
    pub confidentiality: chapters::ConfidentialityWords,
    pub expired: String,
}

/// Words of the integrity chapter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Integrity {
    pub title: String,
    pub intro: String,
    pub workspace: String,
    pub entry: String,
    pub head: String,
    pub made: String,
    pub version: String,
    pub contents: String,
    pub contents_sound: String,
    pub contents_damaged: String,
    pub characters: String,
    pub named: String,
    pub data: String,
    pub data_value: String,
    pub check: String,
    pub check_items: Vec<String>,
}

/// Words of the sign-off.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct SignOff {
    pub title: String,
    pub intro: String,
    pub prepared: String,
    pub reviewed: String,
    pub officer: String,
    pub name: String,
    pub job_title: String,
    pub date: String,
    pub signature: String,
}

impl Verdicts {
    /// The word for it.
    #[must_use]
    pub fn get(&self, of: Verdict) -> &str {
        match of {
            Verdict::Unanswered => &self.unanswered,
            Verdict::InPlace => &self.in_place,
            Verdict::InPlaceCcw => &self.in_place_ccw,
            Verdict::Partly => &self.partly,
            Verdict::NotInPlace => &self.not_in_place,
            Verdict::NotApplicable => &self.not_applicable,
            Verdict::NotTested => &self.not_tested,
        }
    }
}

impl ConfidenceWords {
    /// The word for it.
    #[must_use]
    pub fn get(&self, of: Confidence) -> &str {
        match of {
            Confidence::High => &self.high,
            Confidence::MediumHigh => &self.medium_high,
            Confidence::Medium => &self.medium,
            Confidence::Low => &self.low,
        }
    }
}

impl Channels {
    /// The word for it.
    #[must_use]
    pub fn get(&self, of: Channel) -> &str {
        match of {
            Channel::ECommerce => &self.e_commerce,
            Channel::MailTelephone => &self.mail_telephone,
            Channel::CardPresent => &self.card_present,
        }
    }
}

impl Methods {
    /// The word for it.
    #[must_use]
    pub fn get(&self, of: TesterMethod) -> &str {
        match of {
            TesterMethod::Examine => &self.examine,
            TesterMethod::Observe => &self.observe,
            TesterMethod::Interview => &self.interview,
        }
    }
}

impl ProgressWords {
    /// The word for it.
    #[must_use]
    pub fn get(&self, of: Progress) -> &str {
        match of {
            Progress::ToDo => &self.to_do,
            Progress::InProgress => &self.in_progress,
            Progress::InReview => &self.in_review,
            Progress::Done => &self.done,
        }
    }
}

impl Proof {
    /// The word for it.
    #[must_use]
    pub fn get(&self, of: ProofState) -> &str {
        match of {
            ProofState::Missing => &self.missing,
            ProofState::Fresh => &self.fresh,
            ProofState::DueSoon => &self.due_soon,
            ProofState::Expired => &self.expired,
        }
    }
}

impl Priorities {
    /// The word for it.
    #[must_use]
    pub fn get(&self, of: Priority) -> &str {
        match of {
            Priority::Low => &self.low,
            Priority::Normal => &self.normal,
            Priority::High => &self.high,
            Priority::Urgent => &self.urgent,
        }
    }
}

impl Statuses {
    /// The word for it.
    #[must_use]
    pub fn get(&self, of: TaskStatus) -> &str {
        match of {
            TaskStatus::Open => &self.open,
            TaskStatus::InProgress => &self.in_progress,
            TaskStatus::Waiting => &self.waiting,
            TaskStatus::Done => &self.done,
            TaskStatus::Dropped => &self.dropped,
        }
    }
}
