//! The bundle: what is in it, what a check finds, and what an auditor finds without Tillproof.

use serde_json::{Value, json};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tillproof_domain::locale::Locale;
use tillproof_tests::program::tillproof;
use tillproof_tests::shop::{Shop, file_names};

/// A shop with evidence of hostile names, one of two versions, and a note.
fn shop(locale: Locale) -> Shop {
    let mut shop = Shop::busy(locale, None);
    let large: Vec<u8> = (0_u32..700_000).flat_map(u32::to_le_bytes).collect();
    for (name, bytes) in [("large.bin", large.as_slice()), ("<b>x.html", b"<script>alert(1)</script>")] {
        let path = shop.write(name, bytes);
        shop.call("attach_evidence", json!({ "requirements": ["pci-dss-4.0.1:6.3.3"], "paths": [path] }));
    }
    for name in ["../../etc/passwd", "CON", "a\u{202e}fdp.exe", "end. ", "U\u{308}.txt", "\u{dc}.txt"] {
        let request = json!({ "requirements": ["gdpr:5.2"], "name": name, "base64": "aGk=" });
        shop.dispatch("paste_evidence", request).unwrap_or_default();
    }
    let text = "note <script>\"&' says = more";
    shop.call("add_note", json!({ "requirements": ["gdpr:5.2"], "title": "A <i>note</i>", "text": text }));
    shop
}

fn bundle(shop: &mut Shop, more: Value) -> PathBuf {
    let path = shop.path("bundle.zip");
    let mut request = json!({ "path": path, "overwrite": true });
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    shop.call("export_bundle", request);
    PathBuf::from(path)
}

/// The names in a ZIP, each with its content.
type Files = Vec<(String, Vec<u8>)>;

fn files(path: &Path) -> Files {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let count = zip.len();
    let read = |at| {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

/// A bundle made anew of these files, as the ZIP of another program would be, but of the same form.
fn packed(path: &Path, files: &[(String, Vec<u8>)]) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in files {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

fn unpacked(files: &[(String, Vec<u8>)], folder: &Path) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

fn problems(shop: &mut Shop, path: &Path) -> Vec<String> {
    let said = shop.call("verify_bundle", json!({ "path": path }));
    let list = said["problems"].as_array().unwrap();
    assert_eq!(said["ok"], list.is_empty(), "ok is what the problems say");
    list.iter().map(|one| one["where"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_bundle_holds_everything_and_is_the_same_every_time() {
    let mut shop = shop(Locale::De);
    let made = shop.call("export_bundle", json!({ "path": shop.path("one.zip") }));
    let files = files(Path::new(&shop.path("one.zip")));
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(made["files"], names.len(), "all of them counted: {names:?}");
    for name in
        ["README.txt", "index.html", "journal.jsonl", "manifest.json", "reply.xlsx", "report.json", "report.pdf"]
    {
        assert!(names.contains(&name), "{name} is there");
    }
    assert_eq!(names.last(), Some(&"SHA256SUMS"), "the sums come last");
    let evidence: Vec<&&str> = names.iter().filter(|name| name.starts_with("evidence/")).collect();
    assert_eq!(made["evidence"], evidence.len(), "counted: {evidence:?}");
    assert!(evidence.len() >= 8, "all evidence: {evidence:?}");
    for name in &evidence {
        let bad = name.split('/').any(|part| part == "..")
            || name.contains('\u{202e}')
            || name.ends_with(['.', ' '])
            || name.contains('<');
        assert!(!bad && name.matches('/').count() == 1 && name.starts_with("evidence/E-"), "{name}");
    }
    let twins: std::collections::BTreeSet<_> = evidence.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(twins.len(), evidence.len(), "no two with one name on any system");
    let page = String::from_utf8(files.iter().find(|(name, _)| name == "index.html").unwrap().1.clone()).unwrap();
    assert!(
        page.contains("default-src 'none'") && page.contains("lang=\"de\""),
        "strict, and in the report's language"
    );
    for forbidden in ["<script", "href=\"http", "onerror", "<i>note", "src="] {
        assert!(!page.contains(forbidden), "{forbidden} is not in the page");
    }
    assert!(
        page.contains("A &lt;i&gt;note") || page.contains("&lt;b&gt;") || page.contains("_b_x.html"),
        "texts are text"
    );
    for link in page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(page.contains(&format!("id=\"{link}\"")), "#{link} leads somewhere");
    }
    // The clock goes on, so the same instant is set again.
    let instant = "2026-12-01T09:00:00Z".parse().unwrap();
    for name in ["two.zip", "three.zip"] {
        shop.host.set(instant);
        shop.call("export_bundle", json!({ "path": shop.path(name) }));
    }
    let bytes = |name: &str| std::fs::read(shop.path(name)).unwrap();
    assert!(bytes("two.zip") == bytes("three.zip"), "the same state and instant give the same bytes");
    assert_eq!(
        shop.refused("export_bundle", json!({ "path": shop.path("two.zip") })).code,
        "file-exists",
        "never over a file"
    );
    assert!(!file_names(shop.folder()).iter().any(|name| name.ends_with(".part")), "nothing half-written is left");
}

#[test]
fn versions_that_were_replaced_come_along_when_asked() {
    let mut shop = shop(Locale::En);
    let listed = shop.call("list_evidence", json!({ "search": "large" }));
    let (id, new) = (listed["evidence"][0]["id"].clone(), shop.write("newer.bin", b"new"));
    shop.call("replace_evidence", json!({ "evidence": id, "path": new }));
    let count = |path: &Path| files(path).iter().filter(|(name, _)| name.starts_with("evidence/")).count();
    let path = bundle(&mut shop, json!({}));
    let current = count(&path);
    let path = bundle(&mut shop, json!({ "all_versions": true }));
    assert_eq!(count(&path), current + 1, "one more version");
    assert!(files(&path).iter().any(|(name, _)| name.contains("-v1-large.bin")), "by its number");
    assert_eq!(problems(&mut shop, &path), Vec::<String>::new(), "and it is sound");
}

#[test]
fn a_check_finds_what_was_changed() {
    let mut shop = shop(Locale::En);
    let path = bundle(&mut shop, json!({}));
    shop.call("close_workspace", json!({}));
    assert_eq!(problems(&mut shop, &path), Vec::<String>::new(), "a fresh bundle is sound, without a workspace");
    let said = shop.call("verify_bundle", json!({ "path": path }));
    assert!(said["not_proven"].as_array().unwrap().len() >= 4, "what a check cannot prove is said");
    let whole = files(&path);
    let other = PathBuf::from(shop.path("other.zip"));
    packed(&other, &whole);
    assert_eq!(problems(&mut shop, &other), Vec::<String>::new(), "packed anew it is the same");
    let resum = |files: &mut Vec<(String, Vec<u8>)>| {
        let sums: String = files
            .iter()
            .filter(|(name, _)| name != "SHA256SUMS")
            .map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes)))
            .collect();
        files.iter_mut().find(|(name, _)| name == "SHA256SUMS").unwrap().1 = sums.into_bytes();
    };
    let mut check = |what: &str, change: &dyn Fn(&mut Files), sums: bool, place: &str| {
        let mut files = whole.clone();
        change(&mut files);
        if sums {
            resum(&mut files);
        }
        packed(&other, &files);
        let found = problems(&mut shop, &other);
        assert!(found.iter().any(|one| one.starts_with(place)), "{what}: {found:?}");
    };
    fn with<'f>(files: &'f mut [(String, Vec<u8>)], begins: &str) -> &'f mut Vec<u8> {
        &mut files.iter_mut().find(|(name, _)| name.starts_with(begins)).unwrap().1
    }
    let replace = |bytes: &mut Vec<u8>, from: &str, to: &str| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(from), "{from} is there");
        *bytes = text.replacen(from, to, 1).into_bytes();
    };
    check("a byte of evidence", &|files| with(files, "evidence/E-1-")[0] ^= 1, false, "evidence/E-1-");
    check("a byte of evidence, sums made anew", &|files| with(files, "evidence/E-1-")[0] ^= 1, true, "evidence/E-1-");
    check("the report", &|files| with(files, "report.pdf")[99] ^= 1, false, "report.pdf");
    check(
        "an answer in the journal",
        &|files| replace(with(files, "journal"), "own words", "our words"),
        true,
        "journal.jsonl 5",
    );
    check(
        "an entry cut off",
        &|files| {
            let journal = with(files, "journal");
            let end = journal[..journal.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
            journal.truncate(end + 1);
        },
        true,
        "journal.jsonl",
    );
    check(
        "an entry left out",
        &|files| {
            let journal = with(files, "journal");
            let end = journal.iter().position(|byte| *byte == b'\n').unwrap();
            journal.drain(..=end);
        },
        true,
        "journal.jsonl 1",
    );
    check("a file gone", &|files| files.retain(|(name, _)| name != "index.html"), false, "index.html");
    check(
        "a file added",
        &|files| files.insert(0, ("evidence/E-99-new.txt".to_owned(), b"new".to_vec())),
        true,
        "evidence/E-99",
    );
    check(
        "a file that is not listed",
        &|files| files.insert(0, ("more.txt".to_owned(), b"new".to_vec())),
        false,
        "more.txt",
    );
    check(
        "a name that leaves the folder",
        &|files| files.insert(0, ("../x".to_owned(), b"new".to_vec())),
        true,
        "../x",
    );
    check(
        "another head",
        &|files| {
            let head = said["journal"]["head"].as_str().unwrap();
            replace(with(files, "report.json"), head, &"0".repeat(64));
        },
        true,
        "report.json",
    );
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_is_no_bundle_is_refused_at_once() {
    let mut shop = Shop::nothing(Locale::En);
    let path = shop.path("bad.zip");
    let mut check = |what: &str, bytes: &[u8], code: &str| {
        std::fs::write(&path, bytes).unwrap();
        let began = Instant::now();
        assert_eq!(shop.refused("verify_bundle", json!({ "path": path })).code, code, "{what}");
        assert!(began.elapsed() < Duration::from_secs(20), "{what} took {:?}", began.elapsed());
    };
    check("nothing", b"", "not-a-bundle");
    check("a text", &b"PK hello ".repeat(100), "not-a-bundle");
    let zip = |files: &[(&str, &[u8])]| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let mut zip = zip::ZipWriter::new(&mut bytes);
        for (name, content) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap();
        bytes.into_inner()
    };
    check("another ZIP", &zip(&[("a.txt", b"hello")]), "not-a-bundle");
    let zeros = vec![0_u8; 40 << 20];
    let bomb = zip(&[("SHA256SUMS", b""), ("evidence/E-1-zeros.txt", &zeros)]);
    assert!(bomb.len() < 100_000, "a small file that is a large one");
    check("a bomb", &bomb, "bundle-too-large");
    check("a bomb in the sums", &zip(&[("SHA256SUMS", &zeros)]), "bundle-too-large");
    // The size that is announced is smaller than what comes out.
    let mut lie = zip(&[("SHA256SUMS", &zeros)]);
    let size = (40_u32 << 20).to_le_bytes();
    while let Some(at) = lie.windows(4).position(|window| window == size) {
        lie[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    check("a lie about a size", &lie, "not-a-bundle");
    let names: Vec<String> = (0..100_010).map(|number| format!("evidence/E-{number}-x")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let many = zip(&many);
    check("too many files", &many, "bundle-too-large");
    // The same, said to be few.
    let mut few = many.clone();
    let end = few.len() - 22;
    few[end + 8..end + 12].copy_from_slice(&[9, 0, 9, 0]);
    check("more files than are counted", &few, "bundle-too-large");
    let whole = zip(&[("SHA256SUMS", b""), ("manifest.json", b"{}")]);
    for cut in [1, 22, 60, whole.len() / 2] {
        check("cut off", &whole[..whole.len() - cut], "not-a-bundle");
    }
    let twice = zip(&[("a.txt", b"1"), ("b.txt", b"2")]);
    let twice: Vec<u8> =
        String::from_utf8_lossy(&twice).contains("b.txt").then(|| replaced(&twice, b"b.txt", b"a.txt")).unwrap();
    check("one name twice", &twice, "not-a-bundle");
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    while let Some(at) = bytes.windows(from.len()).position(|window| window == from) {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn damaged_evidence_is_named_and_stops_the_bundle_unless_asked_otherwise() {
    let mut shop = shop(Locale::En);
    let digest = shop.call("list_evidence", json!({ "search": "large" }))["evidence"][0]["sha256"].clone();
    shop.call("close_workspace", json!({}));
    let damage = "UPDATE evidence_chunk SET bytes = zeroblob(1048576) WHERE seq = 1 AND content_id = (SELECT id FROM evidence_content WHERE sha256 = ?)";
    let connection = rusqlite::Connection::open(&shop.file).unwrap();
    assert_eq!(connection.execute(damage, [digest.as_str().unwrap()]).unwrap(), 1, "one chunk");
    drop(connection);
    shop.call("open_workspace", json!({ "path": shop.file }));
    let path = shop.path("bundle.zip");
    let refused = shop.refused("export_bundle", json!({ "path": path }));
    assert_eq!(refused.code, "bundle-damaged");
    assert!(refused.message.contains("E-2 large.bin"), "by name: {refused:?}");
    let left = file_names(shop.folder());
    assert!(!left.iter().any(|name| name.starts_with("bundle.zip")), "nothing is left: {left:?}");
    let made = shop.call("export_bundle", json!({ "path": path, "keep_going": true }));
    assert_eq!(made["damaged"], json!(["E-2 large.bin"]), "what is missing is said");
    assert!(made["size"].as_u64().unwrap() < 2_000_000, "its bytes left no trace: {made}");
    let whole = files(Path::new(&path));
    for name in ["README.txt", "index.html"] {
        let text = String::from_utf8(whole.iter().find(|(file, _)| file == name).unwrap().1.clone()).unwrap();
        assert!(text.contains("Damaged") && text.contains("E-2"), "{name} says so");
    }
    assert!(!whole.iter().any(|(name, _)| name.contains("large.bin")), "the damaged bytes are not in it");
    assert_eq!(problems(&mut shop, Path::new(&path)), ["E-2"], "a check says the same");
}

#[test]
fn an_auditor_checks_without_tillproof() {
    let mut shop = shop(Locale::De);
    let whole = files(&bundle(&mut shop, json!({})));
    let page = include_str!("../../docs/verify-without-tillproof.md");
    let script = page.split_once("```python\n").and_then(|(_, rest)| rest.split_once("```")).unwrap().0;
    assert!(script.lines().count() < 60, "a script that one can read");
    let script = shop.write("verify.py", script.as_bytes());
    let run = |folder: &Path| {
        let output =
            Command::new("python3").args([&script, folder.to_str().unwrap()]).output().expect("python3 is there");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let folder = shop.folder().join("unpacked");
    unpacked(&whole, &folder);
    let (code, said) = run(&folder);
    assert_eq!(code, Some(0), "a fresh bundle: {said}");
    let sums =
        Command::new("sha256sum").args(["--strict", "--quiet", "-c", "SHA256SUMS"]).current_dir(&folder).output();
    assert!(sums.expect("sha256sum is there").status.success(), "the sums are of the usual form");
    let journal = folder.join("journal.jsonl");
    let text = std::fs::read_to_string(&journal).unwrap();
    let changed = text.replacen("own words", "our words", 1);
    std::fs::write(&journal, &changed).unwrap();
    let sums = std::fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    let new = sums.replace(&sha256(text.as_bytes()), &sha256(changed.as_bytes()));
    std::fs::write(folder.join("SHA256SUMS"), new).unwrap();
    let (code, said) = run(&folder);
    assert_eq!((code, said.contains("chain breaks at entry 5")), (Some(1), true), "a byte of the journal: {said}");
    std::fs::write(&journal, &text).unwrap();
    std::fs::write(folder.join("SHA256SUMS"), &sums).unwrap();
    std::fs::write(folder.join("added.txt"), b"x").unwrap();
    let (code, said) = run(&folder);
    assert_eq!((code, said.contains("added.txt")), (Some(1), true), "an added file: {said}");
}

#[test]
fn a_bundle_of_an_earlier_day_ends_with_the_journal_of_that_day() {
    let mut shop = shop(Locale::En);
    shop.host.wait_days(3);
    shop.call("answer_requirement", json!({ "requirement": "pci-dss-4.0.1:8.3.6", "note": "later" }));
    let now = shop.call("workspace_info", json!({}))["journal"]["seq"].as_u64().unwrap();
    shop.call("look_back", json!({ "day": "2026-11-22" }));
    let path = bundle(&mut shop, json!({}));
    let said = shop.call("verify_bundle", json!({ "path": path }));
    assert_eq!((&said["ok"], &said["journal"]["seq"]), (&json!(true), &json!(now - 1)), "up to that day: {said}");
}

#[test]
fn the_command_line_makes_and_checks_a_bundle() {
    let mut shop = shop(Locale::En);
    let (file, out) = (shop.path("shop.tillproof"), shop.path("cli.zip"));
    shop.call("close_workspace", json!({}));
    let ran = tillproof(&["--json", "bundle", &file, "-o", &out, "--all-versions", "--now", "2026-12-01T10:00:00Z"]);
    assert_eq!((ran.code, ran.json()["damaged"].clone()), (0, json!([])), "{ran:?}");
    let ran = tillproof(&["--json", "verify", &out]);
    assert_eq!((ran.code, ran.json()["ok"].clone()), (0, json!(true)), "a fresh bundle: {ran:?}");
    let mut whole = files(Path::new(&out));
    whole[0].1.push(0);
    packed(Path::new(&out), &whole);
    let ran = tillproof(&["verify", &out]);
    assert_eq!(ran.code, 1, "a changed one: {ran:?}");
    assert!(ran.out.contains("evidence/E-1-") && ran.out.contains("not_proven"), "{ran:?}");
}
