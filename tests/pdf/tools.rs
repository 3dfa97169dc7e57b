//! What other people's tools say about a PDF file.

use std::process::{Command, Output};

fn run(program: &str, arguments: &[&str]) -> Output {
    Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("install qpdf and poppler-utils ({program}: {error})"))
}

fn lines(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Makes sure that qpdf finds nothing wrong; answers what pdfinfo says.
pub(crate) fn check(path: &str) -> String {
    let checked = run("qpdf", &["--check", path]);
    let complaints = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(checked.status.success(), "qpdf --check {path}: {}{complaints}", lines(&checked));
    assert!(!lines(&checked).contains("WARNING") && complaints.is_empty(), "qpdf warns: {complaints}");
    let info = run("pdfinfo", &[path]);
    assert!(info.status.success(), "pdfinfo {path}: {}", String::from_utf8_lossy(&info.stderr));
    // One line, one blank between words, and one after the last.
    normalised(&lines(&info)) + " "
}

/// The text of a PDF file, with one blank between words.
pub(crate) fn text(path: &str) -> String {
    let read = run("pdftotext", &["-enc", "UTF-8", path, "-"]);
    assert!(read.status.success(), "pdftotext {path}: {}", String::from_utf8_lossy(&read.stderr));
    normalised(&lines(&read))
}

fn normalised(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text stands in the text of a report, wherever its lines are broken: at blanks, inside
/// a long word, or after a hyphen, which pdftotext takes for one of hyphenation and leaves out.
pub(crate) fn has(report: &str, text: &str) -> bool {
    let bare =
        |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}')).collect::<String>();
    report.contains(&normalised(text)) || bare(report).contains(&bare(text))
}
