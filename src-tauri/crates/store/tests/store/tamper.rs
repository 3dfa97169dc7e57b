//! Whatever somebody changes past Tillproof is named: what kind, and where.

use crate::sample::{self, ANSWERED, ENTRIES};
use rusqlite::Connection;
use std::sync::OnceLock;
use tillproof_store::Kind;

/// Makes a sample, lets `edit` change it with any SQLite tool, and expects `kind`, `place` and
/// `fault` among what verify finds.
fn check(what: &str, edit: &str, kind: Kind, place: &str, fault: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.tillproof");
    std::fs::write(&path, sound()).unwrap();
    let tool = Connection::open(&path).unwrap();
    tool.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    tool.execute_batch(edit).unwrap_or_else(|error| panic!("{what}: the edit works: {error}"));
    assert!(tool.total_changes() > 0, "{what}: the edit changed something");
    drop(tool);
    let found = sample::verify(&path, None).unwrap();
    assert!(
        found.iter().any(|found| found.kind == kind && found.place.contains(place) && found.fault == fault),
        "{what}: {kind:?} {fault} at “{place}” is not among {found:#?}"
    );
}

/// The bytes of a sample that nobody touched.
fn sound() -> &'static [u8] {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    SOUND.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.tillproof");
        sample::make(&path, None);
        assert_eq!(sample::verify(&path, None).unwrap(), [], "nothing is wrong before");
        std::fs::read(&path).unwrap()
    })
}

#[test]
fn evidence_that_was_changed_is_named() {
    let flip = |name: &str, chunk: u32| {
        format!(
            "UPDATE evidence_chunk SET bytes = CAST(substr(bytes, 1, 1000) || x'FF' || substr(bytes, 1002) AS BLOB)
             WHERE seq = {chunk} AND content_id IN
             (SELECT c.id FROM evidence_content c JOIN evidence e USING (sha256) WHERE e.name = '{name}')"
        )
    };
    check("a byte in the middle", &flip("scan.pdf", 1), Kind::Evidence, "scan.pdf", "hash");
    check("a byte at the end", &flip("scan.pdf", 2), Kind::Evidence, "scan.pdf", "hash");
    let text = "UPDATE evidence_chunk SET bytes = x'612c2063' WHERE bytes = x'612c2062'";
    check("another text", text, Kind::Evidence, "list.txt", "hash");
    check("a chunk less", "DELETE FROM evidence_chunk WHERE seq = 1", Kind::Evidence, "scan.pdf", "size");
    check("no chunk", "DELETE FROM evidence_chunk", Kind::Evidence, "list.txt", "size");
    let swap = "UPDATE evidence_chunk SET seq = CASE seq WHEN 0 THEN 101 ELSE 100 END WHERE length(bytes) = 1048576;
                UPDATE evidence_chunk SET seq = seq - 100 WHERE seq >= 100";
    check("swapped chunks", swap, Kind::Evidence, "scan.pdf", "hash");
    let more = "INSERT INTO evidence_chunk SELECT content_id, 9, x'00' FROM evidence_chunk WHERE bytes = x'612c2062'";
    check("a chunk more", more, Kind::Evidence, "list.txt", "size");
    let content = "UPDATE evidence_content SET sha256 = replace(sha256, substr(sha256, 1, 4), 'beef')";
    check("another hash of the content", content, Kind::Evidence, "list.txt", "missing");
    check("the content gone", "DELETE FROM evidence_content", Kind::Evidence, "scan.pdf", "missing");
    let both = "UPDATE evidence_content SET sha256 = upper(sha256); UPDATE evidence SET sha256 = upper(sha256)";
    check("another hash everywhere", both, Kind::Row, "list.txt", "differs");
}

#[test]
fn rows_that_were_changed_are_named() {
    let requirement = ANSWERED[1];
    let on = format!("WHERE requirement = '{requirement}'");
    check(
        "a note",
        &format!("UPDATE answer SET note = 'all fine' {on}"),
        Kind::Row,
        &format!("answer {requirement}"),
        "differs",
    );
    check(
        "a verdict",
        &format!("UPDATE answer SET verdict = 'not-in-place' {on}"),
        Kind::Row,
        &format!("answer {requirement}"),
        "differs",
    );
    check(
        "an instant",
        &format!("UPDATE answer SET answered_at = answered_at - 1 {on}"),
        Kind::Row,
        &format!("answer {requirement}"),
        "differs",
    );
    check("no word", &format!("UPDATE answer SET verdict = 'fine' {on}"), Kind::Row, "tables", "unreadable");
    check(
        "an answer gone",
        &format!("DELETE FROM answer {on}"),
        Kind::Row,
        &format!("answer {requirement}"),
        "missing",
    );
    let add = format!(
        "CREATE TEMP TABLE more AS SELECT * FROM answer {on};
         UPDATE more SET requirement = 'pci-dss-4.0.1:3.2.1'; INSERT INTO answer SELECT * FROM more;"
    );
    check("an answer more", &add, Kind::Row, "answer pci-dss-4.0.1:3.2.1", "unknown");
    check("the merchant", "UPDATE profile SET name = 'Other'", Kind::Row, "profile", "differs");
    check("a period", "UPDATE assessment SET period_end = '2030-01-01'", Kind::Row, "assessment", "differs");
    check("a criterion", "UPDATE criterion SET confirmed = 0", Kind::Row, "criterion paper-only", "differs");
    check(
        "a hash",
        "UPDATE evidence SET sha256 = 'x' || sha256 WHERE name = 'list.txt'",
        Kind::Row,
        "list.txt",
        "differs",
    );
    check(
        "a name",
        "UPDATE evidence SET name = 'other.pdf' WHERE name = 'scan.pdf'",
        Kind::Row,
        "other.pdf",
        "differs",
    );
    check(
        "a proof moved",
        "UPDATE evidence_requirement SET requirement = 'gdpr:5.2' WHERE requirement LIKE '%2.2.2'",
        Kind::Row,
        "scan.pdf",
        "differs",
    );
    check(
        "removed by hand",
        "UPDATE evidence SET removed_at = 1, removed_reason = 'x' WHERE name = 'none'",
        Kind::Row,
        "none",
        "differs",
    );
    check("a task", "UPDATE task SET status = 'done'", Kind::Row, "Update the shop", "differs");
    check("a comment gone", "DELETE FROM task_comment", Kind::Row, "comment", "missing");
    let part = format!("UPDATE answer SET parts = '{{}}' {on}");
    check("a part", &part, Kind::Row, &format!("answer {requirement}"), "differs");
    let point = format!("UPDATE answer SET worksheet = '{{}}' {on}");
    check("a worksheet", &point, Kind::Row, &format!("answer {requirement}"), "differs");
    check("a checklist", "UPDATE checklist SET files = '{}'", Kind::Row, "checklist acme", "differs");
    check("a reason", "UPDATE evidence SET card_data_reason = NULL WHERE name = 'none'", Kind::Row, "none", "differs");
    check("an AOC", "UPDATE provider SET aoc_on = '2030-01-01'", Kind::Row, "Zahlwerk", "differs");
    check("a purpose", "UPDATE processing SET purposes = 'none'", Kind::Row, "Orders", "differs");
    check("a day of receipt", "UPDATE person_request SET received_on = '2026-11-05'", Kind::Row, "4711", "differs");
    let aware = "UPDATE breach SET aware_at = aware_at + 1";
    check("when it became known", aware, Kind::Row, "Wrong recipient", "differs");
    check("a certificate", "UPDATE signing_key SET certificate = 'x'", Kind::Row, "signing-key", "differs");
    check("a private key gone", "DELETE FROM private_key", Kind::Row, "signing-key", "key-missing");
    let other = "UPDATE private_key SET bytes = x'00'";
    check("another private key", other, Kind::Row, "signing-key", "key-differs");
    let more = "INSERT INTO private_key VALUES ('00', x'00')";
    check("a private key more", more, Kind::Row, "private_key", "key-unknown");
    check("a reply", "UPDATE reply SET auditor = 'x'", Kind::Row, "reply", "differs");
    check("a comment", "UPDATE task_comment SET text = 'x'", Kind::Row, "comment", "differs");
}

#[test]
fn a_journal_that_was_changed_is_named() {
    let flip = "UPDATE journal SET body = replace(body, 'The note', 'Our note') WHERE seq = 5";
    check("a body", flip, Kind::Journal, "journal entry 5", "hash");
    check("the row it left", flip, Kind::Row, &format!("answer {}", ANSWERED[1]), "differs");
    let hash = "UPDATE journal SET hash = 'f' || substr(hash, 2) WHERE seq = 5";
    check("a hash", hash, Kind::Journal, "journal entry 5", "hash");
    check("no hash", "UPDATE journal SET hash = 'none' WHERE seq = 5", Kind::Journal, "journal entry 5", "hash");
    let delete = "DELETE FROM journal WHERE seq = 5";
    check("an entry gone", delete, Kind::Journal, "journal entry 5", "missing");
    check("the entry after it", delete, Kind::Journal, "journal entry 6", "hash");
    let first = "DELETE FROM journal WHERE seq = 1";
    check("the first gone", first, Kind::Journal, "journal entry 1", "missing");
    let last = format!("DELETE FROM journal WHERE seq = {ENTRIES}");
    check("the last gone, its rows left", &last, Kind::Row, "checklist acme", "unknown");
    let swap = "UPDATE journal SET seq = 105 WHERE seq = 5; UPDATE journal SET seq = 5 WHERE seq = 6;
                UPDATE journal SET seq = 6 WHERE seq = 105";
    check("swapped", swap, Kind::Journal, "journal entry 5", "hash");
    check("swapped, by their own numbers", swap, Kind::Journal, "journal entry 6", "not-an-entry");
    check("no JSON", "UPDATE journal SET body = 'x' WHERE seq = 4", Kind::Journal, "journal entry 4", "not-an-entry");
    check("no text", "UPDATE journal SET body = x'00' WHERE seq = 4", Kind::Journal, "journal entry 4", "unreadable");
    for number in [0, -7] {
        let add = format!("INSERT INTO journal SELECT {number}, hash, body FROM journal WHERE seq = 2");
        check("an entry before the first", &add, Kind::Journal, &format!("journal entry {number}"), "not-an-entry");
    }
    let subject = "UPDATE journal_subject SET subject = 'gdpr:5.2' WHERE seq = 5 AND subject NOT LIKE 'by %'";
    check("a subject", subject, Kind::Journal, "journal entry 5", "subjects");
    let gone = format!("DELETE FROM journal_subject WHERE subject = '{}'", ANSWERED[0]);
    check("subjects gone", &gone, Kind::Journal, "journal entry 4", "subjects");
    let person = "UPDATE journal_subject SET subject = 'by Nobody' WHERE seq = 5 AND subject LIKE 'by %'";
    check("a person", person, Kind::Journal, "journal entry 5", "subjects");
    let more = "INSERT INTO journal_subject VALUES ('gdpr:5.2', 5)";
    check("a subject more", more, Kind::Journal, "journal", "subjects");
}

#[test]
fn a_structure_that_was_changed_is_named() {
    check("a dropped table", "DROP TABLE task_comment; DELETE FROM answer", Kind::Row, "tables", "unreadable");
}
