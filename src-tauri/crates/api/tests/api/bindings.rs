//! The committed TypeScript types are those of the Rust types.

use std::path::Path;

#[test]
fn the_committed_bindings_are_current() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bindings");
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::create_dir_all(&committed).expect("the folder of the bindings");
        let _ = std::fs::remove_file(committed.join("api.ts"));
        tillproof_api::bindings::write(&committed).expect("the bindings are written");
        return;
    }
    let fresh = tempfile::tempdir().expect("a folder");
    tillproof_api::bindings::write(fresh.path()).expect("the bindings are written");
    let read = |path: &Path| std::fs::read_to_string(path.join("api.ts")).unwrap_or_default();
    assert!(
        read(fresh.path()) == read(&committed),
        "ui/src/bindings/api.ts is not what the Rust types say; run `make bindings`"
    );
}
