//! Rebuilds the crate when a checklist changes: the texts are embedded.
fn main() {
    println!("cargo:rerun-if-changed=../../../checklists");
}
