//! A folder of checklists as names and bytes, wherever it comes from.

use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

static CHECKLISTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../checklists");

/// The most bytes that a folder somebody brings may have in all: four times what PCI DSS needs.
pub const LIMIT_BYTES: u64 = 8 * 1024 * 1024;

/// The most files that a folder somebody brings may have.
pub const LIMIT_FILES: usize = 1_000;

/// The files of a checklist folder by their path in it, with `/` between folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

impl Files {
    /// The folder that Tillproof ships.
    #[must_use]
    pub fn embedded() -> Self {
        fn walk(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
            for file in dir.files() {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.insert(path, file.contents().to_vec());
            }
            for dir in dir.dirs() {
                walk(dir, files);
            }
        }
        let mut files = BTreeMap::new();
        walk(&CHECKLISTS, &mut files);
        Self(files)
    }
}
