//! `index.html`: the results and the evidence, linked both ways, for a browser that has nothing else.
//!
//! No script, no network, no style from elsewhere: the page's own policy forbids all of it. Every
//! text is escaped. Files that a browser would run are named, not linked.

use crate::BundleError;
use crate::words::word;
use crate::write::{Parts, Put, file};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write;
use tillproof_domain::answer::Verdict;
use tillproof_domain::freshness::ProofState;
use tillproof_domain::locale::Locale;
use tillproof_report::format::Format;
use tillproof_report::input::{AssessmentPart, EvidencePart, Report, RequirementPart, TaskPart};
use tillproof_report::messages::Messages;

const STYLE: &str = include_str!("page.css");

/// Endings of files that a browser shows without running anything in them.
const SHOWN: [&str; 16] = [
    "pdf", "png", "jpg", "jpeg", "gif", "webp", "bmp", "txt", "csv", "log", "md", "json", "docx", "xlsx", "odt", "zip",
];

/// Text that is only ever text.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            // They could turn the order of what follows, or are nothing that HTML may hold.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A path as an address: every byte but the plainest is written as `%XX`.
fn address(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_./".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

struct Page<'a> {
    parts: &'a Parts<'a>,
    report: &'a Report,
    put: &'a [Put<'a>],
    locale: Locale,
    format: Format<'a>,
    html: String,
}

/// The page.
pub(crate) fn page(parts: &Parts<'_>, put: &[Put<'_>]) -> Result<String, BundleError> {
    let report = parts.report;
    let messages = Messages::load(report.locale)?;
    let format = Format::new(report.locale, &messages);
    let mut page = Page { parts, report, put, locale: report.locale, format, html: String::new() };
    page.head();
    for (i, assessment) in report.assessments.iter().enumerate() {
        page.assessment(i, assessment);
    }
    page.evidence();
    page.tasks();
    page.check();
    page.html.push_str("</main>\n</body>\n</html>\n");
    Ok(page.html)
}

/// What the words call the state of a proof.
pub(crate) fn proof(locale: Locale, state: ProofState) -> &'static str {
    word(locale, &format!("proof.{state}"))
}

/// What the framework calls a verdict.
pub(crate) fn label(assessment: &AssessmentPart, verdict: Verdict) -> &str {
    let found = assessment.verdict_labels.iter().find(|(known, _)| *known == verdict);
    found.map_or(verdict.as_str(), |(_, label)| label)
}

fn mark(verdict: Verdict) -> char {
    match verdict {
        Verdict::InPlace => '✓',
        Verdict::InPlaceCcw => '◎',
        Verdict::Partly => '◐',
        Verdict::NotInPlace => '✕',
        Verdict::NotApplicable => '–',
        Verdict::NotTested => '⊘',
        Verdict::Unanswered => '○',
    }
}

impl Page<'_> {
    fn word(&self, key: &str) -> String {
        escaped(word(self.locale, key))
    }

    fn put(&mut self, html: &str) {
        self.html.push_str(html);
        self.html.push('\n');
    }

    fn head(&mut self) {
        let report = self.report;
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            STANDARD.encode(Sha256::digest(STYLE))
        );
        let title = format!("{}: {}", word(self.locale, "title"), report.merchant.name);
        self.put("<!doctype html>");
        self.put(&format!("<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">", self.locale));
        self.put(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"));
        self.put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        self.put("<meta name=\"referrer\" content=\"no-referrer\">");
        self.put(&format!("<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>", escaped(&title)));
        self.put(&format!("<h1>{}</h1>", escaped(&report.merchant.name)));
        let made = format!(
            "{} {}, {} {}",
            word(self.locale, "made-on"),
            self.format.long_date(report.made_on),
            word(self.locale, "by"),
            report.made_by
        );
        self.put(&format!("<p class=\"soft\">{}</p>", escaped(&made)));
        if report.state_on != report.made_on {
            let state = format!("{} {}", word(self.locale, "state-on"), self.format.long_date(report.state_on));
            self.put(&format!("<p class=\"soft\">{}</p>", escaped(&state)));
        }
        self.put(&format!("<p>{}</p>", self.word("intro")));
        let damaged: Vec<String> =
            self.put.iter().filter(|one| one.damaged).map(|one| one.file.number.clone()).collect();
        if !damaged.is_empty() {
            let notice = format!("{} {}", word(self.locale, "damaged"), damaged.join(", "));
            self.put(&format!("<p class=\"notice\">{}</p>", escaped(&notice)));
        }
        if self.parts.redacted {
            self.put(&format!("<p class=\"notice\">{}</p>", self.word("redacted")));
        }
        self.put(&format!("<nav aria-label=\"{}\"><ul>", self.word("contents")));
        for (i, assessment) in report.assessments.iter().enumerate() {
            let name = format!("{} {}", assessment.framework_name, assessment.scope_name);
            self.put(&format!("<li><a href=\"#a{i}\">{}</a></li>", escaped(&name)));
        }
        for (id, key) in [("evidence", "evidence"), ("tasks", "tasks"), ("check", "check")] {
            let word = self.word(key);
            self.put(&format!("<li><a href=\"#{id}\">{word}</a></li>"));
        }
        self.put(&format!("<li><a href=\"{}\">{}</a></li>", file::REPORT, self.word("report")));
        self.put("</ul></nav>\n</header>\n<main>");
    }

    fn assessment(&mut self, i: usize, assessment: &AssessmentPart) {
        let name = format!("{} {}, {}", assessment.framework_name, assessment.framework_version, assessment.scope_name);
        self.put(&format!("<h2 id=\"a{i}\">{}</h2>", escaped(&name)));
        let period = format!(
            "{} – {}. {}",
            self.format.date(assessment.period_start),
            self.format.date(assessment.period_end),
            word(self.locale, &format!("outcome.{}", assessment.outcome))
        );
        self.put(&format!("<p class=\"soft\">{}</p>", escaped(&period)));
        self.put("<table><tbody>");
        for (verdict, label) in &assessment.verdict_labels {
            let count = assessment.tally.count(*verdict);
            let row = format!(
                "<tr><td class=\"verdict {}\"><span aria-hidden=\"true\">{}</span> {}</td><td class=\"n\">{count}</td></tr>",
                verdict.as_str(),
                mark(*verdict),
                escaped(label)
            );
            self.put(&row);
        }
        self.put("</tbody></table>");
        let mut number = 0;
        for section in &assessment.sections {
            self.put(&format!("<h3>{}</h3>", escaped(&section.title)));
            for requirement in &section.requirements {
                self.requirement(&format!("a{i}-{number}"), assessment, requirement);
                number += 1;
            }
        }
    }

    fn requirement(&mut self, id: &str, assessment: &AssessmentPart, part: &RequirementPart) {
        self.put(&format!("<article id=\"{id}\">\n<div class=\"top\">"));
        self.put(&format!("<h4>{} {}</h4>", escaped(&part.label), escaped(&part.title)));
        let verdict = part.verdict;
        self.put(&format!(
            "<span class=\"verdict {}\"><span aria-hidden=\"true\">{}</span> {}</span>\n</div>",
            verdict.as_str(),
            mark(verdict),
            escaped(label(assessment, verdict))
        ));
        self.put(&format!("<p class=\"text\">{}</p>\n<dl>", escaped(&part.question)));
        if part.carried {
            let carried = self.word("carried");
            self.fact("verdict", &carried);
        }
        for (name, said) in &part.parts {
            let said = escaped(&format!("{name}: {}", label(assessment, *said)));
            self.fact("part", &said);
        }
        for (key, text) in [("reason", &part.justification), ("note", &part.note)] {
            if !text.is_empty() {
                self.fact(key, &format!("<span class=\"text\">{}</span>", escaped(text)));
            }
        }
        if part.reason_missing {
            let missing = self.word("reason-missing");
            self.fact("reason", &missing);
        }
        if let Some(sheet) = &part.worksheet {
            for (asked, said) in &sheet.points {
                let said = if said.trim().is_empty() { word(self.locale, "open") } else { said };
                let text = format!("{}: <span class=\"text\">{}</span>", escaped(asked), escaped(said));
                self.put(&format!("<dt>{}</dt><dd>{text}</dd>", escaped(&sheet.title)));
            }
        }
        if let Some(day) = part.target_date {
            let day = escaped(&self.format.date(day));
            self.fact("target", &day);
        }
        if let Some(at) = part.answered_at {
            let answered = escaped(&format!("{}, {}", self.format.instant(at), part.answered_by));
            self.fact("answered", &answered);
        }
        let linked = |number: &usize| {
            let evidence = self.report.evidence.get(*number)?;
            Some(format!("<a href=\"#{0}\">{0}</a> {1}", escaped(&evidence.number), escaped(&evidence.name)))
        };
        let mut proofs: Vec<String> = part.evidence.iter().filter_map(linked).collect();
        if proofs.is_empty() {
            proofs.push(self.word("none"));
        } else if part.proof != ProofState::Fresh {
            proofs.push(format!("({})", escaped(proof(self.locale, part.proof))));
        }
        let tasks: Vec<String> = part
            .tasks
            .iter()
            .filter_map(|number| self.report.tasks.get(*number))
            .map(|task| format!("<a href=\"#{0}\">{0}</a> {1}", escaped(&task.number), escaped(&task.title)))
            .collect();
        self.fact("evidence", &proofs.join("<br>"));
        if !tasks.is_empty() {
            self.fact("tasks", &tasks.join("<br>"));
        }
        self.put("</dl>\n</article>");
    }

    /// A line with a word and HTML.
    fn fact(&mut self, key: &str, html: &str) {
        let word = self.word(key);
        self.put(&format!("<dt>{word}</dt><dd>{html}</dd>"));
    }

    fn evidence(&mut self) {
        let heading = self.word("evidence");
        self.put(&format!("<h2 id=\"evidence\">{heading}</h2>"));
        if self.report.evidence.is_empty() {
            let none = self.word("no-evidence");
            self.put(&format!("<p>{none}</p>"));
        }
        let mut files: HashMap<&str, Vec<&Put<'_>>> = HashMap::new();
        for one in self.put {
            files.entry(one.file.number.as_str()).or_default().push(one);
        }
        let mut back: HashMap<usize, Vec<String>> = HashMap::new();
        for (i, assessment) in self.report.assessments.iter().enumerate() {
            let requirements = assessment.sections.iter().flat_map(|section| &section.requirements);
            for (number, requirement) in requirements.enumerate() {
                let name = escaped(&format!("{} {}", assessment.framework_name, requirement.label));
                for position in &requirement.evidence {
                    back.entry(*position).or_default().push(format!("<a href=\"#a{i}-{number}\">{name}</a>"));
                }
            }
        }
        for (position, evidence) in self.report.evidence.iter().enumerate() {
            let files = files.get(evidence.number.as_str()).map(Vec::as_slice).unwrap_or_default();
            self.one_evidence(evidence, files, &back.remove(&position).unwrap_or_default());
        }
    }

    fn one_evidence(&mut self, evidence: &EvidencePart, files: &[&Put<'_>], back: &[String]) {
        self.put(&format!("<article id=\"{}\">", escaped(&evidence.number)));
        self.put(&format!("<h4>{} {}</h4>\n<dl>", escaped(&evidence.number), escaped(&evidence.name)));
        for one in files {
            let place = if one.damaged {
                self.word("damaged-one")
            } else if self.parts.redacted {
                self.word("left-out")
            } else {
                linked(&one.file.path)
            };
            let size = escaped(&self.format.size(one.file.size));
            let version = escaped(&format!("{} {}", word(self.locale, "version"), one.file.version));
            self.put(&format!(
                "<dt>{version}</dt><dd>{place}, {size}<br><code>{}</code></dd>",
                escaped(&one.file.sha256)
            ));
        }
        let collected = escaped(&self.format.date(evidence.collected_on));
        self.fact("collected", &collected);
        if let Some(day) = evidence.counts_until {
            let until = format!("{} ({})", self.format.date(day), proof(self.locale, evidence.state));
            self.fact("counts-until", &escaped(&until));
        }
        let added = format!("{}, {}", self.format.instant(evidence.added_at), evidence.added_by);
        self.fact("added", &escaped(&added));
        let proves = if back.is_empty() { self.word("none") } else { back.join(", ") };
        self.fact("proves", &proves);
        self.put("</dl>\n</article>");
    }

    fn tasks(&mut self) {
        let heading = self.word("tasks");
        self.put(&format!("<h2 id=\"tasks\">{heading}</h2>"));
        if self.report.tasks.is_empty() {
            let none = self.word("no-tasks");
            self.put(&format!("<p>{none}</p>"));
        }
        for task in &self.report.tasks {
            self.task(task);
        }
    }

    fn task(&mut self, task: &TaskPart) {
        let status = self.word(&format!("status.{}", task.status));
        self.put(&format!("<article id=\"{}\">\n<div class=\"top\">", escaped(&task.number)));
        self.put(&format!(
            "<h4>{} {}</h4><span class=\"soft\">{status}</span>\n</div>",
            escaped(&task.number),
            escaped(&task.title)
        ));
        self.put(&format!("<p class=\"text\">{}</p>\n<dl>", escaped(&task.description)));
        let priority = self.word(&format!("priority.{}", task.priority));
        self.fact("priority", &priority);
        if !task.owner.is_empty() {
            self.fact("owner", &escaped(&task.owner));
        }
        if let Some(due) = task.due {
            let late = if task.overdue { format!(" ({})", word(self.locale, "overdue")) } else { String::new() };
            let due = escaped(&format!("{}{late}", self.format.date(due)));
            self.fact("due", &due);
        }
        if !task.requirements.is_empty() {
            self.fact("requirements", &escaped(&task.requirements.join(", ")));
        }
        for (at, author, text) in &task.comments {
            let said = format!("{}, {}: {}", self.format.instant(*at), author, text);
            self.fact("comment", &format!("<span class=\"text\">{}</span>", escaped(&said)));
        }
        self.put("</dl>\n</article>");
    }

    fn check(&mut self) {
        let report = self.report;
        self.put(&format!("<h2 id=\"check\">{}</h2>", self.word("check")));
        self.put(&format!("<p>{}</p>", self.word("check-how")));
        self.put("<pre>sha256sum -c SHA256SUMS\ntillproof verify BUNDLE.zip</pre>\n<dl>");
        self.fact("workspace", &format!("<code>{}</code>", escaped(&report.workspace_id)));
        self.fact("entry", &report.journal_seq.to_string());
        self.fact("head", &format!("<code>{}</code>", escaped(&report.journal_head)));
        self.fact("program", &escaped(&format!("Tillproof {}", report.app_version)));
        self.put("</dl>");
        for key in ["not-proven", "not-proven.answers", "not-proven.owner", "not-proven.attestation"] {
            let text = self.word(key);
            self.put(&format!("<p>{text}</p>"));
        }
    }
}

fn linked(path: &str) -> String {
    let name = escaped(path);
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if SHOWN.contains(&ending.as_str()) {
        format!("<a href=\"{}\" rel=\"noopener noreferrer\">{name}</a>", address(path))
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_only_text_and_a_page_is_not_linked() {
        assert_eq!(escaped("<b onx='1'>&\"\u{202e}\u{1}"), "&lt;b onx=&#39;1&#39;&gt;&amp;&quot;\u{fffd}");
        assert_eq!(linked("evidence/E-1-a b#%.pdf").matches("href=\"evidence/E-1-a%20b%23%25.pdf\"").count(), 1);
        for name in ["x.html", "x.svg", "x.htm", "x.xml", "x.exe", "x", "x.mhtml"] {
            assert!(!linked(name).contains("href"), "{name} is not opened by a click");
        }
    }
}
