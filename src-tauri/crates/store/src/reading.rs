//! Opening a file that cannot be written, or must not be: a disc, a write-protected stick, a folder
//! that belongs to somebody else, a backup that is only looked at.
//!
//! A file whose last changes lie in a log beside it needs a small file more to be read, and there
//! is no place for it. Two ways lead around that, and both hold only where nobody can write: they
//! are taken when the plain way fails.

use crate::connection;
use crate::{Result, StoreError, migration};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};

/// The file itself, whatever its name: a number of the disk and one of the file.
pub(crate) type FileId = (u64, u64);

/// What the system calls the file at a path.
#[cfg(unix)]
pub(crate) fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|about| (about.dev(), about.ino()))
}

/// Windows does not let an open database be replaced, so there is nothing to compare.
#[cfg(not(unix))]
pub(crate) fn file_id(_: &Path) -> Option<FileId> {
    None
}

/// Opens a connection that cannot write, and tries its first read, which decides whether the key
/// fits.
pub(crate) fn connect(path: &Path, key: Option<&str>) -> Result<(Connection, Result<u32>)> {
    let plain = connection::connect(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let format = first_read(&plain);
    let Err(refused) = format else { return Ok((plain, format.map_err(StoreError::from))) };
    let no_room = matches!(refused.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly));
    if !no_room {
        return Ok((plain, Err(refused.into())));
    }
    drop(plain);
    let log = beside(path, "-wal");
    let connection = if std::fs::metadata(&log).is_ok_and(|about| about.len() > 0) {
        with_log(path, key)?
    } else {
        alone(path, key)?
    };
    let format = migration::format_of(&connection);
    Ok((connection, format))
}

fn first_read(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The file holds everything: it is read as if nobody ever changed it.
fn alone(path: &Path, key: Option<&str>) -> Result<Connection> {
    let full = std::path::absolute(path).map_err(StoreError::io(path))?;
    let name = format!("file:{}?immutable=1", escaped(&full));
    connection::connect(Path::new(&name), key, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)
}

/// The last changes lie in the log: its index is made in memory, for which SQLite wants the file for
/// itself. Locks cannot be taken on what cannot be written, so none are asked for.
fn with_log(path: &Path, key: Option<&str>) -> Result<Connection> {
    let without_locks = if cfg!(windows) { "win32-none" } else { "unix-none" };
    let connection = connection::connect_without_locks(path, key, without_locks)?;
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    Ok(connection)
}

/// A path as SQLite reads it in an address (RFC 3986): what could mean something is escaped.
fn escaped(path: &Path) -> String {
    use std::fmt::Write;
    let text = path.as_os_str().as_encoded_bytes();
    let mut out = String::with_capacity(text.len() + 8);
    // `C:\a` is `/C:/a` there.
    if cfg!(windows) {
        out.push('/');
    }
    for byte in text {
        match byte {
            b'\\' if cfg!(windows) => out.push('/'),
            b'/' | b'.' | b'-' | b'_' | b'~' | b':' => out.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(*byte)),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_path_is_not_mistaken_for_an_address() {
        let check = |path: &str, text: &str| assert_eq!(escaped(Path::new(path)), text, "{path}");
        check("/home/k/shop.tillproof", "/home/k/shop.tillproof");
        check("/100% sure?#x&mode=rw", "/100%25%20sure%3F%23x%26mode%3Drw");
        check("/Büro", "/B%C3%BCro");
    }
}
