//! A single byte of the file, anywhere, changed: named, refused, or without any effect.

use crate::sample;
use std::collections::BTreeMap;
use std::path::Path;
use tillproof_store::SqliteStore;

const POSITIONS: u64 = 300;

/// Flips one bit at many positions, one at a time, and looks at what comes of each.
fn check(passphrase: Option<&str>) -> BTreeMap<&'static str, u64> {
    let folder = tempfile::tempdir().unwrap();
    let (sound, path) = (folder.path().join("sound.tillproof"), folder.path().join("shop.tillproof"));
    sample::make(&sound, passphrase);
    let said = sample::said(&SqliteStore::open(&sound, passphrase).unwrap()).unwrap();
    let bytes = std::fs::read(&sound).unwrap();
    let mut counts = BTreeMap::new();
    for turn in 0..POSITIONS {
        // A third in the header and the schema, a third in the small tables, a third anywhere.
        let (from, to) = match turn % 3 {
            0 => (0, 16_384),
            1 => (16_384, 600_000.min(bytes.len())),
            _ => (0, bytes.len()),
        };
        let mixed = (turn + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let position = from + usize::try_from(mixed >> 16).unwrap() % (to - from);
        let mut changed = bytes.clone();
        changed[position] ^= 1 << (mixed >> 8 & 7);
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.path().join(format!("shop.tillproof{suffix}")));
        }
        std::fs::write(&path, &changed).unwrap();
        *counts.entry(outcome(&path, passphrase, &said, position)).or_default() += 1;
    }
    counts
}

fn outcome(path: &Path, passphrase: Option<&str>, said: &sample::Said, position: usize) -> &'static str {
    let found = match sample::verify(path, passphrase) {
        Err(_) => return "refused",
        Ok(found) => found,
    };
    if !found.is_empty() {
        assert!(
            found.iter().all(|found| !found.place.is_empty()),
            "byte {position}: every fault has a place: {found:?}"
        );
        return "named";
    }
    let store = SqliteStore::open(path, passphrase)
        .unwrap_or_else(|error| panic!("byte {position}: verify found nothing, yet opening says {error}"));
    let now = sample::said(&store).unwrap_or_else(|error| panic!("byte {position}: nothing found, yet {error}"));
    assert!(now == *said, "byte {position}: the data changed and nobody noticed");
    "without effect"
}

#[test]
fn one_byte_of_a_plain_file() {
    let counts = check(None);
    println!("plain file: {counts:?}");
    assert!(counts["named"] > 50, "many are seen by verify: {counts:?}");
}

#[test]
fn one_byte_of_an_encrypted_file() {
    // SQLCipher takes this form as the key itself and spares the half second of deriving it.
    let counts = check(Some(&format!("x'{}'", "c0ffee00".repeat(8))));
    println!("encrypted file: {counts:?}");
    assert!(!counts.contains_key("without effect"), "every page is authenticated: {counts:?}");
}
