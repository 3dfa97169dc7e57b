//! The passphrase of a workspace in the key store of the system (Secret Service, Keychain, Credential
//! Manager), where the person wants it kept: then the file opens without it on this computer.
//!
//! It is the passphrase and not a key made of it, because every dated copy of a workspace has a key
//! of its own. It never comes back to the page. Deliberately absent: any other place to keep it. Where
//! the system has no key store, nothing is kept.

use crate::shell::Shell;
use crate::words::Fault;
use keyring_core::{Entry, Error};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::State;
use tillproof_api::error::ErrorView;
use zeroize::Zeroizing;

/// Under this name entries are found in the programs that systems have for their key store.
const SERVICE: &str = "org.tillproof.desktop";

/// Whether the passphrase of a workspace is kept; none where the system has no key store, or it does
/// not answer.
#[tauri::command]
pub(crate) async fn kept_passphrase(path: PathBuf) -> Option<bool> {
    // Key stores wait for people who unlock them.
    tauri::async_runtime::spawn_blocking(move || kept(&path)).await.ok().flatten()
}

/// Keeps the passphrase of the open workspace, or forgets it.
#[tauri::command]
pub(crate) async fn keep_passphrase(shell: State<'_, Arc<Shell>>, keep: bool) -> Result<(), ErrorView> {
    let (shell, locale) = (Arc::clone(&shell), shell.locale());
    let keeping = tauri::async_runtime::spawn_blocking(move || {
        let open = shell.session().passphrase();
        match open {
            Some((path, passphrase)) if keep => set(&path, &passphrase),
            Some((path, _)) => forget(&path),
            None => Ok(()),
        }
    });
    match keeping.await {
        Ok(kept) => kept.map_err(|_| Fault::KeyStoreRefused.view(locale)),
        Err(_) => Err(Fault::Unexpected.view(locale)),
    }
}

/// The passphrase kept for a file, if there is one.
pub(crate) fn passphrase(path: &Path) -> Option<Zeroizing<String>> {
    read(path).ok().flatten()
}

/// Puts a new passphrase in the place of the one that is kept; where none is kept, none is.
pub(crate) fn follow(path: &Path, passphrase: &str) -> Result<(), Error> {
    if read(path)?.is_some() { set(path, passphrase) } else { Ok(()) }
}

fn kept(path: &Path) -> Option<bool> {
    read(path).ok().map(|passphrase| passphrase.is_some())
}

fn read(path: &Path) -> Result<Option<Zeroizing<String>>, Error> {
    match entry(path)?.get_password() {
        Ok(passphrase) => Ok(Some(Zeroizing::new(passphrase))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

fn set(path: &Path, passphrase: &str) -> Result<(), Error> {
    entry(path)?.set_password(passphrase)
}

fn forget(path: &Path) -> Result<(), Error> {
    match entry(path)?.delete_credential() {
        Err(Error::NoEntry) => Ok(()),
        other => other,
    }
}

/// One file is one entry, by whatever links and folders it is reached.
fn entry(path: &Path) -> Result<Entry, Error> {
    if keyring_core::get_default_store().is_none() {
        // Connects to the one of this system, the first time; where there is none, the entry says so.
        let _ = keyring::v1::Entry::store_status();
    }
    let real = path.canonicalize();
    Entry::new(SERVICE, &real.as_deref().unwrap_or(path).to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key store in memory in the place of the system's. There is one for the whole program, so
    /// this is the one test that uses it.
    #[test]
    fn a_passphrase_is_kept_followed_and_forgotten_by_file() {
        keyring_core::set_default_store(keyring_core::mock::Store::new().expect("a store"));
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("shop.tillproof");
        std::fs::write(&file, "x").expect("a file");
        let known = |path: &Path| passphrase(path).as_deref().cloned();
        assert_eq!(kept(&file), Some(false), "nobody asked for it");
        follow(&file, "new").expect("there is nothing to follow");
        assert_eq!(kept(&file), Some(false), "and it stays so");
        set(&file, "first").expect("it is kept");
        assert_eq!((kept(&file), known(&file)), (Some(true), Some("first".to_owned())), "it comes back");
        follow(&file, "second").expect("it is kept");
        let name = folder.path().file_name().expect("a name");
        let other_way = folder.path().join("..").join(name).join("shop.tillproof");
        assert_eq!(known(&other_way), Some("second".to_owned()), "the same file");
        assert_eq!(known(&folder.path().join("other.tillproof")), None, "of another file nothing is known");

        let credential = entry(&file).expect("an entry");
        let mock: &keyring_core::mock::Cred = credential.as_any().downcast_ref().expect("it is the mock");
        mock.set_error(Error::NoStorageAccess("locked".into()));
        assert_eq!(kept(&file), None, "it does not answer");
        mock.set_error(Error::NoStorageAccess("locked".into()));
        assert!(forget(&file).is_err(), "what was not done is said");

        forget(&file).expect("it is forgotten");
        forget(&file).expect("twice is no fault");
        assert_eq!((kept(&file), known(&file)), (Some(false), None), "it has gone");
    }
}
