//! What tests of the real window decide instead of a person and of the clock: answers to dialogs,
//! because nothing can drive a native dialog, and the day, so that a picture of a screen is the
//! same tomorrow; and what they see instead of a person: what stands in the menu bar.
//! This module is in debug builds only.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, FixedOffset};

static ASKED: AtomicUsize = AtomicUsize::new(0);

/// The folder for settings that a test names, so that it does not touch the user's own.
pub(crate) fn config_directory() -> Option<PathBuf> {
    std::env::var_os("TILLPROOF_TEST_CONFIG_DIR").map(PathBuf::from)
}

/// The instant that counts as now, RFC 3339, as `--now` of the command line.
pub(crate) fn fixed_now() -> Option<DateTime<FixedOffset>> {
    let text = std::env::var("TILLPROOF_TEST_NOW").ok()?;
    DateTime::parse_from_rfc3339(&text).inspect_err(|error| eprintln!("TILLPROOF_TEST_NOW: {error}")).ok()
}

/// Leaves what stands in the menu bar where a test can read it: nothing else can look into one.
pub(crate) fn menu_is(bar: &serde_json::Value) {
    let Some(folder) = config_directory() else { return };
    let written = std::fs::create_dir_all(&folder)
        .and_then(|()| crate::recent::swap_in(&folder.join("menu.json"), bar.to_string().as_bytes()));
    if let Err(problem) = written {
        eprintln!("TILLPROOF_TEST_CONFIG_DIR: the menu cannot be told: {problem}");
    }
}

/// The next line of the file that `TILLPROOF_TEST_DIALOGS` names: a path, a list of paths, or
/// `null` for a dialog that is dismissed. None when no file is named, and the dialog is to open.
pub(crate) fn next() -> Option<Result<Vec<PathBuf>, String>> {
    let file = std::env::var_os("TILLPROOF_TEST_DIALOGS")?;
    let number = ASKED.fetch_add(1, Ordering::Relaxed);
    let answer = std::fs::read_to_string(file)
        .map_err(|error| error.to_string())
        .and_then(|lines| lines.lines().nth(number).map(paths).unwrap_or(Err("no line is left".to_owned())));
    if let Err(problem) = &answer {
        eprintln!("TILLPROOF_TEST_DIALOGS, line {}: {problem}", number + 1);
    }
    Some(answer)
}

fn paths(line: &str) -> Result<Vec<PathBuf>, String> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Line {
        Dismissed,
        One(PathBuf),
        Several(Vec<PathBuf>),
    }
    match serde_json::from_str(line).map_err(|error| error.to_string())? {
        Line::Dismissed => Ok(Vec::new()),
        Line::One(path) => Ok(vec![path]),
        Line::Several(paths) => Ok(paths),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_path_a_list_or_nothing() {
        assert_eq!(paths("null"), Ok(vec![]), "dismissed");
        assert_eq!(paths("\"/a\""), Ok(vec![PathBuf::from("/a")]), "one path");
        assert_eq!(paths("[\"/a\", \"/b\"]"), Ok(vec![PathBuf::from("/a"), PathBuf::from("/b")]), "a list");
        assert!(paths("{}").is_err(), "an object is no answer");
        assert!(paths("").is_err(), "an empty line is no answer");
    }
}
