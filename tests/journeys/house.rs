//! The core knows no window, and its parts do not know each other.

use std::collections::BTreeSet;
use std::process::Command;

/// The names of all crates that a crate needs to run.
fn needs(package: &str) -> BTreeSet<String> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let arguments = ["tree", "-e", "normal", "--offline", "--locked", "--prefix", "none", "--format", "{p}"];
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--package", package, "--manifest-path", manifest])
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "cargo tree of {package}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("names are UTF-8");
    let names: BTreeSet<String> =
        text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    assert!(names.contains(package) && names.contains("thiserror"), "{package} and what it needs: {names:?}");
    names
}

#[test]
fn the_core_knows_no_window() {
    for package in ["domain", "catalog", "store", "report", "guard", "sign", "bundle", "api", "cli"] {
        for name in needs(&format!("tillproof-{package}")) {
            let window = ["tauri", "wry", "tao", "gtk", "gdk", "webkit", "javascriptcore", "objc", "muda", "winit"];
            let known = window
                .iter()
                .any(|word| name == *word || name.starts_with(&format!("{word}-")) || name.starts_with("webkit"));
            assert!(!known, "tillproof-{package} needs {name}: the core builds without a window");
        }
    }
}

#[test]
fn the_parts_do_not_know_each_other() {
    let parts = ["catalog", "store", "report", "guard", "sign"];
    for part in parts {
        let needs = needs(&format!("tillproof-{part}"));
        for other in parts.iter().filter(|other| **other != part).chain(&["api", "cli"]) {
            assert!(
                !needs.contains(&format!("tillproof-{other}")),
                "{part} knows {other}: only api puts them together"
            );
        }
    }
    let bundle = needs("tillproof-bundle");
    for other in ["catalog", "store", "guard", "api", "cli"] {
        assert!(!bundle.contains(&format!("tillproof-{other}")), "bundle knows {other}: it packs what a report says");
    }
    let domain = needs("tillproof-domain");
    assert_eq!(domain.iter().filter(|name| name.starts_with("tillproof-")).count(), 1, "the domain knows nobody");
    for input_or_output in ["rusqlite", "printpdf", "tokio", "reqwest"] {
        assert!(!domain.contains(input_or_output), "the domain does no input and output: {input_or_output}");
    }
}
