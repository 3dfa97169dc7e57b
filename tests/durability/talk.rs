//! A conversation with `tillproof rpc` in a child process.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};
use std::sync::mpsc::Sender;
use std::thread::JoinHandle;
use tillproof_tests::program::{clean, program};

/// A child that was given all its lines and answers them one by one.
pub(crate) struct Talk {
    child: Child,
    answers: BufReader<ChildStdout>,
    feeder: JoinHandle<()>,
}

impl Talk {
    /// Starts `tillproof rpc` and feeds it commands as fast as it takes them.
    pub(crate) fn start(workspace: &Path, passphrase: Option<&str>, lines: Vec<Value>) -> Self {
        Self::with(workspace, passphrase, lines)
    }

    /// Starts `tillproof rpc`, to be told one command after another.
    pub(crate) fn open(workspace: &Path, passphrase: Option<&str>) -> (Self, Sender<Value>) {
        let (sender, lines) = std::sync::mpsc::channel();
        (Self::with(workspace, passphrase, lines), sender)
    }

    fn with(
        workspace: &Path,
        passphrase: Option<&str>,
        lines: impl IntoIterator<Item = Value> + Send + 'static,
    ) -> Self {
        let mut command = clean(program());
        command.arg("rpc").arg(workspace).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        if let Some(passphrase) = passphrase {
            command.env("TILLPROOF_PASSPHRASE", passphrase);
        }
        let mut child = command.spawn().expect("the program starts");
        let mut input = child.stdin.take().expect("a pipe to the program");
        let answers = BufReader::new(child.stdout.take().expect("a pipe from the program"));
        // A child that was killed takes no more lines; that is no fault.
        let feeder = std::thread::spawn(move || {
            for line in lines {
                if writeln!(input, "{line}").is_err() {
                    break;
                }
            }
        });
        Self { child, answers, feeder }
    }

    /// The next answer, or none after the last whole line.
    pub(crate) fn answer(&mut self) -> Option<Value> {
        let mut line = Vec::new();
        self.answers.read_until(b'\n', &mut line).expect("the answers are read");
        (line.last() == Some(&b'\n')).then(|| serde_json::from_slice(&line).expect("an answer is a line of JSON"))
    }

    /// Kills the child without warning.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("the child is killed");
    }

    /// Waits for the end; answers whether the child was content.
    pub(crate) fn end(mut self) -> bool {
        drop(self.answers);
        self.feeder.join().expect("the lines were fed");
        self.child.wait().expect("the child ends").success()
    }
}

/// A command that answers a requirement with a note that can be found again.
pub(crate) fn note(requirement: &str, note: &str) -> Value {
    json!({ "command": "answer_requirement", "request": {
        "requirement": requirement, "verdict": "in-place", "note": note
    } })
}
