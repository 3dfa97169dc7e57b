//! A signed file: what stays as it was, and what is noticed.

use crate::make::{NOW, issued_key, own_key, pdf};
use lopdf::{Document, IncrementalDocument, Object};
use tillproof_domain::time::Timestamp;
use tillproof_sign::{Fault, SignError, Signature, SignatureInfo, SigningKey, sign, verify};

fn info() -> SignatureInfo {
    SignatureInfo { reason: "Prüfbericht (1)".to_owned(), place: "Görlitz".to_owned(), at: NOW }
}

fn signed(key: &SigningKey) -> Vec<u8> {
    sign(pdf(false), key, &info()).unwrap()
}

/// The one signature of a file.
fn one(pdf: &[u8]) -> Signature {
    let mut found = verify(pdf).unwrap();
    assert_eq!(found.len(), 1, "one signature: {found:?}");
    found.remove(0)
}

/// Where the digits of the signature are.
fn digits(pdf: &[u8]) -> std::ops::Range<usize> {
    let start = pdf.windows(11).position(|window| window == b"/Contents<3").unwrap() + 10;
    let length = pdf[start..].iter().position(|byte| *byte == b'>').unwrap();
    start..start + length
}

#[test]
fn what_was_signed_is_found_as_it_was() {
    for as_stream in [false, true] {
        for key in [own_key(), issued_key()] {
            let before = pdf(as_stream);
            let after = sign(before.clone(), &key, &info()).unwrap();
            assert!(after.starts_with(&before), "the finished bytes stay as they are");
            let found = one(&after);
            assert_eq!(found.faults, [], "as it was signed, with a stream: {as_stream}");
            assert_eq!(found.certificate.unwrap(), key.certificate().unwrap(), "by whom");
            assert_eq!((found.at, found.reason.as_str()), (Some(NOW), "Prüfbericht (1)"), "when and why");
            let document = Document::load_mem(&after).unwrap();
            let form = document
                .get_dictionary(document.catalog().unwrap().get(b"AcroForm").unwrap().as_reference().unwrap_or((0, 0)));
            let form =
                form.unwrap_or_else(|_| document.catalog().unwrap().get(b"AcroForm").unwrap().as_dict().unwrap());
            assert_eq!(form.get(b"SigFlags").unwrap().as_i64().unwrap(), 3, "signed, and only to be added to");
            let page = document.get_dictionary(document.page_iter().next().unwrap()).unwrap();
            let annotations = page.get(b"Annots").unwrap().as_array().unwrap();
            assert_eq!(annotations.len(), 2, "the link is still there");
        }
    }
    assert!(issued_key().certificate().unwrap().issuer == "Test Authority", "by the authority");
    assert!(!issued_key().certificate().unwrap().self_made, "which is somebody else");
}

#[test]
fn two_signatures_of_one_file_differ_in_the_signature_alone() {
    let key = own_key();
    let (one, two) = (signed(&key), signed(&key));
    assert_eq!(one.len(), two.len(), "as long");
    let gap = digits(&one);
    for (at, (left, right)) in one.iter().zip(&two).enumerate() {
        assert!(left == right || gap.contains(&at), "byte {at} differs");
    }
}

#[test]
fn a_byte_that_was_changed_anywhere_is_noticed() {
    let key = own_key();
    let pdf = signed(&key);
    for at in 0..pdf.len() {
        // Also what differs in the case of a letter only.
        for flip in [0x01, 0x20] {
            let mut changed = pdf.clone();
            changed[at] ^= flip;
            let sound =
                verify(&changed).is_ok_and(|found| !found.is_empty() && found.iter().all(|one| one.faults.is_empty()));
            assert!(!sound, "byte {at} changed from {:?}", pdf[at] as char);
        }
    }
}

#[test]
fn what_was_added_after_is_noticed() {
    let key = own_key();
    let pdf = signed(&key);
    let mut longer = pdf.clone();
    longer.extend_from_slice(b"\n% more\n");
    assert_eq!(one(&longer).faults, [Fault::AddedAfter], "a comment");
    let mut update = IncrementalDocument::create_from(pdf.clone(), Document::load_mem(&pdf).unwrap());
    let page = update.get_prev_documents().page_iter().next().unwrap();
    update.opt_clone_object_to_new_document(page).unwrap();
    update.new_document.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Contents", Object::Null);
    let mut other = Vec::new();
    update.save_to(&mut other).unwrap();
    assert_eq!(one(&other).faults, [Fault::AddedAfter], "another page");
    assert!(verify(&pdf[..pdf.len() - 1]).is_err(), "a byte less");
    assert_eq!(sign(pdf, &key, &info()), Err(SignError::HasForm), "we do not sign twice");
}

#[test]
fn what_a_signature_leaves_out_is_noticed() {
    let pdf = signed(&own_key());
    let start = pdf.windows(10).position(|window| window == b"/ByteRange").unwrap();
    let end = start + pdf[start..].iter().position(|byte| *byte == b']').unwrap();
    let width = end - start - 11;
    let with = |numbers: &str| {
        let mut changed = pdf.clone();
        changed[start + 11..end].copy_from_slice(format!("{numbers:<width$}").as_bytes());
        changed
    };
    let length = pdf.len();
    for numbers in [
        format!("0 {start} {start} {}", length - start),
        format!("0 1 {} 1", length - 1),
        format!("10 {} {end} {}", start - 10, length - end),
        "0 0 0 0".to_owned(),
        "0 1 2".to_owned(),
        format!("0 10 {} 10", i64::MAX),
        "-1 -1 -1 -1".to_owned(),
    ] {
        let found = one(&with(&numbers));
        assert!(!found.faults.is_empty(), "{numbers}: {found:?}");
    }
}

#[test]
fn another_certificate_for_the_same_key_is_noticed() {
    // The same numbers and names but for the subject, so that only its hash tells it apart.
    let random = std::array::from_fn(|i| u8::try_from(i).unwrap());
    let mine = SigningKey::make("Shop A", NOW, &random).unwrap();
    let key = SigningKey::from_parts(&mine.private, &mine.certificate).unwrap();
    let pdf = signed(&key);
    let digits = digits(&pdf);
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let text = String::from_utf8(pdf[digits.clone()].to_vec()).unwrap();
    let renamed = text.replace(&hex(b"Shop A"), &hex(b"Shop B"));
    assert_ne!(text, renamed, "the name stands in it");
    let mut changed = pdf;
    changed[digits].copy_from_slice(renamed.as_bytes());
    assert!(one(&changed).faults.contains(&Fault::OtherCertificate), "{:?}", one(&changed));
}

#[test]
fn a_time_that_does_not_fit_the_certificate_is_noticed() {
    let pdf = signed(&own_key());
    let at = pdf.windows(11).position(|window| window == b"D:202611221").unwrap();
    let mut changed = pdf;
    changed[at + 2..at + 6].copy_from_slice(b"2035");
    let found = one(&changed);
    assert_eq!(found.faults, [Fault::Changed, Fault::OutsideValidity], "{found:?}");
    assert_eq!(
        found.at,
        Some(Timestamp("2035-11-22T10:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp_micros()))
    );
}

#[test]
fn a_file_without_a_signature_has_none() {
    assert_eq!(verify(&pdf(false)), Ok(Vec::new()), "a PDF");
    for bytes in [&b""[..], b"hello", b"%PDF-1.7\n", b"%PDF-1.7\nstartxref\n0\n%%EOF"] {
        assert!(matches!(verify(bytes), Err(SignError::Pdf(_))), "{bytes:?}");
        assert!(sign(bytes.to_vec(), &own_key(), &info()).is_err(), "{bytes:?}");
    }
}
