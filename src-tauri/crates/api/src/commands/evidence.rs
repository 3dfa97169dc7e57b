//! Evidence: attach, look at, replace, remove, export.

use super::{commit, guard, parse, paths};
use crate::error::Error;
use crate::host::Host;
use crate::session::Session;
use crate::types::evidence::{
    AttachEvidence, EvidenceList, EvidencePreview, EvidenceRequest, EvidenceView, ExportEvidence, ListEvidence,
    PasteEvidence, RemoveEvidence, ReplaceEvidence, SetEvidence,
};
use crate::types::workspace::FileWritten;
use crate::view::Snapshot;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read};
use tillproof_domain::evidence::{Evidence, Removal};
use tillproof_domain::id::{EvidenceId, RequirementId};
use tillproof_store::{Change, Reads, Store, StoreError, Transaction};

/// The most bytes of pasted evidence.
const PASTE_LIMIT: usize = 32 << 20;
/// The most bytes of text that a preview shows.
const TEXT_LIMIT: usize = 64 << 10;
/// The most bytes of an image that a preview shows.
const IMAGE_LIMIT: u64 = 8 << 20;
/// Images that the window can show without risk; SVG can hold scripts and is not among them.
const IMAGES: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"];

/// What is said of new evidence, whatever its bytes.
struct About {
    requirements: Vec<RequirementId>,
    collected_on: NaiveDate,
    valid_until: Option<NaiveDate>,
    card_data_reason: Option<String>,
}

impl About {
    fn of(
        session: &Session,
        host: &dyn Host,
        requirements: &[String],
        collected_on: Option<&str>,
        valid_until: Option<&str>,
    ) -> Result<Self, Error> {
        let requirements = parse::requirements(session.catalog()?.as_ref(), requirements)?;
        if requirements.is_empty() {
            return Err(Error::new("requirements-missing"));
        }
        Ok(Self {
            requirements,
            collected_on: parse::day_opt(collected_on)?.unwrap_or_else(|| host.today()),
            valid_until: parse::day_opt(valid_until)?,
            card_data_reason: None,
        })
    }
}

/// Attaches files to requirements: all of them or none.
///
/// # Errors
/// A requirement is unknown, a date is none, or a file is missing or cannot be read.
pub fn attach_evidence(session: &mut Session, host: &dyn Host, request: AttachEvidence) -> Result<EvidenceList, Error> {
    let (collected_on, valid_until) = (request.collected_on.as_deref(), request.valid_until.as_deref());
    let about = About {
        card_data_reason: guard::reason(request.allow_card_data)?,
        ..About::of(session, host, &request.requirements, collected_on, valid_until)?
    };
    let mut files = Vec::new();
    for path in &request.paths {
        let path = paths::allowed(host, path)?;
        let (file, size) = paths::open_regular(&path)?;
        files.push((paths::file_name(&path), file, size));
    }
    if files.is_empty() {
        return Err(Error::new("files-missing"));
    }
    let total: u64 = files.iter().map(|(_, _, size)| size).sum();
    let mut transaction = session.store_mut()?.begin()?;
    let mut changes: Vec<Evidence> = Vec::new();
    let mut done = 0;
    let mut unchecked = Vec::new();
    for (name, mut file, _) in files {
        unchecked.extend(guard::file(host, &name, &mut file, about.card_data_reason.as_deref())?);
        let evidence = store_new(transaction.as_mut(), host, &name, &mut file, &about, (done, total))?;
        done += evidence.size;
        changes.push(evidence);
    }
    commit(transaction, host, "attach_evidence", changes.iter().cloned().map(Change::Evidence).collect())?;
    Ok(EvidenceList { unchecked, ..views(session, host, &changes)? })
}

/// Stores bytes and says what is known about them; the caller commits.
fn store_new(
    transaction: &mut dyn Transaction,
    host: &dyn Host,
    name: &str,
    source: &mut dyn Read,
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
        media_type: mime_guess::from_path(name).first_or_octet_stream().essence_str().to_owned(),
        size,
        sha256,
        collected_on: about.collected_on,
        valid_until: about.valid_until,
        added_at: host.now(),
        added_by: host.actor(),
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
    Ok(EvidenceList {
        evidence: evidence.iter().map(|evidence| snapshot.evidence_view(evidence)).collect(),
        unchecked: Vec::new(),
    })
}

fn view(session: &Session, host: &dyn Host, evidence: &Evidence) -> Result<EvidenceView, Error> {
    Ok(Snapshot::read(session.store()?, host)?.evidence_view(evidence))
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
    let reason = guard::reason(request.allow_card_data)?;
    let unchecked = guard::file(host, &request.name, &mut Cursor::new(&bytes), reason.as_deref())?;
    let pasted = attach_bytes(session, host, "paste_evidence", &request.requirements, &request.name, &bytes, reason)?;
    Ok(EvidenceList { unchecked: unchecked.into_iter().collect(), ..pasted })
}

/// Attaches bytes under a name.
pub(super) fn attach_bytes(
    session: &mut Session,
    host: &dyn Host,
    command: &'static str,
    requirements: &[String],
    name: &str,
    bytes: &[u8],
    card_data_reason: Option<String>,
) -> Result<EvidenceList, Error> {
    let about = About { card_data_reason, ..About::of(session, host, requirements, None, None)? };
    let name = parse::bearable(parse::required("name-missing", name)?)?;
    let mut transaction = session.store_mut()?.begin()?;
    let total = bytes.len() as u64;
    let evidence = store_new(transaction.as_mut(), host, &name, &mut &*bytes, &about, (0, total))?;
    commit(transaction, host, command, vec![Change::Evidence(evidence.clone())])?;
    views(session, host, &[evidence])
}

/// Evidence, the newest first.
///
/// # Errors
/// A requirement that is not known.
pub fn list_evidence(session: &mut Session, host: &dyn Host, request: ListEvidence) -> Result<EvidenceList, Error> {
    let catalog = session.catalog()?;
    let requirement = request.requirement.as_deref().map(|text| parse::requirement(&catalog, text)).transpose()?;
    let words: Vec<String> = request.search.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
    let snapshot = Snapshot::read(session.store()?, host)?;
    let wanted = |evidence: &&Evidence| {
        let name = evidence.name.to_lowercase();
        (request.all || evidence.is_current())
            && requirement.as_ref().is_none_or(|id| evidence.requirements.contains(id))
            && words.iter().all(|word| name.contains(word.as_str()))
    };
    let evidence = snapshot.evidence.iter().filter(wanted).map(|evidence| snapshot.evidence_view(evidence)).collect();
    Ok(EvidenceList { evidence, unchecked: Vec::new() })
}

fn find(reads: &dyn Reads, text: &str) -> Result<Evidence, Error> {
    let id: EvidenceId = parse::id("evidence", text)?;
    reads.evidence(id)?.ok_or_else(|| Error::not_found("evidence", text))
}

/// An evidence that still counts; one that was removed or replaced is not changed any more.
fn find_current(reads: &dyn Reads, text: &str) -> Result<Evidence, Error> {
    let evidence = find(reads, text)?;
    if evidence.is_current() {
        Ok(evidence)
    } else {
        Err(Error::new("evidence-not-current").with("name", evidence.name))
    }
}

/// What can be shown of an evidence: an image, or text as text.
///
/// # Errors
/// There is no such evidence, or its bytes are damaged.
pub fn show_evidence(
    session: &mut Session,
    host: &dyn Host,
    request: EvidenceRequest,
) -> Result<EvidencePreview, Error> {
    let store = session.store()?;
    let evidence = find(store, &request.evidence)?;
    let is_image = IMAGES.contains(&evidence.media_type.as_str());
    let limit = if is_image { usize::try_from(IMAGE_LIMIT).unwrap_or(usize::MAX) } else { TEXT_LIMIT };
    let mut bytes = Vec::new();
    let read = store.read_content(&evidence.sha256, &mut |chunk| {
        let room = limit.saturating_sub(bytes.len());
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        Ok(bytes.len() < limit)
    });
    match read {
        Ok(()) | Err(StoreError::Cancelled) => {}
        Err(error) => return Err(damaged(error, &evidence)),
    }
    let truncated = evidence.size > bytes.len() as u64;
    let (kind, text, base64) = if is_image && !truncated {
        ("image", None, Some(STANDARD.encode(&bytes)))
    } else if let Some(text) = as_text(&bytes, truncated).filter(|_| !is_image) {
        ("text", Some(text), None)
    } else {
        ("none", None, None)
    };
    Ok(EvidencePreview { evidence: view(session, host, &evidence)?, kind: kind.to_owned(), text, base64, truncated })
}

/// The bytes as text, if they are UTF-8 without the zero byte that text never has.
fn as_text(bytes: &[u8], truncated: bool) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // A character may have been cut in two at the end.
        Err(error) if truncated && error.error_len().is_none() => {
            std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    (!text.contains('\0')).then(|| text.to_owned())
}

fn damaged(error: StoreError, evidence: &Evidence) -> Error {
    match error {
        StoreError::ContentMissing(_) | StoreError::Damaged(_) => {
            Error::new("evidence-damaged").with("name", &evidence.name)
        }
        other => other.into(),
    }
}

/// Writes the bytes of an evidence to a file, and checks them on the way.
///
/// # Errors
/// The file exists or cannot be written, or the bytes are not those that were attached.
pub fn export_evidence(session: &mut Session, host: &dyn Host, request: ExportEvidence) -> Result<FileWritten, Error> {
    let store = session.store()?;
    let evidence = find(store, &request.evidence)?;
    let mut path = paths::target(host, &request.path)?;
    if path.is_dir() {
        path.push(paths::safe_name(&evidence.name));
    }
    paths::write_whole(&path, false, |file| {
        let mut hasher = Sha256::new();
        let mut done = 0;
        let read = store.read_content(&evidence.sha256, &mut |chunk| {
            hasher.update(chunk);
            file.write_all(chunk)?;
            done += chunk.len() as u64;
            host.progress(done, evidence.size);
            Ok(!host.cancelled())
        });
        read.map_err(|error| damaged(error, &evidence))?;
        if paths::hex(hasher) == evidence.sha256 {
            Ok(())
        } else {
            Err(Error::new("evidence-damaged").with("name", &evidence.name))
        }
    })
}

/// Puts a new version in the place of an evidence; the old one is kept.
///
/// # Errors
/// There is no such evidence, it no longer counts, or the file cannot be read.
pub fn replace_evidence(
    session: &mut Session,
    host: &dyn Host,
    request: ReplaceEvidence,
) -> Result<EvidenceView, Error> {
    let path = paths::allowed(host, &request.path)?;
    let (mut file, size) = paths::open_regular(&path)?;
    let collected_on = parse::day_opt(request.collected_on.as_deref())?.unwrap_or_else(|| host.today());
    let valid_until = parse::day_opt(request.valid_until.as_deref())?;
    let mut transaction = session.store_mut()?.begin()?;
    let mut old = find_current(transaction.as_ref(), &request.evidence)?;
    let card_data_reason = guard::reason(request.allow_card_data)?;
    guard::file(host, &paths::file_name(&path), &mut file, card_data_reason.as_deref())?;
    let about = About { requirements: old.requirements.clone(), collected_on, valid_until, card_data_reason };
    let name = paths::file_name(&path);
    let stored = store_new(transaction.as_mut(), host, &name, &mut file, &about, (0, size))?;
    let new = Evidence { version: old.version + 1, replaces: Some(old.id), ..stored };
    old.replaced_by = Some(new.id);
    old.rev += 1;
    commit(transaction, host, "replace_evidence", vec![Change::Evidence(new.clone()), Change::Evidence(old)])?;
    view(session, host, &new)
}

/// Changes what is known about an evidence.
///
/// # Errors
/// There is no such evidence, it no longer counts, or a requirement or date is none.
pub fn set_evidence(session: &mut Session, host: &dyn Host, request: SetEvidence) -> Result<EvidenceView, Error> {
    let catalog = session.catalog()?;
    let requirements = request.requirements.as_deref().map(|texts| parse::requirements(&catalog, texts)).transpose()?;
    if requirements.as_ref().is_some_and(Vec::is_empty) {
        return Err(Error::new("requirements-missing"));
    }
    let collected_on = parse::day_opt(request.collected_on.as_deref())?;
    let valid_until = request.valid_until.as_deref().map(|text| parse::day_opt(Some(text))).transpose()?;
    let transaction = session.store_mut()?.begin()?;
    let before = find_current(transaction.as_ref(), &request.evidence)?;
    let mut evidence = before.clone();
    evidence.requirements = requirements.unwrap_or(evidence.requirements);
    evidence.collected_on = collected_on.unwrap_or(evidence.collected_on);
    evidence.valid_until = valid_until.unwrap_or(evidence.valid_until);
    if evidence == before {
        drop(transaction);
    } else {
        evidence.rev += 1;
        commit(transaction, host, "set_evidence", vec![Change::Evidence(evidence.clone())])?;
    }
    view(session, host, &evidence)
}

/// Takes an evidence out of the count, with a reason.
///
/// # Errors
/// There is no such evidence, it no longer counts, or there is no reason.
pub fn remove_evidence(session: &mut Session, host: &dyn Host, request: RemoveEvidence) -> Result<EvidenceView, Error> {
    let reason = parse::bearable(parse::required("reason-missing", &request.reason)?)?;
    guard::text(host, &reason)?;
    let transaction = session.store_mut()?.begin()?;
    let mut evidence = find_current(transaction.as_ref(), &request.evidence)?;
    evidence.removed = Some(Removal { at: host.now(), reason });
    evidence.rev += 1;
    commit(transaction, host, "remove_evidence", vec![Change::Evidence(evidence.clone())])?;
    view(session, host, &evidence)
}
