//! The ZIP itself: every file in one order, with its SHA-256, and nothing larger than a chunk in
//! memory.
//!
//! The same report, evidence and instant give the same bytes.

use crate::{BundleError, check, hex, page, readme, reply};
use chrono::{Datelike, Timelike};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Seek, Write};
use tillproof_domain::time::Timestamp;
use tillproof_report::input::Report;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The version of the form of a bundle. Frozen.
pub const FORM: u32 = 1;

/// Where `report.json` has the head of the journal. Frozen.
pub const REPORT_HEAD: &str = "/journal/head";

/// Packed evidence together; what comes after it is not packed, so that a check can refuse an
/// archive that announces more than any bundle has.
const PACKED_TOGETHER: u64 = check::PACKED_TOGETHER / 2;

/// Names of the files. Frozen.
pub mod file {
    #![expect(missing_docs, reason = "the names say it")]
    pub const INDEX: &str = "index.html";
    pub const JOURNAL: &str = "journal.jsonl";
    pub const MANIFEST: &str = "manifest.json";
    pub const README: &str = "README.txt";
    pub const REPLY: &str = "reply.xlsx";
    pub const REPORT_JSON: &str = "report.json";
    pub const REPORT: &str = "report.pdf";
    pub const SUMS: &str = "SHA256SUMS";
}

/// A file of evidence that is to go in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// How the report calls it: `E-3`.
    pub number: String,
    /// Which version.
    pub version: u32,
    /// Whether it is the version that counts.
    pub current: bool,
    /// What the merchant calls it.
    pub name: String,
    /// Where it lies in the bundle; see [`crate::names::evidence_path`].
    pub path: String,
    /// SHA-256 of its bytes, 64 lower-case hex digits.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Its media type.
    pub media_type: String,
}

/// What goes in.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// What the report says.
    pub report: &'a Report,
    /// The report.
    pub pdf: &'a [u8],
    /// The report for programs.
    pub report_json: &'a [u8],
    /// The evidence, in the order of its numbers.
    pub evidence: &'a [EvidenceFile],
    /// Whether files of evidence and journal stay out; their hashes stay in.
    pub redacted: bool,
    /// Whether evidence that was replaced is among `evidence`.
    pub all_versions: bool,
    /// What is known to be damaged, by the names that an attempt before this one gave.
    pub damaged: &'a [String],
}

/// Where the bytes come from, and whether to go on.
pub trait Sources {
    /// Hands the bytes of a content to `sink` in chunks, until it answers no.
    ///
    /// # Errors
    /// The bytes cannot be read; the text says why.
    fn content(&self, sha256: &str, sink: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), String>;
    /// Hands number, hash and body of every journal entry up to `until` to `sink`, the oldest
    /// first, until it answers no.
    ///
    /// # Errors
    /// The journal cannot be read; the text says why.
    fn journal(&self, until: u64, sink: &mut dyn FnMut(u64, &str, &str) -> bool) -> Result<(), String>;
    /// Hears bytes done and in all; answers whether to go on.
    fn go_on(&self, done: u64, total: u64) -> bool;
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files in the bundle.
    pub files: u32,
    /// Files of evidence among them.
    pub evidence: u32,
    /// Journal entries.
    pub entries: u64,
    /// What was found damaged, by name, and left out.
    pub damaged: Vec<String>,
}

/// A line of `journal.jsonl`. Frozen: the body is the text that was hashed, so that
/// `hash == sha256(bytes of prev_hash + body)` can be computed from the line alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number.
    pub seq: u64,
    /// The hash of the entry before it, 64 hex digits.
    pub prev_hash: String,
    /// Its hash, 64 hex digits.
    pub hash: String,
    /// The entry, as the text that was hashed.
    pub body: String,
}

/// `manifest.json`: what a program needs to check the bundle. Frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the bundle.
    pub bundle: u32,
    /// Version of Tillproof.
    pub tillproof: String,
    /// Id of the workspace.
    pub workspace: String,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// Number of the last journal entry that the report shows.
    pub journal_seq: u64,
    /// Its hash.
    pub journal_head: String,
    /// Whether files of evidence and journal were left out on purpose.
    pub redacted: bool,
    /// Whether evidence that was replaced is in it.
    pub all_versions: bool,
    /// Every evidence.
    pub evidence: Vec<ManifestEvidence>,
}

/// One evidence in the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEvidence {
    /// How the report calls it.
    pub number: String,
    /// Which version.
    pub version: u32,
    /// Where it lies in the bundle; none where it was left out or is damaged.
    pub file: Option<String>,
    /// SHA-256 that the journal has for it.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Whether its bytes were damaged when the bundle was made.
    pub damaged: bool,
}

/// What the pages in the bundle know of one evidence.
pub(crate) struct Put<'a> {
    pub(crate) file: &'a EvidenceFile,
    pub(crate) damaged: bool,
}

/// Writes the bundle.
///
/// # Errors
/// Something is damaged that was not known to be: then all of it is named, and what was written so far
/// is of no use. The disk is full, or whoever waits has cancelled.
pub fn write<W: Write + Seek>(target: W, parts: &Parts<'_>, sources: &dyn Sources) -> Result<Written, BundleError> {
    let evidence_bytes: u64 = if parts.redacted { 0 } else { parts.evidence.iter().map(|file| file.size).sum() };
    let mut archive = Archive {
        zip: ZipWriter::new(target),
        at: instant(parts.report.made_at),
        sums: Vec::new(),
        packed: 0,
        done: 0,
        total: evidence_bytes + parts.pdf.len() as u64 + 1,
        sources,
    };
    let mut written = Written::default();
    let mut put: Vec<Put<'_>> = Vec::with_capacity(parts.evidence.len());
    for file in parts.evidence {
        let name = format!("{} {}", file.number, file.name);
        let damaged = !parts.redacted && (parts.damaged.contains(&name) || !archive.evidence(file)?);
        if damaged {
            written.damaged.push(name);
        } else if !parts.redacted {
            written.evidence += 1;
        }
        put.push(Put { file, damaged });
    }
    archive.whole(file::INDEX, page::page(parts, &put)?.as_bytes(), true)?;
    if !parts.redacted {
        let (entries, fault) = archive.journal(parts.report)?;
        written.entries = entries;
        written.damaged.extend(fault);
    }
    if written.damaged.iter().any(|name| !parts.damaged.contains(name)) {
        return Err(BundleError::Damaged(written.damaged));
    }
    archive.whole(file::MANIFEST, &json(&manifest(parts, &put))?, true)?;
    archive.whole(file::README, readme::readme(parts, &written.damaged)?.as_bytes(), true)?;
    archive.whole(file::REPLY, &reply::workbook(parts.report)?, false)?;
    archive.whole(file::REPORT_JSON, parts.report_json, true)?;
    archive.whole(file::REPORT, parts.pdf, false)?;
    let sums: String = archive.sums.iter().map(|(hash, name)| format!("{hash}  {name}\n")).collect();
    written.files = u32::try_from(archive.sums.len() + 1).unwrap_or(u32::MAX);
    archive.whole(file::SUMS, sums.as_bytes(), true)?;
    archive.zip.finish()?.flush()?;
    Ok(written)
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, BundleError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| BundleError::Format(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn manifest(parts: &Parts<'_>, put: &[Put<'_>]) -> Manifest {
    let evidence = put.iter().map(|one| ManifestEvidence {
        number: one.file.number.clone(),
        version: one.file.version,
        file: (!parts.redacted && !one.damaged).then(|| one.file.path.clone()),
        sha256: one.file.sha256.clone(),
        size: one.file.size,
        damaged: one.damaged,
    });
    Manifest {
        bundle: FORM,
        tillproof: parts.report.app_version.clone(),
        workspace: parts.report.workspace_id.clone(),
        made_at: parts.report.made_at.to_rfc3339(),
        journal_seq: parts.report.journal_seq,
        journal_head: parts.report.journal_head.clone(),
        redacted: parts.redacted,
        all_versions: parts.all_versions,
        evidence: evidence.collect(),
    }
}

/// An instant as a ZIP writes it: UTC, in two seconds, from 1980 to 2107.
fn instant(at: Timestamp) -> zip::DateTime {
    let at = at.to_utc();
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(at.year().clamp(1980, 2107)).unwrap_or(1980);
    zip::DateTime::from_date_and_time(
        year,
        part(at.month()),
        part(at.day()),
        part(at.hour()),
        part(at.minute()),
        part(at.second() / 2 * 2),
    )
    .unwrap_or_default()
}

struct Archive<'a, W: Write + Seek> {
    zip: ZipWriter<W>,
    at: zip::DateTime,
    sums: Vec<(String, String)>,
    packed: u64,
    done: u64,
    total: u64,
    sources: &'a dyn Sources,
}

impl<W: Write + Seek> Archive<'_, W> {
    fn begin(&mut self, name: &str, size: u64, pack: bool) -> Result<(), BundleError> {
        let method = if pack { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(self.at)
            .unix_permissions(0o644)
            // Packing can make a file a little larger.
            .large_file(size > u64::from(u32::MAX) - (64 << 20));
        Ok(self.zip.start_file(name, options)?)
    }

    fn step(&mut self, bytes: usize) -> Result<(), BundleError> {
        self.done += bytes as u64;
        if self.sources.go_on(self.done.min(self.total), self.total) { Ok(()) } else { Err(BundleError::Cancelled) }
    }

    fn whole(&mut self, name: &str, bytes: &[u8], pack: bool) -> Result<(), BundleError> {
        self.begin(name, bytes.len() as u64, pack)?;
        self.zip.write_all(bytes)?;
        self.sums.push((hex(&Sha256::digest(bytes)), name.to_owned()));
        self.step(if name == file::REPORT { bytes.len() } else { 0 })
    }

    /// Puts an evidence in; answers whether its bytes are those that were recorded.
    fn evidence(&mut self, file: &EvidenceFile) -> Result<bool, BundleError> {
        // What is large is not packed: that would take longer than everything else together.
        let room = file.size <= check::PACKED && self.packed + file.size <= PACKED_TOGETHER;
        let pack = room && !crate::names::is_packed(&file.media_type);
        self.packed += if pack { file.size } else { 0 };
        self.begin(&file.path, file.size, pack)?;
        let sources = self.sources;
        let (mut hasher, mut size) = (Sha256::new(), 0_u64);
        let mut stopped: Option<BundleError> = None;
        let read = sources.content(&file.sha256, &mut |chunk| {
            size += chunk.len() as u64;
            // More than was recorded is damage enough, and could be more than the archive can hold.
            if size > file.size {
                return false;
            }
            hasher.update(chunk);
            stopped = self.zip.write_all(chunk).map_err(BundleError::from).and_then(|()| self.step(chunk.len())).err();
            stopped.is_none()
        });
        if let Some(stopped) = stopped {
            return Err(stopped);
        }
        let sound = read.is_ok() && size == file.size && hex(&hasher.finalize()) == file.sha256;
        if sound {
            self.sums.push((file.sha256.clone(), file.path.clone()));
        }
        Ok(sound)
    }

    /// Writes the journal; answers how many entries it has, and what is wrong with it.
    fn journal(&mut self, report: &Report) -> Result<(u64, Option<String>), BundleError> {
        // Its size is known only at its end.
        self.begin(file::JOURNAL, u64::MAX, true)?;
        let (mut hasher, mut entries) = (Sha256::new(), 0);
        let mut previous = [0_u8; 32];
        let (mut fault, mut stopped) = (None, None);
        let sources = self.sources;
        let read = sources.journal(report.journal_seq, &mut |seq, hash, body| {
            entries += 1;
            let expected = Sha256::new().chain_update(previous).chain_update(body).finalize();
            if (hex(&expected) != hash || seq != entries) && fault.is_none() {
                fault = Some(format!("{} {seq}", file::JOURNAL));
            }
            let line = Line { seq, prev_hash: hex(&previous), hash: hash.to_owned(), body: body.to_owned() };
            previous = expected.into();
            stopped = serde_json::to_vec(&line)
                .map_err(io::Error::from)
                .and_then(|mut bytes| {
                    bytes.push(b'\n');
                    hasher.update(&bytes);
                    self.zip.write_all(&bytes)
                })
                .map_err(BundleError::from)
                .and_then(|()| self.step(0))
                .err();
            stopped.is_none()
        });
        if let Some(stopped) = stopped {
            return Err(stopped);
        }
        if read.is_err() || (fault.is_none() && hex(&previous) != report.journal_head) {
            fault = Some(format!("{} {}", file::JOURNAL, entries + 1));
        }
        self.sums.push((hex(&hasher.finalize()), file::JOURNAL.to_owned()));
        Ok((entries, fault))
    }
}
