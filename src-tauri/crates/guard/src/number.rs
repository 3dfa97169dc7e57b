//! Finds card numbers and track data among the digits of a text.
//!
//! A candidate has 13 to 19 digits, a range of a scheme and a right check digit. That leaves one in
//! ten other numbers of the same form, so a small score decides; it is a finding from 1 on.
//!
//! | evidence | points |
//! |---|---|
//! | grouped as cards are printed | 4 |
//! | in one piece, of a usual length | 3 |
//! | grouped as people write | 2 |
//! | in one piece, of a rare length | 1 |
//! | grouped in any other way | 0 |
//! | broken by a line, a tab or wide spaces; dots, slashes or mixed separators | -1 to -3 |
//! | a word for a card before it | +3 |
//! | an expiry date or a security code behind it | +1 to +6 |
//! | a word for another thing directly before it | -4, further away -3 |
//! | a word for another thing directly behind it | -3 |
//! | a further group of four digits beside it | -4, of another size -2 |
//! | part of an identifier, a path, a file name, an address | -3 |
//! | a right check digit of GS1 in 13 digits, a date and time, a German mobile number | -2 |
//! | a right check digit of GS1 in 14 digits | -1 |
//!
//! Refused whatever the words say: digits glued to letters, a longer run of digits, the fraction of
//! a decimal, a phone number with `+`, an IBAN, an Amazon order number (3-7-7).

use crate::Kind;
use crate::context::{self, Names};
use crate::digits::{self, Gap};
use crate::issuer::{self, Grouping, Scheme};
use crate::search::Hit;
use crate::{mask, test_cards};

/// The score from which on a candidate is a finding.
const FINDING: i32 = 1;

/// Most groups that are looked at as one chain; a longer table of numbers is cut.
const MOST_GROUPS: usize = 256;

/// Most digits of a card number (ISO/IEC 7812-1).
const MOST_DIGITS: usize = 19;
const LEAST_DIGITS: usize = 13;

/// A run of digits with nothing visible between.
#[derive(Debug, Clone, Copy)]
struct Group {
    start: usize,
    end: usize,
    /// How many digits; the first 20 are kept, from `first` on in [`Chain::values`].
    count: usize,
    first: usize,
    /// What separates it from the next group of the chain.
    gap: Gap,
}

/// Groups of digits with only separators between, as they follow each other in a text.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    groups: Vec<Group>,
    values: Vec<u8>,
}

impl Chain {
    /// Reads the chain that starts with the digit at `start` and adds what it finds. Returns where
    /// the chain ends.
    pub(crate) fn read(&mut self, text: &str, start: usize, hits: &mut Vec<Hit>) -> usize {
        self.groups.clear();
        self.values.clear();
        let mut at = start;
        let mut total = 0;
        loop {
            let group = self.group(text, at);
            at = group.end;
            let rest = text.get(at..).unwrap_or_default();
            // The first digits of a date or a time do not belong to what stands before them.
            if !self.groups.is_empty() && group.count <= 2 && begins_date(rest) {
                at = group.start;
                break;
            }
            total += group.count;
            self.groups.push(group);
            if self.groups.len() >= MOST_GROUPS {
                break;
            }
            match digits::gap(rest) {
                Some((gap, bytes)) => {
                    if let Some(last) = self.groups.last_mut() {
                        last.gap = gap;
                    }
                    at += bytes;
                }
                None => break,
            }
        }
        if total >= LEAST_DIGITS {
            self.judge(text, hits);
        }
        at.max(start + 1)
    }

    fn group(&mut self, text: &str, start: usize) -> Group {
        let mut group = Group { start, end: start, count: 0, first: self.values.len(), gap: Gap::Line };
        for (at, c) in text.get(start..).unwrap_or_default().char_indices() {
            if let Some(value) = digits::value(c) {
                group.count += 1;
                group.end = start + at + c.len_utf8();
                if group.count <= MOST_DIGITS + 1 {
                    self.values.push(value);
                }
            } else if !digits::is_invisible(c) {
                break;
            }
        }
        group
    }

    /// Adds the best candidates that do not overlap.
    fn judge(&self, text: &str, hits: &mut Vec<Hit>) {
        let mut found: Vec<(i32, usize, usize, Kind)> = Vec::new();
        for from in 0..self.groups.len() {
            let mut total = 0;
            for to in from..self.groups.len() {
                total += self.groups.get(to).map_or(0, |group| group.count);
                if total > MOST_DIGITS {
                    break;
                }
                if total >= LEAST_DIGITS
                    && let Some((score, kind)) = self.candidate(text, from, to)
                {
                    found.push((score, from, to, kind));
                }
            }
        }
        found.sort_by_key(|(score, from, to, _)| (-score, *from, usize::MAX - *to));
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for (_, from, to, kind) in found {
            if taken.iter().any(|(first, last)| from <= *last && to >= *first) {
                continue;
            }
            taken.push((from, to));
            let (Some(first), Some(last)) = (self.groups.get(from), self.groups.get(to)) else { continue };
            let values = self.digits(from, to);
            let behind = matches!(kind, Kind::Card | Kind::TestCard);
            hits.push(Hit {
                kind,
                start: first.start,
                masked: mask::number(values),
                context: mask::context(text, first.start, last.end, behind),
            });
        }
    }

    /// The digit values of some groups. Groups with more than 20 digits have lost some, but those
    /// are never part of a candidate.
    fn digits(&self, from: usize, to: usize) -> &[u8] {
        let (Some(first), Some(last)) = (self.groups.get(from), self.groups.get(to)) else { return &[] };
        self.values.get(first.first..last.first + last.count.min(MOST_DIGITS + 1)).unwrap_or_default()
    }

    fn candidate(&self, text: &str, from: usize, to: usize) -> Option<(i32, Kind)> {
        let values = self.digits(from, to);
        let range = issuer::scheme_of(values)?;
        if !issuer::luhn(values) {
            return None;
        }
        let (first, last) = (self.groups.get(from)?, self.groups.get(to)?);
        if from == to
            && let Some(kind) = track(text, first.start, last.end)
        {
            return Some((9, kind));
        }
        let sizes: Vec<usize> = self.groups.get(from..=to)?.iter().map(|group| group.count).collect();
        let grouping = issuer::grouping(&sizes);
        if self.refused(text, from, to, grouping) {
            return None;
        }
        let usual = values.len() == range.usual;
        let mut score = match (grouping, range.scheme, usual) {
            (Grouping::Whole, Scheme::Diners, true) => 2,
            (Grouping::Whole, _, true) => 3,
            (Grouping::Whole, Scheme::Visa | Scheme::UnionPay, false) if values.len() == 19 => 2,
            (Grouping::Whole, _, false) => 1,
            (Grouping::Printed, _, true) => 4,
            (Grouping::Printed, _, false) => 3,
            (Grouping::Known, _, _) => 2,
            (Grouping::Odd, _, _) => 0,
        };
        score -= self.breaks(from, to);
        score -= self.neighbours(from, to, grouping);
        if grouping == Grouping::Whole {
            score -= identifier(text, first.start, last.end);
            score -= looks_otherwise(values);
        }
        let around = context::around(text, first.start, last.end, values.len());
        score += match around.before {
            Some((Names::Card, _)) => 3,
            Some((Names::Other, 0..=context::NEAR)) => -4,
            Some((Names::Other, _)) => -3,
            None if around.other_behind => -3,
            None => 0,
        };
        score += around.expiry;
        let kind = if test_cards::is_test_card(values) { Kind::TestCard } else { Kind::Card };
        (score >= FINDING).then_some((score, kind))
    }

    /// What no word around it can make a card number.
    fn refused(&self, text: &str, from: usize, to: usize, grouping: Grouping) -> bool {
        let (Some(first), Some(last)) = (self.groups.get(from), self.groups.get(to)) else { return true };
        let before = text.get(..first.start).unwrap_or_default().chars().rev().find(|c| !digits::is_invisible(*c));
        let mut behind = text.get(last.end..).unwrap_or_default().chars().filter(|c| !digits::is_invisible(*c));
        let next = behind.next();
        if before.is_some_and(is_glue) || next.is_some_and(is_glue) {
            return true;
        }
        let chain = self.groups.first().map_or(0, |group| group.start);
        let phone = text.get(..chain).is_some_and(|head| head.ends_with('+') || head.ends_with("(+"));
        if phone && (from < 2 || grouping != Grouping::Printed) {
            return true;
        }
        // The fraction of a decimal: "48.137154000000002", "0,4532015112830366".
        if grouping == Grouping::Whole {
            let whole = from.checked_sub(1).and_then(|at| self.groups.get(at));
            if whole.is_some_and(|whole| whole.gap == Gap::Dot && whole.count <= 6) {
                return true;
            }
            let head = text.get(..first.start).unwrap_or_default();
            if let Some(head) = head.strip_suffix(',') {
                let digits = head.bytes().rev().take_while(u8::is_ascii_digit).count();
                let rest = head.get(..head.len() - digits).unwrap_or_default();
                let starts = rest.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '-' | ':' | '='));
                let within = !rest.is_empty() && !rest.ends_with('\n');
                if starts && (head.ends_with('0') && digits == 1 || within && (1..=3).contains(&digits)) {
                    return true;
                }
            }
        }
        let sizes: Vec<usize> = self.groups.iter().map(|group| group.count).collect();
        if sizes.windows(3).enumerate().any(|(at, three)| three == [3, 7, 7] && at <= to && from <= at + 2) {
            return true;
        }
        // An odd grouping must be all there is.
        if grouping == Grouping::Odd && (from > 0 || to + 1 < self.groups.len() || sizes.contains(&1)) {
            return true;
        }
        in_iban(text, first.start, last.end)
    }

    /// Points off for the separators within.
    fn breaks(&self, from: usize, to: usize) -> i32 {
        let gaps: Vec<Gap> = self.groups.get(from..to).unwrap_or_default().iter().map(|group| group.gap).collect();
        let Some(&first) = gaps.first() else { return 0 };
        let lines = gaps.iter().filter(|gap| **gap == Gap::Line).count();
        if lines == gaps.len() {
            return 3;
        }
        let rest: Vec<Gap> = gaps.iter().copied().filter(|gap| *gap != Gap::Line).collect();
        let same = rest.iter().all(|gap| rest.first() == Some(gap));
        let broken = i32::from(lines > 0);
        broken
            + match first {
                _ if !same => 3,
                Gap::Space | Gap::Hyphen | Gap::Line => 0,
                Gap::Wide | Gap::Dot => 1,
                Gap::Other => 3,
            }
    }

    /// Points off for further groups directly beside.
    fn neighbours(&self, from: usize, to: usize, grouping: Grouping) -> i32 {
        let own = from != to;
        let inner: Vec<Gap> = self.groups.get(from..to).unwrap_or_default().iter().map(|group| group.gap).collect();
        let weigh = |group: &Group, gap: Gap, before: bool| {
            if own {
                // A neighbour counts where the same separator joins it.
                match (inner.contains(&gap), group.count) {
                    (false, _) if gap == Gap::Space => 1,
                    (false, _) => 0,
                    (true, 4) if before => 4 - i32::from(self.is_year(group)) * 3,
                    (true, 4) => 4,
                    (true, 3) if !before => 1,
                    (true, _) if gap == Gap::Line => 1,
                    (true, _) => 2,
                }
            } else {
                match (gap, before) {
                    (Gap::Hyphen, true) | (Gap::Other, _) => 3,
                    (Gap::Hyphen, false) => 2,
                    // "4532015112830366.00" is how a spreadsheet writes a number; other fractions
                    // are measurements.
                    (Gap::Dot, false) if self.is_zero(group) => 0,
                    (Gap::Dot, _) => 4,
                    _ => 0,
                }
            }
        };
        let mut off = 0;
        if let Some(group) = from.checked_sub(1).and_then(|at| self.groups.get(at)) {
            off += weigh(group, group.gap, true);
        }
        if let (Some(last), Some(group)) = (self.groups.get(to), self.groups.get(to + 1)) {
            off += weigh(group, last.gap, false);
        }
        if grouping == Grouping::Printed { off } else { off + i32::from(own && off > 0) }
    }

    fn is_year(&self, group: &Group) -> bool {
        matches!(self.values.get(group.first..group.first + 2), Some([1, 9] | [2, 0]))
    }

    fn is_zero(&self, group: &Group) -> bool {
        group.count <= 2
            && self.values.get(group.first..group.first + group.count).is_some_and(|all| all.iter().all(|v| *v == 0))
    }
}

/// Letters, and marks that make one word of digits, cling to a number.
fn is_glue(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}')
}

fn begins_date(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    matches!(bytes.next(), Some(b'/' | b':')) && bytes.next().is_some_and(|c| c.is_ascii_digit())
}

/// Points off where a number in one piece looks like a part of an identifier, a path or an address.
fn identifier(text: &str, start: usize, end: usize) -> i32 {
    let from = context::floor(text, start.saturating_sub(100));
    let head = text.get(from..start).unwrap_or_default();
    let word = head
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>' | '<' | '\u{1F}'))
        .next()
        .unwrap_or_default();
    let tail = text.get(end..).unwrap_or_default();
    let mut next = tail.chars();
    let (behind, second) = (next.next(), next.next());
    let before = word.chars().next_back();
    let mut off = match before {
        Some('#' | '_' | '+' | '@') => 3,
        // A part of a name or a path, or a number below zero.
        Some('-' | '.' | '/') => 3,
        Some('$' | '€' | '£') => 4,
        _ => 0,
    };
    off += match behind {
        Some('_' | '@' | '+' | '%') => 3,
        Some('-' | '/' | '=') if second.is_some_and(char::is_alphanumeric) => 3,
        Some('.') if second.is_some_and(char::is_alphabetic) && tail.get(1..).is_some_and(is_extension) => 3,
        _ => 0,
    };
    // A value that a query or a form names is judged by its name instead.
    if before == Some('=') { off - 1 } else { off }.max(0)
}

/// Whether a file name may end here: two to four lower-case letters and no more.
fn is_extension(rest: &str) -> bool {
    let letters = rest.bytes().take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit()).count();
    (2..=4).contains(&letters) && !rest.chars().nth(letters).is_some_and(char::is_alphanumeric)
}

/// Points off where a number has the form of another common one. A GTIN-14 is rare in shops.
fn looks_otherwise(values: &[u8]) -> i32 {
    let number = |range: std::ops::Range<usize>| {
        values.get(range).unwrap_or_default().iter().fold(0_u32, |sum, value| sum * 10 + u32::from(*value))
    };
    let mobile = values.len() == 13 && number(0..2) == 49 && (15..=17).contains(&number(2..4));
    // Day, month, year and time in one piece.
    let time = values.len() == 14
        && (1..=31).contains(&number(0..2))
        && (1..=12).contains(&number(2..4))
        && (1990..=2099).contains(&number(4..8))
        && number(8..10) < 24
        && number(10..12) < 60
        && number(12..14) < 60;
    match issuer::gs1(values) {
        true if values.len() == 14 && !time => 1,
        gs1 => 2 * i32::from(gs1 || mobile || time),
    }
}

/// The lengths of IBANs by country (SWIFT, "IBAN Registry", release 99).
const IBANS: &str = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27\
                     GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25\
                     MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SC31SE24SI19SK24SM27ST25\
                     SV28TL23TN24TR26UA29VA22VG24XK20";

fn iban_length(country: &[u8]) -> Option<usize> {
    let known = IBANS.as_bytes().chunks_exact(4).find(|known| known.starts_with(country))?;
    std::str::from_utf8(known.get(2..)?).ok()?.parse().ok()
}

/// Whether a number lies within an IBAN: two letters and two digits some way before it, and the
/// length of that country reaches over it.
fn in_iban(text: &str, start: usize, end: usize) -> bool {
    let from = context::floor(text, start.saturating_sub(64));
    let Some(span) = text.get(from..end) else { return false };
    let bytes = span.as_bytes();
    for at in 0..start - from {
        let Some([a, b, c, d]) = bytes.get(at..at + 4) else { break };
        let begins = a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_digit() && d.is_ascii_digit();
        let alone = at == 0 || bytes.get(at - 1).is_none_or(|before| !before.is_ascii_alphanumeric());
        if !begins || !alone {
            continue;
        }
        let Some(length) = iban_length(&[*a, *b]) else { continue };
        let mut signs = 0;
        for c in span.get(at..).unwrap_or_default().chars() {
            if c.is_ascii_alphanumeric() || digits::value(c).is_some() {
                signs += 1;
            } else if !(c == ' ' || c == '\u{A0}' || c == '\u{202F}' || c == '-' || c == '.' || digits::is_invisible(c))
            {
                signs = usize::MAX / 2;
            }
        }
        if signs <= length {
            return true;
        }
    }
    false
}

/// Track data (ISO/IEC 7813) around a number in one piece: `%B` number `^` name `^` year, month,
/// service code; or `;` number `=` year, month, service code.
fn track(text: &str, start: usize, end: usize) -> Option<Kind> {
    let head = text.get(..start)?.as_bytes();
    let tail = text.get(end..)?.as_bytes();
    let coded = |rest: &[u8]| {
        let Some(seven) = rest.get(..7) else { return false };
        let month =
            u32::from(seven.get(2).map_or(0, |c| c & 0xF)) * 10 + u32::from(seven.get(3).map_or(0, |c| c & 0xF));
        seven.iter().all(u8::is_ascii_digit) && (1..=12).contains(&month)
    };
    match tail.first()? {
        b'^' if head.ends_with(b"B") => {
            let name = tail.get(1..)?.iter().take(40).position(|c| *c == b'^')?;
            coded(tail.get(name + 2..)?).then_some(Kind::Track1)
        }
        b'=' => {
            let clear = !head.last().is_some_and(|c| c.is_ascii_alphanumeric());
            (clear && coded(tail.get(1..)?)).then_some(Kind::Track2)
        }
        // The form that chip readers log.
        b'D' | b'd' => {
            let clear = !head.last().is_some_and(|c| c.is_ascii_alphanumeric());
            let rest = tail.get(1..)?;
            let run = rest.iter().take_while(|c| c.is_ascii_digit()).count();
            let ends =
                matches!(rest.get(run), Some(b'F' | b'f')) || !rest.get(run).is_some_and(u8::is_ascii_alphanumeric);
            (clear && coded(rest) && run >= 7 && ends).then_some(Kind::Track2)
        }
        _ => None,
    }
}
