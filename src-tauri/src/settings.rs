//! How this machine keeps workspaces safe: dated copies, and when the window locks. Kept in a small
//! JSON file in the app's own folder, because both are about the machine and not about the shop.
//!
//! Deliberately absent: anything secret, and anything about a single workspace.

use crate::grants::Grants;
use crate::shell::Shell;
use crate::words::Fault;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::State;
use tillproof_api::error::ErrorView;

/// The settings of this machine. What a file does not say is as it is for a new user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether dated copies are made by themselves.
    pub auto_backup: bool,
    /// Where they go; none for a folder beside the workspace.
    pub backup_folder: Option<PathBuf>,
    /// So many are kept.
    pub backup_keep: u32,
    /// Minutes without a key or a movement after which an encrypted workspace is locked; 0 for never.
    pub lock_after: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { auto_backup: true, backup_folder: None, backup_keep: 7, lock_after: 15 }
    }
}

/// The settings on disk.
#[derive(Debug)]
pub struct SettingsFile {
    file: PathBuf,
}

impl SettingsFile {
    /// The settings in this folder, which is made when something is set.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { file: folder.join("settings.json") }
    }

    /// The settings. Where they are missing or damaged, those of a new user hold.
    #[must_use]
    pub fn read(&self) -> Settings {
        std::fs::read(&self.file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Keeps the settings.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, settings: &Settings) -> io::Result<()> {
        crate::recent::swap_in(&self.file, &serde_json::to_vec_pretty(settings)?)
    }
}

/// Whether the page may name this folder: it was chosen in a dialog, or it was set before.
fn may_set(grants: &Grants, before: &Settings, wanted: &Settings) -> bool {
    let Some(folder) = &wanted.backup_folder else { return true };
    before.backup_folder.as_ref() == Some(folder) || grants.cover(folder)
}

/// The settings. The folder in them is given out to the page.
#[tauri::command]
pub(crate) fn settings(shell: State<'_, Arc<Shell>>) -> Settings {
    let settings = shell.settings.read();
    if let Some(folder) = &settings.backup_folder {
        shell.grants().allow_folder(folder);
    }
    settings
}

#[tauri::command]
pub(crate) fn set_settings(shell: State<'_, Arc<Shell>>, settings: Settings) -> Result<(), ErrorView> {
    let before = shell.settings.read();
    if !may_set(&shell.grants(), &before, &settings) {
        return Err(Fault::FolderNotChosen.view(shell.locale()));
    }
    shell.settings.write(&settings).map_err(|_| Fault::SettingsNotKept.view(shell.locale()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_kept_and_what_is_damaged_is_as_for_a_new_user() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = SettingsFile::in_folder(&folder.path().join("made/when/needed"));
        assert_eq!(file.read(), Settings::default(), "nothing was set");
        assert!(Settings::default().auto_backup && Settings::default().lock_after == 15, "safe from the first day");
        let set = Settings { auto_backup: false, backup_folder: Some("/nas".into()), backup_keep: 30, lock_after: 0 };
        file.write(&set).expect("it is written");
        assert_eq!(file.read(), set, "it was kept");
        for (damage, why) in
            [("", "empty"), ("{", "cut"), ("[]", "of another kind"), ("{\"lock_after\": \"x\"}", "no number")]
        {
            std::fs::write(&file.file, damage).expect("a file");
            assert_eq!(file.read(), Settings::default(), "{why}");
        }
        std::fs::write(&file.file, "{\"lock_after\": 5, \"of_a_newer_version\": 1}").expect("a file");
        assert_eq!(file.read(), Settings { lock_after: 5, ..Settings::default() }, "the rest is as for a new user");
    }

    #[test]
    fn the_page_sets_only_a_folder_that_was_chosen() {
        let folder = tempfile::tempdir().expect("a folder");
        let with = |name: &str| Settings { backup_folder: Some(folder.path().join(name)), ..Settings::default() };
        let mut grants = Grants::default();
        grants.allow_folder(&folder.path().join("chosen"));
        assert!(may_set(&grants, &Settings::default(), &with("chosen")), "it was chosen in a dialog");
        assert!(may_set(&grants, &with("before"), &with("before")), "it was set before");
        assert!(!may_set(&grants, &Settings::default(), &with("other")), "nobody chose it");
        assert!(may_set(&grants, &with("before"), &Settings::default()), "back to the folder beside the file");
    }
}
