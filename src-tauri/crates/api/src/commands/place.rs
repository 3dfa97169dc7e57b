//! What is said about the place a file lies in, and about a file that can only be read.

use crate::messages;
use crate::types::workspace::PlaceView;
use std::io::ErrorKind;
use std::path::Path;
use tillproof_domain::locale::Locale;
use tillproof_store::Place;

/// The place in words.
pub(super) fn view(place: &Place, locale: Locale) -> PlaceView {
    let (kind, name) = match place {
        Place::Local => return PlaceView { kind: "local".to_owned(), name: String::new(), advice: String::new() },
        Place::Network(network) => ("network", messages::text(locale, "network", network.as_str(), &[])),
        Place::Synced(program) => ("synced", program.clone()),
    };
    let advice = messages::text(locale, "place", kind, &[("name", &name)]);
    PlaceView { kind: kind.to_owned(), name, advice }
}

/// Why a file cannot be written, in words.
pub(super) fn read_only_because(path: &Path, locale: Locale) -> String {
    let refused = std::fs::OpenOptions::new().write(true).open(path).err().map(|error| error.kind());
    let protected = std::fs::metadata(path).is_ok_and(|about| about.permissions().readonly());
    let key = match refused {
        Some(ErrorKind::ReadOnlyFilesystem) => "drive",
        _ if protected => "protected",
        _ => "rights",
    };
    messages::text(locale, "read-only", key, &[])
}
