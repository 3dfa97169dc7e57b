//! What can go wrong, as `{code, message, hint}`: what happened and where, and what to do next.
//!
//! The code is for programs and is frozen; message and hint are for people, in their language.

use crate::messages;
use tillproof_domain::locale::Locale;

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

    /// The same error with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// The error in one language.
    #[must_use]
    pub fn view(&self, locale: Locale) -> ErrorView {
        let values: Vec<(&str, &str)> = self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
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
