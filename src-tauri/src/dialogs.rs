//! The dialogs in which a person names files. Each answer is granted to the page; see
//! [`crate::grants`]. The dialogs' own commands are not open to the page.

use crate::shell::{Shell, documents_directory};
use crate::words::Fault;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{Manager, State, WebviewWindow};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tillproof_api::error::ErrorView;
use tillproof_domain::locale::Locale;

/// How a workspace file ends.
const WORKSPACE: &str = "tillproof";

/// What is going to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Saved {
    Workspace,
    Report,
    Backup,
    Evidence,
    Restore,
    /// A list for a spreadsheet.
    Table,
    /// Tasks for a calendar.
    Calendar,
    /// What an auditor takes home.
    Bundle,
    /// Results as a spreadsheet.
    Spreadsheet,
    /// The certificate of a key.
    Certificate,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Wanted {
    /// A key with its certificate (PKCS#12).
    Certificate,
    /// A PDF.
    Report,
}

/// What a dialog asks for.
enum Question {
    Workspace,
    Files,
    File(&'static [&'static str]),
    Folder,
    Save { name: String, extension: Option<&'static str> },
}

#[tauri::command]
pub(crate) async fn choose_workspace_to_open(
    window: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
) -> Result<Option<String>, ErrorView> {
    let answer = ask(window, Question::Workspace, shell.locale()).await?;
    give_out(&shell, answer).map(one)
}

#[tauri::command]
pub(crate) async fn choose_backup(
    window: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
) -> Result<Option<String>, ErrorView> {
    let answer = ask(window, Question::Workspace, shell.locale()).await?;
    give_out(&shell, answer).map(one)
}

#[tauri::command]
pub(crate) async fn choose_evidence(
    window: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
) -> Result<Vec<String>, ErrorView> {
    let answer = ask(window, Question::Files, shell.locale()).await?;
    give_out(&shell, answer)
}

#[tauri::command]
pub(crate) async fn choose_file(
    window: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
    kind: Wanted,
) -> Result<Option<String>, ErrorView> {
    let endings: &[&str] = match kind {
        Wanted::Certificate => &["p12", "pfx"],
        Wanted::Report => &["pdf"],
    };
    let answer = ask(window, Question::File(endings), shell.locale()).await?;
    give_out(&shell, answer).map(one)
}

#[tauri::command]
pub(crate) async fn choose_where_to_save(
    window: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
    kind: Saved,
    suggested: String,
) -> Result<Option<String>, ErrorView> {
    let extension = match kind {
        Saved::Workspace | Saved::Backup | Saved::Restore => Some(WORKSPACE),
        Saved::Report => Some("pdf"),
        Saved::Table => Some("csv"),
        Saved::Calendar => Some("ics"),
        Saved::Certificate => Some("pem"),
        Saved::Bundle => Some("zip"),
        Saved::Spreadsheet => Some("xlsx"),
        Saved::Evidence => None,
    };
    let mut answer = ask(window, Question::Save { name: plain_name(&suggested), extension }, shell.locale()).await?;
    if let (Some(path), Some(extension)) = (answer.first_mut(), extension) {
        *path = with_extension(path, extension);
    }
    give_out(&shell, answer).map(one)
}

/// The folder is granted with everything below it: the example makes its files there.
#[tauri::command]
pub(crate) async fn choose_demo_folder(
    window: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
) -> Result<Option<String>, ErrorView> {
    let answer = ask(window, Question::Folder, shell.locale()).await?;
    for folder in &answer {
        shell.grants().allow_folder(folder);
    }
    give_out(&shell, answer).map(one)
}

/// The folder is granted with everything below it: the dated copies are made there and the oldest
/// are removed.
#[tauri::command]
pub(crate) async fn choose_backup_folder(
    window: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
) -> Result<Option<String>, ErrorView> {
    let answer = ask(window, Question::Folder, shell.locale()).await?;
    for folder in &answer {
        shell.grants().allow_folder(folder);
    }
    give_out(&shell, answer).map(one)
}

/// Only the folder itself is granted: the command that reads the checklist looks into it, the page
/// cannot name what is below.
#[tauri::command]
pub(crate) async fn choose_checklist_folder(
    window: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
) -> Result<Option<String>, ErrorView> {
    let answer = ask(window, Question::Folder, shell.locale()).await?;
    give_out(&shell, answer).map(one)
}

fn one(paths: Vec<String>) -> Option<String> {
    paths.into_iter().next()
}

/// Grants the paths to the page and turns them into text.
fn give_out(shell: &Shell, paths: Vec<PathBuf>) -> Result<Vec<String>, ErrorView> {
    paths
        .into_iter()
        .map(|path| {
            shell.grants().allow(&path);
            path.into_os_string().into_string().map_err(|_| Fault::PathNotText.view(shell.locale()))
        })
        .collect()
}

/// Asks; no path is an answer too.
async fn ask(window: WebviewWindow, question: Question, locale: Locale) -> Result<Vec<PathBuf>, ErrorView> {
    #[cfg(debug_assertions)]
    if let Some(answer) = crate::answers::next() {
        return answer.map_err(|_| Fault::Unexpected.view(locale));
    }
    // The dialog blocks its thread until it is answered, and must not block the window's.
    tauri::async_runtime::spawn_blocking(move || show(&window, question, locale))
        .await
        .map_err(|_| Fault::Unexpected.view(locale))
}

fn show(window: &WebviewWindow, question: Question, locale: Locale) -> Vec<PathBuf> {
    let all_files = match locale {
        Locale::En => "All files",
        Locale::De => "Alle Dateien",
    };
    let mut dialog = window.dialog().file().set_parent(window);
    if let Some(folder) = documents_directory(window.app_handle()) {
        dialog = dialog.set_directory(folder);
    }
    let answer = match question {
        Question::Workspace => dialog
            .add_filter("Tillproof", &[WORKSPACE])
            .add_filter(all_files, &["*"])
            .blocking_pick_file()
            .map(|path| vec![path]),
        Question::Files => dialog.blocking_pick_files(),
        Question::File(endings) => dialog
            .add_filter(endings.join(", "), endings)
            .add_filter(all_files, &["*"])
            .blocking_pick_file()
            .map(|path| vec![path]),
        Question::Folder => dialog.blocking_pick_folder().map(|path| vec![path]),
        Question::Save { name, extension } => {
            if let Some(extension) = extension {
                dialog = dialog.add_filter(extension, &[extension]);
            }
            dialog.set_file_name(name).blocking_save_file().map(|path| vec![path])
        }
    };
    answer.unwrap_or_default().into_iter().filter_map(|path| FilePath::into_path(path).ok()).collect()
}

/// A suggestion comes from the page and may be a company's name: no folders, nothing that a file
/// system refuses.
fn plain_name(suggested: &str) -> String {
    let name: String = suggested
        .chars()
        .map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c })
        .take(120)
        .collect();
    name.trim_matches(|c: char| c == '.' || c.is_whitespace()).to_owned()
}

/// The path with this extension, as people leave it out. The dialog has asked about overwriting the
/// path it knew, not this one: where that exists already, the name gets a number.
fn with_extension(path: &Path, extension: &str) -> PathBuf {
    if path.extension().is_some_and(|known| known.eq_ignore_ascii_case(extension)) {
        return path.to_owned();
    }
    let Some(name) = path.file_name() else { return path.to_owned() };
    let numbered = |ending: String| {
        let mut name = name.to_owned();
        name.push(ending);
        path.with_file_name(name)
    };
    let mut candidate = numbered(format!(".{extension}"));
    let mut number = 2_u32;
    while candidate.symlink_metadata().is_ok() {
        candidate = numbered(format!(" {number}.{extension}"));
        number += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_only_a_name() {
        let check = |suggested: &str, name: &str| assert_eq!(plain_name(suggested), name, "{suggested:?}");
        check("Käthes Laden.tillproof", "Käthes Laden.tillproof");
        check("../../etc/passwd", "-..-etc-passwd");
        check("a\u{0}b\nc", "a-b-c");
        check("C:\\shop?.pdf", "C--shop-.pdf");
        check("  .. ", "");
    }

    #[test]
    fn a_left_out_extension_is_added_without_overwriting() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        assert_eq!(with_extension(&at("report.PDF"), "pdf"), at("report.PDF"), "it has one");
        assert_eq!(with_extension(&at("report"), "pdf"), at("report.pdf"), "it was left out");
        assert_eq!(with_extension(&at("report 4.0.1"), "pdf"), at("report 4.0.1.pdf"), "a version is no extension");
        std::fs::write(at("report.pdf"), "x").expect("a file");
        assert_eq!(with_extension(&at("report"), "pdf"), at("report 2.pdf"), "nobody was asked about report.pdf");
        assert_eq!(with_extension(&at("report.pdf"), "pdf"), at("report.pdf"), "the dialog asked about it");
    }
}
