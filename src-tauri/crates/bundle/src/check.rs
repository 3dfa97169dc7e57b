//! Checks a bundle without a workspace: its sums, the chain of its journal, and that the evidence
//! is what the journal says.
//!
//! What it cannot see is said by whoever shows the result: whether the answers are true, and whether
//! somebody made the whole bundle anew.

use crate::archive::{Archive, Entry, Refused};
use crate::names::is_harmless;
use crate::write::{Line, Manifest, file};
use crate::{hex, write};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{BufRead, Read, Seek};

/// The most bytes that a packed file of evidence has; larger ones are not packed. Frozen.
pub const PACKED: u64 = 16 << 20;
/// The most bytes that all packed files have together, without the journal. Frozen.
pub const PACKED_TOGETHER: u64 = 512 << 20;
/// The most bytes of the files that are read whole.
const WHOLE: u64 = 24 << 20;
/// The most bytes of one line of the journal.
const LINE: u64 = 32 << 20;
/// How much a journal may be packed, at most; below the first bytes it does not matter.
const JOURNAL_RATIO: u64 = 200;
const JOURNAL_SLACK: u64 = 16 << 20;
/// The most faults that are named.
const NAMED: usize = 1000;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where: a file, or an entry of the journal.
    pub place: String,
    /// A word for what is wrong, frozen: `sum`, `missing`, `unlisted`, `name`, `unreadable`, `chain`,
    /// `head`, `not-in-journal`, `damaged`, `report`.
    pub fault: &'static str,
}

/// What was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Files whose sums were computed.
    pub files: u64,
    /// Files of evidence among them.
    pub evidence: u64,
    /// Bytes of evidence.
    pub bytes: u64,
    /// Journal entries.
    pub entries: u64,
    /// Number of the last one; that of the manifest where the journal was left out.
    pub seq: u64,
    /// Its hash.
    pub head: String,
    /// Whether journal and evidence were left out on purpose.
    pub redacted: bool,
}

/// Checks a bundle. `progress(done, total)` counts bytes and answers whether to go on; `None` where
/// it said no.
///
/// # Errors
/// It is no bundle, or one that would take more than it may.
pub fn check<R: Read + Seek>(
    reader: R,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Option<(Vec<Found>, Checked)>, Refused> {
    let mut archive = Archive::open(reader)?;
    bearable(&archive)?;
    let sums = sums(&whole(&mut archive, file::SUMS)?)?;
    let manifest: Manifest = serde_json::from_slice(&whole(&mut archive, file::MANIFEST)?)
        .map_err(|_| Refused::NotAnArchive("no manifest"))?;
    let mut check = Check { found: Vec::new(), checked: Checked::default(), hashes: HashMap::new(), broken: false };
    check.checked.redacted = manifest.redacted;
    if !check.files(&mut archive, &sums, progress)? {
        return Ok(None);
    }
    if !check.journal(&mut archive, &manifest, progress)? {
        return Ok(None);
    }
    check.evidence(&archive, &sums, &manifest);
    check.report(&mut archive, &manifest);
    Ok(Some((check.found, check.checked)))
}

/// Refuses what announces more than a bundle has.
fn bearable<R: Read + Seek>(archive: &Archive<R>) -> Result<(), Refused> {
    let mut together = 0_u64;
    for entry in archive.entries.iter().filter(|entry| entry.packed) {
        if entry.name == file::JOURNAL {
            if entry.size > JOURNAL_SLACK.saturating_add(entry.packed_size.saturating_mul(JOURNAL_RATIO)) {
                return Err(Refused::TooMuch("bytes"));
            }
            continue;
        }
        together = together.saturating_add(entry.size);
        // The files that Tillproof writes itself may be larger, but are read at most so far.
        let limit = if entry.name.starts_with("evidence/") { PACKED } else { 4 * WHOLE };
        if entry.size > limit || together > PACKED_TOGETHER {
            return Err(Refused::TooMuch("bytes"));
        }
    }
    Ok(())
}

fn whole<R: Read + Seek>(archive: &mut Archive<R>, name: &str) -> Result<Vec<u8>, Refused> {
    let entry = archive.named(name).cloned().ok_or(Refused::NotAnArchive("no bundle of Tillproof"))?;
    archive.whole(&entry, WHOLE)
}

/// The lines of `SHA256SUMS`: path to hash.
fn sums(bytes: &[u8]) -> Result<BTreeMap<String, String>, Refused> {
    let not = Refused::NotAnArchive("sums that are none");
    let text = std::str::from_utf8(bytes).map_err(|_| not.clone())?;
    let mut sums = BTreeMap::new();
    for line in text.lines() {
        let (hash, name) = line.split_once("  ").ok_or(not.clone())?;
        if hash.len() != 64 || sums.insert(name.to_owned(), hash.to_owned()).is_some() {
            return Err(not);
        }
    }
    Ok(sums)
}

/// What is of interest in an entry of the journal.
#[derive(Deserialize)]
struct Body {
    seq: u64,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    table: String,
    row: Row,
}

#[derive(Deserialize)]
struct Row {
    sha256: Option<String>,
    size: Option<u64>,
}

struct Check {
    found: Vec<Found>,
    checked: Checked,
    /// What the journal knows: the hash and size of every evidence.
    hashes: HashMap<String, u64>,
    /// Whether the journal could not be read to its end; then it says nothing about evidence.
    broken: bool,
}

impl Check {
    fn found(&mut self, place: impl Into<String>, fault: &'static str) {
        if self.found.len() < NAMED {
            self.found.push(Found { place: place.into(), fault });
        }
    }

    /// Every file has its sum, and every sum its file. Answers whether to go on.
    fn files<R: Read + Seek>(
        &mut self,
        archive: &mut Archive<R>,
        sums: &BTreeMap<String, String>,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<bool, Refused> {
        let entries = archive.entries.clone();
        let total = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
        let mut done = 0;
        let names: BTreeSet<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        for name in sums.keys().filter(|name| !names.contains(name.as_str())) {
            self.found(name, "missing");
        }
        for entry in &entries {
            if !is_harmless(&entry.name) {
                self.found(entry.name.escape_debug().to_string(), "name");
            }
            let Some(sum) = sums.get(&entry.name) else {
                if entry.name != file::SUMS {
                    self.found(&entry.name, "unlisted");
                }
                continue;
            };
            match hash(archive, entry, &mut |bytes| {
                done += bytes;
                progress(done.min(total), total)
            })? {
                Hashed::Stopped => return Ok(false),
                Hashed::Unreadable => self.found(&entry.name, "unreadable"),
                Hashed::Is(hash) if hash != *sum => self.found(&entry.name, "sum"),
                Hashed::Is(_) => {}
            }
            self.checked.files += 1;
            if entry.name.starts_with("evidence/") {
                self.checked.evidence += 1;
                self.checked.bytes += entry.size;
            }
        }
        Ok(true)
    }

    /// The chain of the journal, and the hashes of evidence in it.
    fn journal<R: Read + Seek>(
        &mut self,
        archive: &mut Archive<R>,
        manifest: &Manifest,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<bool, Refused> {
        self.checked.seq = manifest.journal_seq;
        self.checked.head.clone_from(&manifest.journal_head);
        let Some(entry) = archive.named(file::JOURNAL).cloned() else {
            if !manifest.redacted {
                self.found(file::JOURNAL, "missing");
            }
            return Ok(true);
        };
        let mut reader = archive.read(&entry)?;
        let mut previous = [0_u8; 32];
        let (mut text, mut seq) = (Vec::new(), 0);
        loop {
            text.clear();
            let read = (&mut reader).take(LINE).read_until(b'\n', &mut text);
            match read {
                Ok(0) => break,
                Ok(_) if text.ends_with(b"\n") => {}
                _ => {
                    self.found(format!("{} {}", file::JOURNAL, seq + 1), "unreadable");
                    self.broken = true;
                    return Ok(true);
                }
            }
            seq += 1;
            let place = || format!("{} {seq}", file::JOURNAL);
            let line: Option<Line> = serde_json::from_slice(&text).ok();
            let body = line.as_ref().and_then(|line| serde_json::from_str::<Body>(&line.body).ok());
            let (Some(line), Some(body)) = (line, body) else {
                self.found(place(), "unreadable");
                self.broken = true;
                return Ok(true);
            };
            let hash = Sha256::new().chain_update(previous).chain_update(&line.body).finalize();
            let fits =
                line.seq == seq && body.seq == seq && line.prev_hash == hex(&previous) && line.hash == hex(&hash);
            if !fits {
                self.found(place(), "chain");
                self.broken = true;
                return Ok(true);
            }
            previous = hash.into();
            let evidence = body.changes.into_iter().filter(|change| change.table == "evidence");
            self.hashes.extend(evidence.filter_map(|change| Some((change.row.sha256?, change.row.size?))));
            self.checked.entries = seq;
            if seq % 4096 == 0 && !progress(seq.min(manifest.journal_seq), manifest.journal_seq) {
                return Ok(false);
            }
        }
        if seq != manifest.journal_seq || hex(&previous) != manifest.journal_head {
            self.found(file::JOURNAL, "head");
        }
        Ok(true)
    }

    /// The evidence is what the journal says, no more and no less.
    fn evidence<R>(&mut self, archive: &Archive<R>, sums: &BTreeMap<String, String>, manifest: &Manifest) {
        let mut named = BTreeSet::new();
        for one in &manifest.evidence {
            let place = one.file.clone().unwrap_or_else(|| one.number.clone());
            if one.damaged {
                self.found(&one.number, "damaged");
            }
            if !manifest.redacted && !self.broken && self.hashes.get(&one.sha256) != Some(&one.size) {
                self.found(place, "not-in-journal");
            }
            if let Some(name) = &one.file {
                named.insert(name.as_str());
                if sums.get(name) != Some(&one.sha256) {
                    self.found(name, "sum");
                }
            } else if !one.damaged && !manifest.redacted {
                self.found(&one.number, "missing");
            }
        }
        for entry in archive.entries.iter().filter(|entry| entry.name.starts_with("evidence/")) {
            if !named.contains(entry.name.as_str()) {
                self.found(&entry.name, "unlisted");
            }
        }
    }

    /// The report for programs shows the same state of the journal.
    fn report<R: Read + Seek>(&mut self, archive: &mut Archive<R>, manifest: &Manifest) {
        let read = archive.named(file::REPORT_JSON).cloned().and_then(|entry| archive.whole(&entry, 4 * WHOLE).ok());
        let report: Option<serde_json::Value> = read.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let head = report.as_ref().and_then(|report| report.pointer(write::REPORT_HEAD)).and_then(|head| head.as_str());
        if head != Some(manifest.journal_head.as_str()) {
            self.found(file::REPORT_JSON, "report");
        }
    }
}

enum Hashed {
    Is(String),
    Unreadable,
    Stopped,
}

fn hash<R: Read + Seek>(
    archive: &mut Archive<R>,
    entry: &Entry,
    progress: &mut dyn FnMut(u64) -> bool,
) -> Result<Hashed, Refused> {
    let mut reader = archive.read(entry)?;
    let (mut hasher, mut size) = (Sha256::new(), 0_u64);
    loop {
        let Ok(bytes) = reader.fill_buf() else { return Ok(Hashed::Unreadable) };
        if bytes.is_empty() {
            break;
        }
        let length = bytes.len();
        hasher.update(bytes);
        reader.consume(length);
        size += length as u64;
        if !progress(length as u64) {
            return Ok(Hashed::Stopped);
        }
    }
    if size != entry.size {
        return Err(Refused::NotAnArchive("a size is a lie"));
    }
    Ok(Hashed::Is(hex(&hasher.finalize())))
}
