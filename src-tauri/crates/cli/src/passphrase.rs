//! Where a passphrase comes from: a file, the environment, a prompt; never an argument.

use std::io::IsTerminal;
use std::path::Path;
use tillproof_api::error::Error;
use zeroize::Zeroizing;

/// The passphrase from a file or the environment, if there is one.
pub(crate) fn given(file: Option<&Path>, variable: &str) -> Result<Option<Zeroizing<String>>, Error> {
    let Some(file) = file else {
        return Ok(std::env::var(variable).ok().map(Zeroizing::new));
    };
    let text = std::fs::read_to_string(file).map(Zeroizing::new).map_err(|error| {
        let code = if error.kind() == std::io::ErrorKind::NotFound { "file-missing" } else { "file-io" };
        Error::new(code).with("path", file.display()).with("reason", error)
    })?;
    let line = text.lines().next().unwrap_or_default();
    Ok(Some(Zeroizing::new(line.to_owned())))
}

/// Asks the person at the terminal, if there is one; twice for a new passphrase.
pub(crate) fn ask(prompt: &str, twice: bool) -> Result<Option<Zeroizing<String>>, Error> {
    if !std::io::stdin().is_terminal() {
        return Ok(None);
    }
    let read = |prompt: &str| {
        rpassword::prompt_password(prompt)
            .map(Zeroizing::new)
            .map_err(|error| Error::new("internal").with("detail", error))
    };
    let first = read(&format!("{prompt}: "))?;
    if twice && *read(&format!("{prompt} (again): "))? != *first {
        return Err(Error::new("passphrase-differs"));
    }
    Ok(Some(first))
}
