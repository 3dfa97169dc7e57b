//! What an auditor takes home: a ZIP that can be checked without Tillproof, a spreadsheet to reply
//! in, and the results in forms that other programs read.
//!
//! Plain data and streams go in, files come out. Deliberately absent: workspaces, paths, the clock,
//! and rules about what the data means.

pub mod archive;
pub mod check;
pub mod names;
pub mod oscal;
mod page;
mod readme;
pub mod reply;
pub mod reply_read;
pub mod spreadsheet;
mod words;
pub mod write;

/// Why something could not be written.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// The disk said no.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// Whoever waits has cancelled.
    #[error("cancelled")]
    Cancelled,
    /// These things are not as they were recorded.
    #[error("damaged: {}", .0.join(", "))]
    Damaged(Vec<String>),
    /// A library refused something.
    #[error("{0}")]
    Format(String),
}

impl From<zip::result::ZipError> for BundleError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) => Self::Io(error),
            other => Self::Format(other.to_string()),
        }
    }
}

impl From<rust_xlsxwriter::XlsxError> for BundleError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Format(error.to_string())
    }
}

impl From<tillproof_report::ReportError> for BundleError {
    fn from(error: tillproof_report::ReportError) -> Self {
        Self::Format(error.to_string())
    }
}

/// Lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
