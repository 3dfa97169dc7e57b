//! `tillproof` itself as a child process, in an environment without anything of the user.

use serde_json::Value;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The program, built and not older than its sources.
///
/// # Panics
/// It is missing or stale; the message says how to build it.
#[must_use]
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        // This test lies in `target/PROFILE/deps`, the program in `target/PROFILE`.
        let test = std::env::current_exe().expect("the path of this test");
        let folder = test.parent().and_then(Path::parent).expect("the folder of the profile").to_owned();
        let build = if folder.ends_with("release") { "cargo build --release" } else { "cargo build" };
        let program = folder.join(format!("tillproof{}", std::env::consts::EXE_SUFFIX));
        let built = std::fs::metadata(&program).and_then(|metadata| metadata.modified());
        let Ok(built) = built else {
            panic!("{} is missing. Build it first: {build} -p tillproof-cli", program.display());
        };
        let sources = std::fs::read_to_string(folder.join("tillproof.d")).unwrap_or_default();
        let newer = sources.split_whitespace().skip(1).find(|source| {
            std::fs::metadata(source).and_then(|metadata| metadata.modified()).is_ok_and(|changed| changed > built)
        });
        if let Some(newer) = newer {
            panic!("{newer} is newer than {}. Build it again: {build} -p tillproof-cli", program.display());
        }
        program
    })
}

/// A command line that sees nothing of the user: no passphrase, no home, no language.
#[must_use]
pub fn clean(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", "/nonexistent").env("LANG", "en_GB.UTF-8");
    command
}

/// `tillproof` with these arguments, under a file size limit of `blocks` of 512 bytes.
#[must_use]
pub fn limited(blocks: u64) -> Command {
    let mut command = clean(Path::new("/bin/sh"));
    // Without the signal, the write answers an error; POSIX says that `ulimit -f` counts 512 bytes.
    command.args(["-c", r#"trap "" XFSZ; ulimit -f "$1"; shift; exec "$@""#, "sh", &blocks.to_string()]);
    command.arg(program());
    command
}

/// What a run of the program left.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Standard output as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("no JSON on stdout ({error}): {self:?}"))
    }

    /// The code of the error on standard output.
    #[must_use]
    pub fn error_code(&self) -> String {
        let error = &self.json()["error"];
        for field in ["code", "message", "hint"] {
            let text = error[field].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "an error has a {field}: {self:?}");
        }
        error["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
    Ran { code: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
}

/// Runs `tillproof` with these arguments.
pub fn tillproof(arguments: &[impl AsRef<OsStr>]) -> Ran {
    run(clean(program()).args(arguments))
}
