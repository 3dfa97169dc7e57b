//! The registers of the GDPR as a report prints them. Their words come with them, so that a list for
//! a spreadsheet and the report call a thing the same.

use chrono::NaiveDate;
use tillproof_domain::answer::Verdict;
use tillproof_domain::time::Timestamp;

/// One register: a chapter of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterPart {
    /// What tells it from the others: `processing`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it is about.
    pub intro: String,
    /// Its rows, in order. Never empty.
    pub entries: Vec<RegisterEntry>,
}

/// One row of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterEntry {
    /// How the report calls it: `P-1`, `R-1`, `B-1`.
    pub number: String,
    /// What it is called.
    pub title: String,
    /// Where it stands, with the mark that goes with it.
    pub state: Option<(Verdict, String)>,
    /// What is said about it, each after its word; empty values are not printed.
    pub facts: Vec<(String, RegisterValue)>,
}

/// What is said about a row in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterValue {
    /// In words.
    Text(String),
    /// On a day.
    Day(NaiveDate),
    /// At an instant.
    At(Timestamp),
    /// With evidence: positions in [`super::Report::evidence`].
    Evidence(Vec<usize>),
    /// What is not said yet.
    Open(Vec<String>),
}
