//! The bundle for an auditor: arguments and requests.

use crate::arguments::ReportChoice;
use crate::requests::{list, object, report_choice};
use serde_json::Value;
use std::io::Read;
use tillproof_api::dispatch::Command;
use tillproof_domain::locale::Locale;

#[derive(clap::Args)]
pub(crate) struct BundleArguments {
    /// Where to, .zip; an existing file is replaced.
    #[arg(short, long)]
    output: String,
    /// Only these assessments.
    #[arg(long, value_name = "ID")]
    assessment: Vec<String>,
    #[command(flatten)]
    choice: ReportChoice,
    /// Evidence that was replaced, too.
    #[arg(long)]
    all_versions: bool,
    /// Go on where evidence is damaged; the bundle names what it lacks.
    #[arg(long)]
    keep_going: bool,
}

pub(crate) fn export(task: &BundleArguments, locale: Option<Locale>) -> (Command, Value) {
    let request = object([
        ("path", task.output.as_str().into()),
        ("overwrite", true.into()),
        ("locale", locale.map(Locale::as_str).into()),
        ("assessments", list(&task.assessment)),
        ("choice", report_choice(&task.choice)),
        ("all_versions", task.all_versions.into()),
        ("keep_going", task.keep_going.into()),
    ]);
    (Command::export_bundle, request)
}

pub(crate) fn results(output: &str, assessments: &[String], locale: Option<Locale>) -> Value {
    object([
        ("path", output.into()),
        ("overwrite", true.into()),
        ("locale", locale.map(Locale::as_str).into()),
        ("assessments", list(assessments)),
    ])
}

/// Whether a file is a ZIP by its first bytes; a workspace never begins with them.
pub(crate) fn is_zip(file: &str) -> bool {
    let mut begin = [0; 4];
    std::fs::File::open(file).is_ok_and(|mut file| file.read_exact(&mut begin).is_ok()) && begin.starts_with(b"PK")
}
