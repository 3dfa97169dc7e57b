//! Searches a stream of bytes piece by piece.

use crate::Finding;
use crate::context::floor;
use crate::search::{self, Lines};
use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes of text that are gathered before they are searched.
const WINDOW: usize = 64 * 1024;

/// Bytes before a place that are kept for what they say about it.
const LEAD: usize = 1024;

/// Bytes behind a place that must be there before it is judged, unless the text ends.
const TAIL: usize = 2048;

/// Bytes looked at to tell UTF-16 without a mark.
const SNIFF: usize = 256;

/// Searches text that comes in pieces; the memory it needs does not grow with the text.
///
/// It finds the same as [`crate::find`] does in the whole text. Only a chain of numbers of more
/// than a kilobyte without a word in between may be judged without its beginning.
#[derive(Debug, Default)]
pub(crate) struct TextScanner {
    text: String,
    /// How much of `text` has been searched: hits that start before have been told.
    searched: usize,
    /// How much of `text` the lines have counted.
    counted: usize,
    lines: Lines,
    cut: bool,
}

impl TextScanner {
    /// Adds text and returns what is certain by now.
    pub(crate) fn push(&mut self, text: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let room = (WINDOW + LEAD + TAIL).saturating_sub(self.text.len()).max(4);
            let (now, later) = rest.split_at(floor(rest, room.min(rest.len())));
            self.text.push_str(now);
            rest = later;
            if self.text.len() + 4 > WINDOW + LEAD + TAIL {
                let until = floor(&self.text, self.text.len() - TAIL);
                self.search(until, &mut findings);
                let keep = floor(&self.text, until.saturating_sub(LEAD));
                self.count(keep);
                self.text.drain(..keep);
                self.searched = until - keep;
                self.counted -= keep;
                self.cut |= keep > 0;
            }
        }
        findings
    }

    /// Returns what is left, and begins anew.
    pub(crate) fn finish(&mut self) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.search(self.text.len() + 1, &mut findings);
        *self = Self::default();
        findings
    }

    fn search(&mut self, until: usize, findings: &mut Vec<Finding>) {
        for hit in search::hits(&self.text, !self.cut) {
            if hit.start >= self.searched && hit.start < until {
                self.count(hit.start);
                findings.push(self.lines.finding(&hit));
            }
        }
    }

    fn count(&mut self, until: usize) {
        if until > self.counted {
            self.lines.pass(self.text.get(self.counted..until).unwrap_or_default());
            self.counted = until;
        }
    }
}

/// How the bytes are written.
#[derive(Debug, Default)]
enum Encoding {
    /// Not known yet; the first bytes are held back.
    #[default]
    Unknown,
    /// UTF-8 so far.
    Utf8,
    /// UTF-16, or Windows-1252 since a byte that UTF-8 cannot have.
    Other(Box<Decoder>),
}

/// Searches a stream of bytes for card numbers and keys. Memory stays flat: about 100 KB.
///
/// It understands UTF-8, UTF-16 (with a byte order mark, or where every other byte is zero), and
/// takes the rest for Windows-1252 from the first byte on that UTF-8 cannot have. Its numbers are
/// those of [`crate::find`] in the whole text.
///
/// ```
/// let mut scanner = tillproof_guard::Scanner::new();
/// let mut findings = scanner.push(b"Karte: 4532 0151 12");
/// findings.extend(scanner.push(b"83 0366"));
/// findings.extend(scanner.finish());
/// assert_eq!(findings[0].masked, "453201******0366");
/// ```
#[derive(Default)]
pub struct Scanner {
    text: TextScanner,
    encoding: Encoding,
    held: Vec<u8>,
    bytes: u64,
}

// Written by hand: the text it holds must never reach a log.
impl std::fmt::Debug for Scanner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scanner").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl Scanner {
    /// A scanner at the start of a stream.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes, any number of them, and returns the findings that are certain by now.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Finding> {
        self.bytes += bytes.len() as u64;
        if matches!(self.encoding, Encoding::Unknown) {
            self.held.extend_from_slice(bytes);
            if self.held.len() < SNIFF {
                return Vec::new();
            }
            return self.begin();
        }
        self.decode(bytes, false)
    }

    /// Ends the stream and returns the findings that are left.
    pub fn finish(mut self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if matches!(self.encoding, Encoding::Unknown) {
            findings = self.begin();
        }
        findings.extend(self.decode(&[], true));
        findings.extend(self.text.finish());
        findings
    }

    /// How many bytes it has taken.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    fn begin(&mut self) -> Vec<Finding> {
        let held = std::mem::take(&mut self.held);
        self.encoding = match utf16_of(&held) {
            Some(encoding) => Encoding::Other(Box::new(encoding.new_decoder_with_bom_removal())),
            None => Encoding::Utf8,
        };
        let start = if held.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
        self.decode(held.get(start..).unwrap_or_default(), false)
    }

    fn decode(&mut self, bytes: &[u8], last: bool) -> Vec<Finding> {
        match &mut self.encoding {
            Encoding::Unknown => Vec::new(),
            Encoding::Other(decoder) => {
                let mut text =
                    String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3));
                let _ = decoder.decode_to_string(bytes, &mut text, last);
                self.text.push(&text)
            }
            Encoding::Utf8 => {
                let joined;
                let whole = if self.held.is_empty() {
                    bytes
                } else {
                    let mut held = std::mem::take(&mut self.held);
                    held.extend_from_slice(bytes);
                    joined = held;
                    &joined
                };
                match std::str::from_utf8(whole) {
                    Ok(text) => self.text.push(text),
                    Err(error) => {
                        let (good, rest) = whole.split_at(error.valid_up_to());
                        let mut findings = self.text.push(std::str::from_utf8(good).unwrap_or_default());
                        if error.error_len().is_none() && !last {
                            self.held = rest.to_vec();
                        } else {
                            self.encoding = Encoding::Other(Box::new(WINDOWS_1252.new_decoder_without_bom_handling()));
                            findings.extend(self.decode(rest, last));
                        }
                        findings
                    }
                }
            }
        }
    }
}

/// All of a text at once, decoded as [`Scanner`] does it.
pub(crate) fn decoded(bytes: Vec<u8>) -> String {
    let head = bytes.get(..bytes.len().min(SNIFF)).unwrap_or_default();
    let utf16 = utf16_of(head);
    if let Some(encoding) = utf16 {
        return encoding.decode_with_bom_removal(&bytes).0.into_owned();
    }
    let start = if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.drain(..start);
            text
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let (good, rest) = bytes.split_at(valid);
            let mut text = std::str::from_utf8(good.get(start..).unwrap_or_default()).unwrap_or_default().to_owned();
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(rest).0);
            text
        }
    }
}

/// UTF-16 by its mark, or by zeros in every other byte.
fn utf16_of(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let even = head.iter().step_by(2).filter(|c| **c == 0).count();
    let odd = head.iter().skip(1).step_by(2).filter(|c| **c == 0).count();
    let most = head.len() * 2 / 5;
    if head.starts_with(&[0xFF, 0xFE]) || (odd > most && even == 0) {
        Some(UTF_16LE)
    } else if head.starts_with(&[0xFE, 0xFF]) || (even > most && odd == 0) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the first bytes of a stream are UTF-16.
pub(crate) fn is_utf16(head: &[u8]) -> bool {
    utf16_of(head.get(..head.len().min(SNIFF)).unwrap_or_default()).is_some()
}
