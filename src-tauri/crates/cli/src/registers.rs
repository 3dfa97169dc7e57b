//! The registers of the GDPR on the command line: `processing`, `request` and `breach`.

use crate::requests::{list, object, text};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use tillproof_api::dispatch::Command;

#[derive(Subcommand)]
pub(crate) enum ProcessingTask {
    /// Add an activity.
    Add {
        /// Its name.
        name: String,
        #[command(flatten)]
        fields: ProcessingFields,
    },
    /// List the record.
    List {
        /// Activities of the past, too.
        #[arg(long)]
        all: bool,
        /// Only those of which something is not said yet.
        #[arg(long)]
        lacking: bool,
    },
    /// Change an activity.
    Set {
        /// Its id.
        id: String,
        /// Its name.
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: ProcessingFields,
        /// Why it is not done any more; empty takes that back.
        #[arg(long, value_name = "REASON")]
        ended: Option<String>,
    },
    /// Begin the record with templates; none is taken twice.
    Start {
        /// The templates, as `processing-starter` lists them; all that fit if none is given.
        templates: Vec<String>,
    },
    /// Write the record as CSV.
    Export {
        /// Where to; an existing file is replaced.
        #[arg(long, value_name = "OUT")]
        csv: String,
    },
}

#[derive(Args)]
pub(crate) struct ProcessingFields {
    /// What for.
    #[arg(long)]
    purposes: Option<String>,
    /// consent, contract, legal-obligation, vital-interests, public-task, legitimate-interests;
    /// several separated by commas.
    #[arg(long, value_delimiter = ',')]
    legal_bases: Vec<String>,
    /// The same in words.
    #[arg(long)]
    legal_basis: Option<String>,
    /// Whose data.
    #[arg(long)]
    persons: Option<String>,
    /// Which data.
    #[arg(long)]
    data: Option<String>,
    /// Whether special categories are among them (Art. 9).
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    special_categories: Option<String>,
    /// Who gets them.
    #[arg(long)]
    recipients: Option<String>,
    /// The providers among them, by id; several separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    provider: Vec<String>,
    /// Whether data goes to a third country.
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    third_countries: Option<String>,
    /// To which ones.
    #[arg(long)]
    transfers: Option<String>,
    /// What keeps the data safe there.
    #[arg(long)]
    transfer_safeguard: Option<String>,
    /// When the data is erased.
    #[arg(long)]
    erasure: Option<String>,
    /// How it is kept safe (Art. 32).
    #[arg(long)]
    security: Option<String>,
    /// Who inside answers for it.
    #[arg(long)]
    responsible: Option<String>,
    /// More about it.
    #[arg(long)]
    note: Option<String>,
    /// Keep the texts although card data or a secret is in them, and why.
    #[arg(long, value_name = "REASON")]
    allow_card_data: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum RequestTask {
    /// Add a request.
    Add {
        /// access, rectification, erasure, restriction, portability, objection, human-review,
        /// withdrawal-of-consent.
        right: String,
        /// What you recognise it by; a customer number is enough.
        reference: String,
        #[command(flatten)]
        fields: RequestFields,
    },
    /// List requests, those to answer first on top.
    List {
        /// Only those that nobody has answered yet.
        #[arg(long)]
        open: bool,
    },
    /// Change a request; an empty text takes a day, an outcome or the extension away.
    Set {
        /// Its id.
        id: String,
        /// The right it is about.
        #[arg(long)]
        right: Option<String>,
        /// What you recognise it by.
        #[arg(long)]
        reference: Option<String>,
        #[command(flatten)]
        fields: RequestFields,
    },
    /// Write the requests as CSV.
    Export {
        /// Where to; an existing file is replaced.
        #[arg(long, value_name = "OUT")]
        csv: String,
    },
}

#[derive(Args)]
pub(crate) struct RequestFields {
    /// The day on which it came in; today if left out.
    #[arg(long, value_name = "DATE")]
    received: Option<String>,
    /// The day on which it was certain who asked.
    #[arg(long, value_name = "DATE")]
    identity_checked: Option<String>,
    /// Why it takes two further months (Art. 12(3)).
    #[arg(long, value_name = "REASON")]
    extension_reason: Option<String>,
    /// The day on which the person was told so.
    #[arg(long, value_name = "DATE")]
    extension_told: Option<String>,
    /// The day on which it was answered.
    #[arg(long, value_name = "DATE")]
    answered: Option<String>,
    /// granted, partly, refused, not-identified.
    #[arg(long)]
    outcome: Option<String>,
    /// Why it was refused, or granted only in part.
    #[arg(long, value_name = "REASON")]
    outcome_reason: Option<String>,
    /// What shows it, by id; several separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    evidence: Vec<String>,
    /// More about it.
    #[arg(long)]
    note: Option<String>,
    /// Keep the texts although card data or a secret is in them, and why.
    #[arg(long, value_name = "REASON")]
    allow_card_data: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum BreachTask {
    /// Add a breach; 72 hours begin when it became known.
    Add {
        /// What it is called.
        title: String,
        #[command(flatten)]
        fields: BreachFields,
    },
    /// List breaches, those whose clock runs on top.
    List {
        /// Only those that are not closed.
        #[arg(long)]
        open: bool,
    },
    /// Change a breach; an empty text takes a day, an instant or the risk away.
    Set {
        /// Its id.
        id: String,
        /// What it is called.
        #[arg(long)]
        title: Option<String>,
        #[command(flatten)]
        fields: BreachFields,
        /// The day on which it was closed.
        #[arg(long, value_name = "DATE")]
        closed: Option<String>,
    },
    /// Write the breaches as CSV.
    Export {
        /// Where to; an existing file is replaced.
        #[arg(long, value_name = "OUT")]
        csv: String,
    },
}

#[derive(Args)]
pub(crate) struct BreachFields {
    /// When somebody became aware of it; now if left out.
    #[arg(long, value_name = "RFC3339")]
    aware: Option<String>,
    /// When it happened.
    #[arg(long, value_name = "RFC3339")]
    happened: Option<String>,
    /// What happened.
    #[arg(long)]
    description: Option<String>,
    /// confidentiality, integrity, availability; several separated by commas.
    #[arg(long, value_delimiter = ',')]
    kind: Vec<String>,
    /// Whose data.
    #[arg(long)]
    persons: Option<String>,
    /// About how many persons.
    #[arg(long, value_name = "NUMBER")]
    person_count: Option<u32>,
    /// Which data.
    #[arg(long)]
    records: Option<String>,
    /// About how many records.
    #[arg(long, value_name = "NUMBER")]
    record_count: Option<u32>,
    /// What is likely to follow.
    #[arg(long)]
    consequences: Option<String>,
    /// What was done or is planned.
    #[arg(long)]
    measures: Option<String>,
    /// no-risk, risk, high-risk.
    #[arg(long)]
    risk: Option<String>,
    /// When the authority was told.
    #[arg(long, value_name = "RFC3339")]
    notified: Option<String>,
    /// The authority's reference.
    #[arg(long)]
    notification_reference: Option<String>,
    /// Why the authority was not told; with no-risk only.
    #[arg(long, value_name = "REASON")]
    not_notified_reason: Option<String>,
    /// Why the authority was told later than after 72 hours.
    #[arg(long, value_name = "REASON")]
    delay_reason: Option<String>,
    /// The day on which the persons were told.
    #[arg(long, value_name = "DATE")]
    persons_informed: Option<String>,
    /// Why the persons were not told (Art. 34(3)).
    #[arg(long, value_name = "REASON")]
    persons_not_informed_reason: Option<String>,
    /// What shows it, by id; several separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    evidence: Vec<String>,
    /// More about it.
    #[arg(long)]
    note: Option<String>,
    /// Keep the texts although card data or a secret is in them, and why.
    #[arg(long, value_name = "REASON")]
    allow_card_data: Option<String>,
}

/// One object with the fields of both.
fn joined(mut request: Value, more: Value) -> Value {
    if let (Value::Object(request), Value::Object(more)) = (&mut request, more) {
        request.extend(more);
    }
    request
}

fn yes(said: Option<&String>) -> Value {
    said.map_or(Value::Null, |said| Value::Bool(said == "yes"))
}

/// A list; one empty text empties it.
fn ids(values: &[String]) -> Value {
    if values == [""] { json!([]) } else { list(values) }
}

impl ProcessingFields {
    fn request(&self) -> Value {
        object([
            ("purposes", text(self.purposes.as_ref())),
            ("legal_bases", ids(&self.legal_bases)),
            ("legal_basis", text(self.legal_basis.as_ref())),
            ("persons", text(self.persons.as_ref())),
            ("data", text(self.data.as_ref())),
            ("special_categories", yes(self.special_categories.as_ref())),
            ("recipients", text(self.recipients.as_ref())),
            ("providers", ids(&self.provider)),
            ("third_countries", yes(self.third_countries.as_ref())),
            ("transfers", text(self.transfers.as_ref())),
            ("transfer_safeguard", text(self.transfer_safeguard.as_ref())),
            ("erasure", text(self.erasure.as_ref())),
            ("security", text(self.security.as_ref())),
            ("responsible", text(self.responsible.as_ref())),
            ("note", text(self.note.as_ref())),
            ("allow_card_data", text(self.allow_card_data.as_ref())),
        ])
    }
}

impl RequestFields {
    fn request(&self) -> Value {
        object([
            ("received_on", text(self.received.as_ref())),
            ("identity_checked_on", text(self.identity_checked.as_ref())),
            ("extension_reason", text(self.extension_reason.as_ref())),
            ("extension_told_on", text(self.extension_told.as_ref())),
            ("answered_on", text(self.answered.as_ref())),
            ("outcome", text(self.outcome.as_ref())),
            ("outcome_reason", text(self.outcome_reason.as_ref())),
            ("evidence", ids(&self.evidence)),
            ("note", text(self.note.as_ref())),
            ("allow_card_data", text(self.allow_card_data.as_ref())),
        ])
    }
}

impl BreachFields {
    fn request(&self) -> Value {
        object([
            ("aware_at", text(self.aware.as_ref())),
            ("happened_at", text(self.happened.as_ref())),
            ("description", text(self.description.as_ref())),
            ("kinds", ids(&self.kind)),
            ("persons", text(self.persons.as_ref())),
            ("person_count", self.person_count.into()),
            ("records", text(self.records.as_ref())),
            ("record_count", self.record_count.into()),
            ("consequences", text(self.consequences.as_ref())),
            ("measures", text(self.measures.as_ref())),
            ("risk", text(self.risk.as_ref())),
            ("notified_at", text(self.notified.as_ref())),
            ("notification_reference", text(self.notification_reference.as_ref())),
            ("not_notified_reason", text(self.not_notified_reason.as_ref())),
            ("delay_reason", text(self.delay_reason.as_ref())),
            ("persons_informed_on", text(self.persons_informed.as_ref())),
            ("persons_not_informed_reason", text(self.persons_not_informed_reason.as_ref())),
            ("evidence", ids(&self.evidence)),
            ("note", text(self.note.as_ref())),
            ("allow_card_data", text(self.allow_card_data.as_ref())),
        ])
    }
}

/// What `processing` asks for.
pub(crate) fn processing(task: &ProcessingTask) -> (Command, Value) {
    match task {
        ProcessingTask::Add { name, fields } => {
            (Command::add_processing, joined(json!({ "name": name }), fields.request()))
        }
        ProcessingTask::List { all, lacking } => (Command::list_processing, json!({ "all": all, "lacking": lacking })),
        ProcessingTask::Set { id, name, fields, ended } => {
            let own =
                [("processing", id.as_str().into()), ("name", text(name.as_ref())), ("ended", text(ended.as_ref()))];
            (Command::set_processing, joined(object(own), fields.request()))
        }
        ProcessingTask::Start { templates } => (Command::start_processing, object([("templates", list(templates))])),
        ProcessingTask::Export { csv } => (Command::export_processing, json!({ "path": csv, "overwrite": true })),
    }
}

/// What `request` asks for.
pub(crate) fn request(task: &RequestTask) -> (Command, Value) {
    match task {
        RequestTask::Add { right, reference, fields } => {
            let own = json!({ "right": right, "reference": reference });
            (Command::add_person_request, joined(own, fields.request()))
        }
        RequestTask::List { open } => (Command::list_person_requests, json!({ "open": open })),
        RequestTask::Set { id, right, reference, fields } => {
            let own = [
                ("request", id.as_str().into()),
                ("right", text(right.as_ref())),
                ("reference", text(reference.as_ref())),
            ];
            (Command::set_person_request, joined(object(own), fields.request()))
        }
        RequestTask::Export { csv } => (Command::export_person_requests, json!({ "path": csv, "overwrite": true })),
    }
}

/// What `breach` asks for.
pub(crate) fn breach(task: &BreachTask) -> (Command, Value) {
    match task {
        BreachTask::Add { title, fields } => (Command::add_breach, joined(json!({ "title": title }), fields.request())),
        BreachTask::List { open } => (Command::list_breaches, json!({ "open": open })),
        BreachTask::Set { id, title, fields, closed } => {
            let own =
                [("breach", id.as_str().into()), ("title", text(title.as_ref())), ("closed_on", text(closed.as_ref()))];
            (Command::set_breach, joined(object(own), fields.request()))
        }
        BreachTask::Export { csv } => (Command::export_breaches, json!({ "path": csv, "overwrite": true })),
    }
}
