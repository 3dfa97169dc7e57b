//! The window: a host of the commands in `tillproof-api`, and what only a window has — a menu, dialogs,
//! the list of recent workspaces, opening a report in another program.
//!
//! Deliberately absent: any rule of the checklists and any access to a workspace except through the
//! commands. The page is not trusted with paths; see [`grants`].

#[cfg(debug_assertions)]
mod answers;
mod closing;
mod dialogs;
mod files;
mod frame;
pub mod grants;
mod handed;
mod key_store;
mod menu;
pub mod recent;
mod rpc;
pub mod settings;
mod shell;
mod words;

use shell::Shell;
use std::sync::Arc;
use tauri::webview::NewWindowResponse;
use tauri::{App, DragDropEvent, Manager, RunEvent, Url, WebviewUrl, WebviewWindowBuilder, Window, WindowEvent};

/// Opens the window and returns when it is closed.
///
/// # Errors
/// There is no display, or the web view of the system is missing.
pub fn run() -> Result<(), tauri::Error> {
    let app = tauri::Builder::default()
        // The first of all: a second start ends in it. Without a session bus every start is a first one.
        .plugin(tauri_plugin_single_instance::init(|app, words, folder| handed::started_again(app, words, &folder)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .invoke_handler(tauri::generate_handler![
            rpc::rpc,
            rpc::cancel,
            dialogs::choose_workspace_to_open,
            dialogs::choose_where_to_save,
            dialogs::choose_backup,
            dialogs::choose_evidence,
            dialogs::choose_file,
            dialogs::choose_checklist_folder,
            dialogs::choose_demo_folder,
            dialogs::choose_backup_folder,
            files::recent_workspaces,
            closing::stay,
            files::forget_recent,
            files::open_file,
            files::show_in_folder,
            files::set_up,
            files::speak,
            settings::settings,
            settings::set_settings,
            key_store::kept_passphrase,
            key_store::keep_passphrase,
        ])
        .setup(|app| set_up(app).map_err(Into::into))
        .on_window_event(on_window_event)
        .on_menu_event(|app, event| menu::chosen(app, &event))
        .build(tauri::generate_context!())?;
    app.run(|app, event| match event {
        RunEvent::Exit => closing::finish(app),
        // There, files do not come on the command line.
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            for path in urls.iter().filter_map(|url| url.to_file_path().ok()) {
                handed::open(app, &path);
            }
        }
        _ => {}
    });
    Ok(())
}

fn set_up(app: &App) -> Result<(), tauri::Error> {
    let handle = app.handle();
    let shell = Arc::new(Shell::new(shell::config_directory(handle)?));
    let (menu, bar) = menu::make(handle, shell.locale())?;
    app.manage(shell);
    app.manage(bar);
    app.set_menu(menu)?;
    menu::follow(handle);
    handed::from_words(handle, std::env::args_os(), &std::env::current_dir().unwrap_or_default());
    let window = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Tillproof")
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny);
    let window = frame::restore(handle, window);
    #[cfg(debug_assertions)]
    let window = match answers::config_directory() {
        Some(directory) => window.data_directory(directory.join("webview")),
        None => window,
    };
    frame::restore_zoom(&window.build()?);
    #[cfg(unix)]
    closing::on_signals(app.handle().clone())?;
    Ok(())
}

/// Whether the page may go there: only to itself.
fn is_own_page(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        // Windows has no scheme of its own and serves the page under this name.
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        _ => false,
    }
}

fn on_window_event(window: &Window, event: &WindowEvent) {
    match event {
        // Both this handler and every request of the page run on the main thread, and the page
        // hears of the drop in the same turn of it: its first request comes after the grant.
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            let shell = window.state::<Arc<Shell>>();
            for path in paths {
                shell.grants().allow(path);
            }
        }
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            frame::keep(window);
            closing::requested(window.app_handle().clone());
        }
        // What still runs is only being put in order: who starts the program now gets a window of their own.
        WindowEvent::Destroyed => tauri_plugin_single_instance::destroy(window.app_handle()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_goes_nowhere_but_to_itself() {
        let check = |url: &str, own: bool| {
            let parsed: Url = url.parse().expect("a URL");
            assert_eq!(is_own_page(&parsed), own, "{url}");
        };
        check("tauri://localhost/", true);
        check("tauri://localhost/index.html#/start", true);
        check("tauri://elsewhere/", false);
        check("https://example.org/", false);
        check("https://tauri.localhost.example.org/", false);
        check("file:///etc/passwd", false);
        check("about:blank", false);
        check("data:text/html,x", false);
        check("javascript:alert(1)", false);
    }
}
