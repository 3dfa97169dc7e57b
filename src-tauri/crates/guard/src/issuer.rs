//! Which numbers card schemes give out: ranges, lengths, check digit and the way they are printed.
//!
//! Deliberately absent: lists of single banks. ISO/IEC 7812-2 has them, and they change weekly.

/// A card scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Visa.
    Visa,
    /// Mastercard.
    Mastercard,
    /// American Express.
    Amex,
    /// Discover.
    Discover,
    /// Diners Club.
    Diners,
    /// JCB.
    Jcb,
    /// UnionPay.
    UnionPay,
    /// Maestro.
    Maestro,
}

/// One range of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Whose range it is.
    pub scheme: Scheme,
    /// The lowest first six digits.
    pub first: u32,
    /// The highest first six digits.
    pub last: u32,
    /// The fewest digits.
    pub shortest: usize,
    /// The most digits.
    pub longest: usize,
    /// How many digits are common, so that a number of this length needs no further evidence.
    pub usual: usize,
}

const fn range(scheme: Scheme, first: u32, last: u32, digits: [usize; 3]) -> Range {
    Range { scheme, first, last, shortest: digits[0], longest: digits[1], usual: digits[2] }
}

/// The ranges, a narrow one before the wide one around it.
///
/// Sources, each public:
/// * Visa: 4; 16 digits, formerly 13, in some programmes 19 (Visa, "Visa Core Rules", account number
///   length; ISO/IEC 7812).
/// * Mastercard: 51 to 55, and 222100 to 272099 since 2017; 16 digits (Mastercard, "2-Series BIN").
/// * American Express: 34 and 37; 15 digits (American Express, "Merchant Regulations").
/// * Discover: 6011, 644 to 649, 65; 16 to 19 digits (Discover, "IIN Bulletin": it also lists 622126
///   to 622925, which UnionPay covers here).
/// * Diners Club: 300 to 305, 3095, 36, 38, 39; 14 digits, up to 19 (Discover, "IIN Bulletin").
/// * JCB: 3528 to 3589; 16 digits, up to 19 (JCB, "BIN range"; also in Discover, "IIN Bulletin").
/// * UnionPay: 62 and 81; 16 to 19 digits (UnionPay International, "BIN table"; Discover, "IIN
///   Bulletin" for 81).
/// * Maestro: 50, 56 to 58, and 6 where nobody else has it; 13 to 19 digits (Mastercard, "Maestro
///   Global Rules"; numbers of 12 digits are left out).
pub const RANGES: [Range; 18] = [
    range(Scheme::Visa, 400_000, 499_999, [13, 19, 16]),
    range(Scheme::Mastercard, 510_000, 559_999, [16, 16, 16]),
    range(Scheme::Mastercard, 222_100, 272_099, [16, 16, 16]),
    range(Scheme::Amex, 340_000, 349_999, [15, 15, 15]),
    range(Scheme::Amex, 370_000, 379_999, [15, 15, 15]),
    range(Scheme::Discover, 601_100, 601_199, [16, 19, 16]),
    range(Scheme::Discover, 644_000, 659_999, [16, 19, 16]),
    range(Scheme::Diners, 300_000, 305_999, [14, 19, 14]),
    range(Scheme::Diners, 309_500, 309_599, [14, 19, 14]),
    range(Scheme::Diners, 360_000, 369_999, [14, 19, 14]),
    range(Scheme::Diners, 380_000, 399_999, [14, 19, 14]),
    range(Scheme::Jcb, 352_800, 358_999, [16, 19, 16]),
    range(Scheme::UnionPay, 620_000, 629_999, [16, 19, 16]),
    range(Scheme::UnionPay, 810_000, 817_199, [16, 19, 16]),
    range(Scheme::Maestro, 500_000, 509_999, [13, 19, 16]),
    range(Scheme::Maestro, 560_000, 589_999, [13, 19, 16]),
    range(Scheme::Maestro, 600_000, 619_999, [13, 19, 16]),
    range(Scheme::Maestro, 630_000, 699_999, [13, 19, 16]),
];

/// Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B). The digits are
/// values, 0 to 9. False where there are none.
#[must_use]
pub fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, &digit)| match (at % 2, u32::from(digit)) {
            (0, digit) => digit,
            (_, digit @ 0..=4) => digit * 2,
            (_, digit) => digit * 2 - 9,
        })
        .sum();
    !digits.is_empty() && sum.is_multiple_of(10)
}

/// The range that a number of these digits (values 0 to 9) falls into. The check digit is not
/// looked at.
#[must_use]
pub fn scheme_of(digits: &[u8]) -> Option<&'static Range> {
    let start = digits.get(..6)?.iter().fold(0, |sum, &digit| sum * 10 + u32::from(digit));
    RANGES.iter().find(|range| {
        (range.first..=range.last).contains(&start) && (range.shortest..=range.longest).contains(&digits.len())
    })
}

/// How a card shows its digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grouping {
    /// In one piece.
    Whole,
    /// As cards of the scheme are printed.
    Printed,
    /// As people write them.
    Known,
    /// In any other way.
    Odd,
}

/// How these groups look. ISO/IEC 7811-1 leaves the spacing open; the list is what cards show.
pub(crate) fn grouping(groups: &[usize]) -> Grouping {
    match groups {
        [_] => Grouping::Whole,
        [4, 4, 4, 4] | [4, 6, 5] | [4, 6, 4] | [4, 4, 4, 4, 3] | [6, 13] => Grouping::Printed,
        [4, 4, 4, 3] | [4, 4, 4, 2] | [4, 4, 4, 1] | [4, 3, 3, 3] | [4, 4, 5] | [8, 8] => Grouping::Known,
        [4, 4, 4, 4, 1 | 2] | [4, 5, 6] | [4, 4, 4, 5] | [8, 11] => Grouping::Known,
        _ => Grouping::Odd,
    }
}

/// Whether the last digit is the check digit of GS1 (GTIN-13, GTIN-14).
pub(crate) fn gs1(digits: &[u8]) -> bool {
    let sum: u32 =
        digits.iter().rev().enumerate().map(|(at, &digit)| u32::from(digit) * if at % 2 == 0 { 1 } else { 3 }).sum();
    matches!(digits.len(), 13 | 14) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.chars().filter_map(crate::digits::value).collect()
    }

    #[test]
    fn the_check_digit() {
        for good in ["4111111111111111", "79927398713", "0"] {
            assert!(luhn(&digits(good)), "{good}");
        }
        for bad in ["4111111111111112", "79927398710", ""] {
            assert!(!luhn(&digits(bad)), "{bad}");
        }
        assert!(gs1(&digits("4006381333931")), "a GTIN-13");
        assert!(!gs1(&digits("4006381333932")), "a wrong GTIN-13");
    }

    #[test]
    fn every_range_has_its_edges() {
        let cases = [
            ("4000000000000000", Some(Scheme::Visa)),
            ("5099990000000000", Some(Scheme::Maestro)),
            ("5100000000000000", Some(Scheme::Mastercard)),
            ("5599990000000000", Some(Scheme::Mastercard)),
            ("5600000000000000", Some(Scheme::Maestro)),
            ("2220990000000000", None),
            ("2221000000000000", Some(Scheme::Mastercard)),
            ("2720990000000000", Some(Scheme::Mastercard)),
            ("2721000000000000", None),
            ("340000000000000", Some(Scheme::Amex)),
            ("3400000000000000", None),
            ("350000000000000", None),
            ("3527990000000000", None),
            ("3528000000000000", Some(Scheme::Jcb)),
            ("3589990000000000", Some(Scheme::Jcb)),
            ("3590000000000000", None),
            ("6011000000000000", Some(Scheme::Discover)),
            ("6440000000000000", Some(Scheme::Discover)),
            ("6200000000000000000", Some(Scheme::UnionPay)),
            ("30500000000000", Some(Scheme::Diners)),
            ("30600000000000", None),
            ("38000000000000", Some(Scheme::Diners)),
            ("6759000000000", Some(Scheme::Maestro)),
            ("9000000000000000", None),
            ("1000000000000000", None),
            ("40000", None),
        ];
        for (number, scheme) in cases {
            assert_eq!(scheme_of(&digits(number)).map(|range| range.scheme), scheme, "{number}");
        }
    }

    #[test]
    fn groups_as_printed() {
        assert_eq!(grouping(&[16]), Grouping::Whole, "one piece");
        assert_eq!(grouping(&[4, 6, 5]), Grouping::Printed, "American Express");
        assert_eq!(grouping(&[8, 8]), Grouping::Known, "halves");
        assert_eq!(grouping(&[3, 7, 7]), Grouping::Odd, "an Amazon order");
    }
}
