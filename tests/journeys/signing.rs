//! Keys that sign reports: made, used, removed, and never seen.

use crate::signing::files::{PASSWORD, pkcs12};
use serde_json::{Value, json};
use std::path::Path;
use tillproof_domain::locale::Locale;
use tillproof_store::Reads;
use tillproof_tests::program::{clean, program, run, tillproof};
use tillproof_tests::shop::{KEY, Shop};

mod files;

fn with_key(locale: Locale) -> (Shop, Value) {
    let mut shop = Shop::busy(locale, Some(KEY));
    let made = shop.call("make_signing_key", json!({}));
    (shop, made)
}

#[test]
fn a_workspace_makes_keeps_and_removes_a_key() {
    let mut shop = Shop::busy(Locale::En, Some(KEY));
    assert_eq!(shop.call("signing_key", json!({})), json!({ "key": null, "can_keep": true }), "none at first");
    let report = json!({ "path": shop.path("a.pdf"), "sign": { "with": "workspace" } });
    assert_eq!(shop.refused("export_report", report.clone()).code, "no-signing-key", "nothing to sign with");
    let made = shop.call("make_signing_key", json!({}));
    let key = &made["key"];
    assert_eq!(
        (&key["name"], &key["made_by"], &key["expired"]),
        (&json!("Muster-Shop"), &json!("Test"), &json!(false))
    );
    assert!(key["valid_until"].as_str().unwrap().starts_with("2031-11-22"), "for five years: {made}");
    assert_eq!(shop.call("signing_key", json!({})), made, "and shown");
    assert_eq!(shop.refused("make_signing_key", json!({})).code, "signing-key-exists", "one at a time");
    let written = shop.call("export_report", report.clone());
    assert_eq!(written["signature"]["fingerprint"], key["fingerprint"], "signed with it");
    shop.call("export_certificate", json!({ "path": shop.path("key.pem") }));
    let pem = std::fs::read_to_string(shop.path("key.pem")).unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----") && !pem.contains("PRIVATE"), "{pem}");
    assert_eq!(shop.refused("remove_signing_key", json!({ "reason": " " })).code, "reason-missing");
    assert_eq!(shop.refused("remove_signing_key", json!({ "reason": "x", "rev": 7 })).code, "conflict");
    assert_eq!(
        shop.refused("undo", json!({ "seq": shop.state().head.seq })).code,
        "cannot-undo",
        "making is not undone"
    );
    shop.assert_sound();
    shop.call("remove_signing_key", json!({ "reason": "lost the laptop", "rev": 1 }));
    assert_eq!(shop.call("signing_key", json!({}))["key"], Value::Null, "gone");
    for (command, request) in [
        ("remove_signing_key", json!({ "reason": "again" })),
        ("export_certificate", json!({ "path": shop.path("no.pem") })),
        ("export_report", json!({ "path": shop.path("no.pdf"), "sign": { "with": "workspace" } })),
    ] {
        assert_eq!(shop.refused(command, request).code, "no-signing-key", "{command}");
    }
    let history = shop.call("history", json!({ "limit": 2 }));
    let said = |at: usize| history["entries"][at]["summary"].as_str().unwrap().to_owned();
    assert!(said(0).contains("lost the laptop") && said(0).contains("Muster-Shop"), "in words: {}", said(0));
    assert!(said(1).contains("made"), "in words: {}", said(1));
    let check = shop.call("verify_report", json!({ "path": shop.path("a.pdf") }));
    assert_eq!(check["ok"], true, "what was signed stays signed: {check}");
    shop.assert_sound();
    let second = shop.call("make_signing_key", json!({ "name": "Second" }));
    assert_ne!(second["key"]["fingerprint"], key["fingerprint"], "another key");
    shop.assert_sound();
}

#[test]
fn an_unencrypted_workspace_keeps_no_key() {
    let mut shop = Shop::busy(Locale::De, None);
    assert_eq!(shop.call("signing_key", json!({}))["can_keep"], false);
    let before = shop.state();
    assert_eq!(shop.refused("make_signing_key", json!({})).code, "key-needs-passphrase");
    assert_eq!(shop.state(), before, "nothing was written");
    let card = json!({ "name": crate::guard::card() });
    let mut shop = Shop::busy(Locale::De, Some(KEY));
    assert_eq!(shop.refused("make_signing_key", card).code, "card-data-found", "in a name");
}

#[test]
fn the_private_key_lies_in_one_place_only() {
    let (mut shop, _) = with_key(Locale::En);
    let mut secrets = vec![secret(&shop)];
    shop.call("remove_signing_key", json!({ "reason": "to make another" }));
    assert!(private_keys(&shop.file).is_empty(), "a removed key is deleted");
    shop.call("make_signing_key", json!({ "name": "Second" }));
    secrets.push(secret(&shop));
    shop.call("export_report", json!({ "path": shop.path("a.pdf"), "sign": { "with": "workspace" } }));
    shop.call("export_certificate", json!({ "path": shop.path("a.pem") }));
    shop.call("backup_workspace", json!({ "path": shop.path("copy.tillproof") }));
    shop.refused("make_signing_key", json!({}));
    shop.call("verify_workspace", json!({}));
    shop.call("history", json!({}));
    assert_eq!(private_keys(Path::new(&shop.path("copy.tillproof"))).len(), 1, "a copy is whole");
    let said: String = shop.spoken.iter().map(|spoken| format!("{}{}", spoken.request, spoken.response)).collect();
    let journal: String =
        shop.store().journal(None, 1000, None).unwrap().iter().map(|stored| format!("{:?}", stored.entry)).collect();
    let mut places = vec![("a response", said.into_bytes()), ("the journal", journal.into_bytes())];
    places.push(("a report", std::fs::read(shop.path("a.pdf")).unwrap()));
    places.push(("a certificate", std::fs::read(shop.path("a.pem")).unwrap()));
    places.push(("all other tables of a copy", dump(Path::new(&shop.path("copy.tillproof")))));
    shop.call("close_workspace", json!({}));
    for name in ["shop.tillproof", "copy.tillproof"] {
        places.push(("a file", std::fs::read(shop.path(name)).unwrap()));
    }
    for (place, bytes) in &places {
        assert!(!bytes.is_empty(), "{place} was looked at");
        for secret in &secrets {
            for form in forms(secret) {
                assert!(!bytes.windows(form.len()).any(|window| window == form), "{place} holds the private key");
            }
        }
    }
}

/// The private number of the key that a workspace keeps.
fn secret(shop: &Shop) -> Vec<u8> {
    let keys = private_keys(&shop.file);
    assert_eq!(keys.len(), 1, "one key");
    let key = openssl::pkey::PKey::private_key_from_pkcs8(&keys[0]).unwrap();
    key.ec_key().unwrap().private_key().to_vec()
}

/// As it is, in hex, and as the middle of a base64.
fn forms(secret: &[u8]) -> Vec<Vec<u8>> {
    use base64::Engine;
    let base64 = |from: usize| base64::engine::general_purpose::STANDARD.encode(&secret[from..from + 24]).into_bytes();
    let hex = |upper: bool| {
        let pair = |byte: &u8| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
        secret.iter().map(pair).collect::<String>().into_bytes()
    };
    let numbers = secret.iter().map(u8::to_string).collect::<Vec<_>>();
    let lists = [numbers.join(","), numbers.join(", ")].map(String::into_bytes);
    [vec![secret.to_vec(), hex(true), hex(false), base64(0), base64(1), base64(2)], lists.to_vec()].concat()
}

fn opened(file: &Path) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.pragma_update(None, "key", KEY).unwrap();
    connection.pragma_update(None, "cipher_page_size", 16_384).unwrap();
    connection.pragma_update(None, "cipher_hmac_algorithm", "HMAC_SHA256").unwrap();
    connection
}

fn private_keys(file: &Path) -> Vec<Vec<u8>> {
    let connection = opened(file);
    let mut select = connection.prepare("SELECT bytes FROM private_key").unwrap();
    select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Every value of every table but the one that the key lies in.
fn dump(file: &Path) -> Vec<u8> {
    let connection = opened(file);
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'private_key'";
    let mut select = connection.prepare(names).unwrap();
    let names: Vec<String> = select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(names.len() > 12, "every table: {names:?}");
    let mut all = Vec::new();
    for name in names {
        let mut select = connection.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let columns = select.column_count();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                use rusqlite::types::ValueRef;
                if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(column).unwrap() {
                    all.extend_from_slice(bytes);
                    all.push(b'\n');
                }
            }
        }
    }
    all
}

#[test]
fn a_certificate_file_signs_or_is_refused_by_name() {
    let mut shop = Shop::busy(Locale::En, None);
    let good = shop.write("good.p12", &pkcs12("Petra Prüferin", (-1, 1), true));
    let expired = shop.write("expired.p12", &pkcs12("Petra Prüferin", (-9, -1), true));
    let early = shop.write("early.p12", &pkcs12("Petra Prüferin", (1, 9), true));
    let no_key = shop.write("none.p12", &pkcs12("Petra Prüferin", (-1, 1), false));
    let text = shop.write("text.p12", b"hello");
    let large = shop.write("large.p12", &vec![0x30; 2 << 20]);
    let out = shop.path("a.pdf");
    let mut refused = |sign: Value, code: &str| {
        let error = shop.refused("export_report", json!({ "path": out, "sign": sign }));
        assert_eq!(error.code, code, "{sign}");
        for secret in [PASSWORD, "so nicht"] {
            assert!(!format!("{error:?}").contains(secret), "no error holds a password: {error:?}");
        }
        assert!(!Path::new(&out).exists(), "{code}: nothing was written");
    };
    let file = |path: &str, password: &str| json!({ "pkcs12_path": path, "password": password });
    refused(file(&good, "so nicht"), "pkcs12-password-wrong");
    refused(json!({ "pkcs12_path": good }), "pkcs12-password-wrong");
    refused(file(&text, PASSWORD), "not-a-pkcs12");
    refused(file(&large, PASSWORD), "not-a-pkcs12");
    refused(file(&no_key, PASSWORD), "private-key-missing");
    refused(file(&expired, PASSWORD), "certificate-expired");
    refused(file(&early, PASSWORD), "certificate-not-yet-valid");
    refused(file("/etc/passwd", PASSWORD), "path-not-allowed");
    refused(file(&format!("{good}.none"), PASSWORD), "file-missing");
    refused(json!({}), "sign-with-what");
    refused(json!({ "with": "pen" }), "sign-with-what");
    refused(json!({ "with": "workspace", "pkcs12_path": good }), "sign-with-what");
    refused(json!({ "with": "workspace" }), "no-signing-key");
    let head = shop.state().head;
    let made = shop.call("export_report", json!({ "path": out, "sign": file(&good, PASSWORD) }));
    assert_eq!(made["signature"]["name"], "Petra Prüferin", "{made}");
    assert_eq!(shop.state().head, head, "signing does not change the workspace");
    let check = shop.call("verify_report", json!({ "path": out }));
    assert_eq!(check["ok"], true, "{check}");
    for (path, code) in [
        (shop.path("none.pdf"), "file-missing"),
        (text, "pdf-unreadable"),
        (shop.path(""), "not-a-file"),
        ("/etc/passwd".to_owned(), "path-not-allowed"),
        (String::new(), "path-missing"),
    ] {
        assert_eq!(shop.refused("verify_report", json!({ "path": path })).code, code, "{path}");
    }
}

#[test]
fn the_command_line_signs_and_checks() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("passphrase"), KEY).unwrap();
    std::fs::write(path("password"), format!("{PASSWORD}\n")).unwrap();
    let shop = path("shop.tillproof");
    let passphrase = path("passphrase");
    let ran = |arguments: &[&str], code: i32| {
        let mut all = vec!["--json", "--passphrase-file", &passphrase, "--now", "2026-11-22T10:00:00Z"];
        all.extend(arguments);
        let ran = tillproof(&all);
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
        ran
    };
    ran(&["new", &shop, "--name", "Shop", "--country", "DE"], 0);
    ran(&["assess", &shop, "pci-dss-4.0.1", "--saq", "A"], 0);
    assert_eq!(ran(&["report", &shop, "-o", &path("a.pdf"), "--sign"], 1).error_code(), "no-signing-key");
    let key = ran(&["signing-key", &shop, "make"], 0).json();
    assert_eq!(ran(&["signing-key", &shop, "show"], 0).json(), key, "made and shown");
    ran(&["signing-key", &shop, "certificate", "-o", &path("key.pem")], 0);
    let made = ran(&["report", &shop, "-o", &path("a.pdf"), "--sign"], 0).json();
    assert_eq!(made["signature"]["fingerprint"], key["key"]["fingerprint"], "{made}");
    std::fs::write(path("own.p12"), pkcs12("Petra", (-1, 1), true)).unwrap();
    let (output, certificate) = (path("b.pdf"), path("own.p12"));
    let own = ["report", &shop, "-o", &output, "--sign-with", &certificate];
    assert_eq!(ran(&own, 1).error_code(), "pkcs12-password-wrong", "nobody is there to be asked");
    let password = path("password");
    let with_file = [&own[..], &["--sign-password-file", &password]].concat();
    assert_eq!(ran(&with_file, 0).json()["signature"]["name"], "Petra");
    let mut with_variable = clean(program());
    with_variable.args(["--json", "--passphrase-file", &passphrase, "--now", "2026-11-22T10:00:00Z"]).args(own);
    with_variable.env("TILLPROOF_SIGN_PASSWORD", PASSWORD);
    assert_eq!(run(&mut with_variable).code, 0, "from the environment");
    for name in ["a.pdf", "b.pdf"] {
        let checked = tillproof(&["--json", "verify", &path(name)]);
        assert_eq!((checked.code, &checked.json()["ok"]), (0, &json!(true)), "{name}: {checked:?}");
    }
    ran(&["verify", &shop], 0);
    ran(&["signing-key", &shop, "remove", "--reason", "lost"], 0);
    assert_eq!(ran(&["signing-key", &shop, "show"], 0).json()["key"], Value::Null);
    let both = tillproof(&["report", &shop, "-o", &path("c.pdf"), "--sign", "--sign-with", "x"]);
    assert_eq!(both.code, 2, "one of them: {both:?}");
}
