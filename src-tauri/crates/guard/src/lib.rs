//! Finds card numbers and private keys in what a merchant is about to store.
//!
//! PCI DSS 3.2.1 wants as little account data stored as possible, 3.3.1 forbids track data after
//! authorization, and a shop's evidence folder is where such things end up by accident.
//!
//! Deliberately absent: any network access, any decision what to do with a finding, words for
//! people (hosts word [`Kind`] and [`Reason`]), text recognition in pictures, and DER, PKCS#12 or
//! other binary key files. A card number is known by its form only; nothing here can tell whether
//! a bank ever issued it.

mod context;
mod digits;
mod issuer;
mod mask;
mod number;
mod scan;
mod scanner;
mod search;
mod secret;
mod test_cards;

pub use issuer::{RANGES, Range, Scheme, luhn, scheme_of};
pub use scan::{Error, LIMIT_BYTES, LIMIT_ENTRIES, LIMIT_FINDINGS, LIMIT_RATIO, LookedInto, Reason, Report, scan};
pub use scanner::Scanner;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A primary account number (PAN).
    Card,
    /// A card number that a payment service publishes for tests. Harmless.
    TestCard,
    /// Magnetic stripe track 1 (ISO/IEC 7813). Never to be stored: PCI DSS 3.3.1.1.
    Track1,
    /// Magnetic stripe track 2 (ISO/IEC 7813). Never to be stored: PCI DSS 3.3.1.1.
    Track2,
    /// A private key in PEM armour (RFC 7468), or an SSH2 one (`---- BEGIN SSH2 ...`).
    PemKey,
    /// A private key of OpenSSH.
    OpenSshKey,
    /// A private key of PuTTY (`.ppk`).
    PuttyKey,
    /// A PGP private key block (RFC 9580, 6.2).
    PgpKey,
    /// An AWS access key id or secret access key.
    AwsKey,
    /// A live secret or restricted key of Stripe, or the secret of a webhook.
    StripeKey,
    /// A live access token or client secret of PayPal or Braintree.
    PaypalKey,
    /// A live key or an access token of Mollie.
    MollieKey,
}

impl Kind {
    /// A stable code, lower case with hyphens. It is what [`Finding::masked`] holds for a key.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::TestCard => "test-card",
            Self::Track1 => "track-1",
            Self::Track2 => "track-2",
            Self::PemKey => "pem-private-key",
            Self::OpenSshKey => "openssh-private-key",
            Self::PuttyKey => "putty-private-key",
            Self::PgpKey => "pgp-private-key",
            Self::AwsKey => "aws-key",
            Self::StripeKey => "stripe-key",
            Self::PaypalKey => "paypal-key",
            Self::MollieKey => "mollie-key",
        }
    }

    /// Whether it may be stored: only a published test number may.
    #[must_use]
    pub const fn is_harmless(self) -> bool {
        matches!(self, Self::TestCard)
    }

    /// Whether it holds a card number: a card, a test card or a track.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Card | Self::TestCard | Self::Track1 | Self::Track2)
    }
}

/// One place where something was found. It never holds the number or the key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub kind: Kind,
    /// For a number the first six and the last four digits with stars between (PCI DSS 3.4.1: the
    /// BIN and the last four are the most that may be shown). For a key its [`Kind::code`].
    pub masked: String,
    /// The line it starts in, from 1. In a spreadsheet, the row.
    pub line: usize,
    /// The character it starts at, from 1, in the text as it was taken out of the file: where a
    /// table cell holds many digits, the name of its column is put before it and counts.
    pub column: usize,
    /// The part of the file: `page 2`, `xl/worksheets/sheet1.xml`, the name in an archive. Empty
    /// where a file has no parts.
    pub part: String,
    /// At most 40 characters around it, on one line, `[…]` in its place and every digit a star.
    /// For a key only what stands before it.
    pub context: String,
}

/// Finds card numbers and keys in a text, in the order they stand.
///
/// [`Finding::part`] is empty.
#[must_use]
pub fn find(text: &str) -> Vec<Finding> {
    let mut lines = search::Lines::default();
    let mut counted = 0;
    let mut findings = Vec::new();
    for hit in search::hits(text, true) {
        lines.pass(text.get(counted..hit.start).unwrap_or_default());
        counted = hit.start;
        findings.push(lines.finding(&hit));
    }
    findings
}

/// The text as it may be shown: every number that may not be stored with its first six and last
/// four digits only; a key or track, whose end is not looked for, is left out with what follows.
#[must_use]
pub fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut from = 0;
    for hit in search::hits(text, true) {
        if hit.kind.is_harmless() || hit.start < from {
            continue;
        }
        shown.push_str(text.get(from..hit.start).unwrap_or_default());
        if hit.kind == Kind::Card {
            shown.push_str(&hit.masked);
            let rest = text.get(hit.start..).unwrap_or_default();
            let digits = rest.char_indices().filter(|(_, c)| digits::value(*c).is_some());
            let last = digits.take(hit.masked.chars().count()).last();
            from = hit.start + last.map_or(0, |(at, c)| at + c.len_utf8());
        } else {
            shown.push('…');
            return shown;
        }
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    without_bare_numbers(&shown)
}

/// Masks what could be a card number whatever stands around it: where something is only shown, a
/// number too much is no harm.
fn without_bare_numbers(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run: Vec<u8> = Vec::new();
    let mut attached = false;
    let end = |run: &mut Vec<u8>, attached: bool, shown: &mut String| {
        let known = (13..=19).contains(&run.len()) && luhn(run) && scheme_of(run).is_some();
        if known && !attached && !test_cards::is_test_card(run) {
            shown.push_str(&mask::number(run));
        } else {
            shown.extend(run.iter().map(|digit| char::from(b'0' + digit % 10)));
        }
        run.clear();
    };
    for c in text.chars() {
        match c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
            Some(digit) => run.push(digit),
            None => {
                end(&mut run, attached || c.is_alphabetic(), &mut shown);
                attached = c.is_alphabetic();
                shown.push(c);
            }
        }
    }
    end(&mut run, attached, &mut shown);
    shown
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn what_is_shown_has_no_number_and_no_key() {
        let check = |text: &str, shown: &str| assert_eq!(masked(text), shown, "{text}");
        check("There is no task “4929123456789015”.", "There is no task “492912******9015”.");
        check("card 4929 1234 5678 9015, order 4711", "card 492912******9015, order 4711");
        check("4929123456789015 and 4929123456789015", "492912******9015 and 492912******9015");
        check("test card 4111 1111 1111 1111", "test card 4111 1111 1111 1111");
        check("unknown variant `4929123456789015`", "unknown variant `492912******9015`");
        check("x4929123456789015", "x4929123456789015");
        check("2026-11-22", "2026-11-22");
        let key = format!(
            "key: -----BEGIN RSA PRIVATE KEY-----\n{}",
            "MIIEowIBAAKCAQEAu5Xw0pVq3nYb7cJ2kTzR9dFhGm4sLxQe8aPoWiNvBtCyUj1K\n".repeat(6)
        );
        check(&key, "key: …");
    }
}
