//! What keeps card numbers and secrets out of the workspace: nothing that has them in it is stored
//! unless somebody says why (PCI DSS 3.2.1, 3.3.1).

use super::parse;
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use std::io::{Read, Seek, SeekFrom};
use tillproof_domain::locale::Locale;
use tillproof_guard::{Finding, LookedInto, Reason, find, scan};
use tillproof_store::Change;

/// Findings that one error names.
const NAMED: usize = 5;

/// The code of an error that names card data or a secret.
pub(super) const FOUND: &str = "card-data-found";

/// The reason to keep something, if one was given; an empty one is none.
pub(super) fn reason(text: Option<String>) -> Result<Option<String>, Error> {
    let reason = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    // A reason that holds the number would defeat its purpose.
    let holds = reason.as_deref().is_some_and(|reason| !harmful(&find(reason)).is_empty());
    if holds { Err(Error::new("card-data-in-reason")) } else { reason.map(parse::bearable).transpose() }
}

/// Looks into a text that is about to be stored where nothing is ever kept.
pub(super) fn text(host: &dyn Host, text: &str) -> Result<(), Error> {
    let findings = look(text);
    let harmful = harmful(&findings);
    if harmful.is_empty() { Ok(()) } else { Err(in_text(host, &harmful)) }
}

/// Looks into a text that may be kept for a reason. Answers whether it is kept only for that.
pub(super) fn kept(host: &dyn Host, one: &str, reason: Option<&str>) -> Result<bool, Error> {
    match (text(host, one), reason) {
        (Ok(()), _) => Ok(false),
        (Err(_), Some(_)) => Ok(true),
        (Err(error), None) => Err(error),
    }
}

/// What is in a text. In an address every number stands between signs, as an article's would in a
/// file; here somebody typed it, and it is looked at as if it stood alone.
fn look(text: &str) -> Vec<Finding> {
    if text.starts_with("http") && !text.contains(char::is_whitespace) {
        return find(&text.replace(|c: char| !c.is_alphanumeric(), " "));
    }
    find(text)
}

fn in_text(host: &dyn Host, findings: &[&Finding]) -> Error {
    let what = messages::text(host.locale(), "guard", "this-text", &[]);
    found(&what, findings, findings.len(), host.locale())
}

/// The texts of a row as they were, and why they were kept.
#[derive(Default)]
pub(super) struct Kept<'a> {
    pub(super) texts: Vec<&'a str>,
    pub(super) reason: Option<&'a str>,
}

/// Looks into all texts of a row that is about to be stored. Answers the reason that is to stand in
/// the row: none where nothing was found; the one that is `given`; or the one until now, as long as
/// nothing is in the texts that was not in them before.
pub(super) fn row(
    host: &dyn Host,
    given: Option<String>,
    before: &Kept<'_>,
    texts: &[&str],
) -> Result<Option<String>, Error> {
    let given = reason(given)?;
    let known: Vec<Finding> = before.texts.iter().flat_map(|text| look(text)).collect();
    let mut stands = None;
    for text in texts {
        let findings = look(text);
        let harmful = harmful(&findings);
        if harmful.is_empty() {
            continue;
        }
        // A key has no number to be known by; its text may only stay as it was.
        let was_there = |finding: &&Finding| {
            finding.kind.is_number()
                && known.iter().any(|known| (known.kind, &known.masked) == (finding.kind, &finding.masked))
        };
        let unchanged = before.texts.contains(text) || harmful.iter().all(was_there);
        stands = match (&given, before.reason) {
            (Some(given), _) => Some(given.clone()),
            (None, Some(reason)) if unchanged => Some(reason.to_owned()),
            _ => return Err(in_text(host, &harmful)),
        };
    }
    Ok(stands)
}

/// The last look before anything is written, whatever the command: no text goes into a row that
/// gives no reason for what is in it.
pub(super) fn change(host: &dyn Host, change: &Change) -> Result<(), Error> {
    if change.card_data_reason().is_some() {
        return Ok(());
    }
    change.texts().into_iter().try_for_each(|one| text(host, one))
}

/// Looks into a file that is about to be stored, and goes back to its start. Answers in words what
/// could not be looked into.
pub(super) fn file(
    host: &dyn Host,
    name: &str,
    source: &mut (impl Read + Seek),
    reason: Option<&str>,
) -> Result<Option<String>, Error> {
    // The name is stored, too.
    if reason.is_none() {
        text(host, name)?;
    }
    let io = |error: std::io::Error| Error::new("file-io").with("path", name).with("reason", error);
    let media_type = mime_guess::from_path(name).first_or_octet_stream();
    let report = scan(name, media_type.essence_str(), &mut *source, |_, _| !host.cancelled());
    let report = report.map_err(|error| match error {
        tillproof_guard::Error::Cancelled => Error::new("cancelled"),
        tillproof_guard::Error::Io(error) => io(error),
    })?;
    source.seek(SeekFrom::Start(0)).map_err(io)?;
    if report.harmful > 0 && reason.is_none() {
        return Err(found(name, &harmful(&report.findings), report.harmful, host.locale()));
    }
    Ok(match report.looked_into {
        LookedInto::Whole => None,
        LookedInto::Partly(why) => Some(unchecked(host, "partly", name, why)),
        LookedInto::NotLookedInto(why) => Some(unchecked(host, "not-looked-into", name, why)),
    })
}

fn unchecked(host: &dyn Host, how: &str, name: &str, why: Reason) -> String {
    let key = match why {
        Reason::Picture => "picture",
        Reason::TooLarge => "too-large",
        Reason::Bomb => "bomb",
        Reason::Encrypted => "encrypted",
        Reason::Damaged => "damaged",
        Reason::NoText => "no-text",
        Reason::TooSlow => "too-slow",
        Reason::Archive => "archive",
        Reason::Unknown => "unknown",
    };
    let why = messages::text(host.locale(), "guard", key, &[]);
    messages::text(host.locale(), "guard", how, &[("name", name), ("why", &why)])
}

fn harmful(findings: &[Finding]) -> Vec<&Finding> {
    findings.iter().filter(|finding| !finding.kind.is_harmless()).collect()
}

/// Names the places, never the numbers.
fn found(what: &str, findings: &[&Finding], count: usize, locale: Locale) -> Error {
    let line = |finding: &&Finding| {
        let kind = messages::text(locale, "guard", finding.kind.code(), &[]);
        let masked = if finding.kind.is_number() { finding.masked.as_str() } else { "" };
        let (row, column) = (finding.line.to_string(), finding.column.to_string());
        let part = if finding.part.is_empty() { String::new() } else { format!("{}, ", finding.part) };
        let values =
            [("part", part.as_str()), ("line", &row), ("column", &column), ("kind", &kind), ("masked", masked)];
        messages::text(locale, "guard", "place", &values).trim_end().to_owned()
    };
    let mut lines: Vec<String> = findings.iter().take(NAMED).map(line).collect();
    if let Some(more) = count.checked_sub(lines.len()).filter(|more| *more > 0) {
        lines.push(messages::text(locale, "word", "and-more", &[("count", &more.to_string())]));
    }
    Error::new(FOUND).with("name", what).with("places", format!("\n{}", lines.join("\n")))
}

/// One error for several files that hold something: the first `named` of them, each with the first
/// place. `None` where there is no error.
pub(super) fn together(host: &dyn Host, mut errors: Vec<Error>, named: usize) -> Option<Error> {
    if errors.len() < 2 {
        return errors.pop();
    }
    let locale = host.locale();
    let value = |error: &Error, name| {
        let value = error.values.iter().find(|(known, _)| *known == name);
        value.map(|(_, value)| value.trim_start().to_owned()).unwrap_or_default()
    };
    let line = |error: &Error| {
        let places = value(error, "places");
        format!("{}: {}", value(error, "name"), places.lines().next().unwrap_or_default())
    };
    let mut lines: Vec<String> = errors.iter().take(named).map(line).collect();
    if let Some(more) = errors.len().checked_sub(named).filter(|more| *more > 0) {
        lines.push(messages::text(locale, "word", "and-more", &[("count", &more.to_string())]));
    }
    let count = errors.len().to_string();
    let what = messages::text(locale, "guard", "files", &[("count", &count)]);
    Some(Error::new(FOUND).with("name", what).with("places", format!("\n{}", lines.join("\n"))))
}
