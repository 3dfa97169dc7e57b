//! Paths that a request names, and files written at them: whole or not at all.

use crate::error::Error;
use crate::host::Host;
use crate::types::workspace::FileWritten;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The path, in full, if the host allows it.
pub(super) fn allowed(host: &dyn Host, text: &str) -> Result<PathBuf, Error> {
    if text.trim().is_empty() {
        return Err(Error::new("path-missing"));
    }
    let path = std::path::absolute(text).map_err(|error| io_error(Path::new(text), &error))?;
    if !host.may_use(&path) {
        return Err(Error::new("path-not-allowed").with("path", path.display()));
    }
    Ok(path)
}

/// The path of a file to be, in full, if the host allows it and its folder is there.
pub(super) fn target(host: &dyn Host, text: &str) -> Result<PathBuf, Error> {
    let path = allowed(host, text)?;
    match path.parent() {
        Some(folder) if !folder.is_dir() => Err(Error::new("folder-missing").with("path", folder.display())),
        _ => Ok(path),
    }
}

/// What went wrong with a file, by its path.
pub(super) fn io_error(path: &Path, error: &io::Error) -> Error {
    let at = |code| Error::new(code).with("path", path.display());
    match error.kind() {
        io::ErrorKind::NotFound => at("file-missing"),
        io::ErrorKind::AlreadyExists => at("file-exists"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Error::new("disk-full")
        }
        io::ErrorKind::IsADirectory => at("not-a-file"),
        _ => at("file-io").with("reason", error),
    }
}

/// Opens a file to read; anything but a regular file is refused. Answers its size too.
pub(super) fn open_regular(path: &Path) -> Result<(File, u64), Error> {
    let metadata = std::fs::metadata(path).map_err(|error| io_error(path, &error))?;
    if !metadata.is_file() {
        return Err(Error::new("not-a-file").with("path", path.display()));
    }
    let file = File::open(path).map_err(|error| io_error(path, &error))?;
    Ok((file, metadata.len()))
}

/// The name of a file without its folders.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A name that is safe to write on any system: no folders, no control or reserved characters, no
/// device names, at most 200 bytes. The evidence keeps its own name; only the written file has this.
pub(super) fn safe_name(name: &str) -> String {
    let mut safe: String = name
        .chars()
        .map(|c| {
            let direction = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            if c.is_control() || direction || "/\\:*?\"<>|".contains(c) { '_' } else { c }
        })
        .collect();
    while safe.len() > 200 {
        // The end holds the extension; the middle is cut.
        let cut = safe.char_indices().map(|(i, _)| i).find(|i| *i >= 100).unwrap_or(0);
        safe.remove(cut);
    }
    let trimmed = safe.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = trimmed.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (stem.len() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|c: char| c.is_ascii_digit()));
    if trimmed.is_empty() || device { format!("_{trimmed}") } else { trimmed.to_owned() }
}

/// The digest as lower-case hex digits.
pub(super) fn hex(hasher: Sha256) -> String {
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a file through `fill`: beside it first, then put in place in one step. A file that exists
/// stays as it is unless `overwrite`; nothing is left behind on failure.
pub(super) fn write_whole(
    path: &Path,
    overwrite: bool,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Error>,
) -> Result<FileWritten, Error> {
    put_whole(path, overwrite, |file| {
        let mut counting = Counting { inner: io::BufWriter::new(file), hasher: Sha256::new(), size: 0 };
        fill(&mut counting)?;
        let Counting { inner, hasher, size } = counting;
        inner.into_inner().map_err(|error| io_error(path, error.error()))?;
        Ok((size, hex(hasher)))
    })
}

/// The same for what is not written from the start to the end.
pub(super) fn write_whole_seeking(
    path: &Path,
    overwrite: bool,
    fill: impl FnOnce(&mut File) -> Result<(), Error>,
) -> Result<FileWritten, Error> {
    put_whole(path, overwrite, |file| {
        fill(file)?;
        let mut hasher = Sha256::new();
        let mut chunk = vec![0; 1 << 16];
        let mut size = 0;
        file.seek(SeekFrom::Start(0)).map_err(|error| io_error(path, &error))?;
        loop {
            match file.read(&mut chunk).map_err(|error| io_error(path, &error))? {
                0 => return Ok((size, hex(hasher))),
                read => {
                    hasher.update(&chunk[..read]);
                    size += read as u64;
                }
            }
        }
    })
}

/// Puts a file in place that `fill` writes; it answers size and SHA-256.
fn put_whole(
    path: &Path,
    overwrite: bool,
    fill: impl FnOnce(&mut File) -> Result<(u64, String), Error>,
) -> Result<FileWritten, Error> {
    let exists = || Error::new("file-exists").with("path", path.display());
    if path.is_dir() {
        return Err(Error::new("not-a-file").with("path", path.display()));
    }
    if !overwrite && path.exists() {
        return Err(exists());
    }
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = (|| {
        let mut options = File::options();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&part)
            .map_err(|error| io_error(path, &error))?;
        let (size, sha256) = fill(&mut file)?;
        file.sync_all().map_err(|error| io_error(path, &error))?;
        drop(file);
        if overwrite {
            std::fs::rename(&part, path).map_err(|error| io_error(path, &error))?;
        } else {
            match std::fs::hard_link(&part, path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(exists()),
                // Not every file system knows links.
                Err(_) => std::fs::rename(&part, path).map_err(|error| io_error(path, &error))?,
            }
        }
        Ok(FileWritten { path: path.display().to_string(), size, sha256 })
    })();
    let _ = std::fs::remove_file(&part);
    written
}

struct Counting<W> {
    inner: W,
    hasher: Sha256,
    size: u64,
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_name_never_leaves_its_folder() {
        let check = |name: &str, safe: &str| assert_eq!(safe_name(name), safe, "{name:?}");
        check("scan.pdf", "scan.pdf");
        check("Prüfbericht Q3.pdf", "Prüfbericht Q3.pdf");
        check("../../etc/passwd", "_.._etc_passwd");
        check("C:\\Windows\\x", "C__Windows_x");
        check("..", "_");
        check("", "_");
        check("nul.txt", "_nul.txt");
        check("COM1", "_COM1");
        check("a\u{202e}fdp.exe", "a_fdp.exe");
        check("a\0b\nc", "a_b_c");
        check("end. ", "end");
        let long = format!("{}.pdf", "ä".repeat(300));
        assert!(safe_name(&long).len() <= 200 && safe_name(&long).ends_with(".pdf"), "{}", safe_name(&long));
    }
}
