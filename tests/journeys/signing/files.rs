//! PKCS#12 files to test with.

use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkcs12::Pkcs12;
use openssl::pkey::PKey;
use openssl::x509::{X509, X509Name};

pub(super) const PASSWORD: &str = "streng geheim";

/// When every test begins, in seconds.
const START: i64 = 1_795_341_600;

/// A file with a certificate that is valid for these days around the start of every test.
pub(super) fn pkcs12(name: &str, days: (i64, i64), with_key: bool) -> Vec<u8> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
    let mut subject = X509Name::builder().unwrap();
    subject.append_entry_by_nid(Nid::COMMONNAME, name).unwrap();
    let subject = subject.build();
    let mut certificate = X509::builder().unwrap();
    certificate.set_version(2).unwrap();
    certificate.set_serial_number(&BigNum::from_u32(7).unwrap().to_asn1_integer().unwrap()).unwrap();
    certificate.set_subject_name(&subject).unwrap();
    certificate.set_issuer_name(&subject).unwrap();
    certificate.set_not_before(&Asn1Time::from_unix(START + days.0 * 86_400).unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::from_unix(START + days.1 * 86_400).unwrap()).unwrap();
    certificate.set_pubkey(&key).unwrap();
    certificate.sign(&key, MessageDigest::sha256()).unwrap();
    let certificate = certificate.build();
    let mut file = Pkcs12::builder();
    file.name("Test").cert(&certificate);
    if with_key {
        file.pkey(&key);
    }
    file.build2(PASSWORD).unwrap().to_der().unwrap()
}
