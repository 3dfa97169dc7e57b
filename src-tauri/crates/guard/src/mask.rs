//! What of a finding may be shown.

use crate::digits;

/// Characters of context on each side; with `[…]` between they are 40 at most.
const BEFORE: usize = 18;
const AFTER: usize = 19;

/// A run of letters and digits at least this long, with a digit in it, may be a secret.
const TOKEN: usize = 16;

/// The first six and the last four digits with stars between: the most that PCI DSS 3.4.1 allows.
/// Below 13 digits, which no card number has, only stars.
pub(crate) fn number(values: &[u8]) -> String {
    let shown = |at: usize| values.len() >= 13 && (at < 6 || at + 4 >= values.len());
    values.iter().enumerate().map(|(at, value)| if shown(at) { char::from(b'0' + value % 10) } else { '*' }).collect()
}

/// The context of what stands from `start` to `end`, on one line. `behind` says whether what
/// follows is shown too.
pub(crate) fn context(text: &str, start: usize, end: usize, behind: bool) -> String {
    let head = text.get(..start).unwrap_or_default();
    let mut before: Vec<char> = Vec::with_capacity(BEFORE);
    let mut word: Vec<char> = Vec::new();
    // Words are looked at whole, though only their ends may be shown.
    for c in head.chars().rev().take(BEFORE + 4 * TOKEN) {
        if before.len() >= BEFORE {
            break;
        }
        if c.is_whitespace() || c.is_control() {
            hide(&mut word);
            before.append(&mut word);
            space(&mut before);
        } else {
            word.push(c);
        }
    }
    hide(&mut word);
    before.append(&mut word);
    before.truncate(BEFORE);
    let mut shown: String = before.iter().rev().collect::<String>().trim_start().to_owned();
    shown.push_str("[…]");
    if behind {
        let tail = text.get(end..).unwrap_or_default();
        let mut after: Vec<char> = Vec::with_capacity(AFTER);
        for c in tail.chars().take(AFTER + 4 * TOKEN) {
            if after.len() >= AFTER {
                break;
            }
            if c.is_whitespace() || c.is_control() {
                hide(&mut word);
                after.append(&mut word);
                space(&mut after);
            } else {
                word.push(c);
            }
        }
        hide(&mut word);
        after.append(&mut word);
        after.truncate(AFTER);
        shown.push_str(after.iter().collect::<String>().trim_end());
    }
    shown
}

/// One space for all white space.
fn space(shown: &mut Vec<char>) {
    if shown.last() != Some(&' ') {
        shown.push(' ');
    }
}

/// Every digit becomes a star, so that neither a second number nor a security code is shown, and a
/// long word with digits in it becomes stars whole, as it may be a key.
fn hide(word: &mut [char]) {
    let secret = word.len() >= TOKEN && word.iter().any(|c| digits::value(*c).is_some());
    let long = word.len() >= 2 * TOKEN;
    for c in word {
        if secret || long || digits::value(*c).is_some() {
            *c = '*';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_and_four_and_never_more() {
        for (length, expected) in [(13, "123456***0123"), (16, "123456******3456"), (19, "123456*********6789")] {
            let values: Vec<u8> = (1..=length).map(|at| at % 10).collect();
            assert_eq!(number(&values), expected, "{length} digits");
        }
        assert_eq!(number(&[1, 2, 3]), "***", "too short to be a card number");
    }

    #[test]
    fn the_context_hides_digits_and_is_short() {
        let text = "Karte: 4716123412341234 / 4532015112830366 exp 12/27 cvv 123 sk_live_abcdefgh1234567890";
        let start = text.find("4532").expect("it is there");
        let shown = context(text, start, start + 16, true);
        assert!(shown.chars().count() <= 40, "{shown}");
        assert!(!shown.chars().any(|c| c.is_ascii_digit()), "{shown}");
        assert!(shown.contains("[…] exp"), "{shown}");
        assert!(!context(text, start, start + 16, false).contains("exp"), "nothing behind a key");
    }
}
