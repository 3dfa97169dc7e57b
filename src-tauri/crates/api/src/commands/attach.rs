//! Bringing evidence in: files and folders, what was pasted, notes, links.

use super::folders::{self, Files};
use super::{commit, guard, parse, paths};
use crate::error::Error;
use crate::host::Host;
use crate::relations::{Relations, names};
use crate::session::Session;
use crate::types::evidence::{
    AddLink, AddNote, AttachEvidence, AttachmentPrepared, EvidenceList, KnownFile, PasteEvidence, PrepareAttachment,
};
use crate::view::{Snapshot, count};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read};
use tillproof_domain::evidence::{Confidentiality, Evidence, EvidenceKind};
use tillproof_domain::id::{EvidenceId, RequirementId};
use tillproof_store::{Change, Source, Store, Transaction};
use url::Url;

/// The most bytes of pasted evidence.
const PASTE_LIMIT: usize = 32 << 20;

/// The most characters of an address.
const URL_LIMIT: usize = 4_000;

/// Files that hold card data and are named.
const NAMED: usize = 20;

/// What a request says about new evidence, as it says it.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub(super) collected_on: Option<&'a str>,
    pub(super) valid_until: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) source: Option<&'a str>,
    pub(super) period_start: Option<&'a str>,
    pub(super) period_end: Option<&'a str>,
    pub(super) confidentiality: Option<&'a str>,
    /// Why its texts are kept whatever is in them.
    pub(super) reason: Option<&'a str>,
}

/// What a request says about new evidence; the requests have the same fields.
macro_rules! said {
    ($request:expr, $reason:expr) => {
        Said {
            collected_on: $request.collected_on.as_deref(),
            valid_until: $request.valid_until.as_deref(),
            title: $request.title.as_deref(),
            source: $request.source.as_deref(),
            period_start: $request.period_start.as_deref(),
            period_end: $request.period_end.as_deref(),
            confidentiality: $request.confidentiality.as_deref(),
            reason: $reason.as_deref(),
        }
    };
}

/// What is known of new evidence, whatever its bytes.
pub(super) struct About {
    pub(super) requirements: Vec<RequirementId>,
    pub(super) kind: EvidenceKind,
    pub(super) title: String,
    pub(super) source: String,
    pub(super) collected_on: NaiveDate,
    pub(super) valid_until: Option<NaiveDate>,
    pub(super) period_start: Option<NaiveDate>,
    pub(super) period_end: Option<NaiveDate>,
    pub(super) confidentiality: Confidentiality,
    pub(super) card_data_reason: Option<String>,
    /// Asked once: the system looks it up anew each time.
    pub(super) added_by: String,
}

impl About {
    /// Checks what is said.
    ///
    /// # Errors
    /// A date is none, the period ends before it begins, or a text holds card data.
    pub(super) fn of(host: &dyn Host, requirements: Vec<RequirementId>, said: &Said<'_>) -> Result<Self, Error> {
        let text = |text: Option<&str>| {
            let text = parse::bearable(text.unwrap_or_default().trim().to_owned())?;
            guard::kept(host, &text, said.reason)?;
            Ok::<_, Error>(text)
        };
        let (period_start, period_end) = (parse::day_opt(said.period_start)?, parse::day_opt(said.period_end)?);
        in_order(period_start, period_end)?;
        let confidentiality = said.confidentiality.filter(|text| !text.is_empty());
        Ok(Self {
            requirements,
            kind: EvidenceKind::File,
            title: text(said.title)?,
            source: text(said.source)?,
            collected_on: parse::day_opt(said.collected_on)?.unwrap_or_else(|| host.today()),
            valid_until: parse::day_opt(said.valid_until)?,
            period_start,
            period_end,
            confidentiality: confidentiality
                .map_or(Ok(Confidentiality::Internal), |text| parse::word("confidentiality", text))?,
            card_data_reason: said.reason.map(str::to_owned),
            added_by: host.actor(),
        })
    }
}

/// A period does not end before it begins.
pub(super) fn in_order(start: Option<NaiveDate>, end: Option<NaiveDate>) -> Result<(), Error> {
    match (start, end) {
        (Some(start), Some(end)) if end < start => {
            Err(Error::new("period-reversed").with("start", start).with("end", end))
        }
        _ => Ok(()),
    }
}

/// At least one requirement.
pub(super) fn requirements(session: &Session, texts: &[String]) -> Result<Vec<RequirementId>, Error> {
    let requirements = parse::requirements(session.catalog()?.as_ref(), texts)?;
    if requirements.is_empty() { Err(Error::new("requirements-missing")) } else { Ok(requirements) }
}

/// Attaches files, and all files of folders, to requirements: all of them or none.
///
/// # Errors
/// A requirement is unknown, a date is none, a file is missing or cannot be read, there are too
/// many, or some hold card data; those are all named.
pub fn attach_evidence(session: &mut Session, host: &dyn Host, request: AttachEvidence) -> Result<EvidenceList, Error> {
    let requirements = requirements(session, &request.requirements)?;
    let reason = guard::reason(request.allow_card_data.clone())?;
    let about = About::of(host, requirements, &said!(request, reason))?;
    let files = folders::gather(host, &request.paths, session.file()?.path())?;
    if files.found.is_empty() {
        return Err(Error::new("files-missing"));
    }
    let mut transaction = session.store_mut()?.begin_with(files.size())?;
    let (changes, unchecked) = store_all(transaction.as_mut(), host, &files, &about)?;
    commit(transaction, host, "attach_evidence", changes.iter().cloned().map(Change::Evidence).collect())?;
    Ok(EvidenceList { unchecked, left_out: files.left_out(host), ..views(session, host, &changes)? })
}

/// Stores every file. Once one was refused the others are only looked into, so that all are named.
fn store_all(
    transaction: &mut dyn Transaction,
    host: &dyn Host,
    files: &Files,
    about: &About,
) -> Result<(Vec<Evidence>, Vec<String>), Error> {
    let total = files.size();
    let (mut stored, mut unchecked, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    let mut done = 0;
    for found in &files.found {
        if host.cancelled() {
            return Err(Error::new("cancelled"));
        }
        let name = paths::file_name(&found.path);
        let shown = if found.place.is_empty() { &name } else { &found.place };
        let (mut file, _) = paths::open_regular(&found.path)?;
        match guard::file(host, shown, &mut file, about.card_data_reason.as_deref()) {
            Ok(said) => unchecked.extend(said),
            Err(error) if error.code == guard::FOUND => refused.push(error),
            Err(error) => return Err(error),
        }
        if refused.is_empty() {
            let mut evidence = store_new(transaction, host, &name, &mut file, about, (done, total))?;
            if evidence.source.is_empty() {
                evidence.source.clone_from(&found.place);
            }
            stored.push(evidence);
        }
        done += found.size;
    }
    match guard::together(host, refused, NAMED) {
        Some(error) => Err(error),
        None => Ok((stored, unchecked)),
    }
}

/// Stores bytes and says what is known about them; the caller commits.
pub(super) fn store_new(
    transaction: &mut dyn Transaction,
    host: &dyn Host,
    name: &str,
    source: &mut dyn Source,
    about: &About,
    (before, total): (u64, u64),
) -> Result<Evidence, Error> {
    let mut progress = |read: u64| {
        host.progress(before + read, total);
        !host.cancelled()
    };
    let (sha256, size) = transaction.put_content(host.new_uuid(), source, &mut progress)?;
    Ok(Evidence {
        id: EvidenceId(host.new_uuid()),
        name: name.to_owned(),
        kind: about.kind,
        title: about.title.clone(),
        source: about.source.clone(),
        media_type: match about.kind {
            EvidenceKind::File => mime_guess::from_path(name).first_or_octet_stream().essence_str().to_owned(),
            EvidenceKind::Note => "text/plain".to_owned(),
            EvidenceKind::Link => "text/uri-list".to_owned(),
        },
        size,
        sha256,
        collected_on: about.collected_on,
        valid_until: about.valid_until,
        period_start: about.period_start,
        period_end: about.period_end,
        confidentiality: about.confidentiality,
        added_at: host.now(),
        added_by: about.added_by.clone(),
        version: 1,
        replaces: None,
        replaced_by: None,
        requirements: about.requirements.clone(),
        card_data_reason: about.card_data_reason.clone(),
        removed: None,
        rev: 1,
    })
}

fn views(session: &Session, host: &dyn Host, evidence: &[Evidence]) -> Result<EvidenceList, Error> {
    let snapshot = Snapshot::read(session.store()?, host)?;
    let relations = Relations::new(&snapshot);
    Ok(EvidenceList {
        evidence: evidence.iter().map(|evidence| relations.view(evidence)).collect(),
        total: count(evidence.iter()),
        left_out: Vec::new(),
        unchecked: Vec::new(),
    })
}

/// Attaches bytes that never were a file.
///
/// # Errors
/// They are too many or not Base64, the name is missing, or a requirement is unknown.
pub fn paste_evidence(session: &mut Session, host: &dyn Host, request: PasteEvidence) -> Result<EvidenceList, Error> {
    let too_large = || Error::new("paste-too-large").with("limit", PASTE_LIMIT >> 20);
    if request.base64.len() / 4 * 3 > PASTE_LIMIT + 3 {
        return Err(too_large());
    }
    let bytes = STANDARD.decode(&request.base64).map_err(|_| Error::new("invalid-base64"))?;
    let reason = guard::reason(request.allow_card_data.clone())?;
    let unchecked = guard::file(host, &request.name, &mut Cursor::new(&bytes), reason.as_deref())?;
    let requirements = requirements(session, &request.requirements)?;
    let about = About::of(host, requirements, &said!(request, reason))?;
    let pasted = store_one(session, host, "paste_evidence", &request.name, &bytes, &about)?;
    Ok(EvidenceList { unchecked: unchecked.into_iter().collect(), ..pasted })
}

/// Attaches bytes under a name.
pub(super) fn attach_bytes(
    session: &mut Session,
    host: &dyn Host,
    command: &'static str,
    texts: &[String],
    name: &str,
    bytes: &[u8],
    card_data_reason: Option<String>,
) -> Result<EvidenceList, Error> {
    let said = Said { reason: card_data_reason.as_deref(), ..Said::default() };
    let about = About::of(host, requirements(session, texts)?, &said)?;
    store_one(session, host, command, name, bytes, &about)
}

fn store_one(
    session: &mut Session,
    host: &dyn Host,
    command: &'static str,
    name: &str,
    bytes: &[u8],
    about: &About,
) -> Result<EvidenceList, Error> {
    let name = parse::bearable(parse::required("name-missing", name)?)?;
    let mut transaction = session.store_mut()?.begin()?;
    let total = bytes.len() as u64;
    let evidence = store_new(transaction.as_mut(), host, &name, &mut Cursor::new(bytes), about, (0, total))?;
    commit(transaction, host, command, vec![Change::Evidence(evidence.clone())])?;
    views(session, host, &[evidence])
}

/// Writes down a note as evidence.
///
/// # Errors
/// Title or text are missing or too long, a requirement is unknown, or a text holds card data.
pub fn add_note(session: &mut Session, host: &dyn Host, request: AddNote) -> Result<EvidenceList, Error> {
    let title = parse::required("title-missing", &request.title)?;
    let text = parse::bearable(request.text)?;
    parse::required("text-missing", &text)?;
    let requirements = requirements(session, &request.requirements)?;
    let reason = guard::reason(request.allow_card_data)?;
    let said = Said {
        collected_on: request.collected_on.as_deref(),
        valid_until: request.valid_until.as_deref(),
        title: Some(&title),
        source: request.source.as_deref(),
        period_start: request.period_start.as_deref(),
        period_end: request.period_end.as_deref(),
        confidentiality: request.confidentiality.as_deref(),
        reason: reason.as_deref(),
    };
    let about = About { kind: EvidenceKind::Note, ..About::of(host, requirements, &said)? };
    guard::kept(host, &text, reason.as_deref())?;
    let name = format!("{}.txt", paths::safe_name(&title));
    store_one(session, host, "add_note", &name, text.as_bytes(), &about)
}

/// Keeps the address of something elsewhere as evidence. It is never fetched.
///
/// # Errors
/// It is no address of the web, holds a password, or a requirement is unknown.
pub fn add_link(session: &mut Session, host: &dyn Host, request: AddLink) -> Result<EvidenceList, Error> {
    let url = address(&request.url)?;
    let requirements = requirements(session, &request.requirements)?;
    let reason = guard::reason(request.allow_card_data.clone())?;
    let about = About { kind: EvidenceKind::Link, ..About::of(host, requirements, &said!(request, reason))? };
    // Looked into as it was typed: the form of an address may hide a number.
    guard::kept(host, &request.url, reason.as_deref())?;
    guard::kept(host, url.as_str(), reason.as_deref())?;
    let called = if about.title.is_empty() { url.host_str().unwrap_or_default() } else { &about.title };
    let name = format!("{}.uri", paths::safe_name(called));
    // RFC 2483, 5: one address a line, each line ended by CR and LF.
    store_one(session, host, "add_link", &name, format!("{url}\r\n").as_bytes(), &about)
}

fn address(text: &str) -> Result<Url, Error> {
    let text = text.trim();
    let invalid = || Error::new("invalid-url").with("value", text.chars().take(200).collect::<String>());
    if text.chars().count() > URL_LIMIT {
        return Err(invalid());
    }
    let url = Url::parse(text).map_err(|_| invalid())?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
        return Err(invalid());
    }
    if url.password().is_some() || !url.username().is_empty() {
        return Err(Error::new("password-in-url"));
    }
    Ok(url)
}

/// What is to be known before files are attached: what else they prove, and which are there already.
///
/// # Errors
/// A requirement is unknown, or a file is missing or cannot be read.
pub fn prepare_attachment(
    session: &mut Session,
    host: &dyn Host,
    request: PrepareAttachment,
) -> Result<AttachmentPrepared, Error> {
    let requirements = parse::requirements(session.catalog()?.as_ref(), &request.requirements)?;
    let store = session.store()?;
    let files = folders::gather(host, &request.paths, session.file()?.path())?;
    let snapshot = Snapshot::read(store, host)?;
    let also = Relations::new(&snapshot).also_counts_for(&requirements);
    let mut known = Vec::new();
    for file in &files.found {
        if host.cancelled() {
            return Err(Error::new("cancelled"));
        }
        // Only what is as long can be the same.
        if store.has_content_of(file.size)? {
            let evidence = store.evidence_with_content(&hash(host, &file.path)?)?;
            let same_as = names(evidence.iter());
            if !same_as.is_empty() {
                known.push(KnownFile { path: file.path.display().to_string(), same_as });
            }
        }
    }
    Ok(AttachmentPrepared {
        also_counts_for: also.iter().map(|id| snapshot.reference(id)).collect(),
        known,
        files: count(files.found.iter()),
        size: files.size(),
        left_out: files.left_out(host),
    })
}

fn hash(host: &dyn Host, path: &std::path::Path) -> Result<String, Error> {
    let (mut file, size) = paths::open_regular(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    let mut done = 0;
    loop {
        match file.read(&mut buffer).map_err(|error| paths::io_error(path, &error))? {
            0 => return Ok(paths::hex(hasher)),
            read => {
                hasher.update(&buffer[..read]);
                done += read as u64;
                host.progress(done, size);
            }
        }
        if host.cancelled() {
            return Err(Error::new("cancelled"));
        }
    }
}
