//! Writes the reports of the tests as PDF files, to look at: `cargo run --example sample -- FOLDER`.

#[path = "../tests/report/fixture.rs"]
#[expect(clippy::expect_used, reason = "a fixture of the tests")]
mod fixture;

use std::path::PathBuf;
use std::time::Instant;
use tillproof_domain::locale::Locale;
use tillproof_report::{compose, layout, text};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "/tmp/tillproof-report".into()));
    std::fs::create_dir_all(&folder)?;
    for locale in [Locale::En, Locale::De] {
        for (name, report) in
            [("shop", fixture::shop(locale)), ("hard", fixture::hard(locale)), ("empty", fixture::empty(locale))]
        {
            let start = Instant::now();
            let document = compose::compose(&report, 0, 0)?;
            let composed = start.elapsed().as_millis();
            let fonts = text::fonts::Fonts::open(locale)?;
            layout::lay_out(&fonts, &document, &mut |_| true)?;
            let laid_out = start.elapsed().as_millis() - composed;
            let start = Instant::now();
            let rendered = tillproof_report::render(&report, &mut |_, _| true)?;
            let path = folder.join(format!("{name}-{locale}.pdf"));
            println!(
                "{}: {} pages, {} kB, {} ms (of these: compose {composed} ms, layout {laid_out} ms)",
                path.display(),
                rendered.pages,
                rendered.pdf.len() / 1000,
                start.elapsed().as_millis()
            );
            std::fs::write(path, rendered.pdf)?;
        }
    }
    Ok(())
}
