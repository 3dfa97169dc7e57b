//! From plain report data to a PDF, byte for byte reproducible.
//!
//! Four phases, each a pure function between plain types: [`compose`] says what is written,
//! [`layout`] where it stands, `paint` turns that into the objects of a PDF, and `finish` into a file.
//!
//! Deliberately absent: reading a workspace or a checklist, the clock, and files. One module
//! touches printpdf.

pub mod compose;
pub mod document;
mod finish;
pub mod format;
pub mod input;
pub mod layout;
pub mod logo;
pub mod machine;
pub mod marks;
pub mod messages;
mod paint;
pub mod redact;
pub mod text;

use finish::Attachment;
use tillproof_domain::report::ReportKind;

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
pub fn render(report: &input::Report, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<Rendered, ReportError> {
    let mut step = |from: u64, to: u64, done: u64| progress(from + (to - from) * done / 1000, WHOLE);
    let fonts = text::fonts::Fonts::open(report.locale)?;
    let data = machine::value(report);
    let mut named = 0;
    machine::each_text(&data, &mut |text| named += text::clean::count_named(&fonts, text));
    let mut squeeze = 0;
    let (document, laid) = loop {
        let document = compose::compose(report, named, squeeze)?;
        let laid = layout::lay_out(&fonts, &document, &mut |done| step(0, LAID_OUT, done))?;
        let fits = report.choice.kind != ReportKind::Executive || laid.pages.len() <= 2;
        if fits || squeeze == compose::executive::SQUEEZES {
            break (document, laid);
        }
        squeeze += 1;
    };
    let (painted, bytes) = std::thread::scope(|scope| {
        let bytes = scope.spawn(move || machine::bytes(&data));
        let painted = paint::paint(&fonts, &laid, document.logo.as_ref(), &mut |done| step(LAID_OUT, PAINTED, done));
        let bytes = bytes.join().map_err(|_| ReportError::Pdf("the data could not be written".to_owned()));
        Ok((painted?, bytes?))
    })?;
    if !step(PAINTED, WHOLE, 0) {
        return Err(ReportError::Cancelled);
    }
    let pages = u32::try_from(laid.pages.len()).unwrap_or(u32::MAX);
    let attachment = Attachment {
        name: "report.json",
        description: document.properties.title.clone(),
        media_type: "application/json",
        bytes,
    };
    let pdf = finish::finish(painted, &laid, &document.properties, attachment)?;
    progress(WHOLE, WHOLE);
    Ok(Rendered { pdf, pages })
}

/// How the work divides, by what was measured, in thousandths.
const LAID_OUT: u64 = 600;
const PAINTED: u64 = 800;
const WHOLE: u64 = 1000;
