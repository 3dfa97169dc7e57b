//! What the auditor takes home: report, evidence and journal as one ZIP, checked again without a
//! workspace; and the results in forms that other programs read.

use super::report::Wanted;
use super::{paths, report};
use crate::error::Error;
use crate::host::{Host, go_on};
use crate::messages;
use crate::session::Session;
use crate::types::bundle::{BundleMade, ExportBundle, ExportResults, VerifyBundle};
use crate::types::report::ReportChoice;
use crate::types::workspace::{Checked, FileWritten, JournalHead, Problem, Verification};
use std::io::Seek;
use std::path::Path;
use tillproof_bundle::archive::Refused;
use tillproof_bundle::names::evidence_path;
use tillproof_bundle::write::{EvidenceFile, Parts, Sources, file, write};
use tillproof_bundle::{BundleError, check, oscal, spreadsheet};
use tillproof_domain::evidence::Evidence;
use tillproof_report::{input, machine};
use tillproof_store::{Reads, SqliteStore, StoreError};

/// The most versions of one evidence; the chain of a damaged file may have no end.
const VERSIONS: usize = 1_000;
/// Things that one error names.
const NAMED: usize = 5;

/// Writes report, evidence and journal as one ZIP. The workspace is not changed.
///
/// # Errors
/// An assessment is unknown, evidence or journal are damaged and that is not what was asked for, or
/// the file exists or cannot be written.
pub fn export_bundle(session: &mut Session, host: &dyn Host, request: ExportBundle) -> Result<BundleMade, Error> {
    let path = paths::target(host, &request.path)?;
    not_there(&path, request.overwrite)?;
    let wanted = Wanted { locale: request.locale, assessments: &request.assessments, choice: &request.choice };
    let report = report::gather(session.store()?, host, &wanted)?;
    let rendered = report::drawn(host, &report)?;
    // Where a report leaves texts out on purpose, files and journal stay out with them.
    let redacted = report.choice.redacted;
    let evidence = files(session.store()?, &report, request.all_versions)?;
    let report_json = machine::json(&report);
    let sources = FromStore { store: session.file()?, host };
    let mut damaged = Vec::new();
    let mut done = None;
    let written = paths::write_whole_seeking(&path, request.overwrite, |file| {
        loop {
            file.set_len(0).and_then(|()| file.rewind()).map_err(|error| paths::io_error(&path, &error))?;
            let parts = Parts {
                report: &report,
                pdf: &rendered.pdf,
                report_json: &report_json,
                evidence: &evidence,
                redacted,
                all_versions: request.all_versions,
                damaged: &damaged,
            };
            match write(std::io::BufWriter::with_capacity(1 << 16, &mut *file), &parts, &sources) {
                Ok(finished) => {
                    done = Some(finished);
                    return Ok(());
                }
                // Once more from the start: bytes that are damaged are to leave no trace.
                Err(BundleError::Damaged(names)) if request.keep_going && damaged.is_empty() => damaged = names,
                Err(error) => return Err(failed(error, &path)),
            }
        }
    })?;
    let done = done.unwrap_or_default();
    Ok(BundleMade {
        path: written.path,
        size: written.size,
        sha256: written.sha256,
        files: done.files,
        evidence: done.evidence,
        pages: rendered.pages,
        journal: JournalHead { seq: report.journal_seq, head: report.journal_head.clone() },
        redacted,
        damaged: done.damaged,
    })
}

/// Said before the work is done; the write itself checks again.
fn not_there(path: &Path, overwrite: bool) -> Result<(), Error> {
    if !overwrite && path.is_file() { Err(Error::new("file-exists").with("path", path.display())) } else { Ok(()) }
}

fn failed(error: BundleError, path: &Path) -> Error {
    match error {
        BundleError::Io(error) => paths::io_error(path, &error),
        BundleError::Cancelled => Error::new("cancelled"),
        BundleError::Damaged(names) => {
            let mut named = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
            if names.len() > NAMED {
                named.push_str(", …");
            }
            Error::new("bundle-damaged").with("names", named)
        }
        BundleError::Format(detail) => Error::new("report-failed").with("detail", detail),
    }
}

/// The evidence of a report as files, in the order of its numbers.
fn files(reads: &dyn Reads, report: &input::Report, all_versions: bool) -> Result<Vec<EvidenceFile>, Error> {
    let file = |part: &input::EvidencePart, version: Option<&Evidence>| EvidenceFile {
        number: part.number.clone(),
        version: version.map_or(part.version, |row| row.version),
        current: version.is_none(),
        name: version.map_or(&part.name, |row| &row.name).clone(),
        path: evidence_path(
            &part.number,
            version.map(|row| row.version),
            &paths::safe_name(version.map_or(&part.name, |row| &row.name)),
        ),
        sha256: version.map_or(&part.sha256, |row| &row.sha256).clone(),
        size: version.map_or(part.size, |row| row.size),
        media_type: version.map_or(&part.media_type, |row| &row.media_type).clone(),
    };
    if !all_versions {
        return Ok(report.evidence.iter().map(|part| file(part, None)).collect());
    }
    let rows = reads.rows()?;
    // In the order in which the report numbers them.
    let current: Vec<&Evidence> = rows.evidence_list().rev().filter(|row| row.is_current()).collect();
    let mut files = Vec::new();
    for part in &report.evidence {
        files.push(file(part, None));
        let place = part.number.strip_prefix("E-").and_then(|number| number.parse::<usize>().ok());
        let row = place.and_then(|place| current.get(place.wrapping_sub(1)).copied());
        let Some(row) = row else { continue };
        if part.sha256 != row.sha256 {
            return Err(Error::new("conflict").with("row", &part.name));
        }
        let mut older = row.replaces;
        for _ in 0..VERSIONS {
            let Some(row) = older.and_then(|id| rows.evidence_by_id(id)) else { break };
            files.push(file(part, Some(row)));
            older = row.replaces;
        }
    }
    Ok(files)
}

struct FromStore<'a> {
    store: &'a SqliteStore,
    host: &'a dyn Host,
}

impl Sources for FromStore<'_> {
    fn content(&self, sha256: &str, sink: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), String> {
        match self.store.read_content(sha256, &mut |chunk| Ok(sink(chunk))) {
            Ok(()) | Err(StoreError::Cancelled) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn journal(&self, until: u64, sink: &mut dyn FnMut(u64, &str, &str) -> bool) -> Result<(), String> {
        self.store.journal_bodies(until, sink).map_err(|error| error.to_string())
    }

    fn go_on(&self, done: u64, total: u64) -> bool {
        go_on(self.host)(done, total)
    }
}

/// Checks a bundle and names everything that is wrong. No workspace needs to be open.
///
/// # Errors
/// The file is no bundle, or the person cancels.
pub fn verify_bundle(_: &mut Session, host: &dyn Host, request: VerifyBundle) -> Result<Verification, Error> {
    let path = paths::allowed(host, &request.path)?;
    let (file, _) = paths::open_regular(&path)?;
    let checked = check::check(file, &mut go_on(host)).map_err(|refused| match refused {
        Refused::Io(reason) => Error::new("file-io").with("path", path.display()).with("reason", reason),
        Refused::TooMuch(_) => Error::new("bundle-too-large").with("path", path.display()),
        Refused::NotAnArchive(_) => Error::new("not-a-bundle").with("path", path.display()),
    })?;
    let (found, checked) = checked.ok_or(Error::new("cancelled"))?;
    let locale = host.locale();
    let problem = |found: check::Found| Problem {
        kind: if found.place.starts_with(file::JOURNAL) {
            "journal"
        } else if found.place.starts_with("evidence/") || found.place.starts_with("E-") {
            "evidence"
        } else {
            "file"
        }
        .to_owned(),
        message: messages::text(locale, "verify-bundle", found.fault, &[]),
        r#where: found.place,
    };
    let mut not_proven = ["answers", "owner", "attestation"]
        .map(|key| messages::text(locale, "not-proven", key, &[("head", &checked.head)]))
        .to_vec();
    not_proven.insert(0, messages::text(locale, "verify-bundle", "pages", &[]));
    if checked.redacted {
        not_proven.insert(0, messages::text(locale, "verify-bundle", "redacted", &[]));
    }
    Ok(Verification {
        ok: found.is_empty(),
        problems: found.into_iter().map(problem).collect(),
        checked: Checked {
            journal_entries: checked.entries,
            rows: 0,
            evidence: checked.evidence,
            evidence_bytes: checked.bytes,
        },
        journal: JournalHead { seq: checked.seq, head: checked.head },
        not_proven,
    })
}

/// Writes results, plan of action and evidence index as a spreadsheet. The workspace is not changed.
///
/// # Errors
/// An assessment is unknown, or the file exists or cannot be written.
pub fn export_spreadsheet(
    session: &mut Session,
    host: &dyn Host,
    request: ExportResults,
) -> Result<FileWritten, Error> {
    results(session, host, request, spreadsheet::workbook)
}

/// Writes the results as OSCAL assessment results (NIST OSCAL 1.1.3). The workspace is not changed.
///
/// # Errors
/// An assessment is unknown, or the file exists or cannot be written.
pub fn export_oscal(session: &mut Session, host: &dyn Host, request: ExportResults) -> Result<FileWritten, Error> {
    results(session, host, request, |report| Ok(oscal::json(report)))
}

fn results(
    session: &Session,
    host: &dyn Host,
    request: ExportResults,
    made: impl FnOnce(&input::Report) -> Result<Vec<u8>, BundleError>,
) -> Result<FileWritten, Error> {
    let path = paths::target(host, &request.path)?;
    not_there(&path, request.overwrite)?;
    let choice = ReportChoice::default();
    let wanted = Wanted { locale: request.locale, assessments: &request.assessments, choice: &choice };
    let report = report::gather(session.store()?, host, &wanted)?;
    let bytes = made(&report).map_err(|error| failed(error, &path))?;
    paths::write_whole(&path, request.overwrite, |file| {
        file.write_all(&bytes).map_err(|error| paths::io_error(&path, &error))
    })
}
