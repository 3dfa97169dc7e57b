//! Closing the window. Commands are transactions, so nothing acknowledged can be lost; this gives
//! what is still on its way the time to arrive.

use crate::shell::Shell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager};
use tillproof_api::session::Session;

/// So long the page may take to send what was typed last. It destroys the window when it is done.
const LAST_WORDS: Duration = Duration::from_secs(4);
/// After that long, a running command is asked to stop.
const PATIENCE: Duration = Duration::from_secs(3);
/// After that long, the app goes in any case; an unfinished transaction never happened.
const AT_MOST: Duration = Duration::from_secs(6);

static REQUESTED: AtomicBool = AtomicBool::new(false);
/// How often the page has said that the person is asked first.
static STAYED: AtomicU64 = AtomicU64::new(0);

/// Waits for the page, which hears of the request at the same time, and closes the app without it
/// where it does not answer.
pub(crate) fn requested(app: AppHandle) {
    if REQUESTED.swap(true, Ordering::Relaxed) {
        return;
    }
    let stayed = STAYED.load(Ordering::Relaxed);
    std::thread::spawn(move || {
        std::thread::sleep(LAST_WORDS);
        if STAYED.load(Ordering::Relaxed) != stayed {
            return;
        }
        app.exit(0);
        std::thread::sleep(AT_MOST + AT_MOST);
        std::process::exit(0);
    });
}

/// Something in a dialog is not saved: the page asks the person, and destroys the window if that is
/// what they want. The next wish to close is heard anew.
#[tauri::command]
pub(crate) fn stay() {
    STAYED.fetch_add(1, Ordering::Relaxed);
    REQUESTED.store(false, Ordering::Relaxed);
}

/// Takes the signals that end a desktop session or a program in a terminal as the wish to close.
#[cfg(unix)]
pub(crate) fn on_signals(app: AppHandle) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM])?;
    std::thread::spawn(move || {
        for _ in signals.forever() {
            // Without a window there is nothing that could be asked.
            if app.get_webview_window("main").is_none_or(|window| window.close().is_err()) {
                app.exit(0);
            }
        }
    });
    Ok(())
}

/// The window is gone: waits until no command runs, and closes the workspace in good order.
pub(crate) fn finish(app: &AppHandle) {
    let shell = app.state::<Arc<Shell>>();
    let start = Instant::now();
    // A dated copy that is not finished is made the next time; what there is of it is removed now.
    shell.cancel_beside();
    while start.elapsed() < AT_MOST {
        if shell.is_idle_beside()
            && let Some(mut session) = shell.idle_session()
        {
            *session = Session::new();
            return;
        }
        if start.elapsed() > PATIENCE {
            shell.cancel();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
