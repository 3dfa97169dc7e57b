//! Looks into a file of any kind.
//!
//! Deliberately absent: text recognition in pictures, office documents from before 2007, archives
//! other than zip, passwords, and form objects inside of PDF pages. What was not looked into is
//! said, so that nobody takes silence for safety.

mod archive;
mod mail;
mod markup;
mod office;
mod pdf;
mod sink;
mod table;

use crate::Finding;
use sink::{Sink, Stop};
use std::io::{Read, Seek, SeekFrom};

/// The most bytes of decoded text that are looked at in one file.
pub const LIMIT_BYTES: u64 = 64 * 1024 * 1024;

/// The most entries of an archive, a document or a mail that are looked at.
pub const LIMIT_ENTRIES: usize = 1_000;

/// The most findings that a report holds; the rest is counted.
pub const LIMIT_FINDINGS: usize = 50;

/// How many times its packed size an entry may have, beyond a first MiB.
pub const LIMIT_RATIO: u64 = 200;

/// Bytes that are enough to tell by control characters that something is no text.
const ENOUGH: usize = 512;

/// How deep files in files are opened: a document in an archive is, an archive in an archive is not.
const LIMIT_DEPTH: usize = 2;

/// Why a file could not be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The source could not be read.
    #[error("the source could not be read: {0}")]
    Io(#[from] std::io::Error),
    /// The progress callback said stop.
    #[error("cancelled")]
    Cancelled,
}

/// Why something was not looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// It is a picture, or has pictures in it.
    Picture,
    /// It has more text than [`LIMIT_BYTES`], or more entries than [`LIMIT_ENTRIES`].
    TooLarge,
    /// It unpacks to far more than it is ([`LIMIT_RATIO`]).
    Bomb,
    /// A password protects it.
    Encrypted,
    /// It is not what it says, or broken.
    Damaged,
    /// It has pages without text, such as a scan of paper.
    NoText,
    /// It took too long.
    TooSlow,
    /// An archive in it, or one of a kind that is not opened.
    Archive,
    /// An office document from before 2007, or a key store, or another form that is not known.
    Unknown,
}

/// How much of a file was looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LookedInto {
    /// All of it.
    Whole,
    /// A part, and why not the rest.
    Partly(Reason),
    /// Nothing, and why.
    NotLookedInto(Reason),
}

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The first findings, at most [`LIMIT_FINDINGS`]; a test card gives way to anything else.
    pub findings: Vec<Finding>,
    /// How many findings there are in all.
    pub count: usize,
    /// How many of them may not be stored: all but [`crate::Kind::TestCard`].
    pub harmful: usize,
    /// How much was looked into.
    pub looked_into: LookedInto,
}

/// Looks into a file. The form is told by the first bytes, then by the name, then by the media type.
///
/// `progress` gets the bytes that are done and all bytes of the source, and returns whether to go
/// on. A broken, protected or unknown file is no error: [`Report::looked_into`] says so.
///
/// # Errors
/// [`Error::Io`] where the source fails, [`Error::Cancelled`] where `progress` returns false.
pub fn scan(
    name: &str,
    media_type: &str,
    mut source: impl Read + Seek,
    mut progress: impl FnMut(u64, u64) -> bool,
) -> Result<Report, Error> {
    let total = source.seek(SeekFrom::End(0))?;
    source.seek(SeekFrom::Start(0))?;
    let mut sink = Sink::new(total, &mut progress);
    match file(name, media_type, &mut source, &mut sink, 0) {
        Ok(()) | Err(Stop::Full) => Ok(sink.report()),
        Err(Stop::Cancelled) => Err(Error::Cancelled),
        Err(Stop::Io(error)) => Err(Error::Io(error)),
    }
}

/// The forms that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Table,
    Html,
    Xml,
    Mail,
    Pdf,
    Zip,
    Not(Reason),
}

fn form(name: &str, media_type: &str, head: &[u8]) -> Form {
    let starts = |signs: &[&[u8]]| signs.iter().any(|sign| head.starts_with(sign));
    if starts(&[b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"BM\0", b"\0\0\x01\0"])
        || (head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP"))
        || (head.get(4..8) == Some(b"ftyp"))
    {
        return Form::Not(Reason::Picture);
    }
    if starts(&[b"PK\x03\x04", b"PK\x05\x06"]) {
        return Form::Zip;
    }
    if starts(&[b"7z\xBC\xAF\x27\x1C", b"Rar!", b"\x1F\x8B", b"BZh", b"\xFD7zXZ", b"\x28\xB5\x2F\xFD"]) {
        return Form::Not(Reason::Archive);
    }
    if starts(&[b"\xD0\xCF\x11\xE0", b"\x7FELF", b"MZ\x90", b"SQLite format 3"]) {
        return Form::Not(Reason::Unknown);
    }
    if head.windows(5).take(1024).any(|five| five == b"%PDF-") {
        return Form::Pdf;
    }
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    let media = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match end.as_str() {
        "csv" | "tsv" => return Form::Table,
        "html" | "htm" | "xhtml" => return Form::Html,
        "xml" | "svg" | "fodt" | "fods" => return Form::Xml,
        "eml" | "mht" | "mhtml" => return Form::Mail,
        "pdf" => return Form::Not(Reason::Damaged),
        "p12" | "pfx" | "jks" | "bmp" | "ico" | "heic" => return Form::Not(Reason::Unknown),
        _ => {}
    }
    match media.as_str() {
        "text/csv" | "text/tab-separated-values" => Form::Table,
        "text/html" | "application/xhtml+xml" => Form::Html,
        "text/xml" | "application/xml" => Form::Xml,
        "message/rfc822" => Form::Mail,
        "application/pdf" => Form::Not(Reason::Damaged),
        other if other.starts_with("image/") && other != "image/svg+xml" => Form::Not(Reason::Picture),
        _ => {
            let start: Vec<u8> = head.iter().take(400).map(u8::to_ascii_lowercase).filter(|c| *c != 0).collect();
            let has = |word: &[u8]| start.windows(word.len()).any(|part| part == word);
            if has(b"<!doctype html") || has(b"<html") {
                Form::Html
            } else if has(b"<?xml") {
                Form::Xml
            } else {
                Form::Text
            }
        }
    }
}

/// Looks into one file or one entry.
fn file<R: Read + Seek>(
    name: &str,
    media_type: &str,
    source: &mut R,
    sink: &mut Sink<'_>,
    depth: usize,
) -> Result<(), Stop> {
    let mut head = Vec::new();
    source.by_ref().take(4096).read_to_end(&mut head)?;
    source.seek(SeekFrom::Start(0))?;
    if head.is_empty() {
        return Ok(());
    }
    match form(name, media_type, &head) {
        Form::Not(reason) => sink.skipped(reason),
        Form::Text if is_binary(&head) => sink.skipped(Reason::Unknown),
        Form::Text => stream(source, sink),
        Form::Table => {
            let text = sink.read_text(source)?;
            table::csv(&text, sink)
        }
        Form::Html => {
            let text = sink.read_text(source)?;
            markup::html(&text, sink)
        }
        Form::Xml => {
            let text = sink.read_text(source)?;
            markup::xml(&text, sink)
        }
        Form::Mail => {
            let bytes = sink.read(source)?;
            mail::mail(&bytes, sink, depth)
        }
        Form::Pdf => {
            let bytes = sink.read(source)?;
            pdf::pdf(bytes, sink)
        }
        Form::Zip => archive::zip(source, sink, depth),
    }
}

/// Whether bytes are no text: a zero in 64 or more, and no UTF-16; or, where there are enough of them
/// to tell, a control character in 16 or more. Text has tabs and line ends, and escapes in some
/// encodings of Japanese; in what is encrypted or packed every ninth byte is a control character.
fn is_binary(head: &[u8]) -> bool {
    let zeros = head.iter().filter(|c| **c == 0).count();
    let controls = head.iter().filter(|c| matches!(c, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    let dense = zeros * 64 > head.len() || (head.len() >= ENOUGH && controls * 16 > head.len());
    dense && !crate::scanner::is_utf16(head)
}

/// Looks into text without a structure, piece by piece.
fn stream(source: &mut impl Read, sink: &mut Sink<'_>) -> Result<(), Stop> {
    let mut scanner = crate::Scanner::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let length = match source.read(&mut piece) {
            Ok(length) => length,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        let left = usize::try_from(sink.left()).unwrap_or(usize::MAX);
        let taken = length.min(left);
        let findings = scanner.push(piece.get(..taken).unwrap_or_default());
        sink.take(findings);
        sink.spend(taken as u64)?;
        if length == 0 || taken < length {
            sink.take(scanner.finish());
            return if taken < length { sink.partly(Reason::TooLarge).and(Err(Stop::Full)) } else { sink.looked() };
        }
    }
}
