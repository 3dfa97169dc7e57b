//! Checks a whole workspace and names everything that is wrong: the file, the chain of the journal,
//! the tables against the journal, the evidence against its hashes.
//!
//! What it cannot see: a journal that its owner has written anew from the start, or cut at the end
//! together with the tables. Only a head kept elsewhere shows that.

use crate::journal::{self, Entry, chain, hex, unhex};
use crate::{Change, Reads, Result, SqliteStore, StoreError, table};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What kind of thing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The file's structure.
    File,
    /// The journal.
    Journal,
    /// A row of a table.
    Row,
    /// The bytes of an evidence.
    Evidence,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What kind.
    pub kind: Kind,
    /// Where: the entry, the row, the evidence.
    pub place: String,
    /// A word for what is wrong, frozen: `unreadable`, `hash`, `gap`, `not-an-entry`, `subjects`,
    /// `differs`, `missing`, `unknown`, `size`, `key-missing`, `key-differs`, `key-unknown`.
    pub fault: &'static str,
    /// More, where there is more to say. May be empty.
    pub detail: String,
}

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Journal entries.
    pub entries: u64,
    /// Rows compared with the journal.
    pub rows: u64,
    /// Evidence contents hashed.
    pub contents: u64,
    /// Bytes hashed.
    pub bytes: u64,
}

impl SqliteStore {
    /// Checks everything. `progress(done, total)` counts bytes of evidence and answers whether to go on.
    ///
    /// # Errors
    /// `progress` says to stop. What is wrong with the workspace is not an error but in the answer.
    pub fn verify(&self, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<(Vec<Found>, Counted)> {
        let mut check = Check { store: self, found: Vec::new(), counted: Counted::default() };
        check.file();
        let latest = check.journal();
        check.rows(latest);
        check.private_keys();
        check.evidence(progress)?;
        Ok((check.found, check.counted))
    }
}

/// The values of a row, small enough to keep those of all rows.
fn digest(row: &Change) -> [u8; 32] {
    Sha256::digest(serde_json::to_vec(row).unwrap_or_default()).into()
}

struct Check<'a> {
    store: &'a SqliteStore,
    found: Vec<Found>,
    counted: Counted,
}

impl Check<'_> {
    fn found(&mut self, kind: Kind, place: impl Into<String>, fault: &'static str, detail: impl ToString) {
        self.found.push(Found { kind, place: place.into(), fault, detail: detail.to_string() });
    }

    fn file(&mut self) {
        let said: rusqlite::Result<Vec<String>> = (|| {
            let mut check = self.store.connection.prepare("PRAGMA integrity_check(20)")?;
            check.query_map([], |row| row.get(0))?.collect()
        })();
        match said {
            Ok(lines) => {
                for line in lines.into_iter().filter(|line| line != "ok") {
                    self.found(Kind::File, "file", "differs", line);
                }
            }
            Err(error) => self.found(Kind::File, "file", "unreadable", error),
        }
    }

    /// Walks the chain and answers the name and the hash of the last values of every row, by its key.
    fn journal(&mut self) -> BTreeMap<String, (String, [u8; 32])> {
        let mut latest = BTreeMap::new();
        let mut previous = journal::genesis();
        let mut expected = 1_u64;
        let mut subjects = 0_u64;
        // The history shows every entry, so none may hide before the first.
        let early: rusqlite::Result<Vec<i64>> = (|| {
            let mut select = self.store.connection.prepare("SELECT seq FROM journal WHERE seq < 1 ORDER BY seq")?;
            select.query_map([], |row| row.get(0))?.collect()
        })();
        for seq in early.unwrap_or_default() {
            self.found(Kind::Journal, format!("journal entry {seq}"), "not-an-entry", format!("{seq} < 1"));
        }
        loop {
            // One entry at a time, so that an entry that cannot be read does not hide the others.
            let row = self
                .store
                .connection
                .prepare_cached("SELECT seq, hash, body FROM journal WHERE seq >= ? ORDER BY seq LIMIT 1")
                .and_then(|mut select| {
                    select.query_row([expected], |row| {
                        Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
                    })
                });
            let (seq, hash, body) = match row {
                Ok(row) => row,
                Err(rusqlite::Error::QueryReturnedNoRows) => break,
                Err(error) => {
                    self.found(Kind::Journal, format!("journal entry {expected}"), "unreadable", error);
                    let last = journal::head(&self.store.connection).map_or(0, |head| head.seq);
                    if expected >= last {
                        break;
                    }
                    expected += 1;
                    continue;
                }
            };
            if seq != expected {
                self.found(Kind::Journal, format!("journal entry {expected}"), "missing", "");
            }
            let place = format!("journal entry {seq}");
            if hex(&chain(&previous, body.as_bytes())) != hash {
                self.found(Kind::Journal, &place, "hash", "");
            }
            // The next entry is checked against what is written here, so that one fault is named once.
            previous = unhex(&hash).unwrap_or(previous);
            match serde_json::from_str::<Entry>(&body) {
                Ok(entry) => {
                    if entry.seq != seq {
                        self.found(Kind::Journal, &place, "not-an-entry", format!("{} ≠ {seq}", entry.seq));
                    }
                    subjects += self.subjects(&place, &entry);
                    for change in &entry.changes {
                        latest.insert(change.key(), (change.name(), digest(change)));
                    }
                }
                Err(error) => self.found(Kind::Journal, &place, "not-an-entry", error),
            }
            self.counted.entries += 1;
            expected = seq + 1;
        }
        let kept =
            self.store.connection.query_row("SELECT count(*) FROM journal_subject", [], |row| row.get::<_, u64>(0));
        if kept.as_ref().ok() != Some(&subjects) {
            self.found(Kind::Journal, "journal", "subjects", "");
        }
        latest
    }

    /// Whatever an entry touches must be looked up to it. Answers how many subjects it has.
    fn subjects(&mut self, place: &str, entry: &Entry) -> u64 {
        let wanted = entry.subjects();
        let found: rusqlite::Result<bool> = (|| {
            let mut select =
                self.store.connection.prepare_cached("SELECT 1 FROM journal_subject WHERE subject = ? AND seq = ?")?;
            for subject in &wanted {
                if !select.exists(rusqlite::params![subject, entry.seq])? {
                    return Ok(false);
                }
            }
            Ok(true)
        })();
        if !matches!(found, Ok(true)) {
            self.found(Kind::Journal, place, "subjects", "");
        }
        wanted.len() as u64
    }

    fn rows(&mut self, mut latest: BTreeMap<String, (String, [u8; 32])>) {
        let read = table::each(&self.store.connection, &mut |row| {
            match latest.remove(&row.key()) {
                None => self.found(Kind::Row, row.name(), "unknown", ""),
                Some((_, then)) if then != digest(&row) => self.found(Kind::Row, row.name(), "differs", ""),
                Some(_) => {}
            }
            self.counted.rows += 1;
        });
        if let Err(error) = read {
            return self.found(Kind::Row, "tables", "unreadable", error);
        }
        for (name, _) in latest.into_values() {
            self.found(Kind::Row, name, "missing", "");
        }
    }

    /// Every key that was not removed has its private half, and no other is kept.
    fn private_keys(&mut self) {
        let Ok(keys) = self.store.signing_keys() else { return };
        let mut wanted = BTreeSet::new();
        for key in keys.into_iter().filter(|key| key.is_kept()) {
            let place = format!("signing-key {} ({})", key.id, key.name);
            match self.store.private_key(&key.private_sha256) {
                Ok(_) => {}
                Err(StoreError::ContentMissing(_)) => self.found(Kind::Row, place, "key-missing", ""),
                Err(_) => self.found(Kind::Row, place, "key-differs", ""),
            }
            wanted.insert(key.private_sha256);
        }
        for kept in table::signing_key::kept_private(&self.store.connection).unwrap_or_default() {
            if !wanted.contains(&kept) {
                self.found(Kind::Row, "private_key", "key-unknown", kept);
            }
        }
    }

    fn evidence(&mut self, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<()> {
        let list = match self.store.evidence_list() {
            Ok(list) => list,
            Err(error) => {
                self.found(Kind::Evidence, "evidence", "unreadable", error);
                return Ok(());
            }
        };
        // Several evidences may share a content; it is hashed once and named by the first of them.
        let mut contents: BTreeMap<&str, (&str, u64)> = BTreeMap::new();
        for evidence in &list {
            contents.insert(&evidence.sha256, (&evidence.name, evidence.size));
        }
        let total: u64 = contents.values().map(|(_, size)| size).sum();
        for (sha256, (name, size)) in contents {
            let place = format!("evidence {name}");
            let mut hasher = Sha256::new();
            let mut read = 0_u64;
            let before = self.counted.bytes;
            let result = self.store.read_content(sha256, &mut |bytes| {
                hasher.update(bytes);
                read += bytes.len() as u64;
                Ok(progress(before + read, total))
            });
            self.counted.bytes += read;
            self.counted.contents += 1;
            match result {
                Err(StoreError::Cancelled) => return Err(StoreError::Cancelled),
                Err(StoreError::ContentMissing(_)) => self.found(Kind::Evidence, place, "missing", sha256),
                Err(error) => self.found(Kind::Evidence, place, "unreadable", error),
                Ok(()) if read != size => self.found(Kind::Evidence, place, "size", format!("{read} ≠ {size}")),
                Ok(()) if hex(&hasher.finalize()) != sha256 => self.found(Kind::Evidence, place, "hash", sha256),
                Ok(()) => {}
            }
        }
        Ok(())
    }
}
