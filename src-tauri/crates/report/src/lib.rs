//! From plain report data to a PDF, byte for byte reproducible.
//!
//! Deliberately absent: reading a workspace or a checklist, the clock, and files. One module
//! touches printpdf.

pub mod input;

/// A finished report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: u32,
}

/// Why a report could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// The PDF library refused something.
    #[error("the PDF could not be written: {0}")]
    Pdf(String),
    /// Whoever waits has cancelled.
    #[error("cancelled")]
    Cancelled,
}

/// Makes the PDF. Calls `progress(done, total)` now and then; it answers whether to go on.
///
/// # Errors
/// The PDF library refuses something, or `progress` says to stop.
pub fn render(
    report: &input::Report,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Rendered, ReportError> {
    let _ = (report, progress);
    Err(ReportError::Pdf("not written yet".to_owned()))
}
