//! `attach` and `evidence`: what the command line understands of them, and the requests they make.

use crate::requests::{list, object, text};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::path::PathBuf;
use tillproof_api::dispatch::Command;
use tillproof_api::error::Error;

/// What may be said of new evidence.
#[derive(Args)]
pub(crate) struct EvidenceFields {
    /// Where it comes from, in words.
    #[arg(long)]
    source: Option<String>,
    /// The day on which it was made.
    #[arg(long, value_name = "DATE")]
    collected: Option<String>,
    /// The last day on which it counts.
    #[arg(long, value_name = "DATE")]
    valid_until: Option<String>,
    /// The first day of the time that it covers.
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last day of the time that it covers.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Who may see it: public, internal, confidential.
    #[arg(long, value_name = "WHO")]
    confidentiality: Option<String>,
    /// Keep it although card data or a secret is in it, and why.
    #[arg(long, value_name = "REASON")]
    allow_card_data: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum EvidenceTask {
    /// List it.
    List {
        /// Only of this requirement.
        #[arg(long)]
        requirement: Option<String>,
        /// Only with these words in name, title or source.
        #[arg(long)]
        search: Option<String>,
        /// Only in this state: fresh, due-soon, expired.
        #[arg(long)]
        state: Option<String>,
        /// Only of this kind: file, note, link.
        #[arg(long)]
        kind: Option<String>,
        /// Also what was replaced or removed.
        #[arg(long)]
        all: bool,
        /// At most so many.
        #[arg(long)]
        limit: Option<u32>,
        /// Without the first so many.
        #[arg(long)]
        offset: Option<u32>,
    },
    /// Show one, with its versions.
    Show {
        /// Its id.
        id: String,
    },
    /// Write down a note as evidence.
    Note {
        /// The requirements: FRAMEWORK:NUMBER; several separated by spaces or commas.
        #[arg(required = true, value_delimiter = ',')]
        requirements: Vec<String>,
        /// What people call it.
        #[arg(long)]
        title: String,
        /// The text.
        #[arg(long, required_unless_present = "text_file", conflicts_with = "text_file")]
        text: Option<String>,
        /// A file that holds the text.
        #[arg(long, value_name = "F")]
        text_file: Option<PathBuf>,
        #[command(flatten)]
        fields: EvidenceFields,
    },
    /// Keep the address of something elsewhere as evidence; it is never fetched.
    Link {
        /// The requirements, FRAMEWORK:NUMBER, then the address: http or https.
        #[arg(required = true, num_args = 2.., value_names = ["REQUIREMENT", "URL"])]
        requirements_and_url: Vec<String>,
        /// What people call it.
        #[arg(long)]
        title: Option<String>,
        #[command(flatten)]
        fields: EvidenceFields,
    },
    /// Let one that is there prove further requirements.
    Reuse {
        /// Its id.
        id: String,
        /// The requirements: FRAMEWORK:NUMBER.
        #[arg(required = true, value_delimiter = ',')]
        requirements: Vec<String>,
    },
    /// Change what is known about it; an empty text takes a day or a title away.
    Set {
        /// Its id.
        id: String,
        /// What people call it.
        #[arg(long)]
        title: Option<String>,
        /// The requirements it proves; replaces all of them.
        #[arg(long, value_delimiter = ',')]
        requirement: Vec<String>,
        #[command(flatten)]
        fields: EvidenceFields,
    },
    /// Write its bytes to a file or into a folder.
    Export {
        /// Its id.
        id: String,
        /// Where to.
        out: String,
    },
    /// Put a new version in its place.
    Replace {
        /// Its id.
        id: String,
        /// The new file.
        path: String,
        /// The day on which it was made.
        #[arg(long, value_name = "DATE")]
        collected: Option<String>,
        /// The last day on which it counts.
        #[arg(long, value_name = "DATE")]
        valid_until: Option<String>,
        /// The first day of the time that it covers.
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// The last day of the time that it covers.
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
        /// Keep it although card data or a secret is in it, and why.
        #[arg(long, value_name = "REASON")]
        allow_card_data: Option<String>,
    },
    /// Take it out of the count; bytes and record stay.
    Remove {
        /// Its id.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

fn with_fields(mut request: Value, title: Option<&String>, fields: &EvidenceFields) -> Value {
    let more = object([
        ("title", text(title)),
        ("source", text(fields.source.as_ref())),
        ("collected_on", text(fields.collected.as_ref())),
        ("valid_until", text(fields.valid_until.as_ref())),
        ("period_start", text(fields.from.as_ref())),
        ("period_end", text(fields.to.as_ref())),
        ("confidentiality", text(fields.confidentiality.as_ref())),
        ("allow_card_data", text(fields.allow_card_data.as_ref())),
    ]);
    if let (Value::Object(request), Value::Object(more)) = (&mut request, more) {
        request.extend(more);
    }
    request
}

/// The request of `attach`.
pub(crate) fn attach(requirement: &str, paths: &[String], title: Option<&String>, fields: &EvidenceFields) -> Value {
    let requirements = requirement.split(',').collect::<Vec<_>>();
    with_fields(json!({ "requirements": requirements, "paths": paths }), title, fields)
}

/// The command and the request of a task of `evidence`.
pub(crate) fn request(task: &EvidenceTask) -> Result<(Command, Value), Error> {
    Ok(match task {
        EvidenceTask::List { requirement, search, state, kind, all, limit, offset } => {
            let request = object([
                ("requirement", text(requirement.as_ref())),
                ("search", text(search.as_ref())),
                ("state", text(state.as_ref())),
                ("kind", text(kind.as_ref())),
                ("all", (*all).into()),
                ("limit", (*limit).into()),
                ("offset", (*offset).into()),
            ]);
            (Command::list_evidence, request)
        }
        EvidenceTask::Show { id } => (Command::show_evidence, json!({ "evidence": id })),
        EvidenceTask::Note { requirements, title, text, text_file, fields } => {
            let text = match (text, text_file) {
                (Some(text), _) => text.clone(),
                (None, Some(path)) => std::fs::read_to_string(path)
                    .map_err(|error| Error::new("file-io").with("path", path.display()).with("reason", error))?,
                (None, None) => String::new(),
            };
            let request = json!({ "requirements": requirements, "text": text });
            (Command::add_note, with_fields(request, Some(title), fields))
        }
        EvidenceTask::Link { requirements_and_url, title, fields } => {
            let (url, requirements) = requirements_and_url.split_last().map_or(("", &[][..]), |(u, r)| (u.as_str(), r));
            let requirements: Vec<&str> = requirements.iter().flat_map(|text| text.split(',')).collect();
            let request = json!({ "requirements": requirements, "url": url });
            (Command::add_link, with_fields(request, title.as_ref(), fields))
        }
        EvidenceTask::Reuse { id, requirements } => {
            (Command::link_evidence, json!({ "evidence": id, "requirements": requirements }))
        }
        EvidenceTask::Set { id, title, requirement, fields } => {
            let request = object([("evidence", id.as_str().into()), ("requirements", list(requirement))]);
            (Command::set_evidence, with_fields(request, title.as_ref(), fields))
        }
        EvidenceTask::Export { id, out } => (Command::export_evidence, json!({ "evidence": id, "path": out })),
        EvidenceTask::Replace { id, path, collected, valid_until, from, to, allow_card_data } => {
            let request = object([
                ("evidence", id.as_str().into()),
                ("path", path.as_str().into()),
                ("collected_on", text(collected.as_ref())),
                ("valid_until", text(valid_until.as_ref())),
                ("period_start", text(from.as_ref())),
                ("period_end", text(to.as_ref())),
                ("allow_card_data", text(allow_card_data.as_ref())),
            ]);
            (Command::replace_evidence, request)
        }
        EvidenceTask::Remove { id, reason } => (Command::remove_evidence, json!({ "evidence": id, "reason": reason })),
    })
}
