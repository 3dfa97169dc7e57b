//! Certificates, PKCS#12 files and PDF files to test with.

use lopdf::{Document, Object, Stream, dictionary};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkcs12::Pkcs12;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::stack::Stack;
use openssl::x509::{X509, X509Name};
use std::sync::OnceLock;
use tillproof_domain::time::Timestamp;
use tillproof_sign::{RANDOM_BYTES, SigningKey};

/// 2026-11-22T10:00:00Z.
pub(crate) const NOW: Timestamp = Timestamp(1_795_341_600_000_000);

pub(crate) const PASSWORD: &str = "geheim ä";

const DAY: i64 = 86_400;

pub(crate) fn rsa(bits: u32) -> PKey<Private> {
    static KEY: OnceLock<PKey<Private>> = OnceLock::new();
    if bits == 2048 {
        // Making one takes a while.
        return KEY.get_or_init(|| PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap()).clone();
    }
    PKey::from_rsa(Rsa::generate(bits).unwrap()).unwrap()
}

pub(crate) fn ec(curve: Nid) -> PKey<Private> {
    PKey::from_ec_key(EcKey::generate(&EcGroup::from_curve_name(curve).unwrap()).unwrap()).unwrap()
}

fn name(text: &str) -> X509Name {
    let mut name = X509Name::builder().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, text).unwrap();
    name.build()
}

/// A certificate for `key` in the name of `subject`, valid for these days around now.
pub(crate) fn certificate(
    subject: &str,
    key: &PKey<Private>,
    issuer: Option<(&X509, &PKey<Private>)>,
    days: (i64, i64),
) -> X509 {
    let now = NOW.0 / 1_000_000;
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&BigNum::from_u32(4711).unwrap().to_asn1_integer().unwrap()).unwrap();
    builder.set_subject_name(&name(subject)).unwrap();
    let from = issuer.map_or_else(|| name(subject), |(issuer, _)| X509Name::load(issuer));
    builder.set_issuer_name(&from).unwrap();
    builder.set_not_before(&Asn1Time::from_unix(now + days.0 * DAY).unwrap()).unwrap();
    builder.set_not_after(&Asn1Time::from_unix(now + days.1 * DAY).unwrap()).unwrap();
    builder.set_pubkey(key).unwrap();
    let signer = issuer.map_or(key, |(_, signer)| signer);
    // Ed25519 brings its own digest.
    let digest =
        if signer.id() == openssl::pkey::Id::ED25519 { MessageDigest::null() } else { MessageDigest::sha256() };
    builder.sign(signer, digest).unwrap();
    builder.build()
}

trait Load {
    fn load(certificate: &X509) -> X509Name;
}

impl Load for X509Name {
    fn load(certificate: &X509) -> X509Name {
        X509Name::from_der(&certificate.subject_name().to_der().unwrap()).unwrap()
    }
}

/// A PKCS#12 file of today.
pub(crate) fn pkcs12(key: Option<&PKey<Private>>, certificate: Option<&X509>, chain: Vec<X509>) -> Vec<u8> {
    let mut builder = Pkcs12::builder();
    builder.name("Test");
    if let Some(key) = key {
        builder.pkey(key);
    }
    if let Some(certificate) = certificate {
        builder.cert(certificate);
    }
    let mut stack = Stack::new().unwrap();
    for one in chain {
        stack.push(one).unwrap();
    }
    builder.ca(stack);
    builder.build2(PASSWORD).unwrap().to_der().unwrap()
}

/// The key of a merchant, as a workspace makes it.
pub(crate) fn own_key() -> SigningKey {
    let random: [u8; RANDOM_BYTES] = std::array::from_fn(|i| u8::try_from(i).unwrap());
    let made = SigningKey::make("Käthes Kaffeeladen", NOW, &random).unwrap();
    SigningKey::from_parts(&made.private, &made.certificate).unwrap()
}

/// A key of somebody else's, with the authority that issued its certificate.
pub(crate) fn issued_key() -> SigningKey {
    let authority = rsa(2048);
    let root = certificate("Test Authority", &authority, None, (-100, 1000));
    let key = ec(Nid::SECP384R1);
    let leaf = certificate("Petra Prüferin", &key, Some((&root, &authority)), (-10, 300));
    SigningKey::from_pkcs12(&pkcs12(Some(&key), Some(&leaf), vec![root]), PASSWORD).unwrap()
}

/// A PDF of two pages, one with a link, with its table of places as a table or a stream.
pub(crate) fn pdf(as_stream: bool) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let content = document.add_object(Stream::new(dictionary! {}, b"0 0 100 100 re f".to_vec()));
    let link =
        dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => vec![1.into(), 1.into(), 9.into(), 9.into()] };
    let mut kids: Vec<Object> = Vec::new();
    for annotations in [vec![Object::Dictionary(link)], Vec::new()] {
        let mut page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content };
        page.set("MediaBox", vec![0.into(), 0.into(), 595.into(), 842.into()]);
        if !annotations.is_empty() {
            page.set("Annots", annotations);
        }
        kids.push(document.add_object(page).into());
    }
    document.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 2 });
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let id = Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    document.reference_table.cross_reference_type = if as_stream {
        lopdf::xref::XrefType::CrossReferenceStream
    } else {
        lopdf::xref::XrefType::CrossReferenceTable
    };
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}
