//! Mails (RFC 5322) with their parts (RFC 2045 to 2047).
//!
//! Deliberately absent: signatures, encryption, and mailboxes of many mails.

use super::sink::{Sink, Stop};
use super::{LIMIT_DEPTH, LIMIT_ENTRIES, Reason, markup};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::io::Cursor;

/// How deep parts in parts are followed.
const DEEP: usize = 10;

/// Header fields whose words people write or read.
const FIELDS: &[&str] = &["subject", "from", "to", "cc", "comments", "keywords", "reply-to"];

/// Looks into a mail.
pub(super) fn mail(bytes: &[u8], sink: &mut Sink<'_>, depth: usize) -> Result<(), Stop> {
    let mut parts = 0;
    part(bytes, sink, depth, 0, &mut parts)
}

struct Head<'b> {
    fields: Vec<(String, String)>,
    body: &'b [u8],
}

impl<'b> Head<'b> {
    /// Fields up to the first empty line; lines that begin with a space go on with the one before.
    fn read(bytes: &'b [u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = rest.iter().position(|c| *c == b'\n').map_or(rest.len(), |at| at + 1);
            let (line, later) = rest.split_at(end);
            rest = later;
            let line = line.trim_ascii_end();
            if line.is_empty() || fields.len() > LIMIT_ENTRIES {
                break;
            }
            let text = crate::scanner::decoded(line.to_vec());
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(text.trim_start());
                }
            } else if let Some((name, value)) = text.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Self { fields, body: rest }
    }

    fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    /// A parameter of a field, such as the charset of a content type.
    fn parameter(&self, field: &str, name: &str) -> Option<String> {
        let value = self.field(field);
        value.split(';').skip(1).find_map(|pair| {
            let (own, value) = pair.split_once('=')?;
            let own = own.trim().trim_end_matches('*');
            own.eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
        })
    }
}

fn part(bytes: &[u8], sink: &mut Sink<'_>, depth: usize, deep: usize, parts: &mut usize) -> Result<(), Stop> {
    *parts += 1;
    if *parts > LIMIT_ENTRIES || deep > DEEP {
        return sink.partly(Reason::TooLarge);
    }
    sink.ask()?;
    let head = Head::read(bytes);
    let mut shown = String::new();
    for (name, value) in &head.fields {
        if FIELDS.contains(&name.as_str()) {
            shown.push_str(&format!("{name}: {}\n", words(value)));
        }
    }
    if !shown.is_empty() {
        sink.text(&shown)?;
        sink.end_text();
    }
    let kind = head.field("content-type").split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind.starts_with("multipart/") {
        let Some(boundary) = head.parameter("content-type", "boundary").filter(|boundary| !boundary.is_empty()) else {
            return sink.partly(Reason::Damaged);
        };
        for inner in split(head.body, boundary.as_bytes()) {
            part(inner, sink, depth, deep + 1, parts)?;
        }
        return Ok(());
    }
    let body = match head.field("content-transfer-encoding").to_ascii_lowercase().as_str() {
        "base64" => base64(head.body),
        "quoted-printable" => quoted_printable(head.body),
        _ => head.body.to_vec(),
    };
    if kind == "message/rfc822" {
        return part(&body, sink, depth, deep + 1, parts);
    }
    let name = head.parameter("content-disposition", "filename").or_else(|| head.parameter("content-type", "name"));
    let attached = name.is_some() || head.field("content-disposition").to_ascii_lowercase().starts_with("attachment");
    let text = kind.is_empty() || kind.starts_with("text/");
    if attached || !text {
        if depth >= LIMIT_DEPTH {
            return sink.skipped(Reason::TooLarge);
        }
        let name = words(&name.unwrap_or_default());
        let title = if sink.part().is_empty() { name.clone() } else { format!("{} {name}", sink.part()) };
        let before = sink.enter(&title);
        super::file(&name, &kind, &mut Cursor::new(body), sink, depth + 1)?;
        sink.leave(before);
        return Ok(());
    }
    let charset = head.parameter("content-type", "charset").unwrap_or_default();
    let decoded = match Encoding::for_label(charset.as_bytes()) {
        Some(encoding) if encoding != encoding_rs::UTF_8 => encoding.decode(&body).0.into_owned(),
        _ => crate::scanner::decoded(body),
    };
    if kind == "text/html" {
        return markup::html(&decoded, sink);
    }
    sink.text(&decoded)?;
    sink.end_text();
    Ok(())
}

/// The parts between the lines of a boundary (RFC 2046, 5.1.1).
fn split<'b>(body: &'b [u8], boundary: &[u8]) -> Vec<&'b [u8]> {
    let mut parts = Vec::new();
    let mut from = None;
    let mut at = 0;
    while at < body.len() && parts.len() <= LIMIT_ENTRIES {
        let rest = body.get(at..).unwrap_or_default();
        let end = rest.iter().position(|c| *c == b'\n').map_or(rest.len(), |end| end + 1);
        let line = rest.get(..end).unwrap_or_default();
        if let Some(after) = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary)) {
            if let Some(from) = from.take() {
                parts.push(body.get(from..at).unwrap_or_default());
            }
            if after.starts_with(b"--") {
                return parts;
            }
            from = Some(at + end);
        }
        at += end;
    }
    if let Some(from) = from {
        parts.push(body.get(from..).unwrap_or_default());
    }
    parts
}

/// Base64 (RFC 2045, 6.8): signs that do not belong to it are passed over.
fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for c in bytes {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            decoded.push((bits >> held & 0xFF) as u8);
        }
    }
    decoded
}

/// Quoted-printable (RFC 2045, 6.7).
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let hex = |c: Option<&u8>| c.and_then(|c| char::from(*c).to_digit(16)).and_then(|value| u8::try_from(value).ok());
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(c) = bytes.get(at) {
        at += 1;
        if *c != b'=' {
            decoded.push(*c);
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        if let (Some(high), Some(low)) = (hex(rest.first()), hex(rest.get(1))) {
            decoded.push(high << 4 | low);
            at += 2;
        } else if rest.starts_with(b"\r\n") {
            at += 2;
        } else if rest.starts_with(b"\n") {
            at += 1;
        } else {
            decoded.push(b'=');
        }
    }
    decoded
}

/// Decodes the encoded words of a header (RFC 2047).
fn words(value: &str) -> String {
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find("=?") {
        let (head, tail) = rest.split_at(at);
        let mut fields = tail.get(2..).unwrap_or_default().splitn(4, '?');
        let (charset, coding, text, end) = (fields.next(), fields.next(), fields.next(), fields.next());
        let known = end.and_then(|end| end.strip_prefix('='));
        let (Some(charset), Some(coding), Some(text), Some(later)) = (charset, coding, text, known) else {
            decoded.push_str(head);
            decoded.push_str("=?");
            rest = tail.get(2..).unwrap_or_default();
            continue;
        };
        // Only a space between two encoded words is not meant.
        if !head.trim().is_empty() || decoded.is_empty() {
            decoded.push_str(head);
        }
        let bytes = if coding.eq_ignore_ascii_case("b") {
            base64(text.as_bytes())
        } else {
            quoted_printable(text.replace('_', " ").as_bytes())
        };
        let charset = charset.split('*').next().unwrap_or_default();
        decoded.push_str(&Encoding::for_label(charset.as_bytes()).unwrap_or(WINDOWS_1252).decode(&bytes).0);
        rest = later;
    }
    decoded.push_str(rest);
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_undone() {
        assert_eq!(base64(b"S2FydGU6IDQ1\r\nMzI="), b"Karte: 4532", "base64");
        assert_eq!(quoted_printable(b"g=C3=BCltig=\r\n bis =x"), "gültig bis =x".as_bytes(), "quoted-printable");
        assert_eq!(words("=?utf-8?Q?Karte_g=C3=BCltig?= =?utf-8?B?IDQ1MzI=?="), "Karte gültig 4532", "encoded words");
        assert_eq!(words("=?broken"), "=?broken", "what is broken stays");
        let parts = split(b"pre\r\n--x\r\na\r\n--x\r\nb\r\n--x--\r\nc", b"x");
        assert_eq!(parts, [&b"a\r\n"[..], b"b\r\n"], "parts");
    }
}
