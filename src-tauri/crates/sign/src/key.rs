//! Private keys with their certificates: out of a PKCS#12 file, or made here.

use crate::SignError;
use chrono::Months;
use openssl::asn1::{Asn1Integer, Asn1Time, Asn1TimeRef};
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey, EcPoint};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkcs12::Pkcs12;
use openssl::pkey::{Id, PKey, Private};
use openssl::provider::Provider;
use openssl::x509::extension::{BasicConstraints, KeyUsage, SubjectKeyIdentifier};
use openssl::x509::{X509, X509Name, X509NameRef, X509Ref};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use tillproof_domain::time::Timestamp;
use zeroize::Zeroizing;

/// Random bytes that making a key takes: 48 for the key (FIPS 186-5, A.2.1: 64 bits more than it
/// has), 16 for the number of the certificate (RFC 5280, 4.1.2.2).
pub const RANDOM_BYTES: usize = 64;

/// Months that a certificate made here is valid.
const VALID_MONTHS: u32 = 60;

/// The most characters of a common name (X.520, `ub-common-name`).
const NAME_LENGTH: usize = 64;

/// The fewest bits of an RSA key that counts as safe today (NIST SP 800-131A).
const RSA_BITS: u32 = 2048;

/// Curves that readers of PDF know: those of NIST, and those that German authorities issue.
const CURVES: [Nid; 6] = [
    Nid::X9_62_PRIME256V1,
    Nid::SECP384R1,
    Nid::SECP521R1,
    Nid::BRAINPOOL_P256R1,
    Nid::BRAINPOOL_P384R1,
    Nid::BRAINPOOL_P512R1,
];

/// Old PKCS#12 files are encrypted in ways that OpenSSL keeps apart. Once it is there, it stays.
static OLD_WAYS: LazyLock<bool> = LazyLock::new(|| {
    let provider = Provider::try_load(None, "legacy", true);
    provider.map(std::mem::forget).is_ok()
});

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Whose it is.
    pub name: String,
    /// Who says so.
    pub issuer: String,
    /// Whether its owner made it: nobody else vouches for the name.
    pub self_made: bool,
    /// SHA-256 of its DER form, 64 lower-case hex digits.
    pub fingerprint: String,
    /// From when it is valid.
    pub valid_from: Timestamp,
    /// Until when it is valid.
    pub valid_until: Timestamp,
}

impl Certificate {
    /// Reads a certificate in PEM form (RFC 7468).
    ///
    /// # Errors
    /// It is none.
    pub fn from_pem(pem: &str) -> Result<Self, SignError> {
        Self::of(&*X509::from_pem(pem.as_bytes())?)
    }

    pub(crate) fn of(certificate: &X509Ref) -> Result<Self, SignError> {
        let same = certificate.subject_name().try_cmp(certificate.issuer_name())?.is_eq();
        let own = certificate.public_key().and_then(|key| certificate.verify(&key));
        let digest = Sha256::digest(certificate.to_der()?);
        Ok(Self {
            name: spoken(certificate.subject_name()),
            issuer: spoken(certificate.issuer_name()),
            self_made: same && own.unwrap_or(false),
            fingerprint: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            valid_from: instant(certificate.not_before())?,
            valid_until: instant(certificate.not_after())?,
        })
    }

    /// Makes sure that the certificate is valid at an instant.
    ///
    /// # Errors
    /// It is not.
    pub fn valid_at(&self, at: Timestamp) -> Result<(), SignError> {
        let name = self.name.clone();
        if at < self.valid_from {
            return Err(SignError::NotYetValid { name, from: self.valid_from });
        }
        // The last second counts in full (RFC 5280, 4.1.2.5).
        if at.0 >= self.valid_until.0 + 1_000_000 {
            return Err(SignError::Expired { name, until: self.valid_until });
        }
        Ok(())
    }
}

/// A key that can sign, with its certificate and those that lead to its issuer.
pub struct SigningKey {
    pub(crate) private: PKey<Private>,
    pub(crate) certificate: X509,
    pub(crate) chain: Vec<X509>,
}

/// A key that was made here.
pub struct MadeKey {
    /// The private key, PKCS#8 in DER form.
    pub private: Zeroizing<Vec<u8>>,
    /// The certificate in PEM form.
    pub certificate: String,
}

impl SigningKey {
    /// Reads a PKCS#12 file (RFC 7292): modern ones, and those of old with 3DES or RC2.
    ///
    /// # Errors
    /// The file is none, the password is wrong, the key or its certificate is missing, or such a key
    /// cannot sign a PDF.
    pub fn from_pkcs12(bytes: &[u8], password: &str) -> Result<Self, SignError> {
        let file = Pkcs12::from_der(bytes).map_err(|_| SignError::NotPkcs12)?;
        // A password with a zero byte in it was never given to such a file.
        if password.contains('\0') {
            return Err(SignError::WrongPassword);
        }
        let _ = *OLD_WAYS;
        let parsed = file.parse2(password).map_err(|errors| {
            let said = |what: &str| errors.errors().iter().any(|error| error.reason().is_some_and(|why| why == what));
            if said("mac verify failure") || said("bad decrypt") || said("pkcs12 pbe crypt error") {
                SignError::WrongPassword
            } else {
                SignError::NotPkcs12
            }
        })?;
        let private = parsed.pkey.ok_or(SignError::KeyMissing)?;
        let certificate = parsed.cert.ok_or(SignError::CertificateMissing)?;
        let chain = parsed.ca.map(|chain| chain.into_iter().collect()).unwrap_or_default();
        Self::of(private, certificate, chain)
    }

    /// Puts a key that was made here together again.
    ///
    /// # Errors
    /// It is none, or does not belong to the certificate.
    pub fn from_parts(private: &[u8], certificate: &str) -> Result<Self, SignError> {
        let private = PKey::private_key_from_pkcs8(private)?;
        Self::of(private, X509::from_pem(certificate.as_bytes())?, Vec::new())
    }

    fn of(private: PKey<Private>, certificate: X509, chain: Vec<X509>) -> Result<Self, SignError> {
        supported(&private)?;
        if !certificate.public_key()?.public_eq(&private) {
            return Err(SignError::CertificateMissing);
        }
        Ok(Self { private, certificate, chain })
    }

    /// Makes a key (ECDSA on P-256) and a certificate for it that nobody else vouches for.
    ///
    /// # Errors
    /// The name is empty, or the library fails.
    pub fn make(name: &str, at: Timestamp, random: &[u8; RANDOM_BYTES]) -> Result<MadeKey, SignError> {
        let (for_key, for_number) = random.split_at(48);
        let private = private_key(for_key)?;
        let mut subject = X509Name::builder()?;
        let name: String = name.chars().take(NAME_LENGTH).collect();
        subject.append_entry_by_nid(Nid::COMMONNAME, &name)?;
        let subject = subject.build();
        let until = at.to_utc().checked_add_months(Months::new(VALID_MONTHS)).unwrap_or_default();

        let mut certificate = X509::builder()?;
        certificate.set_version(2)?;
        let mut number = BigNum::from_slice(for_number)?;
        // Positive, and never zero.
        number.set_bit(126)?;
        number.clear_bit(127)?;
        certificate.set_serial_number(&*Asn1Integer::from_bn(&number)?)?;
        certificate.set_subject_name(&subject)?;
        certificate.set_issuer_name(&subject)?;
        certificate.set_not_before(&*Asn1Time::from_unix(at.to_utc().timestamp())?)?;
        certificate.set_not_after(&*Asn1Time::from_unix(until.timestamp())?)?;
        certificate.set_pubkey(&private)?;
        certificate.append_extension(BasicConstraints::new().critical().build()?)?;
        certificate.append_extension(KeyUsage::new().critical().digital_signature().non_repudiation().build()?)?;
        let identifier = SubjectKeyIdentifier::new().build(&certificate.x509v3_context(None, None))?;
        certificate.append_extension(identifier)?;
        certificate.sign(&private, MessageDigest::sha256())?;
        let pem = certificate.build().to_pem()?;
        Ok(MadeKey {
            private: Zeroizing::new(private.private_key_to_pkcs8()?),
            certificate: String::from_utf8(pem).map_err(|error| SignError::Failed(error.to_string()))?,
        })
    }

    /// What its certificate says.
    ///
    /// # Errors
    /// The certificate cannot be read.
    pub fn certificate(&self) -> Result<Certificate, SignError> {
        Certificate::of(&self.certificate)
    }
}

/// A key out of random bytes: 1 to order - 1, all as likely (FIPS 186-5, A.2.1).
fn private_key(random: &[u8]) -> Result<PKey<Private>, SignError> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
    let mut context = BigNumContext::new_secure()?;
    let mut order = BigNum::new()?;
    group.order(&mut order, &mut context)?;
    order.sub_word(1)?;
    let mut number = BigNum::from_slice(random)?;
    let mut secret = BigNum::new_secure()?;
    secret.nnmod(&number, &order, &mut context)?;
    number.clear();
    secret.add_word(1)?;
    let mut point = EcPoint::new(&group)?;
    point.mul_generator2(&group, &secret, &mut context)?;
    let key = EcKey::from_private_components(&group, &secret, &point)?;
    secret.clear();
    key.check_key()?;
    Ok(PKey::from_ec_key(key)?)
}

fn supported(key: &PKey<Private>) -> Result<(), SignError> {
    let refused = |what: String| Err(SignError::KeyNotSupported(what));
    match key.id() {
        Id::RSA if key.bits() >= RSA_BITS => Ok(()),
        Id::RSA => refused(format!("RSA {}", key.bits())),
        Id::EC => {
            let curve = key.ec_key()?.group().curve_name();
            if curve.is_some_and(|curve| CURVES.contains(&curve)) {
                return Ok(());
            }
            refused(curve.and_then(|curve| curve.long_name().ok()).unwrap_or("EC").to_owned())
        }
        Id::RSA_PSS => refused("RSASSA-PSS".to_owned()),
        Id::ED25519 => refused("Ed25519".to_owned()),
        Id::ED448 => refused("Ed448".to_owned()),
        Id::DSA => refused("DSA".to_owned()),
        other => refused(format!("no. {}", other.as_raw())),
    }
}

/// What people call somebody: the common name, or the organisation, or all that is said.
fn spoken(name: &X509NameRef) -> String {
    for field in [Nid::COMMONNAME, Nid::ORGANIZATIONNAME] {
        if let Some(text) = name.entries_by_nid(field).next().and_then(|entry| entry.data().to_string().ok()) {
            return text;
        }
    }
    let all = name.entries().filter_map(|entry| entry.data().to_string().ok());
    all.collect::<Vec<_>>().join(", ")
}

fn instant(time: &Asn1TimeRef) -> Result<Timestamp, SignError> {
    let since = Asn1Time::from_unix(0)?.diff(time)?;
    Ok(Timestamp((i64::from(since.days) * 86_400 + i64::from(since.secs)) * 1_000_000))
}
