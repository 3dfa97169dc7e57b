//! Words of the chapters on third parties and worksheets, of the charts, and of the two pages.

use serde::Deserialize;
use tillproof_domain::evidence::Confidentiality;

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
    pub contact: String,
    pub note: String,
    pub matrix: String,
    pub matrix_intro: String,
    pub matrix_none: String,
    pub requirement: String,
    pub met_by: String,
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

/// Words of the charts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Charts {
    pub assessments: String,
    pub sections: String,
    pub progress: String,
    pub signed: String,
    pub this: String,
    pub answered: String,
    pub age: String,
    pub quarter: String,
    pub half_year: String,
    pub year: String,
    pub older: String,
}

/// Words of the report on two pages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct Executive {
    pub title: String,
    pub intro: String,
    pub standing: String,
    pub next: String,
    pub number: String,
    pub more: String,
    pub no_open_tasks: String,
    pub limits: String,
}

/// Who may see an evidence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and the language files show it")]
pub struct ConfidentialityWords {
    pub public: String,
    pub internal: String,
    pub confidential: String,
}

impl ConfidentialityWords {
    /// The word for it.
    #[must_use]
    pub fn get(&self, of: Confidentiality) -> &str {
        match of {
            Confidentiality::Public => &self.public,
            Confidentiality::Internal => &self.internal,
            Confidentiality::Confidential => &self.confidential,
        }
    }
}
