//! Lets Tauri read `tauri.conf.json` and the capabilities at build time.

use std::process::ExitCode;

/// Every command that the window answers. Each gets a permission of its own, and
/// `capabilities/main.json` names the ones that the page may use: what stands in neither place
/// cannot be called.
const COMMANDS: &[&str] = &[
    "rpc",
    "cancel",
    "choose_workspace_to_open",
    "choose_where_to_save",
    "choose_backup",
    "choose_evidence",
    "choose_file",
    "choose_checklist_folder",
    "choose_demo_folder",
    "choose_backup_folder",
    "recent_workspaces",
    "forget_recent",
    "open_file",
    "show_in_folder",
    "set_up",
    "speak",
    "settings",
    "set_settings",
    "kept_passphrase",
    "keep_passphrase",
    "stay",
];

fn main() -> ExitCode {
    let attributes = tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    match tauri_build::try_build(attributes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
