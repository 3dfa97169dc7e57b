//! What kind of place a file lies in: a disk of this machine, a drive that other machines write to,
//! or a folder that a program copies elsewhere. The last two can damage a workspace that two
//! machines use at once, and people should know before that happens.
//!
//! Only the path and the list of mounts are looked at; nothing is written, nothing is asked over a
//! network. Deliberately absent: what to tell people about it.

use std::ffi::OsStr;
use std::path::{Component, Path};

/// Where a file lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On a disk of this machine, as far as can be seen.
    Local,
    /// On a drive that other machines write to.
    Network(Network),
    /// In a folder that this program copies to other machines.
    Synced(String),
}

impl Place {
    /// Whether it is on a drive that other machines write to.
    #[must_use]
    pub const fn is_network(&self) -> bool {
        matches!(self, Self::Network(_))
    }
}

/// How a drive of another machine is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// A Windows or Samba share.
    Smb,
    /// NFS.
    Nfs,
    /// A web folder.
    WebDav,
    /// Files over SSH.
    Ssh,
    /// A folder that a virtual machine shares with its host.
    Host,
    /// Something else that is not of this machine.
    Other,
}

impl Network {
    /// A word for programs: `smb`, `nfs`, `webdav`, `ssh`, `host`, `other`. Frozen.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Smb => "smb",
            Self::Nfs => "nfs",
            Self::WebDav => "webdav",
            Self::Ssh => "ssh",
            Self::Host => "host",
            Self::Other => "other",
        }
    }
}

/// Folders by which a synced folder is known, compared without regard to upper and lower case. A
/// folder may have more after the name where a person has several: `OneDrive - Muster GmbH`,
/// `Dropbox (Personal)`, `GoogleDrive-name@example.org`.
const FOLDERS: &[(&str, &str)] = &[
    ("OneDrive", "OneDrive"),
    ("Dropbox", "Dropbox"),
    ("Google Drive", "Google Drive"),
    ("GoogleDrive", "Google Drive"),
    ("My Drive", "Google Drive"),
    ("Meine Ablage", "Google Drive"),
    ("iCloudDrive", "iCloud Drive"),
    ("com~apple~CloudDocs", "iCloud Drive"),
    ("Nextcloud", "Nextcloud"),
    ("ownCloud", "ownCloud"),
    ("MagentaCLOUD", "MagentaCLOUD"),
    ("HiDrive", "HiDrive"),
    ("Proton Drive", "Proton Drive"),
    ("pCloudDrive", "pCloud"),
    ("pCloud Drive", "pCloud"),
    ("Box Sync", "Box"),
    ("Box-Box", "Box"),
    ("MEGAsync", "MEGA"),
    ("Tresorit", "Tresorit"),
    ("Syncthing", "Syncthing"),
];

/// Files and folders that a program keeps at the top of what it copies: the whole name, or its
/// beginning and end.
const MARKS: &[(&str, &str, &str)] = &[
    (".dropbox.cache", "", "Dropbox"),
    (".tmp.drivedownload", "", "Google Drive"),
    (".tmp.driveupload", "", "Google Drive"),
    (".stfolder", "", "Syncthing"),
    (".owncloudsync.log", "", "ownCloud"),
    (".nextcloudsync.log", "", "Nextcloud"),
    (".sync_", ".db", "Nextcloud"),
    ("._sync_", ".db", "Nextcloud"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "", "OneDrive"),
    (".seafile-data", "", "Seafile"),
];

/// Looks where a file lies, or will lie.
#[must_use]
pub fn place_of(path: &Path) -> Place {
    // Links and drive letters hide where a file is. The part that is not there yet says nothing.
    let known = path.ancestors().find_map(|part| part.canonicalize().ok());
    let real = known.as_deref().unwrap_or(path);
    if let Some(network) = network(real) {
        return Place::Network(network);
    }
    // The path as it was given counts too: a link may lead out of a folder whose copies lead in.
    named(path).or_else(|| named(real)).or_else(|| marked(real)).map_or(Place::Local, Place::Synced)
}

fn named(path: &Path) -> Option<String> {
    let folder = if path.is_dir() { Some(path) } else { path.parent() };
    folder.into_iter().flat_map(Path::components).find_map(|part| match part {
        Component::Normal(name) => synced_name(name),
        _ => None,
    })
}

fn synced_name(name: &OsStr) -> Option<String> {
    let name = name.to_str()?;
    let (_, program) = FOLDERS.iter().find(|(folder, _)| {
        let Some(head) = name.get(..folder.len()) else { return false };
        let rest = &name[folder.len()..];
        head.eq_ignore_ascii_case(folder)
            && (rest.is_empty() || rest.starts_with(" - ") || rest.starts_with(" (") || rest.starts_with('-'))
    })?;
    Some((*program).to_owned())
}

/// The nearest folder that a program has marked, up to the root.
fn marked(path: &Path) -> Option<String> {
    path.ancestors().find_map(|folder| {
        let names = std::fs::read_dir(folder).ok()?;
        // A folder with more entries than that is no top of a synced folder worth waiting for.
        names.take(2_000).filter_map(|entry| entry.ok()?.file_name().into_string().ok()).find_map(|name| {
            let (_, _, program) = MARKS.iter().find(|(begin, end, _)| {
                if end.is_empty() { name == *begin } else { name.starts_with(begin) && name.ends_with(end) }
            })?;
            Some((*program).to_owned())
        })
    })
}

#[cfg(target_os = "linux")]
fn network(path: &Path) -> Option<Network> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    by_mount(&mounts, path)
}

/// `statfs` says it on macOS, and the drive letters of Windows resolve to the share behind them.
#[cfg(not(target_os = "linux"))]
fn network(path: &Path) -> Option<Network> {
    use std::path::Prefix;
    #[cfg(target_os = "macos")]
    if let Ok(about) = rustix::fs::statfs(path) {
        let kind: String =
            about.f_fstypename.iter().take_while(|c| **c != 0).map(|c| char::from(c.to_ne_bytes()[0])).collect();
        return by_type(&kind);
    }
    match path.components().next() {
        Some(Component::Prefix(prefix)) => match prefix.kind() {
            Prefix::UNC(server, _) | Prefix::VerbatimUNC(server, _) => {
                Some(if server == "wsl.localhost" || server == "wsl$" { Network::Host } else { Network::Smb })
            }
            _ => None,
        },
        _ => None,
    }
}

/// What the mount that a path lies on says, from the text of `/proc/self/mountinfo` (proc(5)).
#[cfg(any(target_os = "linux", test))]
fn by_mount(mounts: &str, path: &Path) -> Option<Network> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let Some((about, kind)) = line.split_once(" - ") else { continue };
        let (Some(point), Some(kind)) = (about.split(' ').nth(4), kind.split(' ').next()) else { continue };
        let point = std::path::PathBuf::from(unescaped(point));
        let depth = point.components().count();
        // The last of several mounts on one point is the one that is seen.
        if path.starts_with(&point) && best.is_none_or(|(deepest, _)| depth >= deepest) {
            best = Some((depth, kind));
        }
    }
    best.and_then(|(_, kind)| by_type(kind))
}

/// The kernel writes blanks, tabs, line ends and backslashes as three octal digits.
#[cfg(any(target_os = "linux", test))]
fn unescaped(text: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .into_iter()
        .fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
}

/// A kind of file system whose files other machines write, too.
#[cfg(any(target_os = "linux", target_os = "macos", test))]
fn by_type(kind: &str) -> Option<Network> {
    Some(match kind {
        "cifs" | "smb3" | "smbfs" | "fuse.smbnetfs" => Network::Smb,
        "nfs" | "nfs4" => Network::Nfs,
        "fuse.davfs" | "davfs" | "webdav" => Network::WebDav,
        "fuse.sshfs" => Network::Ssh,
        "9p" | "vboxsf" | "virtiofs" | "fuse.vmhgfs-fuse" | "vmhgfs" | "prl_fs" | "fuse.prl_fsd" => Network::Host,
        "afs" | "afpfs" | "ceph" | "fuse.ceph" | "coda" | "glusterfs" | "fuse.glusterfs" | "lustre" | "gfs2"
        | "ocfs2" | "fuse.rclone" | "fuse.s3fs" | "fuse.gvfsd-fuse" => Network::Other,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synced_folder_is_known_by_its_name() {
        let check = |path: &str, program: Option<&str>| {
            assert_eq!(named(Path::new(path)).as_deref(), program, "{path}");
        };
        check("/home/k/Dropbox/shop.tillproof", Some("Dropbox"));
        check("/home/k/Dropbox (Personal)/a/shop.tillproof", Some("Dropbox"));
        check("/home/k/onedrive/shop.tillproof", Some("OneDrive"));
        check("/Users/k/OneDrive - Muster GmbH/shop.tillproof", Some("OneDrive"));
        check("/Users/k/Library/CloudStorage/GoogleDrive-k@example.org/My Drive/shop.tillproof", Some("Google Drive"));
        check("/Users/k/Library/Mobile Documents/com~apple~CloudDocs/shop.tillproof", Some("iCloud Drive"));
        check("/home/k/Nextcloud/PCI/shop.tillproof", Some("Nextcloud"));
        check("/home/k/Dropbox.tillproof", None);
        check("/home/k/Dropboxes/shop.tillproof", None);
        check("/home/k/my onedrive notes/shop.tillproof", None);
        check("/home/k/Büro/shop.tillproof", None);
    }

    #[test]
    fn a_synced_folder_is_known_by_what_its_program_keeps_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let deep = folder.path().join("a/b");
        std::fs::create_dir_all(&deep).expect("a folder");
        let file = deep.join("shop.tillproof");
        assert_eq!(place_of(&file), Place::Local, "nothing says otherwise");
        for (mark, program) in
            [(".stfolder", "Syncthing"), (".sync_1a2b.db", "Nextcloud"), (".dropbox.cache", "Dropbox")]
        {
            let mark = folder.path().join(mark);
            std::fs::write(&mark, "").expect("a file");
            assert_eq!(place_of(&file), Place::Synced(program.to_owned()), "{}", mark.display());
            std::fs::remove_file(mark).expect("it goes");
        }
    }

    #[test]
    fn a_drive_of_another_machine_is_known_by_its_mount() {
        let mounts = "\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:40 / /mnt/office rw,relatime shared:20 - cifs //server/office rw,vers=3.0
41 27 0:41 / /home/k/NAS\\040drive rw,relatime - nfs4 nas:/export rw
42 40 0:42 / /mnt/office/local rw - ext4 /dev/sdb rw
43 27 0:43 / /srv rw - ext4 /dev/sdc rw
44 27 0:44 / /srv rw - fuse.sshfs k@host: rw
45 27 0:45 / /mnt/stick rw - fuseblk /dev/sdd1 rw
46 27 0:46 / /mnt/c rw - 9p C: rw
";
        let check = |path: &str, network: Option<Network>| {
            assert_eq!(by_mount(mounts, Path::new(path)), network, "{path}");
        };
        check("/home/k/shop.tillproof", None);
        check("/mnt/office/shop.tillproof", Some(Network::Smb));
        check("/mnt/office2/shop.tillproof", None);
        check("/mnt/office/local/shop.tillproof", None);
        check("/home/k/NAS drive/shop.tillproof", Some(Network::Nfs));
        check("/srv/shop.tillproof", Some(Network::Ssh));
        check("/mnt/stick/shop.tillproof", None);
        check("/mnt/c/Users/k/shop.tillproof", Some(Network::Host));
    }
}
