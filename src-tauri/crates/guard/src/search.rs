//! Walks over a text once and hands each place that may matter to the rule for it.

use crate::number::Chain;
use crate::{Finding, Kind, digits, secret};

/// Something found, by bytes of the text that was searched.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) masked: String,
    pub(crate) context: String,
}

/// What a byte may begin.
const NOTHING: u8 = 0;
const DIGIT: u8 = 1;
const SECRET: u8 = 2;
const WIDE: u8 = 3;

const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut table = [NOTHING; 256];
    let mut at = 0;
    while at < 256 {
        if at >= 0xC0 {
            table[at] = WIDE;
        } else if at >= 0x30 && at <= 0x39 {
            table[at] = DIGIT;
        }
        at += 1;
    }
    let mut trigger = 0;
    while trigger < secret::TRIGGERS.len() {
        table[secret::TRIGGERS[trigger] as usize] = SECRET;
        trigger += 1;
    }
    table
}

/// Everything in a text, sorted by where it starts. Where the text is the later part of a longer
/// one (`from_start` false), a run of letters and digits that it begins with is passed over.
pub(crate) fn hits(text: &str, from_start: bool) -> Vec<Hit> {
    let bytes = text.as_bytes();
    let mut hits = Vec::new();
    let mut chain = Chain::default();
    let mut at = 0;
    if !from_start {
        at = text.char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(text.len(), |(at, _)| at);
    }
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(|c| class(*c) != NOTHING)) {
        at += next;
        match class(bytes.get(at).copied().unwrap_or_default()) {
            DIGIT => at = chain.read(text, at, &mut hits),
            SECRET => {
                if let Some((kind, start, end)) = secret::at(text, at) {
                    let context = crate::mask::context(text, start, end, false);
                    hits.push(Hit { kind, start, masked: kind.code().to_owned(), context });
                    at = end.max(at + 1);
                } else {
                    at += 1;
                }
            }
            _ => match text.get(at..).and_then(|rest| rest.chars().next()) {
                Some(c) if digits::value(c).is_some() => at = chain.read(text, at, &mut hits),
                Some(c) => at += c.len_utf8(),
                None => at += 1,
            },
        }
    }
    hits.sort_by_key(|hit| hit.start);
    hits
}

fn class(byte: u8) -> u8 {
    CLASSES[usize::from(byte)]
}

/// Counts lines and characters as a text goes by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines {
    lines: usize,
    chars: usize,
}

impl Lines {
    /// Counts a piece that has gone by.
    pub(crate) fn pass(&mut self, text: &str) {
        let breaks = text.bytes().filter(|c| *c == b'\n').count();
        if breaks > 0 {
            self.lines += breaks;
            self.chars = 0;
        }
        self.chars += text.rsplit('\n').next().map_or(0, |line| line.chars().count());
    }

    /// The finding for a hit that starts here.
    pub(crate) fn finding(&self, hit: &Hit) -> Finding {
        Finding {
            kind: hit.kind,
            masked: hit.masked.clone(),
            line: self.lines + 1,
            column: self.chars + 1,
            part: String::new(),
            context: hit.context.clone(),
        }
    }
}
