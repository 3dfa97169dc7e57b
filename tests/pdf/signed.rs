//! Signed reports, looked at by other people's tools and by our own.

use crate::tools;
use serde_json::{Value, json};
use std::process::Command;
use tillproof_api::dispatch::dispatch;
use tillproof_api::session::Session;
use tillproof_domain::locale::Locale;
use tillproof_tests::host::{START, TestHost};
use tillproof_tests::program::tillproof;
use tillproof_tests::shop::{KEY, Shop};

/// A merchant with a key, and a report that is signed with it.
fn signed(locale: Locale) -> (Shop, String, Value) {
    let mut shop = Shop::busy(locale, Some(KEY));
    shop.call("make_signing_key", json!({ "name": "Käthes Laden" }));
    let path = shop.path("signed.pdf");
    let made = shop.call("export_report", json!({ "path": path, "sign": { "with": "workspace" } }));
    (shop, path, made)
}

#[test]
fn other_readers_find_the_signature_sound() {
    for locale in [Locale::En, Locale::De] {
        let (_shop, path, made) = signed(locale);
        assert_eq!(made["signature"]["name"], "Käthes Laden", "{made}");
        assert_eq!(made["signature"]["self_made"], true, "{made}");
        let info = tools::check(&path);
        assert!(info.contains(&format!("Pages: {} ", made["pages"])), "every page is there: {info}");
        let said = Command::new("pdfsig").args(["-nocert", &path]).output().expect("install poppler-utils");
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        for wanted in ["Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256", "Käthes Laden"]
        {
            assert!(said.contains(wanted), "pdfsig does not say “{wanted}”: {said}");
        }
        // Where it is installed; https://pypi.org/project/pyhanko-cli
        let pyhanko = Command::new("pyhanko").args(["sign", "validate", "--no-revocation-check", &path]).output();
        match pyhanko {
            Ok(said) => {
                let said = String::from_utf8_lossy(&said.stdout).into_owned();
                assert!(said.contains("INTACT:UNTRUSTED,UNTOUCHED"), "pyHanko says {said}");
            }
            Err(error) => println!("pyHanko did not look at it: {error}"),
        }
    }
}

#[test]
fn a_signature_is_added_to_the_very_report() {
    let (mut shop, _, _) = signed(Locale::En);
    shop.call("close_workspace", json!({}));
    let report = |name: &str, sign: Value| {
        let host = TestHost::still(Locale::En, shop.folder(), START);
        host.wait_days(1);
        let mut session = Session::new();
        dispatch(&mut session, &host, "open_workspace", json!({ "path": shop.file, "passphrase": KEY })).unwrap();
        dispatch(&mut session, &host, "export_report", json!({ "path": shop.path(name), "sign": sign })).unwrap();
        std::fs::read(shop.path(name)).unwrap()
    };
    let key = json!({ "with": "workspace" });
    let (plain, one, two) = (report("plain.pdf", Value::Null), report("1.pdf", key.clone()), report("2.pdf", key));
    assert!(one.starts_with(&plain), "the report itself is not touched");
    let start = find(&one, b"/Contents<3") + 11;
    let gap = start..start + one[start..].iter().position(|byte| *byte == b'>').unwrap();
    assert_eq!(one.len(), two.len(), "as long");
    let other =
        one.iter().zip(&two).enumerate().filter(|(at, (left, right))| left != right && !gap.contains(at)).count();
    assert_eq!(other, 0, "two signatures of the same report differ in the signature alone");
}

fn find(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|window| window == wanted).unwrap()
}

#[test]
fn verify_needs_no_workspace_and_notices_every_change() {
    let (mut shop, path, made) = signed(Locale::En);
    let ran = tillproof(&["--json", "verify", &path]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let said = ran.json();
    assert_eq!((&said["ok"], &said["sha256"]), (&json!(true), &made["sha256"]), "{said}");
    let signature = &said["signatures"][0];
    for field in ["name", "fingerprint", "self_made", "valid_until", "signed_at"] {
        assert_eq!(signature[field], made["signature"][field], "{field}: {said}");
    }
    let proven = said["not_proven"].to_string();
    assert!(proven.contains("self-made") && proven.contains("fingerprint"), "what it does not prove: {proven}");
    let ran = tillproof(&["verify", &path]);
    let fingerprint = made["signature"]["fingerprint"].as_str().unwrap();
    assert!(ran.out.contains("Käthes Laden") && ran.out.contains(fingerprint), "for people: {ran:?}");

    let bytes = std::fs::read(&path).unwrap();
    let verify = |shop: &mut Shop, bytes: &[u8]| {
        let path = shop.write("changed.pdf", bytes);
        match shop.dispatch("verify_report", json!({ "path": path })) {
            Ok(said) => said,
            Err(error) => json!({ "ok": false, "error": error.code }),
        }
    };
    // A byte here and there; all of those that hold the update together.
    let update = find(&bytes, b"/ETSI.CAdES.detached");
    let places = (0..bytes.len()).step_by(1 + bytes.len() / 60).chain((update - 200..update + 100).step_by(7));
    for at in places {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert_eq!(verify(&mut shop, &changed)["ok"], false, "byte {at}");
    }
    let longer = [bytes.as_slice(), b"\n"].concat();
    let said = verify(&mut shop, &longer);
    assert_eq!(said["signatures"][0]["problems"][0]["code"], "added-after", "{said}");
    let ran = tillproof(&["--json", "verify", &shop.path("changed.pdf")]);
    assert_eq!((ran.code, &ran.json()["ok"]), (1, &json!(false)), "a fault is a failure: {ran:?}");
    let plain = shop.path("plain.pdf");
    shop.call("export_report", json!({ "path": plain }));
    let ran = tillproof(&["--json", "verify", &plain]);
    assert_eq!((ran.code, &ran.json()["signatures"]), (1, &json!([])), "a report that nobody signed: {ran:?}");
    let cut = shop.write("cut.pdf", b"%PDF-1.7\n");
    let ran = tillproof(&["--json", "verify", &cut]);
    assert_eq!((ran.code, ran.error_code().as_str()), (1, "pdf-unreadable"), "no report at all");
}
