//! Finds private keys and live secrets by the forms their makers document.
//!
//! Deliberately absent: guesses by entropy. They find more, and alarm about every hash.

use crate::Kind;
use crate::context::floor;

/// How far behind a header the key itself must begin, and how many signs of it make it one.
const BODY_REACH: usize = 900;
const BODY_SIGNS: usize = 40;

/// The bytes that [`at`] wants to see.
pub(crate) const TRIGGERS: &[u8] = b"-_PAS";

/// The secret that the byte at `at` gives away: its kind, start and end.
pub(crate) fn at(text: &str, at: usize) -> Option<(Kind, usize, usize)> {
    let bytes = text.as_bytes();
    let rest = bytes.get(at..)?;
    match rest.first()? {
        b'-' => armour(text, at),
        b'P' => putty(text, at),
        b'_' => underscore(bytes, at),
        b'A' => aws_id(bytes, at).or_else(|| aws_secret(bytes, at)),
        b'S' if bytes.get(..at)?.ends_with(b"lient") && rest.starts_with(b"Secret") => paypal_secret(bytes, at),
        _ => None,
    }
}

/// `-----BEGIN ... PRIVATE KEY-----` and its like, with a key behind it.
fn armour(text: &str, at: usize) -> Option<(Kind, usize, usize)> {
    let rest = text.get(at..)?;
    let label = rest.strip_prefix("-----BEGIN ").or_else(|| rest.strip_prefix("---- BEGIN "))?;
    if text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'-') {
        return None;
    }
    let length = label.bytes().take(60).position(|c| c == b'-')?;
    let label_text = label.get(..length)?.trim_end();
    let kind = match label_text {
        "OPENSSH PRIVATE KEY" => Kind::OpenSshKey,
        "PGP PRIVATE KEY BLOCK" | "PGP SECRET KEY BLOCK" => Kind::PgpKey,
        other if other.ends_with("PRIVATE KEY") => Kind::PemKey,
        _ => return None,
    };
    let body = label.get(length..)?.trim_start_matches('-');
    let header = rest.len() - body.len();
    has_body(body).then_some((kind, at, at + header))
}

/// `Private-Lines: 8` and the key behind it. A `.ppk` has its public key first.
fn putty(text: &str, at: usize) -> Option<(Kind, usize, usize)> {
    let rest = text.get(at..)?;
    let count = rest.strip_prefix("Private-Lines: ")?;
    let digits = count.bytes().take_while(u8::is_ascii_digit).count();
    let body = count.get(digits..)?;
    (digits > 0 && has_body(body)).then_some((Kind::PuttyKey, at, at + rest.len() - body.len()))
}

/// Whether base64 follows. Lines of headers, breaks written as `\n`, and quotes are passed over.
fn has_body(body: &str) -> bool {
    let near = body.get(..floor(body, BODY_REACH.min(body.len()))).unwrap_or_default();
    let near = near.split("-----END").next().unwrap_or_default();
    let near = near.replace("\\r", " ").replace("\\n", " ").replace("\\u000a", " ");
    let mut signs = 0;
    for word in near.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '+' | '>' | '<' | '\\')) {
        let is_key = word.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'/' | b'=' | b'+'));
        // Short words are prose; a key comes in long lines, the last one aside.
        if is_key && (word.len() >= 16 || signs > 0) {
            signs += word.len();
        }
    }
    signs >= BODY_SIGNS
}

fn is_word(c: Option<&u8>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'_')
}

/// How many bytes from `from` on pass a test.
fn run(bytes: &[u8], from: usize, test: impl Fn(&u8) -> bool) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take(300).take_while(|c| test(c)).count()
}

/// A key as a documentation shows it: one sign over and over, or the word for it.
fn is_example(key: &[u8]) -> bool {
    let upper = key.to_ascii_uppercase();
    let shown = [&b"EXAMPLE"[..], b"XXXX", b"YOUR", b"0000000", b"1234567890ABCDEF"];
    let mut kinds = [false; 256];
    for c in key {
        if let Some(seen) = kinds.get_mut(usize::from(*c)) {
            *seen = true;
        }
    }
    kinds.iter().filter(|seen| **seen).count() < 8
        || shown.iter().any(|word| upper.windows(word.len()).any(|part| part == *word))
}

fn underscore(bytes: &[u8], at: usize) -> Option<(Kind, usize, usize)> {
    let head = bytes.get(..at)?;
    let from = at + 1;
    let alone = |prefix: &[u8]| head.strip_suffix(prefix).is_some_and(|before| !is_word(before.last()));
    let length = run(bytes, from, u8::is_ascii_alphanumeric);
    let key = bytes.get(from..from + length)?;
    let found = |kind, prefix: usize, length: usize| Some((kind, at - prefix, from + length));
    // Stripe, "API keys": sk_live_, rk_live_ and, for webhooks, whsec_.
    for prefix in [&b"sk_live"[..], b"rk_live"] {
        if alone(prefix) && length >= 16 && !is_example(key) {
            return found(Kind::StripeKey, prefix.len(), length);
        }
    }
    if alone(b"whsec") && length >= 24 && !is_example(key) {
        return found(Kind::StripeKey, 5, length);
    }
    // Mollie, "Authentication": live_ and 30 or more signs; access_ for tokens of an organization.
    if (alone(b"live") || alone(b"access")) && length >= 30 && !is_word(bytes.get(from + length)) && !is_example(key) {
        return found(Kind::MollieKey, if head.ends_with(b"live") { 4 } else { 6 }, length);
    }
    // Braintree, "Credentials": access_token$production$ id $ 32 hex digits.
    if alone(b"access") && bytes.get(from..)?.starts_with(b"token$production$") {
        let id = from + b"token$production$".len();
        let id_length = run(bytes, id, u8::is_ascii_alphanumeric);
        let secret = id + id_length + 1;
        let long = run(bytes, secret, u8::is_ascii_hexdigit) == 32;
        return (bytes.get(id + id_length) == Some(&b'$') && long).then_some((Kind::PaypalKey, at - 6, secret + 32));
    }
    let lower: Vec<u8> = bytes.get(from..(from + 6).min(bytes.len()))?.to_ascii_lowercase();
    if lower == b"secret" {
        let named: Vec<u8> = head.get(at.saturating_sub(8)..)?.to_ascii_lowercase();
        return if named.ends_with(b"aws") { aws_value(bytes, from + 6) } else { paypal_secret(bytes, from) };
    }
    None
}

/// AWS, "IAM identifiers": AKIA for a lasting key, ASIA for a temporary one, then 16 signs of
/// base 32.
fn aws_id(bytes: &[u8], at: usize) -> Option<(Kind, usize, usize)> {
    let rest = bytes.get(at..)?;
    if !rest.starts_with(b"AKIA") && !rest.starts_with(b"ASIA") || is_word(bytes.get(at.wrapping_sub(1))) {
        return None;
    }
    let length = run(bytes, at, |c| c.is_ascii_uppercase() || (b'2'..=b'7').contains(c));
    let whole = length == 20 && !is_word(bytes.get(at + 20));
    let mixed = rest.get(4..20)?.iter().any(u8::is_ascii_digit);
    (whole && mixed && !is_example(rest.get(4..20)?)).then_some((Kind::AwsKey, at, at + 20))
}

/// `SecretAccessKey` and its value.
fn aws_secret(bytes: &[u8], at: usize) -> Option<(Kind, usize, usize)> {
    let named = bytes.get(..at)?.ends_with(b"ecret") && bytes.get(at..)?.starts_with(b"AccessKey");
    if named { aws_value(bytes, at + 9) } else { None }
}

/// The rest of a name, a few signs, and 40 signs of base64 (AWS gives secret access keys of 40).
fn aws_value(bytes: &[u8], from: usize) -> Option<(Kind, usize, usize)> {
    let is_key = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'/' | b'+');
    let mut at = from;
    while at < from + 60 {
        let length = run(bytes, at, is_key);
        if length == 40 {
            let key = bytes.get(at..at + 40)?;
            let mixed = key.iter().any(u8::is_ascii_digit)
                && key.iter().any(u8::is_ascii_uppercase)
                && key.iter().any(u8::is_ascii_lowercase);
            return (mixed && !is_example(key)).then_some((Kind::AwsKey, at, at + 40));
        }
        if bytes.get(at + length) == Some(&b'\n') && length == 0 {
            return None;
        }
        at += length + 1;
    }
    None
}

/// A client secret of PayPal: 80 signs that begin with E, behind a name that says so. PayPal
/// documents no prefix, so the word PayPal must stand near.
fn paypal_secret(bytes: &[u8], from: usize) -> Option<(Kind, usize, usize)> {
    let named = bytes.get(from.saturating_sub(400)..(from + 40).min(bytes.len()))?.to_ascii_lowercase();
    if !named.windows(6).any(|part| part == b"paypal") {
        return None;
    }
    let is_key = |c: &u8| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-');
    let mut at = from;
    while at < from + 40 {
        let length = run(bytes, at, is_key);
        let key = bytes.get(at..at + length)?;
        if (76..=84).contains(&length) && key.first() == Some(&b'E') && !is_example(key) {
            return Some((Kind::PaypalKey, at, at + length));
        }
        at += length + 1;
    }
    None
}
