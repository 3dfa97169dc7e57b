//! Evidence that is there: look at it, replace, change, remove, export. `attach` brings it in.

use super::attach::{self, About, Said};
use super::{commit, guard, parse, paths};
use crate::error::Error;
use crate::host::Host;
use crate::relations::Relations;
use crate::session::Session;
use crate::types::evidence::{
    EvidenceList, EvidencePreview, EvidenceRequest, EvidenceVersion, EvidenceView, ExportEvidence, LinkEvidence,
    ListEvidence, RemoveEvidence, ReplaceEvidence, SetEvidence,
};
use crate::types::workspace::FileWritten;
use crate::view::{Page, Snapshot, count};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use tillproof_domain::evidence::{Evidence, EvidenceKind, Removal};
use tillproof_domain::freshness::{ProofState, state_on};
use tillproof_domain::id::EvidenceId;
use tillproof_store::{Change, Reads, Store, StoreError};

/// The most bytes of text that a preview shows.
const TEXT_LIMIT: usize = 64 << 10;
/// The most bytes of an image that a preview shows.
const IMAGE_LIMIT: u64 = 8 << 20;
/// Images that the window can show without risk; SVG can hold scripts and is not among them.
const IMAGES: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"];
/// The most versions that are named; the chain of a damaged file may have no end.
const VERSIONS: usize = 1_000;

fn view(session: &Session, host: &dyn Host, evidence: &Evidence) -> Result<EvidenceView, Error> {
    let snapshot = Snapshot::read(session.store()?, host)?;
    Ok(Relations::new(&snapshot).view(evidence))
}

/// Evidence, the newest first: all of it, or a page.
///
/// # Errors
/// A requirement, a state or a kind that is not known.
pub fn list_evidence(session: &mut Session, host: &dyn Host, request: ListEvidence) -> Result<EvidenceList, Error> {
    let catalog = session.catalog()?;
    let requirement = request.requirement.as_deref().map(|text| parse::requirement(&catalog, text)).transpose()?;
    let state = request.state.as_deref().map(|text| parse::word::<ProofState>("evidence-state", text)).transpose()?;
    let kind = request.kind.as_deref().map(|text| parse::word::<EvidenceKind>("evidence-kind", text)).transpose()?;
    let words: Vec<String> = request.search.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
    let snapshot = Snapshot::read(session.store()?, host)?;
    let said = |evidence: &Evidence| {
        words.is_empty() || {
            let texts = [&evidence.name, &evidence.title, &evidence.source];
            words.iter().all(|word| texts.iter().any(|text| says(text, word)))
        }
    };
    let in_state = |evidence: &Evidence, state| {
        state_on(evidence.collected_on, snapshot.counts_until(evidence), snapshot.today) == state
    };
    let wanted = |evidence: &&Evidence| {
        (request.all || evidence.is_current())
            && requirement.as_ref().is_none_or(|id| evidence.requirements.contains(id))
            && kind.is_none_or(|kind| evidence.kind == kind)
            && said(evidence)
            && state.is_none_or(|state| in_state(evidence, state))
    };
    let found: Vec<&Evidence> = snapshot.evidence_list().filter(wanted).collect();
    let relations = Relations::new(&snapshot);
    let page = Page::new(request.offset, request.limit).of(&found);
    Ok(EvidenceList {
        evidence: page.map(|evidence| relations.view(evidence)).collect(),
        total: count(found.iter()),
        left_out: Vec::new(),
        unchecked: Vec::new(),
    })
}

/// Whether a text has a word, which is in lower case. Most texts are ASCII, and need no copy for it.
fn says(text: &str, word: &str) -> bool {
    if text.is_ascii() {
        let mut places = text.as_bytes().windows(word.len().max(1));
        places.any(|place| place.eq_ignore_ascii_case(word.as_bytes()))
    } else {
        text.to_lowercase().contains(word)
    }
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
    Ok(EvidencePreview {
        evidence: view(session, host, &evidence)?,
        kind: kind.to_owned(),
        text,
        base64,
        truncated,
        versions: versions(store, evidence)?,
    })
}

/// All versions of an evidence, the newest first.
fn versions(reads: &dyn Reads, evidence: Evidence) -> Result<Vec<EvidenceVersion>, Error> {
    let mut newest = evidence;
    for _ in 0..VERSIONS {
        match newest.replaced_by.map(|id| reads.evidence(id)).transpose()?.flatten() {
            Some(newer) => newest = newer,
            None => break,
        }
    }
    let mut versions = Vec::new();
    let mut next = Some(newest);
    while let Some(evidence) = next.take_if(|_| versions.len() < VERSIONS) {
        next = evidence.replaces.map(|id| reads.evidence(id)).transpose()?.flatten();
        versions.push(EvidenceVersion {
            id: evidence.id.to_string(),
            version: evidence.version,
            current: evidence.is_current(),
            name: evidence.name,
            size: evidence.size,
            sha256: evidence.sha256,
            collected_on: evidence.collected_on.to_string(),
            added_at: evidence.added_at.to_rfc3339(),
            added_by: evidence.added_by,
            removed_reason: evidence.removed.map(|removed| removed.reason),
        });
    }
    Ok(versions)
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

/// Puts a new version in the place of an evidence; the old one is kept. Title, source and
/// confidentiality go over to the new one.
///
/// # Errors
/// There is no such evidence, it no longer counts, or the file cannot be read.
pub fn replace_evidence(
    session: &mut Session,
    host: &dyn Host,
    request: ReplaceEvidence,
) -> Result<EvidenceView, Error> {
    let path = paths::allowed(host, &request.path)?;
    super::folders::refuse_own(session.file()?.path().canonicalize().ok().as_deref(), &path)?;
    let (mut file, size) = paths::open_regular(&path)?;
    let name = paths::file_name(&path);
    let card_data_reason = guard::reason(request.allow_card_data)?;
    let said = Said {
        collected_on: request.collected_on.as_deref(),
        valid_until: request.valid_until.as_deref(),
        period_start: request.period_start.as_deref(),
        period_end: request.period_end.as_deref(),
        ..Said::default()
    };
    let about = About { card_data_reason, ..About::of(host, Vec::new(), &said)? };
    let mut transaction = session.store_mut()?.begin_with(size)?;
    let mut old = find_current(transaction.as_ref(), &request.evidence)?;
    parse::seen(request.rev, old.rev, old.called())?;
    guard::file(host, &name, &mut file, about.card_data_reason.as_deref())?;
    let about = About {
        requirements: old.requirements.clone(),
        title: old.title.clone(),
        source: old.source.clone(),
        confidentiality: old.confidentiality,
        ..about
    };
    let stored = attach::store_new(transaction.as_mut(), host, &name, &mut file, &about, (0, size))?;
    let new = Evidence { version: old.version + 1, replaces: Some(old.id), ..stored };
    old.replaced_by = Some(new.id);
    old.rev += 1;
    commit(transaction, host, "replace_evidence", vec![Change::Evidence(new.clone()), Change::Evidence(old)])?;
    view(session, host, &new)
}

/// Changes what is known about an evidence.
///
/// # Errors
/// There is no such evidence, it no longer counts, it was changed in the meantime, a requirement or
/// date is none, or a text has card data in it.
pub fn set_evidence(session: &mut Session, host: &dyn Host, request: SetEvidence) -> Result<EvidenceView, Error> {
    let catalog = session.catalog()?;
    let requirements = request.requirements.as_deref().map(|texts| parse::requirements(&catalog, texts)).transpose()?;
    if requirements.as_ref().is_some_and(Vec::is_empty) {
        return Err(Error::new("requirements-missing"));
    }
    let collected_on = parse::day_opt(request.collected_on.as_deref())?;
    let day = |text: Option<String>| text.map(|text| parse::day_opt(Some(&text))).transpose();
    let valid_until = day(request.valid_until)?;
    let (period_start, period_end) = (day(request.period_start)?, day(request.period_end)?);
    let reason = guard::reason(request.allow_card_data)?;
    let mut kept = false;
    let mut text = |text: Option<String>| {
        let text = text.map(|text| parse::bearable(text.trim().to_owned())).transpose()?;
        kept |= guard::kept(host, text.as_deref().unwrap_or_default(), reason.as_deref())?;
        Ok::<_, Error>(text)
    };
    let (title, source) = (text(request.title)?, text(request.source)?);
    let confidentiality =
        request.confidentiality.as_deref().map(|text| parse::word("confidentiality", text)).transpose()?;
    let transaction = session.store_mut()?.begin()?;
    let before = find_current(transaction.as_ref(), &request.evidence)?;
    parse::seen(request.rev, before.rev, before.called())?;
    let mut evidence = before.clone();
    evidence.requirements = requirements.unwrap_or(evidence.requirements);
    evidence.collected_on = collected_on.unwrap_or(evidence.collected_on);
    evidence.valid_until = valid_until.unwrap_or(evidence.valid_until);
    evidence.period_start = period_start.unwrap_or(evidence.period_start);
    evidence.period_end = period_end.unwrap_or(evidence.period_end);
    attach::in_order(evidence.period_start, evidence.period_end)?;
    evidence.title = title.unwrap_or(evidence.title);
    evidence.source = source.unwrap_or(evidence.source);
    evidence.confidentiality = confidentiality.unwrap_or(evidence.confidentiality);
    if kept {
        evidence.card_data_reason = reason;
    }
    if evidence == before {
        drop(transaction);
    } else {
        evidence.rev += 1;
        commit(transaction, host, "set_evidence", vec![Change::Evidence(evidence.clone())])?;
    }
    view(session, host, &evidence)
}

/// Lets an evidence prove further requirements, beside those that it proves already.
///
/// # Errors
/// There is no such evidence, it no longer counts, or a requirement is none.
pub fn link_evidence(session: &mut Session, host: &dyn Host, request: LinkEvidence) -> Result<EvidenceView, Error> {
    let more = attach::requirements(session, &request.requirements)?;
    let transaction = session.store_mut()?.begin()?;
    let mut evidence = find_current(transaction.as_ref(), &request.evidence)?;
    let before = evidence.requirements.len();
    evidence.requirements.extend(more);
    evidence.requirements.sort();
    evidence.requirements.dedup();
    if evidence.requirements.len() == before {
        drop(transaction);
    } else {
        evidence.rev += 1;
        commit(transaction, host, "link_evidence", vec![Change::Evidence(evidence.clone())])?;
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
    parse::seen(request.rev, evidence.rev, evidence.called())?;
    evidence.removed = Some(Removal { at: host.now(), reason });
    evidence.rev += 1;
    commit(transaction, host, "remove_evidence", vec![Change::Evidence(evidence.clone())])?;
    view(session, host, &evidence)
}
