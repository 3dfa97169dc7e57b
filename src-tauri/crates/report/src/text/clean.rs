//! Makes any text fit to be drawn: one form of each letter, line ends as newlines, and nothing
//! invisible that could hide or turn around what a reader sees. Nothing with a meaning is dropped:
//! what cannot be drawn is named.

use super::fonts::{Fonts, Weight};
use unicode_normalization::UnicodeNormalization;

/// A soft hyphen: a wish about hyphenation, not a part of the text.
const SOFT_HYPHEN: char = '\u{ad}';

/// The text as it is drawn: NFC, `\n` as the only line end, tabs as spaces, control characters as
/// the pictures Unicode has for them, and steering characters by their number.
#[must_use]
pub fn clean(text: &str) -> String {
    // Most texts need nothing.
    if text.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let mut cleaned = String::with_capacity(text.len());
    let mut characters = text.nfc().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                if characters.peek() != Some(&'\n') {
                    cleaned.push('\n');
                }
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' => cleaned.push_str("    "),
            '\u{0}'..='\u{1f}' => cleaned.extend(char::from_u32(0x2400 + u32::from(character))),
            '\u{7f}' => cleaned.push('\u{2421}'),
            SOFT_HYPHEN => {}
            _ if steers(character) => cleaned.push_str(&named(character)),
            _ => cleaned.push(character),
        }
    }
    cleaned
}

/// The visible name of a character that cannot be drawn: `[U+1F600]`.
#[must_use]
pub fn named(character: char) -> String {
    format!("[U+{:04X}]", u32::from(character))
}

/// Whether a character draws nothing but turns text around or hides in it.
fn steers(character: char) -> bool {
    matches!(
        character,
        '\u{80}'..='\u{9f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// How many characters of a text are shown by their number, since no shipped font has them or they
/// would steer what a reader sees.
#[must_use]
pub fn count_named(fonts: &Fonts, text: &str) -> usize {
    // Letters that every font has need no look.
    if text.is_ascii() {
        return 0;
    }
    let rare = text.nfc().filter(|character| !character.is_ascii());
    rare.filter(|character| {
        let shown = matches!(*character, '\u{85}' | '\u{2028}' | '\u{2029}' | SOFT_HYPHEN | '\u{a0}');
        !shown && (steers(*character) || fonts.glyph(Weight::Regular, *character).is_none())
    })
    .count()
}
