//! Decimal digits of every script, and what may stand between the digits of one number.

/// The zero of each run of ten decimal digits (Unicode 16.0, general category Nd), ASCII aside.
const ZEROS: [u32; 75] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950,
    0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE,
    0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// The value of a decimal digit of any script.
pub(crate) fn value(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some((c as u32 & 0xF) as u8);
    }
    let at = ZEROS.partition_point(|&zero| zero <= c as u32);
    let zero = *ZEROS.get(at.checked_sub(1)?)?;
    u8::try_from(c as u32 - zero).ok().filter(|value| *value < 10)
}

/// Whether a character shows nothing and may stand inside a number: soft hyphen, zero-width
/// characters, byte order mark.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// What stands between two groups of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// One space of any width.
    Space,
    /// Two to four spaces, or a tab.
    Wide,
    /// A hyphen, dash or minus, spaces around it allowed.
    Hyphen,
    /// A full stop or a middle dot.
    Dot,
    /// A slash or an underscore.
    Other,
    /// One line break, spaces around it allowed.
    Line,
}

/// Most characters that one gap may have.
const GAP_CHARS: usize = 12;

/// Reads the gap at the start of a text; `None` unless a digit follows it. Also its bytes.
pub(crate) fn gap(text: &str) -> Option<(Gap, usize)> {
    let (mut spaces, mut tabs, mut hyphens, mut dots, mut others, mut lines) = (0, 0, 0, 0, 0, 0);
    for (seen, (at, c)) in text.char_indices().enumerate() {
        match c {
            _ if value(c).is_some() => {
                let gap = match (hyphens, dots, others, lines, tabs, spaces) {
                    (0, 0, 0, 0, 0, 1) => Gap::Space,
                    (0, 0, 0, 0, 0, 2..=4) | (0, 0, 0, 0, 1, 0..=2) => Gap::Wide,
                    (1, 0, 0, 0, 0, 0..=2) => Gap::Hyphen,
                    (0, 1, 0, 0, 0, 0) => Gap::Dot,
                    (0, 0, 1, 0, 0, 0) => Gap::Other,
                    (0, 0, 0, 1, 0..=1, _) => Gap::Line,
                    _ => return None,
                };
                return Some((gap, at));
            }
            ' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => spaces += 1,
            '\t' => tabs += 1,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => hyphens += 1,
            '.' | '\u{B7}' => dots += 1,
            '/' | '_' => others += 1,
            '\n' | '\u{85}' | '\u{2028}' => lines += 1,
            '\r' => {}
            _ if is_invisible(c) => {}
            _ => return None,
        }
        if seen >= GAP_CHARS {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_have_their_value() {
        for (c, digit) in [('0', 0), ('9', 9), ('0', 0), ('9', 9), ('٤', 4), ('۴', 4), ('४', 4), ('𝟗', 9)] {
            assert_eq!(value(c), Some(digit), "{c}");
        }
        for c in ['a', '²', 'Ⅷ', '①', '\u{FF0F}', '\u{FF1A}'] {
            assert_eq!(value(c), None, "{c} is no decimal digit");
        }
        assert!(ZEROS.is_sorted(), "the list is searched by halves");
    }

    #[test]
    fn a_gap_is_one_kind_of_separator() {
        let cases = [
            (" 1", Some(Gap::Space)),
            ("\u{A0}1", Some(Gap::Space)),
            ("\u{2009}1", Some(Gap::Space)),
            ("  1", Some(Gap::Wide)),
            ("\t1", Some(Gap::Wide)),
            ("-1", Some(Gap::Hyphen)),
            (" \u{2013} 1", Some(Gap::Hyphen)),
            (".1", Some(Gap::Dot)),
            (" \r\n  1", Some(Gap::Line)),
            ("\n\n1", None),
            ("--1", None),
            (",1", None),
            (" x", None),
            (" ", None),
        ];
        for (text, expected) in cases {
            assert_eq!(gap(text).map(|(gap, _)| gap), expected, "{text:?}");
        }
    }
}
