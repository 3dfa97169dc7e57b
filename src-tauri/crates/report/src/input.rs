//! What a report says, as plain data. Whoever fills it has already chosen the language of the
//! requirement texts; the report adds the words of its own frame.

pub mod registers;

use chrono::NaiveDate;
use tillproof_domain::answer::{Progress, Verdict};
use tillproof_domain::evidence::Confidentiality;
use tillproof_domain::framework::{Confidence, TesterMethod};
use tillproof_domain::freshness::ProofState;
use tillproof_domain::locale::Locale;
use tillproof_domain::profile::{Channel, ScopeFacts};
use tillproof_domain::report::ReportKind;
use tillproof_domain::score::{Outcome, Tally};
use tillproof_domain::task::{Priority, TaskStatus};
use tillproof_domain::time::Timestamp;
use tillproof_domain::worksheet::WorksheetKind;

/// Everything a report prints. The same value gives the same PDF, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What goes in.
    pub choice: Choice,
    /// The language of the report.
    pub locale: Locale,
    /// When it was made.
    pub made_at: Timestamp,
    /// The day it was made, where the merchant is.
    pub made_on: NaiveDate,
    /// The day whose state it shows; an earlier one where somebody looks back.
    pub state_on: NaiveDate,
    /// Who made it.
    pub made_by: String,
    /// Version of Tillproof.
    pub app_version: String,
    /// Id of the workspace.
    pub workspace_id: String,
    /// Number of the last journal entry.
    pub journal_seq: u64,
    /// Hash of the last journal entry, 64 hex digits.
    pub journal_head: String,
    /// The merchant.
    pub merchant: Merchant,
    /// The merchant's logo.
    pub logo: Option<Logo>,
    /// The ways through the SAQ finder, one for each way of payment that was gone through.
    pub finder: Vec<FinderPath>,
    /// The assessments, in order. May be empty.
    pub assessments: Vec<AssessmentPart>,
    /// The themes across the assessments, in order.
    pub themes: Vec<ThemePart>,
    /// Third parties, and who meets what.
    pub providers: ProvidersPart,
    /// All evidence that counts, in the order of the index.
    pub evidence: Vec<EvidencePart>,
    /// All tasks, open ones first.
    pub tasks: Vec<TaskPart>,
    /// The registers of the GDPR that have rows.
    pub registers: Vec<registers::RegisterPart>,
    /// What does not fit together, by kind.
    pub quality: Vec<QualityPart>,
}

/// What goes into a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// How much of it.
    pub kind: ReportKind,
    /// What it was narrowed to, in words, such as a theme. It then shows no result of the whole.
    pub narrowed: Option<String>,
    /// Whether names of people, notes and names of files are left out.
    pub redacted: bool,
}

impl Choice {
    /// Whether it has the chapters on the whole company: providers and registers.
    #[must_use]
    pub fn has_every_chapter(&self) -> bool {
        self.kind == ReportKind::Full && self.narrowed.is_none()
    }
}

/// A picture for the cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// Red, green and blue of each pixel, row by row, on the paper of the cover.
    pub rgb: Vec<u8>,
}

/// An assessment that came before, for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierPart {
    /// The day it was signed off.
    pub signed_on: NaiveDate,
    /// Counts by verdict.
    pub tally: Tally,
}

/// Points of one kind that do not fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityPart {
    /// The kind.
    pub name: String,
    /// Each point, in words.
    pub points: Vec<String>,
}

/// How an assessment ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedPart {
    /// Who signed.
    pub name: String,
    /// As what.
    pub role: String,
    /// The day under it.
    pub on: NaiveDate,
    /// The last journal entry before it.
    pub seq: u64,
    /// The hash of that entry.
    pub head: String,
}

/// The merchant (SAQ Parts 1a, 1b, 2a to 2e). Any text may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it; see the profile in the domain")]
pub struct Merchant {
    pub name: String,
    pub trading_name: String,
    pub address: String,
    pub country: String,
    pub website: String,
    pub platform: String,
    pub payment_provider: String,
    pub contact_name: String,
    pub contact_role: String,
    pub contact_email: String,
    pub staff: Option<u32>,
    pub channels: Vec<Channel>,
    pub payment_description: String,
    pub scope_facts: ScopeFacts,
}

/// The way through the SAQ finder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinderPath {
    /// Question, answer, and what the answer means.
    pub steps: Vec<FinderStep>,
    /// Title of the result; empty if the questions were not finished.
    pub result_title: String,
    /// What the result means.
    pub result_summary: String,
    /// The forms ruled out, and why.
    pub ruled_out: Vec<(String, String)>,
    /// What to confirm with the acquirer.
    pub confirm: Vec<String>,
}

/// One question of the finder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct FinderStep {
    pub question: String,
    pub answer: String,
    pub reason: String,
}

/// One assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentPart {
    /// Short name of the framework: `PCI DSS`.
    pub framework_name: String,
    /// Its full name.
    pub framework_full_name: String,
    /// Its version.
    pub framework_version: String,
    /// Where the official text is, and that it rules.
    pub framework_notice: String,
    /// Name of the scope: `SAQ A`, or of several: `SAQ A + SAQ B-IP`.
    pub scope_name: String,
    /// Each scope, at least one.
    pub scopes: Vec<ScopePart>,
    /// First day of the period.
    pub period_start: NaiveDate,
    /// Last day of the period.
    pub period_end: NaiveDate,
    /// Counts by verdict.
    pub tally: Tally,
    /// What the answers add up to.
    pub outcome: Outcome,
    /// How it ended; none while it is open.
    pub signed: Option<SignedPart>,
    /// Those of the same series that were signed off before, oldest first.
    pub earlier: Vec<EarlierPart>,
    /// The verdicts the framework knows, with their labels in the report's language;
    /// `unanswered` is among them.
    pub verdict_labels: Vec<(Verdict, String)>,
    /// Criteria of eligibility: statement, and what the merchant says.
    pub criteria: Vec<(String, Option<bool>)>,
    /// The sections, in order, without empty ones.
    pub sections: Vec<SectionPart>,
}

/// One scope of an assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopePart {
    /// Its name: `SAQ A`.
    pub name: String,
    /// Who uses it.
    pub summary: String,
    /// What to beware of; may be empty.
    pub notice: String,
    /// How sure its list is.
    pub confidence: Confidence,
}

/// One section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionPart {
    /// Title.
    pub title: String,
    /// Its requirements.
    pub requirements: Vec<RequirementPart>,
}

/// One requirement and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequirementPart {
    /// Its id, unique in the report together with the assessment.
    pub id: String,
    /// Its number as the language writes it.
    pub label: String,
    /// The topic.
    pub title: String,
    /// What is asked.
    pub question: String,
    /// What is special in the scope; may be empty.
    pub scope_note: String,
    /// The scopes that ask it; empty where the assessment has only one.
    pub scopes: Vec<String>,
    /// What it asks one by one, and what was said about each.
    pub parts: Vec<(String, Verdict)>,
    /// How a tester looks at it.
    pub tester_methods: Vec<TesterMethod>,
    /// The response.
    pub verdict: Verdict,
    /// Whether the verdict lacks the reason it needs.
    pub reason_missing: bool,
    /// Whether the verdict comes from an earlier assessment and was not given anew.
    pub carried: bool,
    /// The team's work.
    pub progress: Progress,
    /// The note; may be empty.
    pub note: String,
    /// The reason; may be empty.
    pub justification: String,
    /// The worksheet that the verdict opened.
    pub worksheet: Option<WorksheetPart>,
    /// Until when a gap is to be closed.
    pub target_date: Option<NaiveDate>,
    /// When it was last answered.
    pub answered_at: Option<Timestamp>,
    /// Who answered last; may be empty.
    pub answered_by: String,
    /// The state of its proof.
    pub proof: ProofState,
    /// Its evidence: positions in [`Report::evidence`].
    pub evidence: Vec<usize>,
    /// Its tasks: positions in [`Report::tasks`].
    pub tasks: Vec<usize>,
}

/// A worksheet (SAQ Appendices B, C, D; AOC Part 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorksheetPart {
    /// Which one.
    pub kind: WorksheetKind,
    /// What it is called.
    pub title: String,
    /// Where the official form has it.
    pub source: String,
    /// Its points: what is asked, and what is written; empty if it is open.
    pub points: Vec<(String, String)>,
}

impl WorksheetPart {
    /// Whether something is left to fill in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.points.iter().any(|(_, text)| text.trim().is_empty())
    }
}

/// Third parties (SAQ Part 2f; PCI DSS 12.8, GDPR Art. 28).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProvidersPart {
    /// By name, without those of the past.
    pub providers: Vec<ProviderPart>,
    /// Who meets which requirement (12.8.5), by requirement: its name, the provider, and who.
    pub responsibilities: Vec<(String, String, String)>,
}

/// One third party. Any text may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it; see the provider in the domain")]
pub struct ProviderPart {
    pub name: String,
    pub service: String,
    pub country: String,
    pub contact: String,
    /// What it does with data of the merchant, in words.
    pub handles: Vec<String>,
    pub papers: Vec<PaperPart>,
    /// What is missing, due soon or expired, in words, each with the rule that asks for it.
    pub lacks: Vec<(ProofState, String, String)>,
    pub note: String,
}

/// A paper that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperPart {
    /// What it is.
    pub name: String,
    /// The day on it.
    pub on: NaiveDate,
    /// The evidence that holds it: a position in [`Report::evidence`].
    pub evidence: Option<usize>,
}

/// One theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemePart {
    /// Name.
    pub name: String,
    /// Counts by verdict.
    pub tally: Tally,
}

/// One evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it; see the evidence in the domain")]
pub struct EvidencePart {
    /// How the report calls it: `E-1`.
    pub number: String,
    pub name: String,
    /// What people call it; empty where the name says enough.
    pub title: String,
    /// Where it comes from, in words. May be empty.
    pub source: String,
    /// The first and last day that it covers.
    pub period: (Option<NaiveDate>, Option<NaiveDate>),
    /// Who may see it.
    pub confidentiality: Confidentiality,
    /// Whether what is kept is no longer what was attached; none where nobody looked.
    pub damaged: Option<bool>,
    pub media_type: String,
    pub size: u64,
    pub sha256: String,
    pub version: u32,
    pub collected_on: NaiveDate,
    pub counts_until: Option<NaiveDate>,
    pub state: ProofState,
    pub added_at: Timestamp,
    pub added_by: String,
    /// The requirements it proves, as the language writes them, with the framework's short name.
    pub requirements: Vec<String>,
}

/// One task.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it; see the task in the domain")]
pub struct TaskPart {
    /// How the report calls it: `T-1`.
    pub number: String,
    pub title: String,
    pub description: String,
    pub owner: String,
    pub due: Option<NaiveDate>,
    pub overdue: bool,
    pub priority: Priority,
    pub status: TaskStatus,
    /// The requirements it serves, as the language writes them.
    pub requirements: Vec<String>,
    /// How long it takes.
    pub effort_minutes: Option<u32>,
    /// What it costs, with its currency. May be empty.
    pub cost: String,
    /// What shows that it was done: positions in [`Report::evidence`].
    pub proof: Vec<usize>,
    /// When, who, what.
    pub comments: Vec<(Timestamp, String, String)>,
}
