//! The signature itself: a `SignedData` of RFC 5652 with the attributes that PAdES B-B asks for
//! (ETSI EN 319 142-1, 6.3): content type, digest, and which certificate was meant (RFC 5035).
//!
//! Deliberately absent: the time of signing. PAdES keeps it in the PDF.

use crate::SignError;
use crate::der_tree::{children, explicit, implicit, is_context, sequence, set};
use crate::key::SigningKey;
use der::asn1::{Any, Null, ObjectIdentifier, OctetString};
use der::{Decode, Encode};
use openssl::hash::MessageDigest;
use openssl::pkey::Id;
use openssl::sign::Signer;
use openssl::x509::X509Ref;
use sha2::{Digest, Sha256};

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const RSA_WITH_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const ECDSA_WITH_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// Signs a SHA-256 digest.
pub(crate) fn signed(key: &SigningKey, digest: &[u8]) -> Result<Vec<u8>, SignError> {
    let certificate = key.certificate.to_der()?;
    let attributes = attributes(digest, &certificate)?;
    let mut signer = Signer::new(MessageDigest::sha256(), &key.private)?;
    let signature = signer.sign_oneshot_to_vec(&attributes.to_der()?)?;
    let mut certificates = vec![certificate.clone()];
    for one in &key.chain {
        certificates.push(one.to_der()?);
    }
    certificates.dedup();
    Ok(signed_data(&certificates, &certificate, key.private.id(), &attributes, &signature)?.to_der()?)
}

/// Bytes that a signature of this key takes at the most.
pub(crate) fn room(key: &SigningKey) -> Result<usize, SignError> {
    let mut room = key.certificate.to_der()?.len() + key.private.size() + 1024;
    for one in &key.chain {
        room += one.to_der()?.len();
    }
    Ok(room.next_multiple_of(512))
}

/// Whether a message is just what is made here of its certificates and its signature: then no bit
/// of it can have changed without being noticed.
pub(crate) fn is_ours(message: &Any, digest: &[u8], certificate: &X509Ref) -> bool {
    let again = || -> Result<bool, SignError> {
        let parts = Parts::of(message)?;
        let der = certificate.to_der()?;
        let attributes = attributes(digest, &der)?;
        let kind = certificate.public_key()?.id();
        let signature = OctetString::from_der(&parts.signature.to_der()?)?;
        let made = signed_data(&parts.certificates, &der, kind, &attributes, signature.as_bytes())?;
        Ok(made == *message)
    };
    again().unwrap_or(false)
}

/// Whether the signed attribute that names the certificate (RFC 5035) names this one. None if it is
/// not there, or names it by another hash than SHA-256.
pub(crate) fn names(message: &Any, certificate: &X509Ref) -> Option<bool> {
    let parts = Parts::of(message).ok()?;
    let attribute = parts.attributes.iter().find_map(|attribute| {
        let fields = children(attribute).ok()?;
        let kind = fields.first()?.decode_as::<ObjectIdentifier>().ok()?;
        (kind == SIGNING_CERTIFICATE_V2).then(|| fields.get(1).cloned()).flatten()
    })?;
    // SET of one SigningCertificateV2, whose first field lists ESSCertIDv2; the first is the signer's.
    let inner = |value: &Any| children(value).ok()?.into_iter().next();
    let named = inner(&inner(&inner(&attribute)?)?)?;
    let hash = children(&named).ok()?.into_iter().next()?.decode_as::<OctetString>().ok()?;
    Some(hash.as_bytes() == Sha256::digest(certificate.to_der().ok()?).as_slice())
}

/// What a message is made of.
struct Parts {
    certificates: Vec<Vec<u8>>,
    attributes: Vec<Any>,
    signature: Any,
}

impl Parts {
    fn of(message: &Any) -> der::Result<Self> {
        let missing = || der::ErrorKind::Failed.to_error();
        let outer = children(message)?;
        let data = children(outer.get(1).ok_or_else(missing)?)?;
        let data = children(data.first().ok_or_else(missing)?)?;
        let mut certificates = Vec::new();
        if let Some(kept) = data.iter().find(|value| is_context(value, 0)) {
            for one in children(kept)? {
                certificates.push(one.to_der()?);
            }
        }
        let signers = children(data.last().ok_or_else(missing)?)?;
        let [signer] = signers.as_slice() else { return Err(missing()) };
        let fields = children(signer)?;
        let attributes = fields.iter().find(|value| is_context(value, 0)).ok_or_else(missing)?;
        let signature = fields.iter().find(|value| value.header().tag() == der::Tag::OctetString);
        Ok(Self { certificates, attributes: children(attributes)?, signature: signature.cloned().ok_or_else(missing)? })
    }
}

fn oid(id: ObjectIdentifier) -> der::Result<Any> {
    Any::encode_from(&id)
}

fn octets(bytes: &[u8]) -> der::Result<Any> {
    Any::encode_from(&OctetString::new(bytes)?)
}

fn number(value: u8) -> der::Result<Any> {
    Any::encode_from(&value)
}

/// The signed attributes, as a SET: the form in which they are signed (RFC 5652, 5.4).
fn attributes(digest: &[u8], certificate: &[u8]) -> der::Result<Any> {
    let attribute = |kind, value: Any| sequence(&[oid(kind)?, set(&[value])?]);
    // The hash is SHA-256, which is the default and so left out (RFC 5035, 4).
    let named = sequence(&[octets(&Sha256::digest(certificate))?])?;
    let named = sequence(&[sequence(&[named])?])?;
    set(&[
        attribute(CONTENT_TYPE, oid(DATA)?)?,
        attribute(MESSAGE_DIGEST, octets(digest)?)?,
        attribute(SIGNING_CERTIFICATE_V2, named)?,
    ])
}

fn signed_data(
    certificates: &[Vec<u8>],
    signer: &[u8],
    kind: Id,
    attributes: &Any,
    signature: &[u8],
) -> der::Result<Any> {
    let sha_256 = sequence(&[oid(SHA_256)?])?;
    let algorithm = if kind == Id::RSA {
        sequence(&[oid(RSA_WITH_SHA_256)?, Any::encode_from(&Null)?])?
    } else {
        sequence(&[oid(ECDSA_WITH_SHA_256)?])?
    };
    let signer = sequence(&[
        number(1)?,
        issuer_and_number(signer)?,
        sha_256.clone(),
        implicit(0, attributes)?,
        algorithm,
        octets(signature)?,
    ])?;
    let certificates = certificates.iter().map(|der| Any::from_der(der)).collect::<der::Result<Vec<_>>>()?;
    let data = sequence(&[
        number(1)?,
        set(&[sha_256])?,
        sequence(&[oid(DATA)?])?,
        implicit(0, &set(&certificates)?)?,
        set(&[signer])?,
    ])?;
    sequence(&[oid(SIGNED_DATA)?, explicit(0, &data)?])
}

/// Issuer and serial number of a certificate, as they stand in it (RFC 5280, 4.1).
fn issuer_and_number(certificate: &[u8]) -> der::Result<Any> {
    let missing = || der::ErrorKind::Failed.to_error();
    let whole = children(&Any::from_der(certificate)?)?;
    let fields = children(whole.first().ok_or_else(missing)?)?;
    // The version is left out in the first one.
    let from = usize::from(fields.first().is_some_and(|field| is_context(field, 0)));
    let field = |at: usize| fields.get(from + at).cloned().ok_or_else(missing);
    sequence(&[field(2)?, field(0)?])
}
