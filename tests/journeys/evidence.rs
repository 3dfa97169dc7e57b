//! Evidence of every kind: what is known of it, folders, duplicates, what else it proves, versions, pages.

use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use tillproof_api::dispatch::dispatch;
use tillproof_api::error::Error;
use tillproof_api::host::Host;
use tillproof_domain::locale::Locale;
use tillproof_domain::time::Timestamp;
use tillproof_tests::host::TestHost;
use tillproof_tests::shop::{Shop, file_names};
use uuid::Uuid;

const REQUIREMENT: &str = "pci-dss-4.0.1:8.3.6";
/// The cross-map says that a proof of this one proves `gdpr:32.1.a`, too.
const SHARED: &str = "shop-security:TLS-1";

fn shop() -> Shop {
    let mut shop = Shop::new(Locale::En, None);
    shop.start_assessments();
    shop
}

fn list<'a>(response: &'a Value, field: &str) -> &'a Vec<Value> {
    response[field].as_array().unwrap_or_else(|| panic!("{field} in {response}"))
}

/// One field of every item.
fn each<'a>(response: &'a Value, list_of: &str, field: &str) -> Vec<&'a str> {
    list(response, list_of).iter().map(|item| item[field].as_str().unwrap_or_default()).collect()
}

#[test]
fn what_is_known_of_a_proof_is_kept_and_can_be_changed() {
    let mut shop = shop();
    let log = shop.write("access.log", b"nothing unusual");
    let request = json!({
        "requirements": [REQUIREMENT], "paths": [log], "title": " Access log ", "source": "the shop's server",
        "period_start": "2026-10-01", "period_end": "2026-10-31", "confidentiality": "confidential",
    });
    let attached = shop.call("attach_evidence", request);
    let evidence = &list(&attached, "evidence")[0];
    for (field, value) in [
        ("kind", "file"),
        ("title", "Access log"),
        ("source", "the shop's server"),
        ("period_start", "2026-10-01"),
        ("period_end", "2026-10-31"),
        ("confidentiality", "confidential"),
        ("collected_on", "2026-11-22"),
    ] {
        assert_eq!(evidence[field], value, "{field}");
    }
    let id = evidence["id"].clone();
    let set = shop.call(
        "set_evidence",
        json!({ "evidence": id, "title": "", "period_start": "", "confidentiality": "public", "rev": 1 }),
    );
    assert_eq!((&set["title"], &set["period_start"]), (&json!(""), &Value::Null), "an empty text takes it away");
    assert_eq!((&set["confidentiality"], &set["source"]), (&json!("public"), &json!("the shop's server")), "the rest");
    let before = shop.state();
    let refused = |shop: &mut Shop, mut request: Value, code: &str| {
        request["evidence"] = id.clone();
        assert_eq!(shop.refused("set_evidence", request.clone()).code, code, "{request}");
    };
    refused(&mut shop, json!({ "period_start": "2026-11-01" }), "period-reversed");
    refused(&mut shop, json!({ "confidentiality": "secret" }), "unknown-value");
    refused(&mut shop, json!({ "title": "new", "rev": 1 }), "conflict");
    refused(&mut shop, json!({ "source": "card 4929 1234 5678 9015" }), "card-data-found");
    assert_eq!(shop.state(), before, "nothing was changed");
    shop.assert_sound();
}

#[test]
fn the_age_counts_from_the_day_on_which_it_was_made() {
    let mut shop = shop();
    let log = shop.write("scan.pdf", b"%PDF-1.7");
    let request = json!({
        "requirements": ["pci-dss-4.0.1:11.3.2"], "paths": [log], "collected_on": "2026-11-20",
        "period_start": "2026-01-01", "period_end": "2026-01-31",
    });
    let attached = shop.call("attach_evidence", request);
    assert_eq!(list(&attached, "evidence")[0]["state"], "fresh", "not from the time that it covers");
}

#[test]
fn a_note_is_evidence() {
    let mut shop = shop();
    let text = "Asked the host on the phone.\nPasswords have at least 12 characters. ✓";
    let note =
        json!({ "requirements": [REQUIREMENT], "title": "Call: host/7", "text": text, "valid_until": "2027-06-30" });
    let added = shop.call("add_note", note.clone());
    let evidence = &list(&added, "evidence")[0];
    assert_eq!((&evidence["kind"], &evidence["media_type"]), (&json!("note"), &json!("text/plain")));
    assert_eq!((&evidence["name"], &evidence["title"]), (&json!("Call_ host_7.txt"), &json!("Call: host/7")));
    let shown = shop.call("show_evidence", json!({ "evidence": evidence["id"] }));
    assert_eq!((&shown["kind"], &shown["text"]), (&json!("text"), &json!(text)), "it reads as it was written");
    let out = shop.path("out.txt");
    shop.call("export_evidence", json!({ "evidence": evidence["id"], "path": out }));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), text, "its bytes are the text");
    let before = shop.state();
    for (field, value, code) in [
        ("title", "  ", "title-missing"),
        ("text", " \n", "text-missing"),
        ("text", "paid with 4929 1234 5678 9015", "card-data-found"),
        ("title", "4929 1234 5678 9015", "card-data-found"),
        ("source", "4929 1234 5678 9015", "card-data-found"),
    ] {
        let mut request = note.clone();
        request[field] = json!(value);
        assert_eq!(shop.refused("add_note", request).code, code, "{field}: {value}");
    }
    assert_eq!(shop.state(), before, "nothing was stored");
    let mut kept = note;
    kept["text"] = json!("paid with 4929 1234 5678 9015");
    kept["allow_card_data"] = json!("the number is made up");
    let kept = shop.call("add_note", kept);
    assert_eq!(list(&kept, "evidence")[0]["card_data_reason"], "the number is made up");
    shop.assert_sound();
}

#[test]
fn a_link_is_an_address_and_nothing_more() {
    let mut shop = shop();
    let link = |url: &str| json!({ "requirements": [REQUIREMENT], "url": url });
    let added = shop.call("add_link", link(" https://example.org/Ä?a=1#top "));
    let evidence = &list(&added, "evidence")[0];
    assert_eq!((&evidence["kind"], &evidence["media_type"]), (&json!("link"), &json!("text/uri-list")));
    assert_eq!(evidence["name"], "example.org.uri", "called after the host");
    let shown = shop.call("show_evidence", json!({ "evidence": evidence["id"] }));
    assert_eq!(shown["text"], "https://example.org/%C3%84?a=1#top\r\n", "RFC 2483");
    let before = shop.state();
    for (url, code) in [
        ("", "invalid-url"),
        ("example.org", "invalid-url"),
        ("ftp://example.org/", "invalid-url"),
        ("file:///etc/passwd", "invalid-url"),
        ("javascript:alert(1)", "invalid-url"),
        ("https://", "invalid-url"),
        ("https://me:secret@example.org/", "password-in-url"),
        ("https://example.org/?card=4929123456789015", "card-data-found"),
    ] {
        assert_eq!(shop.refused("add_link", link(url)).code, code, "{url}");
    }
    assert_eq!(shop.state(), before, "nothing was stored");
}

fn write(shop: &Shop, path: &str, bytes: &[u8]) {
    let path = shop.folder().join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_folder_is_attached_whole_in_one_order() {
    let mut shop = shop();
    for path in ["scans/b.txt", "scans/a/z.txt", "scans/a/y.txt", "scans/c/deep/er/x.txt", "scans/a.txt"] {
        write(&shop, path, path.as_bytes());
    }
    for path in ["scans/.DS_Store", "scans/a/Thumbs.db", "scans/Desktop.ini", "scans/._b.txt"] {
        write(&shop, path, b"of the system");
    }
    shop.write("outside.txt", b"outside");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(shop.path("outside.txt"), shop.path("scans/link.txt")).unwrap();
        std::os::unix::fs::symlink(shop.folder(), shop.path("scans/c/up")).unwrap();
    }
    let single = shop.write("single.txt", b"single");
    let entries = shop.state().head.seq;
    let request = json!({ "requirements": [REQUIREMENT], "paths": [shop.path("scans"), single] });
    let attached = shop.call("attach_evidence", request);
    let places = ["scans/a/y.txt", "scans/a/z.txt", "scans/a.txt", "scans/b.txt", "scans/c/deep/er/x.txt", ""];
    assert_eq!(each(&attached, "evidence", "source"), places, "in the order of the names; the path is the source");
    assert_eq!(each(&attached, "evidence", "name"), ["y.txt", "z.txt", "a.txt", "b.txt", "x.txt", "single.txt"]);
    assert_eq!(attached["total"], 6);
    let left_out = list(&attached, "left_out");
    assert_eq!(left_out.len(), if cfg!(unix) { 6 } else { 4 }, "told what was not taken: {left_out:?}");
    assert!(left_out[0].as_str().unwrap().starts_with("scans/.DS_Store was left out"), "{left_out:?}");
    assert_eq!(shop.state().head.seq, entries + 1, "one entry of the journal");
    let said = shop.call("history", json!({ "limit": 1 }));
    assert_eq!(said["entries"][0]["summary"], "Proof attached: y.txt, z.txt, a.txt, b.txt, x.txt … and 1 more");
    shop.assert_sound();
}

#[test]
fn the_workspace_does_not_keep_itself() {
    let mut shop = shop();
    write(&shop, "other.txt", b"other");
    let folder = shop.folder().display().to_string();
    let attached = shop.call("attach_evidence", json!({ "requirements": [REQUIREMENT], "paths": [folder] }));
    assert_eq!(each(&attached, "evidence", "name"), ["other.txt"], "{attached}");
    let before = shop.state();
    let own = json!({ "requirements": [REQUIREMENT], "paths": [shop.file] });
    assert_eq!(shop.refused("attach_evidence", own).code, "workspace-in-itself");
    let own = json!({ "evidence": list(&attached, "evidence")[0]["id"], "path": shop.file });
    assert_eq!(shop.refused("replace_evidence", own).code, "workspace-in-itself");
    assert_eq!(shop.state(), before);
}

#[test]
fn all_files_with_card_data_are_named_and_none_is_stored() {
    let mut shop = shop();
    for number in 0..30 {
        let text = if number % 5 == 0 { "nothing" } else { "a\npaid with 4929 1234 5678 9015" };
        write(&shop, &format!("in/{number:02}.txt"), text.as_bytes());
    }
    let before = shop.state();
    let request = json!({ "requirements": [REQUIREMENT], "paths": [shop.path("in")] });
    let error = shop.refused("attach_evidence", request);
    assert_eq!(error.code, "card-data-found");
    assert!(error.message.starts_with("In 24 files"), "{}", error.message);
    assert!(error.message.contains("in/01.txt: line 2"), "with the place: {}", error.message);
    assert!(!error.message.contains("in/05.txt"), "only those: {}", error.message);
    assert_eq!(error.message.lines().count(), 1 + 20 + 1, "twenty and the rest: {}", error.message);
    assert_eq!(shop.state(), before, "all or nothing");
}

#[test]
fn more_files_than_one_go_takes_are_refused() {
    let mut shop = shop();
    std::fs::create_dir(shop.folder().join("many")).unwrap();
    for number in 0..=20_000 {
        std::fs::File::create(shop.folder().join(format!("many/{number}"))).unwrap();
    }
    let request = json!({ "requirements": [REQUIREMENT], "paths": [shop.path("many")] });
    let error = shop.refused("attach_evidence", request);
    assert_eq!(error.code, "too-many-files");
    assert!(error.message.contains("20000"), "{}", error.message);
}

#[test]
fn the_same_bytes_are_recognised_and_can_be_linked_instead() {
    let mut shop = shop();
    let (first, second) = (shop.write("first.txt", b"the same"), shop.write("second.txt", b"the same"));
    let other = shop.write("other.txt", b"not same");
    let attach = |path: &str| json!({ "requirements": [REQUIREMENT], "paths": [path] });
    let attached = shop.call("attach_evidence", attach(&first));
    assert!(list(&attached["evidence"][0], "same_as").is_empty(), "the first of its bytes");
    let id = attached["evidence"][0]["id"].clone();

    let before = shop.state();
    let prepared = shop.call("prepare_attachment", json!({ "requirements": [SHARED], "paths": [&second, &other] }));
    let known = list(&prepared, "known");
    assert_eq!((known.len(), &known[0]["path"]), (1, &json!(second)), "only what has the same bytes: {known:?}");
    assert_eq!(known[0]["same_as"], json!([{ "id": id, "name": "first.txt" }]));
    assert_eq!((&prepared["files"], &prepared["size"]), (&json!(2), &json!(16)));
    assert_eq!(shop.state(), before, "looking changes nothing");

    let linked = shop.call("link_evidence", json!({ "evidence": id, "requirements": [SHARED, REQUIREMENT] }));
    assert_eq!(each(&linked, "requirements", "id"), [REQUIREMENT, SHARED], "beside what it proved already");
    assert_eq!(shop.state().head.seq, before.head.seq + 1);
    shop.call("link_evidence", json!({ "evidence": id, "requirements": [SHARED] }));
    assert_eq!(shop.state().head.seq, before.head.seq + 1, "what is linked already is no change");

    let attached = shop.call("attach_evidence", attach(&second));
    assert_eq!(attached["evidence"][0]["same_as"], json!([{ "id": id, "name": "first.txt" }]), "and said on attaching");
    let listed = shop.call("list_evidence", json!({}));
    assert_eq!(listed["evidence"][1]["same_as"][0]["name"], "second.txt", "both ways: {listed}");
    shop.call("remove_evidence", json!({ "evidence": attached["evidence"][0]["id"], "reason": "twice" }));
    let listed = shop.call("list_evidence", json!({}));
    assert!(list(&listed["evidence"][0], "same_as").is_empty(), "only what counts");
    shop.assert_sound();
}

#[test]
fn a_proof_says_what_else_it_counts_for() {
    let mut shop = Shop::new(Locale::En, None);
    let scan = shop.write("tls.txt", b"grade A");
    for (framework, scope) in [("pci-dss-4.0.1", "A"), ("shop-security", "shop")] {
        shop.call("start_assessment", json!({ "framework": framework, "scope": scope }));
    }
    let attached = shop.call("attach_evidence", json!({ "requirements": [SHARED], "paths": [scan] }));
    let id = attached["evidence"][0]["id"].clone();
    let gdpr = |view: &Value| {
        let also = list(view, "also_counts_for");
        also.iter().filter(|one| one["id"].as_str().unwrap().starts_with("gdpr:")).count()
    };
    assert_eq!(gdpr(&attached["evidence"][0]), 0, "nobody asks for the GDPR yet");
    shop.call("start_assessment", json!({ "framework": "gdpr", "scope": "shop" }));
    let shown = shop.call("show_evidence", json!({ "evidence": id }))["evidence"].clone();
    assert!(each(&shown, "also_counts_for", "id").contains(&"gdpr:32.1.a"), "{shown}");
    let listed = shop.call("list_evidence", json!({}));
    assert_eq!(listed["evidence"][0]["also_counts_for"], shown["also_counts_for"], "the list says the same");
    let detail = shop.call("show_requirement", json!({ "requirement": SHARED }));
    assert_eq!(detail["evidence"][0]["also_counts_for"], shown["also_counts_for"], "so does the requirement");
    let prepared = shop.call("prepare_attachment", json!({ "requirements": [SHARED] }));
    assert_eq!(prepared["also_counts_for"], shown["also_counts_for"], "and before anything is attached");
    // "Supports" is not "proves".
    assert!(!each(&shown, "also_counts_for", "id").contains(&"gdpr:5.1.f"), "{shown}");
    let all = each(&shown, "also_counts_for", "id").into_iter().map(str::to_owned).collect::<Vec<_>>();
    let linked = shop.call("link_evidence", json!({ "evidence": id, "requirements": all }));
    assert!(list(&linked, "requirements").len() > 1 && gdpr(&linked) == 0, "linked, it is no hint any more: {linked}");
}

#[test]
fn a_proof_shows_its_versions() {
    let mut shop = shop();
    let paths = [1, 2, 3].map(|number| shop.write(&format!("v{number}.txt"), format!("version {number}").as_bytes()));
    let request = json!({
        "requirements": [REQUIREMENT], "paths": [paths[0]], "title": "Policy", "source": "the wiki",
        "confidentiality": "public", "period_end": "2026-01-01",
    });
    let mut ids = vec![shop.call("attach_evidence", request)["evidence"][0]["id"].clone()];
    for path in &paths[1..] {
        let new = shop.call("replace_evidence", json!({ "evidence": ids.last(), "path": path }));
        assert_eq!((&new["title"], &new["source"]), (&json!("Policy"), &json!("the wiki")), "they go over");
        assert_eq!(
            (&new["confidentiality"], &new["period_end"]),
            (&json!("public"), &Value::Null),
            "the time does not"
        );
        ids.push(new["id"].clone());
    }
    for id in &ids {
        let shown = shop.call("show_evidence", json!({ "evidence": id }));
        assert_eq!(each(&shown, "versions", "name"), ["v3.txt", "v2.txt", "v1.txt"], "from any of them");
        let current: Vec<bool> = list(&shown, "versions").iter().map(|version| version["current"] == true).collect();
        assert_eq!(current, [true, false, false], "the newest counts");
    }
}

#[test]
fn the_list_is_searched_narrowed_and_paged() {
    let mut shop = shop();
    for number in 0..25 {
        let path = shop.write(&format!("report-{number:02}.txt"), format!("{number}").as_bytes());
        let until = if number < 5 {
            "2026-11-01"
        } else if number < 8 {
            "2026-11-23"
        } else {
            "2028-01-01"
        };
        let request = json!({
            "requirements": [REQUIREMENT], "paths": [path], "valid_until": until, "collected_on": "2026-10-01",
            "title": if number == 3 { "Quarterly" } else { "" }, "source": if number == 4 { "the wiki" } else { "" },
        });
        shop.call("attach_evidence", request);
    }
    shop.call("add_note", json!({ "requirements": [SHARED], "title": "A call", "text": "asked" }));
    let count = |shop: &mut Shop, request: Value| shop.call("list_evidence", request)["total"].as_u64().unwrap();
    assert_eq!(count(&mut shop, json!({})), 26);
    assert_eq!(count(&mut shop, json!({ "state": "expired" })), 5);
    assert_eq!(count(&mut shop, json!({ "state": "due-soon" })), 3);
    assert_eq!(count(&mut shop, json!({ "kind": "note" })), 1);
    assert_eq!(count(&mut shop, json!({ "kind": "link" })), 0);
    for words in ["QUARTER", "wiki", "report-07", "call a", "the wiki report"] {
        assert_eq!(count(&mut shop, json!({ "search": words })), 1, "{words}");
    }
    assert_eq!(shop.refused("list_evidence", json!({ "state": "old" })).code, "unknown-value");
    let mut names = Vec::new();
    for offset in (0..40).step_by(10) {
        let page = shop.call("list_evidence", json!({ "limit": 10, "offset": offset }));
        assert_eq!(page["total"], 26, "the total is that of all pages");
        names.extend(each(&page, "evidence", "name").into_iter().map(str::to_owned));
    }
    let whole = shop.call("list_evidence", json!({}));
    assert_eq!(names, each(&whole, "evidence", "name"), "the pages are the whole");
}

/// A host whose person stops after so many bytes.
#[derive(Debug)]
struct Impatient<'a> {
    host: &'a TestHost,
    stop_at: u64,
    done: AtomicU64,
}

impl Host for Impatient<'_> {
    fn now(&self) -> Timestamp {
        self.host.now()
    }
    fn today(&self) -> chrono::NaiveDate {
        self.host.today()
    }
    fn new_uuid(&self) -> Uuid {
        self.host.new_uuid()
    }
    fn random(&self, into: &mut [u8]) -> Result<(), Error> {
        self.host.random(into)
    }
    fn actor(&self) -> String {
        self.host.actor()
    }
    fn locale(&self) -> Locale {
        self.host.locale()
    }
    fn may_use(&self, path: &Path) -> bool {
        self.host.may_use(path)
    }
    fn progress(&self, done: u64, total: u64) {
        let before = self.done.swap(done, Ordering::Relaxed);
        assert!(before <= done && done <= total, "it goes forward: {before}, {done} of {total}");
    }
    fn cancelled(&self) -> bool {
        self.done.load(Ordering::Relaxed) >= self.stop_at
    }
}

/// Whether a file that nobody has open is in the write-ahead mode (bytes 18 and 19 of SQLite's header).
fn in_wal_mode(file: &Path) -> bool {
    std::fs::read(file).unwrap()[18..20] == [2, 2]
}

#[test]
fn a_large_import_can_be_stopped_and_leaves_nothing() {
    const MIB: u64 = 1 << 20;
    for watched in [false, true] {
        let mut shop = shop();
        for name in ["one.bin", "two.bin"] {
            std::fs::File::create(shop.folder().join(name)).unwrap().set_len(24 * MIB).unwrap();
        }
        // Not the same bytes twice.
        std::fs::OpenOptions::new()
            .append(true)
            .open(shop.folder().join("two.bin"))
            .unwrap()
            .set_len(25 * MIB)
            .unwrap();
        let (before, files) = (shop.state(), file_names(shop.folder()));
        // Somebody else has the file open, so it cannot be had alone.
        let watcher = watched.then(|| shop.store());
        let size = shop.file.metadata().unwrap().len();
        let request = json!({ "requirements": [REQUIREMENT], "paths": [shop.path("one.bin"), shop.path("two.bin")] });
        for stop_at in [MIB, 20 * MIB, 24 * MIB, 40 * MIB] {
            let host = Impatient { host: &shop.host, stop_at, done: AtomicU64::new(0) };
            let error = dispatch(&mut shop.session, &host, "attach_evidence", request.clone()).expect_err("stopped");
            assert_eq!(error.code, "cancelled", "{error:?}");
            let done = host.done.load(Ordering::Relaxed);
            assert!(done < stop_at + 2 * MIB, "it stops soon: {done} for {stop_at}");
            assert_eq!(shop.state(), before, "nothing was stored");
        }
        let host = Impatient { host: &shop.host, stop_at: u64::MAX, done: AtomicU64::new(0) };
        dispatch(&mut shop.session, &host, "attach_evidence", request.clone()).expect("nobody stops it");
        assert_eq!(host.done.load(Ordering::Relaxed), 49 * MIB, "told to the end");
        let attached = shop.call("list_evidence", json!({}));
        assert_eq!(attached["total"], 2);
        drop(watcher);
        shop.assert_sound();
        shop.call("close_workspace", json!({}));
        assert!(in_wal_mode(&shop.file), "back in the write-ahead log");
        assert!(shop.file.metadata().unwrap().len() > size + 49 * MIB, "in the one file");
        assert_eq!(
            file_names(shop.folder()),
            files.iter().filter(|name| !name.contains('-')).cloned().collect::<Vec<_>>()
        );
    }
}

#[test]
fn the_same_large_bytes_are_not_written_twice() {
    let mut shop = shop();
    std::fs::File::create(shop.folder().join("one.bin")).unwrap().set_len(3 << 20).unwrap();
    std::fs::copy(shop.path("one.bin"), shop.path("two.bin")).unwrap();
    // As long, and other bytes.
    let other = [vec![0; (3 << 20) - 1], vec![1]].concat();
    shop.write("other.bin", &other);
    let attach = |shop: &mut Shop, name: &str| {
        let request = json!({ "requirements": [REQUIREMENT], "paths": [shop.path(name)] });
        let attached = shop.call("attach_evidence", request);
        shop.call("close_workspace", json!({}));
        shop.call("open_workspace", json!({ "path": shop.file }));
        (attached["evidence"][0]["sha256"].clone(), shop.file.metadata().unwrap().len())
    };
    let (sha256, size) = attach(&mut shop, "one.bin");
    let (again, after) = attach(&mut shop, "two.bin");
    assert_eq!((again, after), (sha256.clone(), size), "kept once");
    let (different, after) = attach(&mut shop, "other.bin");
    assert_ne!(different, sha256, "the last byte counts");
    assert!(after > size + (2 << 20), "and is kept: {size}, then {after}");
    shop.assert_sound();
}
