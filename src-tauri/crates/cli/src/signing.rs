//! Signing on the command line: `signing-key`, what `report` signs with, and `verify` for a PDF.

use crate::passphrase;
use crate::requests::{object, text};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::path::PathBuf;
use tillproof_api::dispatch::Command;
use tillproof_api::error::Error;

const VARIABLE: &str = "TILLPROOF_SIGN_PASSWORD";

#[derive(Args)]
pub(crate) struct SignWith {
    /// Sign the PDF with the key of the workspace.
    #[arg(long, conflicts_with = "sign_with")]
    sign: bool,
    /// Sign the PDF with the key in this PKCS#12 file (.p12, .pfx).
    #[arg(long, value_name = "FILE")]
    sign_with: Option<String>,
    /// A file whose first line is the password of the PKCS#12 file; else the variable
    /// TILLPROOF_SIGN_PASSWORD, else asked for.
    #[arg(long, value_name = "FILE", requires = "sign_with")]
    sign_password_file: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum SigningKeyTask {
    /// Make a key, with a certificate that nobody else vouches for.
    Make {
        /// The name in the certificate; that of the merchant if not given.
        #[arg(long)]
        name: Option<String>,
    },
    /// Show name, fingerprint and validity.
    Show,
    /// Delete the key. The certificate stays in the history.
    Remove {
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Write the certificate (PEM) for those who check signatures.
    Certificate {
        /// Where to; an existing file is replaced.
        #[arg(short, long)]
        output: String,
    },
}

/// What a report is to be signed with; nothing if it is not to be signed.
pub(crate) fn sign(with: &SignWith) -> Result<Value, Error> {
    if with.sign {
        return Ok(json!({ "with": "workspace" }));
    }
    let Some(path) = &with.sign_with else { return Ok(Value::Null) };
    let password = match passphrase::given(with.sign_password_file.as_deref(), VARIABLE)? {
        Some(given) => Some(given),
        None => passphrase::ask("Password of the certificate file", false)?,
    };
    Ok(object([("pkcs12_path", path.as_str().into()), ("password", password.map(|text| text.to_string()).into())]))
}

pub(crate) fn key(task: &SigningKeyTask) -> (Command, Value) {
    match task {
        SigningKeyTask::Make { name } => (Command::make_signing_key, object([("name", text(name.as_ref()))])),
        SigningKeyTask::Show => (Command::signing_key, json!({})),
        SigningKeyTask::Remove { reason } => (Command::remove_signing_key, json!({ "reason": reason })),
        SigningKeyTask::Certificate { output } => {
            (Command::export_certificate, json!({ "path": output, "overwrite": true }))
        }
    }
}
