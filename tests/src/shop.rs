//! A merchant to test with: a folder of its own, a workspace in it, and the commands.

use crate::host::TestHost;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tillproof_api::dispatch::dispatch;
use tillproof_api::error::{Error, ErrorView};
use tillproof_api::host::Host;
use tillproof_api::session::Session;
use tillproof_domain::locale::Locale;
use tillproof_store::{Change, Head, Reads, SqliteStore};

/// A passphrase in the form that SQLCipher takes as the key itself: deriving a key takes most of
/// the time of a test that opens often.
pub const KEY: &str = "x'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00'";

/// The three frameworks, each with the scope of a small shop.
pub const SCOPES: [(&str, &str); 3] = [("pci-dss-4.0.1", "A"), ("gdpr", "shop"), ("shop-security", "shop")];

/// Everything a workspace says: the head of its journal and all rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The last entry of the journal.
    pub head: Head,
    /// Every row of every table.
    pub rows: Vec<Change>,
}

/// What one command was asked and what it answered, errors included.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// The command.
    pub command: String,
    /// The request.
    pub request: Value,
    /// The response, or `{"error": ...}`.
    pub response: Value,
}

/// A merchant with a workspace.
pub struct Shop {
    /// Clock, ids and language.
    pub host: TestHost,
    /// The connection.
    pub session: Session,
    /// Where the workspace is.
    pub file: PathBuf,
    /// Its passphrase, if it is encrypted.
    pub passphrase: Option<String>,
    /// All that was said through [`Shop::call`] and [`Shop::refused`].
    pub spoken: Vec<Spoken>,
    folder: TempDir,
}

impl Shop {
    /// A merchant who has not begun.
    #[must_use]
    pub fn nothing(locale: Locale) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let host = TestHost::new(locale, folder.path());
        let file = folder.path().join("shop.tillproof");
        Self { host, session: Session::new(), file, passphrase: None, spoken: Vec::new(), folder }
    }

    /// A merchant with a new workspace.
    #[must_use]
    pub fn new(locale: Locale, passphrase: Option<&str>) -> Self {
        let mut shop = Self::nothing(locale);
        shop.create(passphrase);
        shop
    }

    /// Makes the workspace.
    pub fn create(&mut self, passphrase: Option<&str>) -> Value {
        self.passphrase = passphrase.map(str::to_owned);
        let mut request = json!({ "path": self.file, "name": "Muster-Shop", "locale": self.host.locale() });
        match passphrase {
            Some(passphrase) => request["passphrase"] = passphrase.into(),
            None => request["unencrypted"] = true.into(),
        }
        self.call("create_workspace", request)
    }

    /// A merchant with all three assessments, an evidence, a task and a few answers.
    #[must_use]
    pub fn busy(locale: Locale, passphrase: Option<&str>) -> Self {
        let mut shop = Self::new(locale, passphrase);
        shop.start_assessments();
        for (number, verdict) in [("8.3.6", "in-place"), ("6.3.3", "not-in-place"), ("2.2.2", "unanswered")] {
            let requirement = format!("pci-dss-4.0.1:{number}");
            shop.call(
                "answer_requirement",
                json!({ "requirement": requirement, "verdict": verdict, "note": "own words" }),
            );
        }
        let scan = shop.write("scan.txt", b"nothing open");
        shop.call("attach_evidence", json!({ "requirements": ["pci-dss-4.0.1:8.3.6"], "paths": [scan] }));
        let task = json!({ "title": "Update the shop", "requirements": ["pci-dss-4.0.1:6.3.3"], "due": "2026-12-01" });
        let task = shop.call("add_task", task)["id"].clone();
        shop.call("comment_task", json!({ "task": task, "text": "asked the agency" }));
        shop
    }

    /// Starts the three assessments of [`SCOPES`].
    pub fn start_assessments(&mut self) {
        for (framework, scope) in SCOPES {
            self.call("start_assessment", json!({ "framework": framework, "scope": scope }));
        }
    }

    /// The folder that the merchant works in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the folder, as a request writes it.
    #[must_use]
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Writes a file into the folder; answers its path.
    pub fn write(&self, name: &str, bytes: &[u8]) -> String {
        std::fs::write(self.folder.path().join(name), bytes).expect("a file of the test is written");
        self.path(name)
    }

    /// Closes the workspace; answers the bytes of its file.
    pub fn closed(&mut self) -> Vec<u8> {
        self.call("close_workspace", json!({}));
        std::fs::read(&self.file).expect("the workspace is read")
    }

    /// Runs a command as it is.
    ///
    /// # Errors
    /// Those of the command.
    pub fn dispatch(&mut self, command: &str, request: Value) -> Result<Value, Error> {
        dispatch(&mut self.session, &self.host, command, request)
    }

    /// Runs a command that must succeed.
    pub fn call(&mut self, command: &str, request: Value) -> Value {
        match self.dispatch(command, request.clone()) {
            Ok(response) => {
                let spoken = Spoken { command: command.to_owned(), request, response: response.clone() };
                self.spoken.push(spoken);
                response
            }
            Err(error) => panic!("{command} failed: {error} ({error:?})\nfor {}", shortened(&request)),
        }
    }

    /// Runs a command that must be refused.
    pub fn refused(&mut self, command: &str, request: Value) -> ErrorView {
        match self.dispatch(command, request.clone()) {
            Ok(_) => panic!("{command} should have been refused for {}", shortened(&request)),
            Err(error) => {
                let view = error.view(self.host.locale());
                let response = json!({ "error": view });
                self.spoken.push(Spoken { command: command.to_owned(), request, response });
                view
            }
        }
    }

    /// A second look at the file, past the session.
    #[must_use]
    pub fn store(&self) -> SqliteStore {
        SqliteStore::open(&self.file, self.passphrase.as_deref()).expect("the workspace opens")
    }

    /// All that the workspace says.
    #[must_use]
    pub fn state(&self) -> State {
        state(&self.store())
    }

    /// Makes sure that the whole workspace is sound.
    pub fn assert_sound(&self) {
        assert_sound(&self.store());
    }
}

fn shortened(request: &Value) -> String {
    request.to_string().chars().take(300).collect()
}

/// All that an open workspace says.
#[must_use]
pub fn state(store: &SqliteStore) -> State {
    let head = store.head().expect("the workspace is read");
    let rows = store.rows().expect("the workspace is read");
    State { head, rows }
}

/// Makes sure that an open workspace is sound.
///
/// # Panics
/// It is not.
pub fn assert_sound(store: &SqliteStore) {
    let (found, counted) = store.verify(&mut |_, _| true).expect("a check runs");
    assert!(found.is_empty(), "verify found {found:?}");
    assert!(counted.entries > 0, "verify looked at no journal entry");
}

/// The names of all files in a folder.
#[must_use]
pub fn file_names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
