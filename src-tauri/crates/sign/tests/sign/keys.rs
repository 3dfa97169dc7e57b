//! Which keys are taken and which are refused, and why.

use crate::make::{NOW, PASSWORD, certificate, ec, own_key, pdf, pkcs12, rsa};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkcs12::Pkcs12;
use openssl::pkey::PKey;
use tillproof_domain::time::Timestamp;
use tillproof_sign::{Certificate, RANDOM_BYTES, SignError, SignatureInfo, SigningKey, sign};

fn info(at: Timestamp) -> SignatureInfo {
    SignatureInfo { reason: String::new(), place: String::new(), at }
}

#[test]
fn a_key_is_made_of_randomness_and_time_alone() {
    let random = [7; RANDOM_BYTES];
    let one = SigningKey::make("Shop", NOW, &random).unwrap();
    let two = SigningKey::make("Shop", NOW, &random).unwrap();
    assert_eq!(*one.private, *two.private, "the same randomness gives the same key");
    let other = SigningKey::make("Shop", NOW, &[8; RANDOM_BYTES]).unwrap();
    assert_ne!(*one.private, *other.private, "other randomness gives another");
    let certificate = Certificate::from_pem(&one.certificate).unwrap();
    assert_eq!((certificate.name.as_str(), certificate.issuer.as_str()), ("Shop", "Shop"), "in its own name");
    assert!(certificate.self_made, "nobody else vouches for it");
    assert_eq!(certificate.valid_from, NOW, "valid from now on");
    assert_eq!(certificate.valid_until.to_rfc3339(), "2031-11-22T10:00:00Z", "for five years");
    assert_eq!(certificate.fingerprint.len(), 64, "{certificate:?}");
    for random in [[0; RANDOM_BYTES], [255; RANDOM_BYTES]] {
        let made = SigningKey::make("Shop", NOW, &random).unwrap();
        SigningKey::from_parts(&made.private, &made.certificate).unwrap();
    }
    let long = SigningKey::make(&"ä".repeat(100), NOW, &random).unwrap();
    let name = Certificate::from_pem(&long.certificate).unwrap().name;
    assert_eq!(name, "ä".repeat(64), "a certificate holds 64 characters of a name");
    let mixed = SigningKey::from_parts(&other.private, &one.certificate).err();
    assert_eq!(mixed, Some(SignError::CertificateMissing), "a key belongs to its certificate");
}

#[test]
fn certificate_files_of_every_age_are_read() {
    let (key, elliptic) = (rsa(2048), ec(Nid::X9_62_PRIME256V1));
    let own = certificate("Shop", &key, None, (-1, 1));
    let check = |what: &str, file: &[u8], name: &str| {
        let read = SigningKey::from_pkcs12(file, PASSWORD).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(read.certificate().unwrap().name, name, "{what}");
        sign(pdf(false), &read, &info(NOW)).unwrap_or_else(|error| panic!("{what} signs: {error}"));
    };
    check("AES", &pkcs12(Some(&key), Some(&own), vec![]), "Shop");
    let other = certificate("EC", &elliptic, None, (-1, 1));
    check("EC", &pkcs12(Some(&elliptic), Some(&other), vec![]), "EC");
    let brainpool = ec(Nid::BRAINPOOL_P256R1);
    let of_brainpool = certificate("Brainpool", &brainpool, None, (-1, 1));
    check("Brainpool", &pkcs12(Some(&brainpool), Some(&of_brainpool), vec![]), "Brainpool");
    // The first makes sure that the old ways are loaded, which this file needs to be made.
    let mut builder = Pkcs12::builder();
    builder.pkey(&key).cert(&own).key_algorithm(Nid::PBE_WITHSHA1AND3_KEY_TRIPLEDES_CBC);
    builder.cert_algorithm(Nid::PBE_WITHSHA1AND40BITRC2_CBC).mac_md(MessageDigest::sha1());
    let old = builder.build2(PASSWORD).unwrap().to_der().unwrap();
    check("3DES and RC2", &old, "Shop");
    assert!(SigningKey::from_pkcs12(&old, "other").is_err_and(|error| error == SignError::WrongPassword));
}

#[test]
fn what_cannot_sign_is_refused_by_name() {
    let key = rsa(2048);
    let own = certificate("Shop", &key, None, (-1, 1));
    let good = pkcs12(Some(&key), Some(&own), vec![]);
    let refused = |file: &[u8], password: &str| SigningKey::from_pkcs12(file, password).err();
    for password in ["", "geheim", "geheim ä\0", "GEHEIM Ä"] {
        assert_eq!(refused(&good, password), Some(SignError::WrongPassword), "{password:?}");
    }
    for (what, file) in
        [("nothing", &b""[..]), ("text", b"hello"), ("a PDF", &pdf(false)), ("half", &good[..good.len() / 2])]
    {
        assert_eq!(refused(file, PASSWORD), Some(SignError::NotPkcs12), "{what}");
    }
    assert_eq!(refused(&pkcs12(None, Some(&own), vec![]), PASSWORD), Some(SignError::KeyMissing), "no key");
    let alone = pkcs12(Some(&key), None, vec![]);
    assert_eq!(refused(&alone, PASSWORD), Some(SignError::CertificateMissing), "no certificate");
    for (key, kind) in
        [(PKey::generate_ed25519().unwrap(), "Ed25519"), (rsa(1024), "RSA 1024"), (ec(Nid::SECP256K1), "secp256k1")]
    {
        let own = certificate("Shop", &key, None, (-1, 1));
        let found = refused(&pkcs12(Some(&key), Some(&own), vec![]), PASSWORD);
        assert_eq!(found, Some(SignError::KeyNotSupported(kind.to_owned())), "{kind}");
    }
    // A byte anywhere: an error or the same key, never a panic.
    for at in 0..good.len() {
        let mut broken = good.clone();
        broken[at] ^= 0x41;
        drop(SigningKey::from_pkcs12(&broken, PASSWORD));
    }
}

#[test]
fn a_certificate_signs_only_while_it_is_valid() {
    let signs = |days: (i64, i64), at: Timestamp| {
        let key = rsa(2048);
        let own = certificate("Shop", &key, None, days);
        let key = SigningKey::from_pkcs12(&pkcs12(Some(&key), Some(&own), vec![]), PASSWORD).unwrap();
        sign(pdf(false), &key, &info(at)).map(drop)
    };
    let second = 1_000_000;
    assert_eq!(signs((0, 1), NOW), Ok(()), "from its first second");
    assert_eq!(signs((-1, 0), NOW), Ok(()), "to its last");
    let expired = Err(SignError::Expired { name: "Shop".to_owned(), until: NOW });
    assert_eq!(signs((-1, 0), Timestamp(NOW.0 + second)), expired, "not after it");
    let early = Err(SignError::NotYetValid { name: "Shop".to_owned(), from: NOW });
    assert_eq!(signs((0, 1), Timestamp(NOW.0 - second)), early, "not before it");
    let later = Timestamp(NOW.0 + 6 * 366 * 86_400 * second);
    assert!(sign(pdf(false), &own_key(), &info(later)).is_err(), "an own certificate ends, too");
}
