//! JSON to values, with every fault named by the id and field it stands at.

use crate::{Fault, FaultKind};
use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::BTreeSet;

/// Reads a file.
pub(super) fn read<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, Fault> {
    let fault = |place: String, kind: FaultKind, value: String| Fault { file: file.to_owned(), place, kind, value };
    let text = std::str::from_utf8(bytes)
        .map_err(|error| fault(String::new(), FaultKind::NotUtf8, error.valid_up_to().to_string()))?;
    // A key that stands there twice would silently win over the first.
    if let Err(error) = serde_json::from_str::<Once>(text) {
        return Err(match key(&error.to_string(), TWICE) {
            Some(twice) => fault(position(&error), FaultKind::Twice, twice),
            None => fault(String::new(), FaultKind::NotJson, position(&error)),
        });
    }
    let value: Value =
        serde_json::from_str(text).map_err(|error| fault(String::new(), FaultKind::NotJson, position(&error)))?;
    serde_path_to_error::deserialize(&value).map_err(|error| {
        let (place, found) = named(&value, error.path());
        let said = error.inner().to_string();
        let quoted = found.map(|value| shorten(&value.to_string())).unwrap_or_default();
        let of = |words| key(&said, words);
        match (of("missing field `"), of("unknown field `"), of("unknown variant `")) {
            (Some(field), _, _) => fault(place, FaultKind::FieldMissing, field),
            (_, Some(field), _) => fault(place, FaultKind::FieldUnknown, field),
            (_, _, Some(word)) => fault(place, FaultKind::WordUnknown, word),
            _ if said.starts_with("invalid type") || said.starts_with("invalid length") => {
                fault(place, FaultKind::WrongType, quoted)
            }
            _ => fault(place, FaultKind::WordUnknown, quoted),
        }
    })
}

fn position(error: &serde_json::Error) -> String {
    format!("{}:{}", error.line(), error.column())
}

/// What stands between `before` and the next backtick.
fn key(said: &str, before: &str) -> Option<String> {
    Some(said.split_once(before)?.1.split_once('`')?.0.to_owned())
}

fn shorten(text: &str) -> String {
    if text.chars().count() > 60 { text.chars().take(60).chain(['…']).collect() } else { text.to_owned() }
}

/// A path in words: an entry of a list is called by its number or id, where it has one.
fn named<'v>(value: &'v Value, path: &serde_path_to_error::Path) -> (String, Option<&'v Value>) {
    use serde_path_to_error::Segment;
    let mut names: Vec<String> = Vec::new();
    let mut here = Some(value);
    for segment in path {
        match segment {
            Segment::Map { key } => {
                here = here.and_then(|value| value.get(key));
                names.push(key.clone());
            }
            Segment::Seq { index } => {
                here = here.and_then(|value| value.get(index));
                let id = here.and_then(|entry| entry.get("number").or_else(|| entry.get("id")));
                names.push(id.and_then(Value::as_str).map_or_else(|| format!("[{index}]"), str::to_owned));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    (names.join(", "), here)
}

const TWICE: &str = "this key stands there twice: `";

/// Any JSON in which no object has a key twice.
struct Once;

impl<'de> serde::Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OnceVisitor)
    }
}

struct OnceVisitor;

impl<'de> Visitor<'de> for OnceVisitor {
    type Value = Once;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            map.next_value::<Once>()?;
            if seen.contains(&key) {
                return Err(A::Error::custom(format!("{TWICE}{key}`")));
            }
            seen.insert(key);
        }
        Ok(Once)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Once, A::Error> {
        while seq.next_element::<Once>()?.is_some() {}
        Ok(Once)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Once, E> {
        Ok(Once)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Once, E> {
        Ok(Once)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Once, E> {
        Ok(Once)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Once, E> {
        Ok(Once)
    }
    fn visit_str<E>(self, _: &str) -> Result<Once, E> {
        Ok(Once)
    }
    fn visit_unit<E>(self) -> Result<Once, E> {
        Ok(Once)
    }
}
