//! Words of the chapters on third parties and worksheets.

use serde::Deserialize;

/// Words of the chapter on third parties.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct ProvidersWords {
    pub title: String,
    pub intro: String,
    pub none: String,
    pub handles: String,
    pub papers: String,
    pub paper: String,
    pub lacks: String,
    pub lack: String,
    pub complete: String,
    pub note: String,
    pub matrix: String,
    pub matrix_intro: String,
    pub matrix_none: String,
    pub requirement: String,
    pub provider: String,
    pub who: String,
}

/// Words of the worksheets.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct WorksheetsWords {
    pub title: String,
    pub intro: String,
    pub kind: String,
    pub open: String,
    pub still_open: String,
    pub see: String,
    pub continued: String,
}
