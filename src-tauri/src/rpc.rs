//! The page's one way to the commands. Each runs on a thread of its own choosing, one at a time, so
//! that the window stays live.
//!
//! Deliberately absent: what a command does. `tillproof-api` knows it.

use crate::key_store;
use crate::menu;
use crate::recent::RecentWorkspace;
use crate::shell::Shell;
use crate::words::Fault;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Emitter, State};
use tillproof_api::dispatch::{Command, dispatch};
use tillproof_api::error::{Error, ErrorView};
use tillproof_api::host::{Host, SystemHost};
use tillproof_domain::locale::Locale;
use tillproof_domain::time::Timestamp;
use uuid::Uuid;

/// Progress is told at most so often.
const PROGRESS_EVERY: Duration = Duration::from_millis(50);

/// Runs a command and answers with its response, or with its error in the language of the page.
#[tauri::command]
pub(crate) async fn rpc(
    app: AppHandle,
    shell: State<'_, Arc<Shell>>,
    command: String,
    request: Value,
    locale: Locale,
) -> Result<Value, ErrorView> {
    let shell = Arc::clone(&shell);
    let running = tauri::async_runtime::spawn_blocking(move || {
        let mut changed = shell.set_locale(locale);
        let host =
            WindowHost { app, shell: Arc::clone(&shell), system: system(locale), command, told: Mutex::new(None) };
        let in_words = |error: Error| error.view(locale);
        let response = if host.runs_beside() {
            let mut session = shell.session().beside().map_err(in_words)?;
            shell.beside(|| dispatch(&mut session, &host, &host.command, request)).map_err(in_words)
        } else {
            let mut session = shell.session();
            shell.begin();
            let response = with_kept(&host, request, |request| dispatch(&mut session, &host, &host.command, request));
            changed |= shell.set_open(session.is_open());
            response.map_err(in_words)
        };
        if let Ok(response) = &response {
            changed |= remember(&host, response);
            follow_passphrase(&host);
        }
        if changed {
            menu::follow(&host.app);
        }
        response
    });
    // A command that panics is our fault, and must not take the window with it.
    running.await.unwrap_or_else(|_| Err(Fault::Unexpected.view(locale)))
}

/// Runs a command. If a file is opened without its passphrase, and the key store of the system has
/// one, it is opened with that.
fn with_kept(
    host: &WindowHost,
    request: Value,
    mut run: impl FnMut(Value) -> Result<Value, Error>,
) -> Result<Value, Error> {
    let opens = Command::named(&host.command) == Some(Command::open_workspace);
    let path = request.get("path").and_then(Value::as_str).map(PathBuf::from);
    let Some(path) = path.filter(|path| opens && host.may_use(path)) else { return run(request) };
    let mut again = request.clone();
    let refused = match run(request) {
        Err(error) if error.code == "passphrase-needed" => error,
        other => return other,
    };
    let Some(passphrase) = key_store::passphrase(&path) else { return Err(refused) };
    again["passphrase"] = Value::String(passphrase.to_string());
    run(again)
}

/// What is kept in the key store of the system goes with a new passphrase.
fn follow_passphrase(host: &WindowHost) {
    if Command::named(&host.command) != Some(Command::change_passphrase) {
        return;
    }
    let open = host.shell.session().passphrase();
    if let Some((path, passphrase)) = open
        && let Err(error) = key_store::follow(&path, &passphrase)
    {
        // The file has its new passphrase, which is asked for where the kept one does not fit.
        eprintln!("The passphrase in the key store cannot be changed: {error}");
    }
}

/// Asks the running command to stop. It answers soon, with an error that says so.
#[tauri::command]
pub(crate) fn cancel(shell: State<'_, Arc<Shell>>, command: Option<String>) {
    if command.is_some_and(|command| runs_beside(&command)) { shell.cancel_beside() } else { shell.cancel() }
}

/// The machine as it is; in a debug build, with the clock that a test has fixed.
fn system(locale: Locale) -> SystemHost {
    let system = SystemHost::new(locale);
    #[cfg(debug_assertions)]
    let system = SystemHost { fixed_now: crate::answers::fixed_now(), ..system };
    system
}

/// Whether a command only reads the workspace, takes long, and comes without being asked for: it
/// runs on a second connection, so that nobody waits for it.
fn runs_beside(command: &str) -> bool {
    matches!(Command::named(command), Some(Command::auto_backup | Command::list_backups))
}

/// What a command gets from the window.
struct WindowHost {
    app: AppHandle,
    shell: Arc<Shell>,
    system: SystemHost,
    command: String,
    told: Mutex<Option<Instant>>,
}

/// The event `progress`.
#[derive(Clone, Serialize)]
struct Progress<'a> {
    command: &'a str,
    done: u64,
    total: u64,
}

impl Host for WindowHost {
    fn now(&self) -> Timestamp {
        self.system.now()
    }

    fn today(&self) -> NaiveDate {
        self.system.today()
    }

    fn new_uuid(&self) -> Uuid {
        self.system.new_uuid()
    }

    fn random(&self, into: &mut [u8]) -> Result<(), Error> {
        self.system.random(into)
    }

    fn actor(&self) -> String {
        self.system.actor()
    }

    fn locale(&self) -> Locale {
        self.system.locale()
    }

    fn may_use(&self, path: &Path) -> bool {
        self.shell.grants().cover(path)
    }

    fn progress(&self, done: u64, total: u64) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|told| told.elapsed() >= PROGRESS_EVERY) {
            *told = Some(Instant::now());
            // A page that cannot be told goes on without.
            drop(self.app.emit("progress", Progress { command: &self.command, done, total }));
        }
    }

    fn cancelled(&self) -> bool {
        if self.runs_beside() { self.shell.is_cancelled_beside() } else { self.shell.is_cancelled() }
    }
}

impl WindowHost {
    fn runs_beside(&self) -> bool {
        runs_beside(&self.command)
    }
}

/// What a command leaves behind in the window when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trace {
    Nothing,
    /// A workspace is open.
    Workspace,
    /// A file was written.
    File,
    /// The example was made.
    Example,
}

/// Names every command, so that a new one does not compile until it is decided here.
const fn trace(command: Command) -> Trace {
    match command {
        Command::create_workspace | Command::open_workspace | Command::restore_workspace => Trace::Workspace,
        Command::backup_workspace
        | Command::export_evidence
        | Command::export_providers
        | Command::export_tasks
        | Command::auto_backup
        | Command::export_processing
        | Command::export_person_requests
        | Command::export_breaches
        | Command::export_certificate
        | Command::export_report
        | Command::export_bundle
        | Command::export_oscal
        | Command::export_spreadsheet => Trace::File,
        Command::make_demo => Trace::Example,
        Command::probe_workspace
        | Command::close_workspace
        | Command::workspace_info
        | Command::changed_since
        | Command::list_backups
        | Command::set_profile
        | Command::change_passphrase
        | Command::verify_workspace
        | Command::verify_report
        | Command::signing_key
        | Command::make_signing_key
        | Command::remove_signing_key
        | Command::verify_bundle
        | Command::import_reply
        | Command::list_replies
        | Command::history
        | Command::undo
        | Command::look_back
        | Command::look_now
        | Command::list_assessments
        | Command::sign_off
        | Command::next_assessment
        | Command::compare_assessments
        | Command::data_quality
        | Command::list_frameworks
        | Command::finder_questions
        | Command::find_saq
        | Command::find_saq_together
        | Command::processing_starter
        | Command::import_checklist
        | Command::change_scope
        | Command::carry_over
        | Command::start_assessment
        | Command::confirm_criterion
        | Command::overview
        | Command::list_requirements
        | Command::show_requirement
        | Command::answer_requirement
        | Command::answer_many
        | Command::list_worksheets
        | Command::attach_evidence
        | Command::paste_evidence
        | Command::add_note
        | Command::add_link
        | Command::prepare_attachment
        | Command::link_evidence
        | Command::list_evidence
        | Command::show_evidence
        | Command::replace_evidence
        | Command::set_evidence
        | Command::remove_evidence
        | Command::add_provider
        | Command::set_provider
        | Command::list_providers
        | Command::provider_letter
        | Command::add_processing
        | Command::set_processing
        | Command::list_processing
        | Command::start_processing
        | Command::add_person_request
        | Command::set_person_request
        | Command::list_person_requests
        | Command::add_breach
        | Command::set_breach
        | Command::list_breaches
        | Command::add_task
        | Command::set_task
        | Command::comment_task
        | Command::list_tasks
        | Command::task_from_gap
        | Command::plan_duties => Trace::Nothing,
    }
}

/// Keeps what a response says about files: what was written, and what was opened. Whether the list of
/// recent workspaces changed.
fn remember(host: &WindowHost, response: &Value) -> bool {
    let shell = &host.shell;
    let path = |key: &str| response.get(key).and_then(Value::as_str);
    let trace = Command::named(&host.command).map_or(Trace::Nothing, trace);
    match trace {
        Trace::Nothing => {}
        Trace::Workspace => {
            let Some(path) = path("path") else { return false };
            let name = response.pointer("/profile/name").and_then(Value::as_str).unwrap_or_default();
            shell.written().workspaces.insert(PathBuf::from(path));
            let workspace =
                RecentWorkspace { path: path.to_owned(), name: name.to_owned(), opened_at: host.now().to_rfc3339() };
            if let Err(error) = shell.recent.remember(workspace) {
                // The workspace is open, which is what was asked for; the list is a convenience.
                eprintln!("The list of recent workspaces cannot be written: {error}");
            }
        }
        Trace::File => shell.written().files.extend(path("path").map(PathBuf::from)),
        Trace::Example => {
            let reports = response.get("reports").and_then(Value::as_array);
            let mut written = shell.written();
            written.workspaces.extend(path("workspace").map(PathBuf::from));
            written.files.extend(reports.into_iter().flatten().filter_map(Value::as_str).map(PathBuf::from));
        }
    }
    trace == Trace::Workspace
}
