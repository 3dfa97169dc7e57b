//! Which paths the page may name. A page that went wrong could ask for any file of the user; it
//! gets only those that a person chose in a dialog, dropped on the window, or opened before.
//!
//! Deliberately absent: what may be done with a path. The commands decide that.

use std::collections::HashSet;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// The paths that were given out, each in the form that the file system itself uses.
#[derive(Debug, Default)]
pub struct Grants {
    exact: HashSet<PathBuf>,
    folders: HashSet<PathBuf>,
}

impl Grants {
    /// Allows this path, which need not exist yet. Nothing below it is allowed.
    pub fn allow(&mut self, path: &Path) {
        self.exact.extend(resolve(path));
    }

    /// Allows this folder, which need not exist yet, and everything below it.
    pub fn allow_folder(&mut self, path: &Path) {
        self.folders.extend(resolve(path));
    }

    /// Whether this path was given out.
    #[must_use]
    pub fn cover(&self, path: &Path) -> bool {
        resolve(path).is_some_and(|path| {
            self.exact.contains(&path) || path.ancestors().any(|ancestor| self.folders.contains(ancestor))
        })
    }
}

/// The one form of a path: absolute, without links and detours. The part that does not exist yet
/// keeps its names, below the nearest folder that exists. None for a path that is relative, that
/// detours through something missing, or that ends in a link to nowhere: writing there would make
/// a file elsewhere.
#[must_use]
pub fn resolve(path: &Path) -> Option<PathBuf> {
    if !path.is_absolute() {
        return None;
    }
    let mut missing: Vec<OsString> = Vec::new();
    let mut existing = path;
    loop {
        match existing.canonicalize() {
            Ok(mut resolved) => {
                if !missing.is_empty() && !resolved.is_dir() {
                    return None;
                }
                resolved.extend(missing.iter().rev());
                return Some(resolved);
            }
            Err(_) if existing.symlink_metadata().is_ok() => return None,
            Err(_) => {
                let Some(Component::Normal(name)) = existing.components().next_back() else { return None };
                missing.push(name.to_owned());
                existing = existing.parent()?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(grants: &Grants, path: &Path, covered: bool, why: &str) {
        assert_eq!(grants.cover(path), covered, "{}: {why}", path.display());
    }

    #[test]
    fn only_what_was_given_out_is_covered() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("chosen.pdf"), "x").expect("a file");
        std::fs::write(at("other.pdf"), "x").expect("a file");
        std::fs::create_dir(at("inner")).expect("a folder");
        let mut grants = Grants::default();
        grants.allow(&at("chosen.pdf"));
        grants.allow(&at("new.tillproof"));

        check(&grants, &at("chosen.pdf"), true, "it was chosen");
        check(&grants, &at("inner/../chosen.pdf"), true, "it is the same file by another way");
        check(&grants, &at("new.tillproof"), true, "it was chosen, to be made");
        std::fs::write(at("new.tillproof"), "x").expect("a file");
        check(&grants, &at("new.tillproof"), true, "it was chosen, and has been made since");
        check(&grants, &at("other.pdf"), false, "its neighbour was chosen");
        check(&grants, &at("new.tillproof-journal"), false, "it only starts alike");
        check(&grants, folder.path(), false, "a file in it was chosen, not the folder");
        check(&grants, Path::new("chosen.pdf"), false, "a relative path depends on where the app was started");
        check(&grants, Path::new(""), false, "nothing is no path");
        check(&grants, &at("missing/../chosen.pdf"), false, "a detour through nothing cannot be followed");
        check(&grants, &at("chosen.pdf/below"), false, "a file has nothing below it");
    }

    #[test]
    fn a_folder_covers_what_is_below_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let demo = folder.path().join("demo");
        let mut grants = Grants::default();
        grants.allow_folder(&demo);
        check(&grants, &demo, true, "it was chosen");
        check(&grants, &demo.join("shop.tillproof"), true, "it is below");
        check(&grants, &demo.join("not/yet/made.pdf"), true, "it is below, though nothing of it exists");
        check(&grants, &folder.path().join("demolition"), false, "it only starts alike");
        check(&grants, &demo.join("../secret"), false, "it climbs out of a folder that does not exist yet");
        std::fs::create_dir(&demo).expect("the folder");
        check(&grants, &demo.join("../secret"), false, "it climbs out");
        check(&grants, &demo.join("shop.tillproof"), true, "the folder has been made since");
    }

    #[test]
    fn a_file_given_out_does_not_cover_what_is_below_a_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut grants = Grants::default();
        grants.allow(folder.path());
        check(&grants, folder.path(), true, "it was dropped on the window");
        check(&grants, &folder.path().join("inside"), false, "a dropped folder is one path");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_before_anything_is_compared() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("demo")).expect("a folder");
        std::fs::write(at("secret"), "x").expect("a file");
        std::os::unix::fs::symlink(at("secret"), at("demo/link")).expect("a link");
        std::os::unix::fs::symlink(folder.path(), at("demo/up")).expect("a link");
        std::os::unix::fs::symlink(at("nowhere"), at("demo/dangling")).expect("a link");
        let mut grants = Grants::default();
        grants.allow_folder(&at("demo"));
        check(&grants, &at("demo/link"), false, "the link leads out");
        check(&grants, &at("demo/up/secret"), false, "the link leads out");
        check(&grants, &at("demo/up/new"), false, "a file would be made outside");
        check(&grants, &at("demo/dangling"), false, "a file would be made outside");
        check(&grants, &at("demo/up/demo/new"), true, "it leads out and in again");
    }
}
