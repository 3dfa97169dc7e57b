//! `README.txt`: what is in a bundle and how to check it.

use crate::BundleError;
use crate::words::word;
use crate::write::{Parts, file};
use tillproof_report::format::Format;
use tillproof_report::messages::Messages;

/// The text, in the language of the report.
pub(crate) fn readme(parts: &Parts<'_>, damaged: &[String]) -> Result<String, BundleError> {
    let report = parts.report;
    let messages = Messages::load(report.locale)?;
    let format = Format::new(report.locale, &messages);
    let say = |key: &str| word(report.locale, key).to_owned();
    let mut lines = vec![
        format!("{}: {}", say("title"), report.merchant.name),
        format!("{} {}, {} {}", say("made-on"), format.long_date(report.made_on), say("by"), report.made_by),
        String::new(),
    ];
    if !damaged.is_empty() {
        lines.extend([format!("! {} {}", say("damaged"), damaged.join(", ")), String::new()]);
    }
    let mut line = |name: &str, key: &str| lines.push(format!("{name:<16}{}", say(key)));
    line(file::REPORT, "readme.report");
    line(file::INDEX, "readme.index");
    if !parts.redacted {
        line("evidence/", if parts.all_versions { "readme.evidence-all" } else { "readme.evidence" });
        line(file::JOURNAL, "readme.journal");
    }
    line(file::REPLY, "readme.reply");
    line(file::REPORT_JSON, "readme.report-json");
    line(file::MANIFEST, "readme.manifest");
    line(file::SUMS, "readme.sums");
    if parts.redacted {
        lines.extend([String::new(), say("redacted")]);
    }
    lines.extend([String::new(), say("check"), String::new()]);
    lines.extend(["    sha256sum -c SHA256SUMS", "    tillproof verify BUNDLE.zip"].map(str::to_owned));
    lines.extend([String::new(), say("readme.without")]);
    if !parts.redacted {
        lines.extend([String::new(), say("readme.chain"), String::new()]);
        lines.push("    hash = SHA-256( prev_hash (32 bytes) + body (UTF-8) )".to_owned());
    }
    lines.extend([
        String::new(),
        format!("{}: {}", say("entry"), report.journal_seq),
        format!("{}: {}", say("head"), report.journal_head),
        String::new(),
        say("not-proven"),
    ]);
    for key in ["not-proven.answers", "not-proven.owner", "not-proven.attestation"] {
        lines.push(format!("- {}", say(key)));
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}
