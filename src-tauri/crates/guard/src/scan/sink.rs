//! Where all findings of one file come together, and where its limits are kept.

use super::{LIMIT_BYTES, LIMIT_FINDINGS, LookedInto, Reason, Report};
use crate::Finding;
use crate::scanner::TextScanner;
use std::io::Read;

/// Why the look into a file ended early.
#[derive(Debug)]
pub(super) enum Stop {
    /// The caller wants no more.
    Cancelled,
    /// A limit was reached; what was found so far is the report.
    Full,
    /// The source failed.
    Io(std::io::Error),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// The findings of one file.
pub(super) struct Sink<'p> {
    findings: Vec<Finding>,
    count: usize,
    harmful: usize,
    spent: u64,
    looked: bool,
    missed: Option<Reason>,
    part: String,
    scanner: TextScanner,
    done: u64,
    total: u64,
    progress: &'p mut dyn FnMut(u64, u64) -> bool,
}

impl<'p> Sink<'p> {
    pub(super) fn new(total: u64, progress: &'p mut dyn FnMut(u64, u64) -> bool) -> Self {
        Self {
            findings: Vec::new(),
            count: 0,
            harmful: 0,
            spent: 0,
            looked: false,
            missed: None,
            part: String::new(),
            scanner: TextScanner::default(),
            done: 0,
            total,
            progress,
        }
    }

    /// Names the part that the following findings are in. Returns the name before.
    pub(super) fn enter(&mut self, part: &str) -> String {
        let short: String = part.chars().filter(|c| !c.is_control()).take(200).collect();
        std::mem::replace(&mut self.part, short)
    }

    /// The part that is being looked at.
    pub(super) fn part(&self) -> &str {
        &self.part
    }

    /// Goes back to a part.
    pub(super) fn leave(&mut self, part: String) {
        self.part = part;
    }

    /// Adds findings of the current part.
    pub(super) fn take(&mut self, findings: Vec<Finding>) {
        for mut finding in findings {
            self.count += 1;
            let harmful = !finding.kind.is_harmless();
            self.harmful += usize::from(harmful);
            if self.findings.len() >= LIMIT_FINDINGS {
                let Some(test) = self.findings.iter().rposition(|old| old.kind.is_harmless()) else { continue };
                if !harmful {
                    continue;
                }
                self.findings.remove(test);
            }
            finding.part.clone_from(&self.part);
            self.findings.push(finding);
        }
    }

    /// Bytes of text that may still be looked at.
    pub(super) fn left(&self) -> u64 {
        LIMIT_BYTES.saturating_sub(self.spent)
    }

    /// Counts decoded bytes and asks the caller whether to go on.
    pub(super) fn spend(&mut self, bytes: u64) -> Result<(), Stop> {
        self.spent = self.spent.saturating_add(bytes);
        self.done = self.done.max(self.spent.min(self.total));
        self.ask()
    }

    /// Asks the caller whether to go on.
    pub(super) fn ask(&mut self) -> Result<(), Stop> {
        if (self.progress)(self.done.min(self.total), self.total) { Ok(()) } else { Err(Stop::Cancelled) }
    }

    /// Searches a piece of the text of the current part.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Stop> {
        let mut rest = text;
        while !rest.is_empty() {
            let left = usize::try_from(self.left()).unwrap_or(usize::MAX);
            if left < 4 {
                self.end_text();
                self.partly(Reason::TooLarge)?;
                return Err(Stop::Full);
            }
            let (now, later) = rest.split_at(rest.floor_char_boundary(left.min(64 * 1024).min(rest.len())));
            let findings = self.scanner.push(now);
            self.take(findings);
            self.spend(now.len() as u64)?;
            rest = later;
        }
        Ok(())
    }

    /// Ends the text of the current part.
    pub(super) fn end_text(&mut self) {
        let findings = self.scanner.finish();
        self.take(findings);
        self.looked = true;
    }

    /// Notes that something was looked into.
    pub(super) fn looked(&mut self) -> Result<(), Stop> {
        self.looked = true;
        Ok(())
    }

    /// Notes that something could not be looked into at all.
    pub(super) fn skipped(&mut self, reason: Reason) -> Result<(), Stop> {
        self.missed.get_or_insert(reason);
        Ok(())
    }

    /// Notes that something was looked into, but not whole.
    pub(super) fn partly(&mut self, reason: Reason) -> Result<(), Stop> {
        self.looked = true;
        self.skipped(reason)
    }

    /// Reads all bytes of a source, up to the limit.
    pub(super) fn read(&mut self, source: &mut impl Read) -> Result<Vec<u8>, Stop> {
        let mut bytes = Vec::new();
        source.take(LIMIT_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LIMIT_BYTES {
            bytes.truncate(usize::try_from(LIMIT_BYTES).unwrap_or(usize::MAX));
            self.skipped(Reason::TooLarge)?;
        }
        self.ask()?;
        Ok(bytes)
    }

    /// Reads all text of a source, up to the limit.
    pub(super) fn read_text(&mut self, source: &mut impl Read) -> Result<String, Stop> {
        Ok(crate::scanner::decoded(self.read(source)?))
    }

    pub(super) fn report(mut self) -> Report {
        // A limit may have ended the look in the middle of a text.
        self.end_text_if_begun();
        let looked_into = match (self.looked || self.count > 0, self.missed) {
            (_, None) => LookedInto::Whole,
            (true, Some(reason)) => LookedInto::Partly(reason),
            (false, Some(reason)) => LookedInto::NotLookedInto(reason),
        };
        Report { findings: self.findings, count: self.count, harmful: self.harmful, looked_into }
    }

    fn end_text_if_begun(&mut self) {
        let findings = self.scanner.finish();
        self.take(findings);
    }
}
