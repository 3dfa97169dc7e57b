//! Copies of the open workspace: one by hand, dated ones that come by themselves, and their list.
//!
//! A dated copy is known by its name and by the workspace in it. What only looks like one is never
//! removed, and what cannot be opened is left alone.

use super::paths;
use crate::error::Error;
use crate::host::{Host, go_on};
use crate::session::Session;
use crate::types::backup::{
    AutoBackup, AutoBackupDone, BackupChecked, BackupView, BackupWritten, Backups, ChangedSince, Changes, ListBackups,
};
use crate::types::workspace::{BackupWorkspace, FileWritten};
use crate::view::head_view;
use chrono::{NaiveDateTime, TimeDelta};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::{Path, PathBuf};
use tillproof_domain::id::WorkspaceId;
use tillproof_domain::time::Timestamp;
use tillproof_store::{BackedUp, Change, CopyOf, Reads, SqliteStore, StoreError};

/// So many dated copies are kept.
const KEEP: u32 = 7;
/// So many hours lie between two of them.
const EVERY_HOURS: u32 = 20;
/// So many bytes of evidence are hashed after a dated copy was written, the newest first: evidence
/// never changes, and what an earlier copy holds was hashed when it was new. Rows are all compared.
const BOUND: u64 = 256 << 20;
/// The moment in the name of a dated copy, in UTC.
const MOMENT: &str = "%Y-%m-%d-%H%M%S";
/// Newer journal entries that are looked through for what they touch.
const ENTRIES: u32 = 500;

/// Writes a copy of the open workspace, reads it back and compares all of it.
///
/// # Errors
/// The file exists or cannot be written, or what was written differs.
pub fn backup_workspace(
    session: &mut Session,
    host: &dyn Host,
    request: BackupWorkspace,
) -> Result<BackupWritten, Error> {
    let path = paths::target(host, &request.path)?;
    let BackedUp { head, compared } = session.file()?.back_up(&path, u64::MAX, &mut go_on(host))?;
    let FileWritten { path, size, sha256 } = hash_file(&path)?;
    let checked = BackupChecked {
        rows: compared.rows,
        evidence: compared.contents,
        evidence_bytes: compared.bytes,
        evidence_left: compared.left,
    };
    Ok(BackupWritten { path, size, sha256, journal: head_view(head), checked })
}

fn hash_file(path: &Path) -> Result<FileWritten, Error> {
    let (mut file, size) = paths::open_regular(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer).map_err(|error| paths::io_error(path, &error))? {
            0 => break,
            n => hasher.update(&buffer[..n]),
        }
    }
    Ok(FileWritten { path: path.display().to_string(), size, sha256: paths::hex(hasher) })
}

/// Makes a dated copy of the open workspace if the newest is old enough and something was changed
/// since, and removes the oldest beyond the number to keep.
///
/// # Errors
/// The folder cannot be made or written, or what was written differs; then it is gone again.
pub fn auto_backup(session: &mut Session, host: &dyn Host, request: AutoBackup) -> Result<AutoBackupDone, Error> {
    let store = session.file()?;
    let dated = Dated::of(store, host, request.folder.as_deref())?;
    let keep = request.keep.unwrap_or(KEEP).max(1) as usize;
    let every = TimeDelta::hours(i64::from(request.every_hours.unwrap_or(EVERY_HOURS)));
    let now = host.now();
    let mut files = dated.files()?;
    // A clock that was set back must not keep copies from being made.
    let mut past = files.iter().filter(|file| file.at <= now);
    let newest = past.find_map(|file| dated.look_at(file).ok().flatten().map(|copy| (file.clone(), copy)));
    let outcome = match &newest {
        _ if request.force => "made",
        None => "made",
        Some((_, copy)) if copy.head == store.head()? => "unchanged",
        Some((file, _)) if now.to_utc() - file.at.to_utc() < every => "recent",
        Some(_) => "made",
    };
    let (file, head, checked) = match newest {
        Some((file, copy)) if outcome != "made" => (file, copy.head, None),
        _ => {
            let (file, BackedUp { head, compared }) = dated.write(host, now)?;
            files.insert(0, file.clone());
            let checked = BackupChecked {
                rows: compared.rows,
                evidence: compared.contents,
                evidence_bytes: compared.bytes,
                evidence_left: compared.left,
            };
            (file, head, Some(checked))
        }
    };
    let (removed, left) =
        if checked.is_some() { dated.thin_out(host, &files, keep)? } else { (Vec::new(), Vec::new()) };
    Ok(AutoBackupDone {
        outcome: outcome.to_owned(),
        folder: dated.folder.display().to_string(),
        path: file.path.display().to_string(),
        at: file.at.to_rfc3339(),
        size: file.size(),
        journal: head_view(head),
        checked,
        removed,
        left,
    })
}

/// The dated copies of the open workspace, the newest first.
///
/// # Errors
/// The folder cannot be read, or the person cancels.
pub fn list_backups(session: &mut Session, host: &dyn Host, request: ListBackups) -> Result<Backups, Error> {
    let dated = Dated::of(session.file()?, host, request.folder.as_deref())?;
    let files = dated.files()?;
    let mut backups = Vec::new();
    for (done, file) in files.iter().enumerate() {
        if !go_on(host)(done as u64, files.len() as u64) {
            return Err(Error::new("cancelled"));
        }
        let (state, head) = match dated.look_at(file) {
            Ok(Some(copy)) => ("readable", Some(copy.head)),
            // That of another workspace with the same name.
            Ok(None) => continue,
            Err(StoreError::WrongPassphrase(_) | StoreError::PassphraseNeeded(_)) => ("other-passphrase", None),
            Err(_) => ("damaged", None),
        };
        backups.push(BackupView {
            path: file.path.display().to_string(),
            name: paths::file_name(&file.path),
            at: file.at.to_rfc3339(),
            size: file.size(),
            state: state.to_owned(),
            journal: head.map(head_view),
        });
    }
    Ok(Backups { folder: dated.folder.display().to_string(), backups })
}

/// Whether somebody else has written since an entry. Cheap where nobody has.
///
/// # Errors
/// None is open, or it cannot be read.
pub fn changed_since(session: &mut Session, _: &dyn Host, request: ChangedSince) -> Result<Changes, Error> {
    let store = session.file()?;
    let head = store.head()?;
    let newer = u32::try_from(head.seq.saturating_sub(request.seq)).unwrap_or(u32::MAX).min(ENTRIES);
    let entries = if newer == 0 { Vec::new() } else { store.journal(None, newer, None)? };
    let mut people: Vec<String> = entries.iter().map(|stored| stored.entry.actor.clone()).collect();
    people.sort_unstable();
    people.dedup();
    let mut subjects: Vec<String> =
        entries.iter().flat_map(|stored| &stored.entry.changes).flat_map(Change::subjects).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let version = store.version()?;
    let changed = head.seq != request.seq && request.version.is_none_or(|seen| seen != version);
    Ok(Changes { changed, version, journal: head_view(head), subjects, people, replaced: !store.is_in_place() })
}

/// The dated copies of one workspace in one folder.
struct Dated<'a> {
    store: &'a SqliteStore,
    folder: PathBuf,
    /// The name of the workspace file without its ending.
    stem: String,
    workspace: WorkspaceId,
}

/// A file with the name of a dated copy.
#[derive(Debug, Clone)]
struct DatedFile {
    path: PathBuf,
    at: Timestamp,
}

impl DatedFile {
    fn size(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |about| about.len())
    }
}

impl<'a> Dated<'a> {
    fn of(store: &'a SqliteStore, host: &dyn Host, folder: Option<&str>) -> Result<Self, Error> {
        let path = store.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let folder = match folder {
            Some(text) => paths::allowed(host, text)?,
            // Its place follows from the workspace, which was allowed.
            None => default_folder(path),
        };
        if folder.exists() && !folder.is_dir() {
            return Err(Error::new("not-a-folder").with("path", folder.display()));
        }
        Ok(Self { store, folder, stem, workspace: store.profile()?.id })
    }

    /// Every file with the name of a dated copy, the newest first.
    fn files(&self) -> Result<Vec<DatedFile>, Error> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(paths::io_error(&self.folder, &error)),
        };
        let mut files: Vec<DatedFile> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                // A link is not what this program makes.
                let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
                let at = moment_in(entry.file_name().to_str()?, &self.stem)?;
                is_file.then(|| DatedFile { path: entry.path(), at })
            })
            .collect();
        files.sort_by_key(|file| std::cmp::Reverse(file.at));
        Ok(files)
    }

    /// What is in a file, or none if it is a copy of another workspace.
    fn look_at(&self, file: &DatedFile) -> Result<Option<CopyOf>, StoreError> {
        let copy = self.store.look_at(&file.path)?;
        Ok((copy.workspace == self.workspace).then_some(copy))
    }

    fn write(&self, host: &dyn Host, now: Timestamp) -> Result<(DatedFile, BackedUp), Error> {
        let is_new = !self.folder.exists();
        if is_new {
            let parent = self.folder.parent().filter(|parent| parent.is_dir());
            let parent = parent.ok_or_else(|| Error::new("folder-missing").with("path", self.folder.display()))?;
            std::fs::create_dir(&self.folder).map_err(|error| paths::io_error(parent, &error))?;
        }
        let path = self.folder.join(format!("{}.{}.tillproof", self.stem, now.to_utc().format(MOMENT)));
        let made = self.store.back_up(&path, BOUND, &mut go_on(host));
        if made.is_err() && is_new {
            // Only an empty folder goes.
            let _ = std::fs::remove_dir(&self.folder);
        }
        Ok((DatedFile { path, at: now }, made?))
    }

    /// Removes the oldest copies of this workspace beyond a number; answers what was removed, and
    /// what could not be looked into and was left.
    fn thin_out(&self, host: &dyn Host, files: &[DatedFile], keep: usize) -> Result<(Vec<String>, Vec<String>), Error> {
        let (mut removed, mut left) = (Vec::new(), Vec::new());
        if files.len() <= keep {
            return Ok((removed, left));
        }
        let mut own = 0;
        for file in files {
            // The copy is made; what is left to do can be done the next time.
            if host.cancelled() {
                break;
            }
            match self.look_at(file) {
                Ok(Some(_)) => own += 1,
                Ok(None) => continue,
                Err(_) => {
                    left.push(file.path.display().to_string());
                    continue;
                }
            }
            if own > keep {
                std::fs::remove_file(&file.path).map_err(|error| paths::io_error(&file.path, &error))?;
                removed.push(file.path.display().to_string());
            }
        }
        Ok((removed, left))
    }
}

/// Where the dated copies of a workspace lie if nobody chose another place.
#[must_use]
pub fn default_folder(workspace: &Path) -> PathBuf {
    let stem = workspace.file_stem().unwrap_or_default().to_string_lossy();
    workspace.with_file_name(format!("{stem} backups"))
}

/// The moment in the name of a dated copy of a workspace with this name.
fn moment_in(name: &str, stem: &str) -> Option<Timestamp> {
    let moment = name.strip_prefix(stem)?.strip_prefix('.')?.strip_suffix(".tillproof")?;
    let shape = |(i, c): (usize, char)| if [4, 7, 10].contains(&i) { c == '-' } else { c.is_ascii_digit() };
    if moment.len() != 17 || !moment.char_indices().all(shape) {
        return None;
    }
    Some(NaiveDateTime::parse_from_str(moment, MOMENT).ok()?.and_utc().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_dated_copies_are_known() {
        let check = |name: &str, at: Option<&str>| {
            assert_eq!(moment_in(name, "shop").map(Timestamp::to_rfc3339).as_deref(), at, "{name}");
        };
        check("shop.2026-11-22-100000.tillproof", Some("2026-11-22T10:00:00Z"));
        check("shop.tillproof", None);
        check("shop.before-format-2.tillproof", None);
        check("shop.2026-11-22-100000.tillproof.part", None);
        check("shop.2026-11-22-100000 copy.tillproof", None);
        check("shop.2026-13-22-100000.tillproof", None);
        check("shop.2026-11-22-1000.tillproof", None);
        check("shop.+026-11-22-100000.tillproof", None);
        check("other.2026-11-22-100000.tillproof", None);
        check("shop.x.2026-11-22-100000.tillproof", None);
    }
}
