//! What can go wrong with a workspace file.

use std::path::{Path, PathBuf};

/// What can go wrong with a workspace file.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("{0} does not exist")]
    Missing(PathBuf),
    /// The file is there already.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// The file is something else.
    #[error("{0} is not a Tillproof workspace")]
    NotAWorkspace(PathBuf),
    /// The file is encrypted and no passphrase was given.
    #[error("{0} is encrypted")]
    PassphraseNeeded(PathBuf),
    /// The passphrase does not open the file.
    #[error("the passphrase does not open {0}")]
    WrongPassphrase(PathBuf),
    /// The file was written by a newer Tillproof.
    #[error("{path} has format {found}, this Tillproof knows up to {known}")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format known here.
        known: u32,
    },
    /// The file is damaged.
    #[error("the workspace is damaged: {0}")]
    Damaged(String),
    /// A copy that was written does not say what its source says.
    #[error("the copy differs: {0}")]
    CopyDiffers(String),
    /// Another file lies where the workspace was when it was opened.
    #[error("{0} was replaced while it was open")]
    Replaced(PathBuf),
    /// There is no room left.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder cannot be written.
    #[error("the workspace cannot be written")]
    ReadOnly,
    /// Somebody else has been writing for too long.
    #[error("the workspace is busy")]
    Busy,
    /// A row was changed by somebody else since it was read.
    #[error("{0} was changed in the meantime")]
    Conflict(String),
    /// Whoever waits has cancelled.
    #[error("cancelled")]
    Cancelled,
    /// A content that a row names is not there.
    #[error("the content {0} is missing")]
    ContentMissing(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Anything else SQLite says.
    #[error("SQLite: {0}")]
    Sql(String),
}

impl StoreError {
    /// Names the file at which input or output failed.
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        |source| match source.kind() {
            std::io::ErrorKind::NotFound => Self::Missing(path.to_owned()),
            std::io::ErrorKind::AlreadyExists => Self::Exists(path.to_owned()),
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded | std::io::ErrorKind::FileTooLarge => {
                Self::DiskFull
            }
            _ => Self::Io { path: path.to_owned(), source },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            // A write that the system cut short (a quota, a limit, a full network share) shows as an
            // I/O failure, and is mended the same way as a full disk.
            Some(Code::DiskFull | Code::SystemIoFailure) => Self::DiskFull,
            Some(Code::ReadOnly | Code::PermissionDenied) => Self::ReadOnly,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Busy,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Sql(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}
