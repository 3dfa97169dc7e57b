//! Looking at a signed PDF: does the signature cover the whole file, does it fit, and who says so.
//!
//! What this cannot say: whether the name in a certificate is true. That is for whoever knows its
//! issuer, or has its fingerprint from the owner.

use crate::SignError;
use crate::der_tree::first;
use crate::key::Certificate;
use crate::message;
use chrono::{DateTime, NaiveDateTime};
use der::Encode;
use lopdf::{Dictionary, Document, LoadOptions, Object, decode_text_string};
use openssl::cms::{CMSOptions, CmsContentInfo};
use openssl::pkcs7::{Pkcs7, Pkcs7Flags};
use openssl::stack::Stack;
use openssl::x509::X509;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use tillproof_domain::time::Timestamp;

/// Bytes that one stream of the file may unpack to.
const LIMIT_STREAM: usize = 64 << 20;

/// How deep fields of a form may be nested.
const DEPTH: usize = 16;

/// What is wrong with a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The file is not what was signed.
    Changed,
    /// Something was added behind what was signed.
    AddedAfter,
    /// The signature leaves out more than itself.
    NotWhole,
    /// The signature cannot be read, or is of a kind that is not known here.
    Unreadable,
    /// The certificate is not the one that was meant.
    OtherCertificate,
    /// The certificate was not valid at the time that the signature names.
    OutsideValidity,
}

/// A signature in a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Whose; none if it cannot be read.
    pub certificate: Option<Certificate>,
    /// When, by the clock of who signed.
    pub at: Option<Timestamp>,
    /// Why, as it says. May be empty.
    pub reason: String,
    /// What is wrong; nothing if the file is as it was signed.
    pub faults: Vec<Fault>,
}

/// Whether bytes begin like a PDF.
#[must_use]
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// The signatures of a PDF, in the order of its form.
///
/// # Errors
/// The file is no PDF, or one that cannot be read.
pub fn verify(pdf: &[u8]) -> Result<Vec<Signature>, SignError> {
    if !is_pdf(pdf) {
        return Err(SignError::Pdf("it does not begin like one".to_owned()));
    }
    // Whoever made the file may have meant it to break its reader, which then breaks alone.
    std::thread::scope(|scope| scope.spawn(|| read(pdf)).join())
        .unwrap_or_else(|_| Err(SignError::Pdf("it breaks its reader".to_owned())))
}

fn read(pdf: &[u8]) -> Result<Vec<Signature>, SignError> {
    let options = LoadOptions { max_decompressed_size: Some(LIMIT_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(pdf, options)?;
    Ok(signed_fields(&document).into_iter().map(|signature| look(pdf, &document, signature)).collect())
}

/// The dictionaries of all signatures that a form holds.
fn signed_fields(document: &Document) -> Vec<&Dictionary> {
    let resolve = |object| document.dereference(object).map(|(_, object)| object);
    let form = document.catalog().and_then(|catalog| catalog.get(b"AcroForm")).and_then(resolve);
    let fields = form.and_then(Object::as_dict).and_then(|form| form.get(b"Fields")).and_then(resolve);
    let mut waiting: Vec<(&Object, usize)> =
        fields.and_then(Object::as_array).into_iter().flatten().map(|field| (field, 0)).collect();
    waiting.reverse();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    while let Some((field, depth)) = waiting.pop() {
        if let Ok(id) = field.as_reference()
            && !seen.insert(id)
        {
            continue;
        }
        let Ok(field) = resolve(field).and_then(Object::as_dict) else { continue };
        if let Ok(value) = field.get(b"V").and_then(resolve).and_then(Object::as_dict)
            && value.has(b"ByteRange")
        {
            found.push(value);
        }
        if depth < DEPTH {
            let kids = field.get(b"Kids").and_then(resolve).and_then(Object::as_array);
            waiting.extend(kids.into_iter().flatten().rev().map(|kid| (kid, depth + 1)));
        }
    }
    found
}

fn look(pdf: &[u8], document: &Document, signature: &Dictionary) -> Signature {
    let said = |key: &[u8]| {
        let value = signature.get(key).and_then(|value| document.dereference(value)).map(|(_, value)| value);
        value.and_then(decode_text_string).unwrap_or_default()
    };
    let mut looked =
        Signature { certificate: None, at: instant(&said(b"M")), reason: said(b"Reason"), faults: Vec::new() };
    let Some((covered, message)) = parts(pdf, signature, &mut looked.faults) else {
        looked.faults.push(Fault::Unreadable);
        return looked;
    };
    match signer(&message) {
        Some(certificate) => {
            looked.certificate = Certificate::of(&certificate).ok();
            let ours = is_by_tillproof(document, signature);
            looked.faults.extend(compare(&covered, &message, &certificate, ours));
        }
        None => looked.faults.push(Fault::Unreadable),
    }
    if let (Some(certificate), Some(at)) = (&looked.certificate, looked.at)
        && certificate.valid_at(at).is_err()
    {
        looked.faults.push(Fault::OutsideValidity);
    }
    looked.faults.sort();
    looked.faults.dedup();
    looked
}

/// What is covered, joined, and the signature; none if the numbers lead nowhere.
fn parts(pdf: &[u8], signature: &Dictionary, faults: &mut Vec<Fault>) -> Option<(Vec<u8>, Vec<u8>)> {
    let kind = signature.get(b"SubFilter").and_then(Object::as_name).unwrap_or_default();
    if ![b"ETSI.CAdES.detached".as_slice(), b"adbe.pkcs7.detached"].contains(&kind) {
        return None;
    }
    let numbers = signature.get(b"ByteRange").and_then(Object::as_array).ok()?;
    let numbers: Vec<usize> = numbers.iter().filter_map(|number| usize::try_from(number.as_i64().ok()?).ok()).collect();
    let [start, first_length, second, second_length] = numbers.as_slice() else { return None };
    let gap_start = start.checked_add(*first_length)?;
    let end = second.checked_add(*second_length)?;
    let one = pdf.get(*start..gap_start)?;
    let gap = pdf.get(gap_start..*second)?;
    let two = pdf.get(*second..end)?;
    // Only the signature itself may be left out, in digits that say one thing in one way.
    let digits = gap.strip_prefix(b"<").and_then(|rest| rest.strip_suffix(b">")).unwrap_or_default();
    let in_one_way = |case: fn(&u8) -> bool| digits.iter().all(|digit| digit.is_ascii_hexdigit() && !case(digit));
    let contents = signature.get(b"Contents").and_then(Object::as_str).ok()?;
    let same = contents.len() * 2 == digits.len() && unhex(digits).as_deref() == Some(contents);
    if *start != 0 || !same || !(in_one_way(u8::is_ascii_uppercase) || in_one_way(u8::is_ascii_lowercase)) {
        faults.push(Fault::NotWhole);
    }
    if end != pdf.len() {
        faults.push(Fault::AddedAfter);
    }
    let (_, length) = first(contents).ok()?;
    let (message, rest) = contents.split_at_checked(length)?;
    if rest.iter().any(|byte| *byte != 0) {
        faults.push(Fault::NotWhole);
    }
    Some(([one, two].concat(), message.to_vec()))
}

fn unhex(digits: &[u8]) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).map(pair).collect()
}

/// The certificate of the one who signed.
fn signer(message: &[u8]) -> Option<X509> {
    let message = Pkcs7::from_der(message).ok()?;
    let signers = message.signers(&*Stack::new().ok()?, Pkcs7Flags::empty()).ok()?;
    let mut signers = signers.into_iter();
    match (signers.next(), signers.next()) {
        (Some(signer), None) => Some(signer),
        _ => None,
    }
}

fn compare(covered: &[u8], message: &[u8], certificate: &X509, ours: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    let checked = || -> Result<(), openssl::error::ErrorStack> {
        let mut certificates = Stack::new()?;
        certificates.push(certificate.clone())?;
        // Trust in the issuer is left to people; signature and digest are checked.
        let how = CMSOptions::BINARY | CMSOptions::DETACHED | CMSOptions::NOINTERN | CMSOptions::NO_SIGNER_CERT_VERIFY;
        CmsContentInfo::from_der(message)?.verify(Some(&*certificates), None, Some(covered), None, how)
    };
    if checked().is_err() {
        faults.push(Fault::Changed);
    }
    let Ok((tree, _)) = first(message) else { return vec![Fault::Unreadable] };
    if tree.to_der().ok().as_deref() != Some(message) || message::names(&tree, certificate) == Some(false) {
        faults.push(Fault::OtherCertificate);
    }
    if ours && !message::is_ours(&tree, &Sha256::digest(covered), certificate) {
        faults.push(Fault::Changed);
    }
    faults
}

/// Whether a signature says that Tillproof made it; that stands in what is signed.
fn is_by_tillproof(document: &Document, signature: &Dictionary) -> bool {
    let inner = |dictionary: &Dictionary, key: &[u8]| -> Option<Object> {
        Some(document.dereference(dictionary.get(key).ok()?).ok()?.1.clone())
    };
    let program = inner(signature, b"Prop_Build")
        .and_then(|build| inner(build.as_dict().ok()?, b"App"))
        .and_then(|program| inner(program.as_dict().ok()?, b"Name"));
    program.is_some_and(|name| name.as_name().is_ok_and(|name| name == b"Tillproof"))
}

/// An instant of a PDF: `D:20261122100000Z`, or with `+01'00'` instead of the `Z`.
fn instant(text: &str) -> Option<Timestamp> {
    let digits = text.strip_prefix("D:")?;
    let (digits, offset) = digits.split_at_checked(14)?;
    let local = NaiveDateTime::parse_from_str(digits, "%Y%m%d%H%M%S").ok()?;
    let offset = offset.replace('\'', "");
    if offset.is_empty() || offset.starts_with('Z') {
        return Some(local.and_utc().into());
    }
    let whole = format!("{} {offset}", local.format("%Y%m%d%H%M%S"));
    DateTime::parse_from_str(&whole, "%Y%m%d%H%M%S %z").ok().map(|instant| instant.to_utc().into())
}
