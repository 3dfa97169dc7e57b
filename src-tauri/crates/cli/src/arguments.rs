//! What the command line understands.

use crate::evidence::{EvidenceFields, EvidenceTask};
use crate::registers::{BreachTask, ProcessingTask, RequestTask};
use chrono::{DateTime, FixedOffset};
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use tillproof_domain::locale::Locale;
use tillproof_domain::report::ReportKind;

/// Guides a small online shop through PCI DSS and the GDPR, keeps the evidence, and writes the report.
#[derive(Parser)]
#[command(name = "tillproof", version, about, max_term_width = 100)]
pub(crate) struct Arguments {
    /// Print the response as JSON.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Language of the texts: en or de. Default: that of the account; for a report that of the merchant.
    #[arg(long, global = true, value_name = "en|de")]
    pub(crate) locale: Option<Locale>,
    /// File whose first line is the passphrase. Otherwise TILLPROOF_PASSPHRASE, otherwise a prompt.
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// The instant that counts as now, RFC 3339.
    #[arg(long, global = true, value_name = "RFC3339")]
    pub(crate) now: Option<DateTime<FixedOffset>>,
    /// The person who does this. Default: the name of the account.
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// Look at the workspace as it was at the end of this day. Only to read.
    #[arg(long, global = true, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    #[command(subcommand)]
    pub(crate) action: Action,
}

#[derive(Subcommand)]
pub(crate) enum Action {
    /// Make a new workspace file.
    New {
        /// Where.
        file: String,
        /// The company.
        #[arg(long)]
        name: String,
        /// Country, such as DE.
        #[arg(long)]
        country: Option<String>,
        /// Do not encrypt the file.
        #[arg(long)]
        unencrypted: bool,
    },
    /// Show profile, counts, assessments, journal head, path and size.
    Info {
        /// The workspace.
        file: String,
    },
    /// Find the PCI DSS questionnaire that fits. Needs no workspace.
    FindSaq {
        /// Answers: question=answer, separated by commas. Once more for each further way of payment.
        #[arg(long, value_name = "Q=A,...", required_unless_present = "list_questions")]
        answers: Vec<String>,
        /// Show all questions with their answers.
        #[arg(long, conflicts_with = "answers")]
        list_questions: bool,
    },
    /// Start an assessment.
    Assess {
        /// The workspace.
        file: String,
        /// The framework: pci-dss-4.0.1, gdpr, shop-security.
        framework: String,
        /// The scope: an SAQ type such as A. Once more for each further way of payment.
        #[arg(long, visible_alias = "scope")]
        saq: Vec<String>,
        /// First day of the period.
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// Last day of the period.
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
    },
    /// Give an assessment other scopes; its answers stay.
    Scope {
        /// The workspace.
        file: String,
        /// The framework of the assessment.
        framework: String,
        /// The scope: an SAQ type such as A-EP. Once more for each further way of payment.
        #[arg(long, visible_alias = "scope", required = true)]
        saq: Vec<String>,
        /// The assessment, where the framework has several.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
    },
    /// Bring a checklist into the workspace: your own, or a consultant's.
    ImportChecklist {
        /// The workspace.
        file: String,
        /// The folder that holds its framework.json.
        directory: String,
    },
    /// Start an assessment of a newer version of a framework with the answers of an older one.
    CarryOver {
        /// The workspace.
        file: String,
        /// The assessment of the older version.
        assessment: String,
        /// The newer framework.
        framework: String,
        /// The scope; the same as before if not given.
        #[arg(long)]
        scope: Option<String>,
        /// Only say what would be carried over.
        #[arg(long)]
        dry_run: bool,
    },
    /// Show what a usual web shop does with personal data, to start a record of processing from.
    ProcessingStarter {
        /// The workspace; its country decides which rules are named.
        file: Option<String>,
    },
    /// List all assessments, also those that are signed off.
    Assessments {
        /// The workspace.
        file: String,
    },
    /// End an assessment: from then on nothing of it changes.
    SignOff {
        /// The workspace.
        file: String,
        /// Who signs.
        #[arg(long)]
        name: String,
        /// As what: owner, managing director.
        #[arg(long)]
        role: String,
        /// The day under it; today if not given.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// The framework of the assessment.
        #[arg(long)]
        framework: Option<String>,
        /// The assessment, where several are open.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
    },
    /// Start the assessment that follows one that is signed off, with its answers.
    Next {
        /// The workspace.
        file: String,
        /// The framework of the assessment.
        #[arg(long)]
        framework: Option<String>,
        /// The assessment that is signed off, where several wait.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
        /// First day of the period.
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// Last day of the period.
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
    },
    /// Compare the verdicts of two assessments.
    Compare {
        /// The workspace.
        file: String,
        /// The later assessment.
        #[arg(value_name = "ID")]
        to: String,
        /// The earlier one; the one it follows if not given.
        #[arg(long, value_name = "ID")]
        from: Option<String>,
    },
    /// List what does not fit together: verdicts without proof, papers that are missing.
    Quality {
        /// The workspace.
        file: String,
    },
    /// Take back what a journal entry changed; your last change if none is named.
    Undo {
        /// The workspace.
        file: String,
        /// The entry, as `history` numbers it.
        #[arg(long)]
        seq: Option<u64>,
    },
    /// List requirements of the open assessments.
    Requirements {
        /// The workspace.
        file: String,
        /// Only of this framework.
        #[arg(long)]
        framework: Option<String>,
        /// Only of this theme: tls, patching, encryption, mfa, training, vendors, ...
        #[arg(long)]
        theme: Option<String>,
        /// Only with this verdict.
        #[arg(long)]
        verdict: Option<String>,
        /// Only of this section, such as 08-identify-and-authenticate.
        #[arg(long)]
        section: Option<String>,
        /// Only of this milestone, 1 to 6.
        #[arg(long)]
        milestone: Option<u8>,
        /// Only what this one usually does: owner, developer, host, payment-provider, everyone.
        #[arg(long)]
        who: Option<String>,
        /// Only what usually takes minutes, hours or days.
        #[arg(long)]
        effort: Option<String>,
        /// The order: framework (by number), or path (open ones first, as they are best worked off).
        #[arg(long)]
        order: Option<String>,
        /// Only with these words.
        #[arg(long)]
        search: Option<String>,
        /// Only of this assessment.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
    },
    /// Show one requirement with all about it.
    Show {
        /// The workspace.
        file: String,
        /// The requirement: FRAMEWORK:NUMBER.
        requirement: String,
        /// The assessment, where several have it.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
    },
    /// Answer a requirement.
    Answer {
        /// The workspace.
        file: String,
        /// The requirement: FRAMEWORK:NUMBER.
        requirement: String,
        /// unanswered, in-place, in-place-ccw, partly, not-in-place, not-applicable, not-tested.
        #[arg(long)]
        verdict: Option<String>,
        /// to-do, in-progress, in-review, done.
        #[arg(long)]
        progress: Option<String>,
        /// A note.
        #[arg(long)]
        note: Option<String>,
        /// The reason, for verdicts that need one.
        #[arg(long)]
        justification: Option<String>,
        /// Keep the texts although card data or a secret is in them, and why.
        #[arg(long, value_name = "REASON")]
        allow_card_data: Option<String>,
        /// A part and its verdict: part=verdict, separated by commas.
        #[arg(long, value_delimiter = ',', value_name = "PART=VERDICT,...")]
        part: Vec<String>,
        /// A point of its worksheet; may be given several times. An empty text takes it away.
        #[arg(long, value_name = "POINT=TEXT")]
        worksheet: Vec<String>,
        /// Until when a gap is to be closed.
        #[arg(long, value_name = "DATE")]
        target_date: Option<String>,
        /// The assessment, where several have it.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
    },
    /// List worksheets: what the official forms ask beyond a verdict.
    Worksheets {
        /// The workspace.
        file: String,
        /// Only those with something left to fill in.
        #[arg(long)]
        open: bool,
        /// Only of this assessment.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
    },
    /// Confirm or deny a criterion of eligibility.
    Criterion {
        /// The workspace.
        file: String,
        /// The criterion, as `info --json` names it.
        criterion: String,
        /// yes, no, or open.
        #[arg(long, value_parser = ["yes", "no", "open"])]
        confirmed: String,
        /// The assessment, where several have it.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
    },
    /// Attach files, and the files of folders, to a requirement.
    Attach {
        /// The workspace.
        file: String,
        /// The requirement: FRAMEWORK:NUMBER; several separated by commas.
        requirement: String,
        /// The files, and folders with files.
        #[arg(required = true)]
        paths: Vec<String>,
        /// What people call them.
        #[arg(long)]
        title: Option<String>,
        #[command(flatten)]
        fields: EvidenceFields,
    },
    /// List, show, export, replace, change or remove evidence; write a note, keep a link.
    Evidence {
        /// The workspace.
        file: String,
        #[command(subcommand)]
        task: EvidenceTask,
    },
    /// Add, list, change, comment, plan or export tasks.
    Task {
        /// The workspace.
        file: String,
        #[command(subcommand)]
        task: TaskTask,
    },
    /// Add, list or change providers; write to them; export the list.
    Provider {
        /// The workspace.
        file: String,
        #[command(subcommand)]
        task: ProviderTask,
    },
    /// Keep the record of processing activities (GDPR Art. 30).
    Processing {
        /// The workspace.
        file: String,
        #[command(subcommand)]
        task: ProcessingTask,
    },
    /// Keep the requests of persons and their deadlines (GDPR Art. 12 to 22).
    Request {
        /// The workspace.
        file: String,
        #[command(subcommand)]
        task: RequestTask,
    },
    /// Keep the data breaches and their 72 hours (GDPR Art. 33, 34).
    Breach {
        /// The workspace.
        file: String,
        #[command(subcommand)]
        task: BreachTask,
    },
    /// Write the PDF report.
    Report {
        /// The workspace.
        file: String,
        /// Where to; an existing file is replaced.
        #[arg(short, long)]
        output: String,
        /// Only these assessments.
        #[arg(long, value_name = "ID")]
        assessment: Vec<String>,
        #[command(flatten)]
        choice: ReportChoice,
        #[command(flatten)]
        sign: crate::signing::SignWith,
        /// Exit with 0 though kept files are damaged; the report says which in any case.
        #[arg(long)]
        keep_going: bool,
    },
    /// Make, show or remove the key that the workspace signs reports with.
    SigningKey {
        /// The workspace.
        file: String,
        #[command(subcommand)]
        task: crate::signing::SigningKeyTask,
    },
    /// Write report, evidence and journal as one ZIP that can be checked without Tillproof.
    Bundle {
        /// The workspace.
        file: String,
        #[command(flatten)]
        task: crate::bundle::BundleArguments,
    },
    /// Bring in what an auditor replied: the reply.xlsx of a bundle, or the same table as CSV.
    ImportReply {
        /// The workspace.
        file: String,
        /// The reply.
        reply: String,
        /// Keep the texts although card data or a secret is in them, and why.
        #[arg(long, value_name = "REASON")]
        allow_card_data: Option<String>,
    },
    /// List what auditors replied.
    Replies {
        /// The workspace.
        file: String,
    },
    /// Write the results as OSCAL assessment results 1.1.3 (JSON), for programs that read those.
    Oscal {
        /// The workspace.
        file: String,
        /// Where to, .json; an existing file is replaced.
        #[arg(short, long)]
        output: String,
        /// Only these assessments.
        #[arg(long, value_name = "ID")]
        assessment: Vec<String>,
    },
    /// Write results, action plan and evidence index as a spreadsheet.
    Spreadsheet {
        /// The workspace.
        file: String,
        /// Where to, .xlsx; an existing file is replaced.
        #[arg(short, long)]
        output: String,
        /// Only these assessments.
        #[arg(long, value_name = "ID")]
        assessment: Vec<String>,
    },
    /// Show the journal in words, the newest first.
    History {
        /// The workspace.
        file: String,
        /// Only what touches this requirement, evidence or task.
        #[arg(long)]
        subject: Option<String>,
        /// At most so many entries.
        #[arg(long)]
        limit: Option<u32>,
        /// Only of this person.
        #[arg(long)]
        person: Option<String>,
        /// Only from this day on.
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// Only up to this day.
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
    },
    /// Check journal, tables and evidence of a workspace, a bundle, or the signature of a PDF; exit 1 if
    /// anything is wrong.
    Verify {
        /// The workspace, or the ZIP or PDF that an auditor was given.
        file: String,
    },
    /// Write a copy, read it back and compare it; or make a dated one if it is time for it.
    Backup {
        /// The workspace.
        file: String,
        /// The copy.
        #[arg(required_unless_present = "auto", conflicts_with = "auto")]
        out: Option<String>,
        /// Make a dated copy, if the newest is older than a day's work and something was changed since.
        #[arg(long)]
        auto: bool,
        /// Where the dated copies are; otherwise a folder beside the workspace.
        #[arg(long, requires = "auto", conflicts_with = "out")]
        folder: Option<String>,
        /// Keep so many dated copies; otherwise 7.
        #[arg(long, requires = "auto", conflicts_with = "out", value_parser = clap::value_parser!(u32).range(1..))]
        keep: Option<u32>,
        /// Make one if the newest is older than so many hours; otherwise 20.
        #[arg(long, requires = "auto", conflicts_with = "out", value_name = "HOURS")]
        every: Option<u32>,
        /// Make one in any case.
        #[arg(long, requires = "auto", conflicts_with = "out")]
        force: bool,
    },
    /// List the dated copies, the newest first.
    Backups {
        /// The workspace.
        file: String,
        /// Where they are; otherwise a folder beside the workspace.
        #[arg(long)]
        folder: Option<String>,
    },
    /// Put a backup in place as a workspace.
    Restore {
        /// The backup.
        backup: String,
        /// The workspace to be.
        out: String,
    },
    /// Set another passphrase.
    Rekey {
        /// The workspace.
        file: String,
        /// File whose first line is the new passphrase. Otherwise TILLPROOF_NEW_PASSPHRASE, otherwise a prompt.
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Run commands from standard input: one {"command": ..., "request": {...}} a line, one response a line.
    Rpc {
        /// The workspace.
        file: String,
    },
    /// List every command of `rpc`, and the subcommand that does the same.
    Commands,
    /// Make an example shop: workspace and report.
    Demo {
        /// The folder.
        directory: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum TaskTask {
    /// Make one.
    Add {
        /// What is to be done.
        title: String,
        #[command(flatten)]
        fields: TaskFields,
    },
    /// List them: overdue on top.
    List {
        #[command(flatten)]
        filter: TaskFilter,
    },
    /// Make one from a requirement that is not met.
    FromGap {
        /// The requirement: FRAMEWORK:NUMBER.
        requirement: String,
        /// Who does it.
        #[arg(long)]
        owner: Option<String>,
        /// Until when. Default: the target date of the answer.
        #[arg(long, value_name = "DATE")]
        due: Option<String>,
        /// The assessment, where several have it.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
    },
    /// Plan a recurring task for every proof that has to be renewed.
    Plan {
        /// Only for this assessment.
        #[arg(long, value_name = "ID")]
        assessment: Option<String>,
        /// Only say what would be made.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write them to a file for a spreadsheet or a calendar.
    #[command(group(clap::ArgGroup::new("out").required(true).args(["csv", "ics"])))]
    Export {
        /// A file for a spreadsheet.
        #[arg(long, value_name = "OUT")]
        csv: Option<String>,
        /// A file for a calendar; the open tasks, unless --status says otherwise.
        #[arg(long, value_name = "OUT")]
        ics: Option<String>,
        /// What a calendar gets: event (a day with a reminder, which every calendar shows), or todo.
        #[arg(long = "as", value_name = "event|todo", conflicts_with = "csv")]
        entries: Option<String>,
        /// Replace a file that is there.
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        filter: TaskFilter,
    },
    /// Change one.
    Set {
        /// Its id.
        id: String,
        /// What is to be done.
        #[arg(long)]
        title: Option<String>,
        /// open, in-progress, waiting, done, dropped. A recurring task that is done makes the next one.
        #[arg(long)]
        status: Option<String>,
        /// An evidence that shows that it was done; may be given several times.
        #[arg(long, value_delimiter = ',', value_name = "ID")]
        evidence: Vec<String>,
        #[command(flatten)]
        fields: TaskFields,
    },
    /// Comment on one.
    Comment {
        /// Its id.
        id: String,
        /// The comment.
        text: String,
        /// Keep it although card data or a secret is in it, and why.
        #[arg(long, value_name = "REASON")]
        allow_card_data: Option<String>,
    },
}

#[derive(clap::Args)]
pub(crate) struct TaskFilter {
    /// Only open ones past their due day.
    #[arg(long)]
    pub(crate) overdue: bool,
    /// Only open ones due within thirty days; with --overdue, those too.
    #[arg(long)]
    pub(crate) upcoming: bool,
    /// Only with this status.
    #[arg(long)]
    pub(crate) status: Option<String>,
    /// Only of this requirement.
    #[arg(long)]
    pub(crate) requirement: Option<String>,
    /// Only of this owner.
    #[arg(long)]
    pub(crate) owner: Option<String>,
}

#[derive(clap::Args)]
pub(crate) struct TaskFields {
    /// More about it.
    #[arg(long)]
    pub(crate) description: Option<String>,
    /// Who does it.
    #[arg(long)]
    pub(crate) owner: Option<String>,
    /// Until when.
    #[arg(long, value_name = "DATE")]
    pub(crate) due: Option<String>,
    /// low, normal, high, urgent.
    #[arg(long)]
    pub(crate) priority: Option<String>,
    /// A requirement it serves; may be given several times.
    #[arg(long, value_delimiter = ',')]
    pub(crate) requirement: Vec<String>,
    /// How long it takes, in quarters of an hour: 1.5. 0 takes it away.
    #[arg(long, value_name = "HOURS")]
    pub(crate) effort: Option<f64>,
    /// What it costs: "120.50 EUR". An empty text takes it away.
    #[arg(long, value_name = "AMOUNT CURRENCY")]
    pub(crate) cost: Option<String>,
    /// Where to read on; may be given several times. An empty text takes all away.
    #[arg(long, value_name = "URL")]
    pub(crate) link: Vec<String>,
    /// How it comes back: a rule of RFC 5545 such as FREQ=MONTHLY;INTERVAL=3. An empty text takes it away.
    #[arg(long, value_name = "RRULE")]
    pub(crate) repeat: Option<String>,
    /// Keep the texts although card data or a secret is in them, and why.
    #[arg(long, value_name = "REASON")]
    pub(crate) allow_card_data: Option<String>,
}

#[expect(clippy::large_enum_variant, reason = "there is one of these, for as long as the command runs")]
#[derive(Subcommand)]
pub(crate) enum ProviderTask {
    /// Add a provider.
    Add {
        /// Its name.
        name: String,
        #[command(flatten)]
        fields: ProviderFields,
    },
    /// List providers.
    List {
        /// Those of the past, too.
        #[arg(long)]
        all: bool,
        /// Only those that lack something.
        #[arg(long)]
        lacking: bool,
    },
    /// Change a provider.
    Set {
        /// Its id.
        id: String,
        /// Its name.
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: ProviderFields,
        /// The day on the Attestation of Compliance (12.8.4).
        #[arg(long, value_name = "DATE")]
        aoc: Option<String>,
        /// The evidence that holds it.
        #[arg(long, value_name = "ID")]
        aoc_evidence: Option<String>,
        /// The day on the written agreement (12.8.2).
        #[arg(long, value_name = "DATE")]
        agreement: Option<String>,
        /// The evidence that holds it.
        #[arg(long, value_name = "ID")]
        agreement_evidence: Option<String>,
        /// The day on the processor contract (GDPR Art. 28).
        #[arg(long, value_name = "DATE")]
        processor_contract: Option<String>,
        /// The evidence that holds it.
        #[arg(long, value_name = "ID")]
        processor_contract_evidence: Option<String>,
        /// The day on which its PCI DSS status was looked at (12.8.4).
        #[arg(long, value_name = "DATE")]
        checked: Option<String>,
        /// Who meets a requirement (12.8.5): REQUIREMENT=provider|merchant|shared, separated by commas.
        #[arg(long, value_delimiter = ',', value_name = "ID=WHO,...")]
        responsibility: Vec<String>,
        /// Why it is no provider any more.
        #[arg(long, value_name = "REASON")]
        ended: Option<String>,
    },
    /// Print a letter that asks for what is missing. Nothing is sent.
    Letter {
        /// Its id.
        id: String,
    },
    /// Write the list as CSV.
    Export {
        /// Where to; an existing file is replaced.
        #[arg(long, value_name = "OUT")]
        csv: String,
    },
}

#[derive(clap::Args)]
pub(crate) struct ProviderFields {
    /// What it does for you.
    #[arg(long)]
    pub(crate) service: Option<String>,
    /// card-data, systems, safety, personal-data; several separated by commas.
    #[arg(long, value_delimiter = ',')]
    pub(crate) handles: Vec<String>,
    /// Country, such as DE.
    #[arg(long)]
    pub(crate) country: Option<String>,
    /// Whom to write to.
    #[arg(long)]
    pub(crate) contact: Option<String>,
    /// More about it.
    #[arg(long)]
    pub(crate) note: Option<String>,
    /// Keep the texts although card data or a secret is in them, and why.
    #[arg(long, value_name = "REASON")]
    pub(crate) allow_card_data: Option<String>,
}

/// What goes into a report.
#[derive(Debug, clap::Args)]
pub(crate) struct ReportChoice {
    /// How much: full, executive (two pages) or action-plan.
    #[arg(long, default_value_t)]
    pub(crate) kind: ReportKind,
    /// Only this framework.
    #[arg(long)]
    pub(crate) framework: Option<String>,
    /// Only this theme.
    #[arg(long)]
    pub(crate) theme: Option<String>,
    /// Leave out names of people, notes and names of files; hashes stay.
    #[arg(long)]
    pub(crate) redacted: bool,
    /// A PNG or JPEG file for the cover.
    #[arg(long, value_name = "FILE")]
    pub(crate) logo: Option<String>,
}
