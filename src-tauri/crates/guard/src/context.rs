//! What the words around a number say about it.
//!
//! Deliberately absent: grammar. The nearest word that names a thing decides, within six words. The
//! lists of words are in `words/`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// What a word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// A payment card.
    Card,
    /// Something else that has a number: an order, a parcel, an article.
    Other,
}

/// What stands around a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Around {
    /// What the nearest naming word before it names, and how many other words are between.
    pub(crate) before: Option<(Names, usize)>,
    /// Signs of a card behind it: an expiry date, a security code. 0 to 6.
    pub(crate) expiry: i32,
    /// Whether the words directly behind it name another thing ("is your order number").
    pub(crate) other_behind: bool,
}

/// A list of words, folded: small letters, umlauts written out.
type Words = LazyLock<HashSet<&'static str>>;

/// Words that are read over: they say nothing on their own.
static FILLERS: Words = LazyLock::new(|| include_str!("words/fillers.txt").split_whitespace().collect());

/// Words that name something else. Compared whole, after joining up to three words.
static OTHER: Words = LazyLock::new(|| include_str!("words/other.txt").split_whitespace().collect());

/// Ends of words that name something else; German joins words.
static OTHER_ENDS: Words = LazyLock::new(|| include_str!("words/other_ends.txt").split_whitespace().collect());

/// Words that name a payment card.
static CARD: Words = LazyLock::new(|| include_str!("words/card.txt").split_whitespace().collect());

/// Ends of words that name a payment card.
static CARD_ENDS: Words = LazyLock::new(|| include_str!("words/card_ends.txt").split_whitespace().collect());

/// Names that people also use in a sentence about something else: "customer gave ...". They name
/// only what stands directly behind them, and with less weight.
static LOOSE: Words = LazyLock::new(|| include_str!("words/loose.txt").split_whitespace().collect());

/// Words that are a way, not a name: "by phone".
static NEUTRAL: Words = LazyLock::new(|| include_str!("words/neutral.txt").split_whitespace().collect());

/// Up to so many words between, a name stands directly before its number.
pub(crate) const NEAR: usize = 1;

/// Words that stand behind a card number, with their weight.
const EXPIRY: &[(&str, i32)] = &[
    ("exp", 1),
    ("expiry", 1),
    ("expires", 1),
    ("expiration", 1),
    ("valid", 1),
    ("gueltig", 1),
    ("gultig", 1),
    ("ablauf", 1),
    ("ablaufdatum", 1),
    ("verfallsdatum", 1),
    ("cvv", 2),
    ("cvc", 2),
    ("cvv2", 2),
    ("cvc2", 2),
    ("cid", 1),
    ("pruefziffer", 2),
    ("kartenpruefnummer", 2),
    ("sicherheitscode", 2),
    ("securitycode", 2),
];

/// Bytes looked at before and behind a number.
const REACH_BEFORE: usize = 160;
const REACH_BEHIND: usize = 60;

/// How many naming-free words may stand between a word and its number.
const FAR: usize = 6;

#[derive(Debug)]
enum Token {
    /// A word, folded, and whether it touches the one before (only punctuation between).
    Word(String),
    /// Digits; how many, and where they end.
    Digits(usize, usize),
    /// An end of a line, a cell or a sentence: its sign.
    Stop(char),
}

/// The largest char boundary at or below.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

/// Reads what stands around the number from `start` to `end`; `digits` is how many it has.
pub(crate) fn around(text: &str, start: usize, end: usize, digits: usize) -> Around {
    let from = floor(text, start.saturating_sub(REACH_BEFORE));
    let head = label_part(text.get(from..start).unwrap_or_default());
    let until = floor(text, (end + REACH_BEHIND).min(text.len()));
    let tail = text.get(end..until).unwrap_or_default();
    Around { before: before(head, digits), expiry: expiry(tail), other_behind: other_behind(tail) }
}

/// The part of what stands before a number that can name it: its line, and where that has no word
/// the nearest short line above.
fn label_part(head: &str) -> &str {
    let mut from = head.len();
    for _ in 0..3 {
        let line = head.get(..from).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1);
        let own = head.get(line..).unwrap_or_default();
        if own.chars().any(char::is_alphabetic) {
            let above = from != head.len();
            let short = head.get(line..from).is_some_and(|line| line.chars().count() <= 60 && !is_sentence(line));
            return if !above || short { own } else { head.get(from..).unwrap_or_default() };
        }
        let Some(next) = line.checked_sub(1) else { return own };
        from = next;
    }
    head.get(from..).unwrap_or_default()
}

/// Whether a line ends as a sentence does, and not with an abbreviation such as "no.".
fn is_sentence(line: &str) -> bool {
    let line = line.trim_end();
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    line.ends_with(['!', '?']) || line.ends_with('.') && last.len() > 4
}

fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            _ => folded.push(c),
        }
    }
    folded
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut digits = 0;
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let is_digit = crate::digits::value(c).is_some();
        let is_letter = c.is_alphabetic();
        // camelCase begins a new word.
        let hump = is_letter && c.is_uppercase() && last.is_lowercase();
        if !word.is_empty() && (hump || !is_letter && !is_digit) {
            tokens.push(Token::Word(fold(&std::mem::take(&mut word))));
        }
        if !is_digit && digits > 0 {
            tokens.push(Token::Digits(std::mem::take(&mut digits), at));
        }
        if is_letter || (is_digit && !word.is_empty()) {
            word.push(c);
        } else if is_digit {
            digits += 1;
        } else if matches!(c, '\u{1F}' | '\n' | ';' | '!' | '?' | '{' | '}') {
            tokens.push(Token::Stop(c));
        }
        last = c;
    }
    if !word.is_empty() {
        tokens.push(Token::Word(fold(&word)));
    }
    if digits > 0 {
        tokens.push(Token::Digits(digits, text.len()));
    }
    tokens
}

fn names(word: &str, joined: usize) -> Option<Names> {
    if OTHER.contains(word) {
        Some(Names::Other)
    } else if CARD.contains(word) || joined == 1 && CARD_ENDS.iter().any(|end| word.ends_with(end)) {
        Some(Names::Card)
    } else if joined == 1 && OTHER_ENDS.iter().any(|end| word.len() > end.len() && word.ends_with(end)) {
        Some(Names::Other)
    } else {
        None
    }
}

fn before(head: &str, digits: usize) -> Option<(Names, usize)> {
    let tokens = tokens(head);
    let touching = !head.ends_with(char::is_whitespace);
    let (mut used, mut crossed, mut pending) = (false, false, false);
    let mut between = 0;
    let mut at = tokens.len();
    while at > 0 {
        at -= 1;
        match tokens.get(at)? {
            // A number that has had its own name takes it with it: "Order 1001, 4532...". One of the
            // same length is the same list; one that touches is a part of the same identifier.
            Token::Digits(count, ends) => {
                let part = touching && head.get(*ends..).is_some_and(|gap| !gap.contains(char::is_whitespace));
                used |= *count >= 3 && *count + 1 < digits && !part;
                pending |= crossed && *count >= 3;
            }
            // Behind the end of a line or a cell a name belongs to the number that stands there with
            // it; only a name alone in its line reaches over the numbers below.
            Token::Stop('\n') => (crossed, pending) = (true, false),
            Token::Stop('\u{1F}') => crossed = true,
            Token::Stop(_) => {}
            Token::Word(word) => {
                used |= pending;
                let mut skipped = 0;
                for joined in (1..=3).rev() {
                    let Some(from) = (at + 1).checked_sub(joined) else { continue };
                    let mut whole = String::new();
                    for token in tokens.get(from..=at)? {
                        match token {
                            Token::Word(word) => whole.push_str(word),
                            _ => whole.push(' '),
                        }
                    }
                    if NEUTRAL.contains(whole.as_str()) {
                        skipped = joined;
                        break;
                    }
                    match names(&whole, joined) {
                        Some(Names::Card) => return Some((Names::Card, between)),
                        Some(Names::Other) if used => {}
                        // A thing that is only mentioned names what stands directly behind it.
                        Some(Names::Other) if LOOSE.contains(whole.as_str()) && between > 0 => {}
                        Some(Names::Other) if LOOSE.contains(whole.as_str()) => return Some((Names::Other, NEAR + 1)),
                        Some(Names::Other) => return Some((Names::Other, between)),
                        None => {}
                    }
                }
                if skipped > 0 {
                    at -= skipped - 1;
                    continue;
                }
                // Short ones are prepositions, or the beginning of an identifier.
                if word.len() > 2 && !FILLERS.contains(word.as_str()) {
                    between += 1;
                }
                if between > FAR {
                    return None;
                }
            }
        }
    }
    None
}

/// Signs of a card behind a number: words, and a date of month and year.
fn expiry(tail: &str) -> i32 {
    let line = tail.split(['\n', '{', '}']).next().unwrap_or_default();
    let mut sum = 0;
    let tokens = tokens(line);
    for (at, token) in tokens.iter().enumerate() {
        let Token::Word(word) = token else { continue };
        let next = match tokens.get(at + 1) {
            Some(Token::Word(next)) => format!("{word}{next}"),
            _ => String::new(),
        };
        sum += EXPIRY.iter().find(|(sign, _)| *sign == word || *sign == next).map_or(0, |(_, weight)| *weight);
    }
    let bytes = line.as_bytes();
    let is_digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    let dated = bytes.windows(5).enumerate().any(|(at, five)| {
        let [a, b, slash, c, d] = five else { return false };
        let month = (*a == b'0' && (b'1'..=b'9').contains(b)) || (*a == b'1' && (b'0'..=b'2').contains(b));
        let alone =
            !at.checked_sub(1).is_some_and(|before| is_digit(bytes.get(before)) || bytes.get(before) == Some(&b'/'));
        // MM/YY or MM/YYYY, and not the middle of a full date.
        let ends = match bytes.get(at + 5) {
            Some(next) if next.is_ascii_digit() => {
                is_digit(bytes.get(at + 6)) && !is_digit(bytes.get(at + 7)) && *c == b'2' && *d == b'0'
            }
            Some(b'/') => false,
            _ => true,
        };
        month && alone && matches!(slash, b'/') && c.is_ascii_digit() && d.is_ascii_digit() && ends
    });
    (sum + if dated { 2 } else { 0 }).min(6)
}

/// Whether the words directly behind, over fillers only, name another thing. A comma, a quote or a
/// bracket that closes ends the look; an opening round bracket does not.
fn other_behind(tail: &str) -> bool {
    let own = tail.split(['\n', '\u{1F}', '\t', ';', ',', '"', '\'', '.', '<', '{', '}', '|', ')', '&', ':']).next();
    let tokens = tokens(own.unwrap_or_default());
    for (at, token) in tokens.iter().enumerate() {
        let Token::Word(word) = token else { return false };
        let next = match tokens.get(at + 1) {
            Some(Token::Word(next)) => format!("{word}{next}"),
            _ => String::new(),
        };
        if let Some(named) = names(&next, 2).or_else(|| names(word, 1)) {
            return named == Names::Other;
        }
        if !FILLERS.contains(word.as_str()) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(head: &str) -> Option<Names> {
        before(label_part(head), 16).map(|(names, _)| names)
    }

    #[test]
    fn the_nearest_naming_word_decides() {
        let cases = [
            ("Bestellnummer: ", Some(Names::Other)),
            ("Order no. ", Some(Names::Other)),
            ("\"orderId\": \"", Some(Names::Other)),
            ("order_id=", Some(Names::Other)),
            ("Kundenbestellnummer ", Some(Names::Other)),
            ("Gift card ", Some(Names::Other)),
            ("Kreditkarte: ", Some(Names::Card)),
            ("card_number=", Some(Names::Card)),
            ("Firmenkreditkartennummer ", Some(Names::Card)),
            ("Order 1001 paid with Visa ", Some(Names::Card)),
            ("Your card was charged for order ", Some(Names::Other)),
            ("Order 1001, ", None),
            ("Orders 4716123412341234, ", Some(Names::Other)),
            ("Rechnung RE-2024/", Some(Names::Other)),
            ("Bestellnummer\n", Some(Names::Other)),
            ("Danke für Ihre Bestellung.\n", None),
            ("Order no.\n", Some(Names::Other)),
            ("japan company ", None),
            ("", None),
        ];
        for (head, expected) in cases {
            assert_eq!(named(head), expected, "{head:?}");
        }
    }

    #[test]
    fn signs_behind() {
        for (tail, least) in [(" exp 12/27", 3), (", gültig bis 03/2027", 3), (" CVV 123", 2), (" 12/27 123", 2)] {
            assert!(expiry(tail) >= least, "{tail}");
        }
        for tail in [" 12/05/2024", " am Montag", " 13/27", "\nexp 12/27"] {
            assert_eq!(expiry(tail), 0, "{tail:?}");
        }
        assert!(other_behind(" ist Ihre Bestellnummer."), "named behind");
        assert!(other_behind(" (Sendungsnummer)"), "named in brackets");
        assert!(!other_behind(", Bestellung offen"), "the next thing");
    }
}
