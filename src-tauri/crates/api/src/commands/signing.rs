//! Signing reports: the key that a workspace keeps, keys in files of the person's own, and looking at
//! a signature again.
//!
//! A private key never leaves the table it lies in but to sign: no response, no error and no journal
//! entry has it.

use super::{commit, parse, paths};
use crate::error::Error;
use crate::host::Host;
use crate::messages;
use crate::session::Session;
use crate::types::Empty;
use crate::types::signing::{
    ExportCertificate, MakeSigningKey, RemoveSigningKey, ReportVerified, SignReport, SignatureCheck, SignatureProblem,
    SignatureView, SigningKeyState, SigningKeyView, VerifyReport,
};
use crate::types::workspace::FileWritten;
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;
use tillproof_domain::evidence::Removal;
use tillproof_domain::id::SigningKeyId;
use tillproof_domain::locale::Locale;
use tillproof_domain::signing_key::SigningKey;
use tillproof_sign::{Certificate, Fault, RANDOM_BYTES, SignError, Signature, SignatureInfo};
use tillproof_store::{Change, Reads, Store};
use zeroize::Zeroizing;

/// Bytes of a PKCS#12 file at the most: a key and a handful of certificates.
const LARGEST_PKCS12: u64 = 1 << 20;

/// Bytes of a PDF that is checked, at the most.
const LARGEST_PDF: u64 = 512 << 20;

/// The key of the workspace.
///
/// # Errors
/// No workspace is open, or it cannot be read.
pub fn signing_key(session: &mut Session, host: &dyn Host, _: Empty) -> Result<SigningKeyState, Error> {
    state(session, host)
}

fn state(session: &Session, host: &dyn Host) -> Result<SigningKeyState, Error> {
    let key = kept(session.store()?)?.map(|key| view(host, key)).transpose()?;
    Ok(SigningKeyState { key, can_keep: session.file()?.is_encrypted() })
}

fn view(host: &dyn Host, key: SigningKey) -> Result<SigningKeyView, Error> {
    let certificate = Certificate::from_pem(&key.certificate)?;
    Ok(SigningKeyView {
        id: key.id.to_string(),
        name: key.name,
        expired: certificate.valid_until < host.now(),
        fingerprint: certificate.fingerprint,
        valid_from: certificate.valid_from.to_rfc3339(),
        valid_until: certificate.valid_until.to_rfc3339(),
        made_at: key.made_at.to_rfc3339(),
        made_by: key.made_by,
        rev: key.rev,
    })
}

/// The key that a workspace signs with.
fn kept(reads: &dyn Reads) -> Result<Option<SigningKey>, Error> {
    Ok(reads.signing_keys()?.into_iter().find(SigningKey::is_kept))
}

/// Makes a key for the workspace, with a certificate that nobody else vouches for.
///
/// # Errors
/// The workspace is not encrypted or has a key, or the name is empty.
pub fn make_signing_key(
    session: &mut Session,
    host: &dyn Host,
    request: MakeSigningKey,
) -> Result<SigningKeyState, Error> {
    if !session.file()?.is_encrypted() {
        return Err(Error::new("key-needs-passphrase"));
    }
    let mut transaction = session.store_mut()?.begin()?;
    if let Some(key) = kept(transaction.as_ref())? {
        return Err(Error::new("signing-key-exists").with("name", key.name));
    }
    let name = match request.name {
        Some(name) => name,
        None => transaction.profile()?.name,
    };
    // A certificate is one line.
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let name = parse::bearable(parse::required("name-missing", &name)?)?;
    let mut random = Zeroizing::new([0; RANDOM_BYTES]);
    host.random(random.as_mut_slice())?;
    let at = host.now();
    let made = tillproof_sign::SigningKey::make(&name, at, &random)?;
    let private_sha256 = transaction.put_private_key(&made.private)?;
    let key = SigningKey {
        id: SigningKeyId(host.new_uuid()),
        // As it stands in the certificate, which holds 64 characters of it.
        name: Certificate::from_pem(&made.certificate)?.name,
        certificate: made.certificate,
        private_sha256,
        made_at: at,
        made_by: host.actor(),
        removed: None,
        rev: 1,
    };
    commit(transaction, host, "make_signing_key", vec![Change::SigningKey(key)])?;
    state(session, host)
}

/// Deletes the private key of the workspace. The certificate stays in the history, so that what was
/// signed with it can be told apart.
///
/// # Errors
/// There is no key, the reason is empty, or the `rev` is old.
pub fn remove_signing_key(
    session: &mut Session,
    host: &dyn Host,
    request: RemoveSigningKey,
) -> Result<SigningKeyState, Error> {
    let reason = parse::bearable(parse::required("reason-missing", &request.reason)?)?;
    let transaction = session.store_mut()?.begin()?;
    let mut key = kept(transaction.as_ref())?.ok_or_else(|| Error::new("no-signing-key"))?;
    parse::seen(request.rev, key.rev, &key.name)?;
    key.removed = Some(Removal { at: host.now(), reason });
    key.rev += 1;
    commit(transaction, host, "remove_signing_key", vec![Change::SigningKey(key)])?;
    state(session, host)
}

/// Writes the certificate of the workspace's key, which holds nothing secret.
///
/// # Errors
/// There is no key, or the file exists or cannot be written.
pub fn export_certificate(
    session: &mut Session,
    host: &dyn Host,
    request: ExportCertificate,
) -> Result<FileWritten, Error> {
    let path = paths::target(host, &request.path)?;
    let key = kept(session.store()?)?.ok_or_else(|| Error::new("no-signing-key"))?;
    paths::write_whole(&path, request.overwrite, |file| {
        file.write_all(key.certificate.as_bytes()).map_err(|error| paths::io_error(&path, &error))
    })
}

/// The key that a report is to be signed with; none if it is not to be signed.
pub(super) fn key_for(
    session: &Session,
    host: &dyn Host,
    request: Option<SignReport>,
) -> Result<Option<tillproof_sign::SigningKey>, Error> {
    let Some(SignReport { with, pkcs12_path, password }) = request else { return Ok(None) };
    let password = Zeroizing::new(password.unwrap_or_default());
    let key = match (with.as_deref(), pkcs12_path) {
        (Some("workspace"), None) => {
            // As it is now, whatever day is looked at.
            let file = session.file()?;
            let key = kept(file)?.ok_or_else(|| Error::new("no-signing-key"))?;
            tillproof_sign::SigningKey::from_parts(&file.private_key(&key.private_sha256)?, &key.certificate)?
        }
        (None, Some(path)) => {
            let path = paths::allowed(host, &path)?;
            let bytes = Zeroizing::new(whole(&path, LARGEST_PKCS12, "not-a-pkcs12")?);
            let at_path = |error: SignError| Error::from(error).with("path", path.display());
            tillproof_sign::SigningKey::from_pkcs12(&bytes, &password).map_err(at_path)?
        }
        _ => return Err(Error::new("sign-with-what")),
    };
    key.certificate()?.valid_at(host.now())?;
    Ok(Some(key))
}

/// A whole file; `code` if it is larger than any of its kind.
fn whole(path: &Path, largest: u64, code: &'static str) -> Result<Vec<u8>, Error> {
    let (file, size) = paths::open_regular(path)?;
    if size > largest {
        return Err(Error::new(code).with("path", path.display()).with("detail", size));
    }
    let mut bytes = Vec::new();
    file.take(largest).read_to_end(&mut bytes).map_err(|error| paths::io_error(path, &error))?;
    Ok(bytes)
}

/// Signs a report that shows the journal up to an entry; hands it back as it is without a key.
pub(super) fn sign(
    host: &dyn Host,
    key: Option<&tillproof_sign::SigningKey>,
    locale: Locale,
    seq: u64,
    pdf: Vec<u8>,
) -> Result<(Vec<u8>, Option<SignatureView>), Error> {
    let Some(key) = key else { return Ok((pdf, None)) };
    let reason = messages::text(locale, "signature", "reason", &[("seq", &seq.to_string())]);
    let info = SignatureInfo { reason, place: String::new(), at: host.now() };
    let pdf = tillproof_sign::sign(pdf, key, &info)?;
    let certificate = key.certificate()?;
    let view = SignatureView {
        name: certificate.name,
        issuer: certificate.issuer,
        self_made: certificate.self_made,
        fingerprint: certificate.fingerprint,
        valid_until: certificate.valid_until.to_rfc3339(),
        signed_at: info.at.to_rfc3339(),
    };
    Ok((pdf, Some(view)))
}

/// Whether a file begins like a PDF; no if it cannot be read.
#[must_use]
pub fn is_pdf(path: &Path) -> bool {
    let mut start = [0; 5];
    let read = paths::open_regular(path).ok().and_then(|(mut file, _)| file.read_exact(&mut start).ok());
    read.is_some() && tillproof_sign::is_pdf(&start)
}

/// Checks the signatures of a PDF. No workspace is needed.
///
/// # Errors
/// The file is missing, or cannot be read as a PDF. What is wrong with a signature is not an error
/// but in the answer.
pub fn verify_report(_: &mut Session, host: &dyn Host, request: VerifyReport) -> Result<ReportVerified, Error> {
    let path = paths::allowed(host, &request.path)?;
    let unreadable = |error: SignError| Error::from(error).with("path", path.display());
    let pdf = whole(&path, LARGEST_PDF, "pdf-unreadable")?;
    let signatures = tillproof_sign::verify(&pdf).map_err(unreadable)?;
    let say = |group: &str, key: &str| messages::text(host.locale(), group, key, &[]);
    let sound = !signatures.is_empty() && signatures.iter().all(|signature| signature.faults.is_empty());
    let summary = match signatures.len() {
        0 => "unsigned",
        _ if sound => "sound",
        _ => "faulty",
    };
    let of = |self_made: bool| {
        let certificates = signatures.iter().filter_map(|signature| signature.certificate.as_ref());
        certificates.filter(|certificate| certificate.self_made == self_made).count() > 0
    };
    let mut not_proven = Vec::new();
    for (key, applies) in [("self-made", of(true)), ("issuer", of(false)), ("time", true), ("contents", true)] {
        if applies && !signatures.is_empty() {
            not_proven.push(say("signature-not-proven", key));
        }
    }
    let mut hasher = Sha256::new();
    hasher.update(&pdf);
    Ok(ReportVerified {
        ok: sound,
        summary: say("signature", summary),
        path: path.display().to_string(),
        size: pdf.len() as u64,
        sha256: paths::hex(hasher),
        signatures: signatures.into_iter().map(|signature| check_view(signature, host.locale())).collect(),
        not_proven,
    })
}

fn check_view(signature: Signature, locale: Locale) -> SignatureCheck {
    let problem = |fault: &Fault| {
        let code = match fault {
            Fault::Changed => "changed",
            Fault::AddedAfter => "added-after",
            Fault::NotWhole => "not-whole",
            Fault::Unreadable => "unreadable",
            Fault::OtherCertificate => "other-certificate",
            Fault::OutsideValidity => "outside-validity",
        };
        SignatureProblem { code: code.to_owned(), message: messages::text(locale, "signature-problem", code, &[]) }
    };
    let certificate = signature.certificate.as_ref();
    let text = |of: fn(&Certificate) -> String| certificate.map(of).unwrap_or_default();
    SignatureCheck {
        ok: signature.faults.is_empty(),
        name: text(|certificate| certificate.name.clone()),
        issuer: text(|certificate| certificate.issuer.clone()),
        self_made: certificate.is_some_and(|certificate| certificate.self_made),
        fingerprint: text(|certificate| certificate.fingerprint.clone()),
        valid_from: text(|certificate| certificate.valid_from.to_rfc3339()),
        valid_until: text(|certificate| certificate.valid_until.to_rfc3339()),
        signed_at: signature.at.map(|at| at.to_rfc3339()),
        problems: signature.faults.iter().map(problem).collect(),
        reason: signature.reason,
    }
}

impl From<SignError> for Error {
    fn from(error: SignError) -> Self {
        match error {
            SignError::NotPkcs12 => Self::new("not-a-pkcs12"),
            SignError::WrongPassword => Self::new("pkcs12-password-wrong"),
            SignError::KeyMissing => Self::new("private-key-missing"),
            SignError::CertificateMissing => Self::new("certificate-missing"),
            SignError::KeyNotSupported(kind) => Self::new("key-not-supported").with("kind", kind),
            SignError::NotYetValid { name, from } => {
                Self::new("certificate-not-yet-valid").with("name", name).with("day", from.to_utc().date_naive())
            }
            SignError::Expired { name, until } => {
                Self::new("certificate-expired").with("name", name).with("day", until.to_utc().date_naive())
            }
            SignError::Pdf(detail) => Self::new("pdf-unreadable").with("detail", detail),
            SignError::HasForm => Self::new("signing-failed").with("detail", error),
            SignError::Failed(detail) => Self::new("signing-failed").with("detail", detail),
        }
    }
}
