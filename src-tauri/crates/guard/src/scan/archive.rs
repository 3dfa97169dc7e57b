//! Zip archives, and the documents that are ones.

use super::office::{self, Office};
use super::sink::{Sink, Stop};
use super::{LIMIT_BYTES, LIMIT_DEPTH, LIMIT_ENTRIES, LIMIT_RATIO, Reason};
use std::io::{Cursor, Read, Seek};
use zip::ZipArchive;

/// Bytes that an entry may have whatever its packed size is.
const FREE: u64 = 1024 * 1024;

/// Bytes that all entries of one archive may unpack to. More than the text that is looked at, since
/// not all of them are text.
const LIMIT_UNPACKED: u64 = 4 * LIMIT_BYTES;

/// An open archive with what is left of its limits.
pub(super) struct Archive<'a, R> {
    zip: ZipArchive<&'a mut R>,
    left: u64,
}

impl<R: Read + Seek> Archive<'_, R> {
    /// The names of the entries, folders aside, in the order of the archive.
    fn names(&self) -> Vec<(usize, String)> {
        let names = (0..self.zip.len()).filter_map(|at| Some((at, self.zip.name_for_index(at)?.ok()?.into_owned())));
        names.filter(|(_, name)| !name.ends_with('/')).collect()
    }

    /// Unpacks an entry. `None` where that is not possible; the sink knows why.
    pub(super) fn unpack(&mut self, at: usize, sink: &mut Sink<'_>) -> Result<Option<Vec<u8>>, Stop> {
        let entry = match self.zip.by_index(at) {
            Ok(entry) => entry,
            Err(zip::result::ZipError::UnsupportedArchive(text)) if text.to_ascii_lowercase().contains("password") => {
                sink.skipped(Reason::Encrypted)?;
                return Ok(None);
            }
            Err(_) => {
                sink.skipped(Reason::Damaged)?;
                return Ok(None);
            }
        };
        let packed = entry.compressed_size();
        let most = packed.saturating_mul(LIMIT_RATIO).saturating_add(FREE).min(self.left);
        let mut bytes = Vec::new();
        let read = entry.take(most + 1).read_to_end(&mut bytes);
        self.left = self.left.saturating_sub(bytes.len() as u64);
        if bytes.len() as u64 > most {
            sink.partly(Reason::Bomb)?;
            return Ok(None);
        }
        if read.is_err() {
            sink.skipped(Reason::Damaged)?;
        }
        Ok((!bytes.is_empty()).then_some(bytes))
    }
}

/// Looks into a zip archive or an office document.
pub(super) fn zip<R: Read + Seek>(source: &mut R, sink: &mut Sink<'_>, depth: usize) -> Result<(), Stop> {
    let Ok(zip) = ZipArchive::new(source) else { return sink.skipped(Reason::Damaged) };
    let mut archive = Archive { zip, left: LIMIT_UNPACKED };
    let names = archive.names();
    if names.len() > LIMIT_ENTRIES {
        sink.skipped(Reason::TooLarge)?;
    }
    let office = office::kind(&names);
    if office.is_none() && depth > 0 {
        return sink.skipped(Reason::Archive);
    }
    if depth > LIMIT_DEPTH {
        return sink.skipped(Reason::Archive);
    }
    sink.looked()?;
    let names = names.get(..names.len().min(LIMIT_ENTRIES)).unwrap_or_default();
    match office {
        Some(office) => document(&mut archive, office, names, sink, depth),
        None => {
            for (at, name) in names {
                entry(&mut archive, *at, name, sink, depth)?;
            }
            Ok(())
        }
    }
}

fn entry<R: Read + Seek>(
    archive: &mut Archive<'_, R>,
    at: usize,
    name: &str,
    sink: &mut Sink<'_>,
    depth: usize,
) -> Result<(), Stop> {
    sink.ask()?;
    let Some(bytes) = archive.unpack(at, sink)? else { return Ok(()) };
    let part = if sink.part().is_empty() { name.to_owned() } else { format!("{} {name}", sink.part()) };
    let before = sink.enter(&part);
    super::file(name, "", &mut Cursor::new(bytes), sink, depth + 1)?;
    sink.leave(before);
    Ok(())
}

fn document<R: Read + Seek>(
    archive: &mut Archive<'_, R>,
    office: Office,
    names: &[(usize, String)],
    sink: &mut Sink<'_>,
    depth: usize,
) -> Result<(), Stop> {
    let mut shared = Vec::new();
    if office == Office::Sheet
        && let Some((at, _)) = names.iter().find(|(_, name)| name.eq_ignore_ascii_case("xl/sharedStrings.xml"))
        && let Some(bytes) = archive.unpack(*at, sink)?
    {
        shared = office::shared(&crate::scanner::decoded(bytes));
    }
    for (at, name) in names {
        sink.ask()?;
        let Some(role) = office::role(office, name) else { continue };
        match role {
            office::Role::Picture => sink.skipped(Reason::Picture)?,
            office::Role::File => entry(archive, *at, name, sink, depth)?,
            office::Role::Text | office::Role::Sheet | office::Role::Open => {
                let Some(bytes) = archive.unpack(*at, sink)? else { continue };
                let text = crate::scanner::decoded(bytes);
                let part = if sink.part().is_empty() { name.clone() } else { format!("{} {name}", sink.part()) };
                let before = sink.enter(&part);
                match role {
                    office::Role::Sheet => office::sheet(&text, &shared, sink)?,
                    office::Role::Open => office::open(&text, sink)?,
                    _ => office::text(&text, sink)?,
                }
                sink.leave(before);
            }
        }
    }
    Ok(())
}
