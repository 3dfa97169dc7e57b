//! What kind of file lies at a path, without a passphrase.

use crate::{Result, StoreError};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes in a page of a workspace file, encrypted or not. Frozen.
pub(crate) const PAGE_SIZE: u32 = 16_384;

/// `application_id` of a workspace: “TlPf”. Frozen.
pub(crate) const APPLICATION_ID: i32 = 0x546c_5066;

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A workspace that anybody can read.
    Plain,
    /// A file that may be an encrypted workspace; only its passphrase tells.
    Encrypted,
}

/// Looks at the head of a file.
///
/// # Errors
/// The file is missing, cannot be read, or is certainly no workspace.
pub fn recognise(path: &Path) -> Result<FileKind> {
    let not_a_workspace = || StoreError::NotAWorkspace(path.to_owned());
    // Looked at before it is opened: opening a pipe would wait for somebody to write into it.
    if !std::fs::metadata(path).map_err(StoreError::io(path))?.is_file() {
        return Err(not_a_workspace());
    }
    if let Some((kind, _)) = crate::open_files::known(path) {
        return Ok(kind);
    }
    let mut file = File::open(path).map_err(StoreError::io(path))?;
    let size = file.metadata().map_err(StoreError::io(path))?.len();
    let mut head = Vec::with_capacity(100);
    file.by_ref().take(100).read_to_end(&mut head).map_err(|error| match error.kind() {
        std::io::ErrorKind::IsADirectory => not_a_workspace(),
        _ => StoreError::io(path)(error),
    })?;
    if head.starts_with(b"SQLite format 3\0") {
        // Offset 68 of the SQLite header, big-endian.
        let id: Option<[u8; 4]> = head.get(68..72).and_then(|bytes| bytes.try_into().ok());
        return if id.map(i32::from_be_bytes) == Some(APPLICATION_ID) {
            Ok(FileKind::Plain)
        } else {
            Err(not_a_workspace())
        };
    }
    // An encrypted file is whole pages of what looks like chance; text or a known format is not.
    let looks_like_text = head.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    // A write that was cut short may have left a part of a page; its journal knows how to mend it.
    let whole = size % u64::from(PAGE_SIZE) == 0 || has_journal(path);
    if size == 0 || !whole || looks_like_text {
        return Err(not_a_workspace());
    }
    Ok(FileKind::Encrypted)
}

fn has_journal(path: &Path) -> bool {
    ["-journal", "-wal"].into_iter().any(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        std::fs::metadata(name).is_ok_and(|metadata| metadata.len() > 0)
    })
}
