//! What can go wrong, as `{code, message, hint}`: what happened and where, and what to do next.
//!
//! The code is for programs and is frozen; message and hint are for people, in their language.

use crate::messages;
use tillproof_domain::locale::Locale;
use tillproof_store::StoreError;

/// An error on the wire.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
#[ts(export_to = "api.ts")]
pub struct ErrorView {
    /// For programs.
    pub code: String,
    /// What happened, and where.
    pub message: String,
    /// What to do next.
    pub hint: String,
}

/// An error of a command: a code and the values its message names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The code; also the key of the message and the hint.
    pub code: &'static str,
    /// The values that message and hint name.
    pub values: Vec<(&'static str, String)>,
}

impl Error {
    /// An error whose message names no value.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self { code, values: Vec::new() }
    }

    /// The same error with one more value. A card number in it is masked, because errors are shown,
    /// copied and kept in logs.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, tillproof_guard::masked(&value.to_string())));
        self
    }

    /// There is no such thing. `what` is a key of the nouns in the messages.
    #[must_use]
    pub fn not_found(what: &'static str, value: impl ToString) -> Self {
        Self::new("not-found").with("what", what).with("value", value)
    }

    /// The error in one language.
    #[must_use]
    pub fn view(&self, locale: Locale) -> ErrorView {
        // What a thing is called differs by language; everything else is the person's own text.
        let noun = |name: &str, value: &str| match name {
            "what" => messages::text(locale, "noun", value, &[]),
            "verdict" => messages::text(locale, "verdict", value, &[]),
            _ => value.to_owned(),
        };
        let values: Vec<(&str, String)> = self.values.iter().map(|(name, value)| (*name, noun(name, value))).collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        ErrorView {
            code: self.code.to_owned(),
            message: messages::text(locale, "error", self.code, &values),
            hint: messages::text(locale, "hint", self.code, &values),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.view(Locale::En).message)
    }
}

impl std::error::Error for Error {}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let path = |code, path: std::path::PathBuf| Self::new(code).with("path", path.display());
        match error {
            StoreError::Missing(file) => path("file-missing", file),
            StoreError::Exists(file) => path("file-exists", file),
            StoreError::NotAWorkspace(file) => path("not-a-workspace", file),
            StoreError::PassphraseNeeded(file) => path("passphrase-needed", file),
            StoreError::WrongPassphrase(file) => path("passphrase-wrong", file),
            StoreError::Newer { path: file, found, known } => {
                path("workspace-newer", file).with("found", found).with("known", known)
            }
            StoreError::Damaged(detail) => Self::new("workspace-damaged").with("detail", detail),
            StoreError::DiskFull => Self::new("disk-full"),
            StoreError::ReadOnly => Self::new("workspace-read-only"),
            StoreError::Busy => Self::new("workspace-busy"),
            StoreError::Conflict(row) => Self::new("conflict").with("row", row),
            StoreError::Cancelled => Self::new("cancelled"),
            StoreError::ContentMissing(sha256) => Self::new("evidence-damaged").with("name", sha256),
            StoreError::Io { path: file, source } => path("file-io", file).with("reason", source),
            StoreError::Sql(detail) => Self::new("internal").with("detail", detail),
        }
    }
}
