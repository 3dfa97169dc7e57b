//! The small commands around files that only a window has: the recent list, opening a report in
//! another program, showing where a file is.

use crate::handed::Handed;
use crate::menu;
use crate::recent::RecentWorkspace;
use crate::shell::Shell;
use crate::words::Fault;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;
use tillproof_api::error::ErrorView;
use tillproof_domain::locale::Locale;

/// What other programs may be started with. An exported proof can be anything, a program too; such
/// a file is shown in its folder instead.
const OPENED_ELSEWHERE: &[&str] = &["pdf", "png", "jpg", "jpeg", "gif", "webp", "txt"];

/// What the page needs to know before its first screen.
#[derive(Serialize)]
pub(crate) struct SetUp {
    /// The language of the system.
    locale: Locale,
    /// The version of Tillproof.
    version: &'static str,
    /// Whether this window can ask for files.
    dialogs: bool,
    /// A file that the program was started with.
    handed: Option<Handed>,
}

#[tauri::command]
pub(crate) fn set_up(shell: State<'_, Arc<Shell>>) -> SetUp {
    let handed = shell.waiting().take();
    SetUp { locale: shell.locale(), version: env!("CARGO_PKG_VERSION"), dialogs: true, handed }
}

/// The page says which language it speaks, and the menu follows.
#[tauri::command]
pub(crate) fn speak(app: AppHandle, shell: State<'_, Arc<Shell>>, locale: Locale) {
    if shell.set_locale(locale) {
        menu::follow(&app);
    }
}

/// The workspaces opened last. Giving them out allows the page to open them.
#[tauri::command]
pub(crate) fn recent_workspaces(shell: State<'_, Arc<Shell>>) -> Vec<RecentWorkspace> {
    let list = shell.recent.read();
    for workspace in &list {
        shell.grants().allow(Path::new(&workspace.path));
    }
    list
}

#[tauri::command]
pub(crate) fn forget_recent(app: AppHandle, shell: State<'_, Arc<Shell>>, path: String) -> Result<(), ErrorView> {
    shell.recent.forget(&path).map_err(|_| Fault::ListNotKept.view(shell.locale()))?;
    menu::follow(&app);
    Ok(())
}

/// Opens a file that was written in this session with the program the user has for it.
#[tauri::command]
pub(crate) async fn open_file(app: AppHandle, shell: State<'_, Arc<Shell>>, path: PathBuf) -> Result<(), ErrorView> {
    let locale = shell.locale();
    if !(shell.written().files.contains(&path) && is_opened_elsewhere(&path)) {
        return Err(Fault::NotWrittenHere.view(locale));
    }
    let Some(path) = path.to_str() else { return Err(Fault::PathNotText.view(locale)) };
    app.opener().open_path(path, None::<&str>).map_err(|_| Fault::NoProgram.view(locale))
}

/// Shows a file that was written or a workspace that was opened in this session in its folder.
#[tauri::command]
pub(crate) async fn show_in_folder(
    app: AppHandle,
    shell: State<'_, Arc<Shell>>,
    path: PathBuf,
) -> Result<(), ErrorView> {
    let locale = shell.locale();
    let known = {
        let written = shell.written();
        written.files.contains(&path) || written.workspaces.contains(&path)
    };
    if !known {
        return Err(Fault::NotWrittenHere.view(locale));
    }
    app.opener().reveal_item_in_dir(path).map_err(|_| Fault::NoProgram.view(locale))
}

fn is_opened_elsewhere(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| OPENED_ELSEWHERE.contains(&extension.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documents_are_handed_to_other_programs() {
        let check = |path: &str, opened: bool| assert_eq!(is_opened_elsewhere(Path::new(path)), opened, "{path}");
        check("/out/report.pdf", true);
        check("/out/Scan.PDF", true);
        check("/out/screenshot.png", true);
        check("/out/setup.exe", false);
        check("/out/report.pdf.desktop", false);
        check("/out/page.html", false);
        check("/out/pdf", false);
        check("/out/shop.tillproof", false);
    }
}
