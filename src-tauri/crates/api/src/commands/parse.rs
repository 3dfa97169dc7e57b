//! From texts of a request to values of the domain, each with an error that says what was wrong.

use crate::error::Error;
use chrono::NaiveDate;
use std::str::FromStr;
use tillproof_catalog::Catalog;
use tillproof_domain::framework::Framework;
use tillproof_domain::id::{RequirementId, Scopes};
use tillproof_domain::words::UnknownWord;

/// One of the words of an enumeration; `what` is a key of the nouns.
pub(super) fn word<T: FromStr<Err = UnknownWord>>(what: &'static str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|unknown: UnknownWord| {
        Error::new("unknown-value").with("what", what).with("value", unknown.word).with("known", unknown.known)
    })
}

/// Refuses a change to a row that somebody else has changed since it was seen.
pub(super) fn seen(seen: Option<i64>, now: i64, row: impl ToString) -> Result<(), Error> {
    if seen.is_some_and(|seen| seen != now) { Err(Error::new("conflict").with("row", row)) } else { Ok(()) }
}

/// An id made of a UUID.
pub(super) fn id<T: FromStr>(what: &'static str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::not_found(what, text))
}

/// A requirement that the catalogue knows.
pub(super) fn requirement(catalog: &Catalog, text: &str) -> Result<RequirementId, Error> {
    let id: RequirementId = text.parse().map_err(|_| Error::not_found("requirement", text))?;
    if catalog.requirement(&id).is_none() {
        return Err(Error::not_found("requirement", text));
    }
    Ok(id)
}

/// Requirements that the catalogue knows, sorted, each once.
pub(super) fn requirements(catalog: &Catalog, texts: &[String]) -> Result<Vec<RequirementId>, Error> {
    let mut ids = texts.iter().map(|text| requirement(catalog, text)).collect::<Result<Vec<_>, _>>()?;
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// The scopes that are named, joined by `+` or commas; the only one there is where none is.
pub(super) fn scopes(framework: &Framework, text: Option<&str>) -> Result<Scopes, Error> {
    let known = || framework.scopes.iter().map(|scope| scope.id.as_str()).collect::<Vec<_>>().join(", ");
    let scopes = match (text, framework.scopes.as_slice()) {
        (Some(wanted), _) => wanted
            .replace(',', "+")
            .parse::<Scopes>()
            .map_err(|_| Error::new("scope-missing").with("known", known()))?,
        (None, [only]) => Scopes::one(only.id.clone()),
        (None, _) => return Err(Error::new("scope-missing").with("known", known())),
    };
    for id in scopes.iter() {
        let scope = framework.scope(id).ok_or_else(|| {
            Error::new("unknown-value").with("what", "scope").with("value", id).with("known", known())
        })?;
        if !scope.available {
            return Err(Error::new("scope-not-available").with("scope", id));
        }
    }
    // One order, so that the same scopes are always the same text.
    Ok(scopes.ordered_as(framework.scopes.iter().map(|scope| &scope.id)))
}

/// A country, ISO 3166-1 alpha-2, in capitals; or empty.
pub(super) fn country(text: &str) -> Result<String, Error> {
    let code = text.trim().to_ascii_uppercase();
    if code.is_empty() || (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())) {
        Ok(code)
    } else {
        Err(Error::new("invalid-country").with("value", text))
    }
}

/// A day, `YYYY-MM-DD`.
pub(super) fn day(text: &str) -> Result<NaiveDate, Error> {
    // The parser would also take `2026-1-2`, `+026-01-02` and spaces; only the one form is unambiguous.
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|day| day.to_string() == text)
        .ok_or_else(|| Error::new("invalid-date").with("value", text))
}

/// A day where one is given.
pub(super) fn day_opt(text: Option<&str>) -> Result<Option<NaiveDate>, Error> {
    text.filter(|text| !text.is_empty()).map(day).transpose()
}

/// A text that must say something; answers it without white space around it.
pub(super) fn required(code: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() { Err(Error::new(code)) } else { Ok(text.to_owned()) }
}

/// The most characters that one text may have.
const TEXT_LIMIT: usize = 100_000;

/// A text of bearable length.
pub(super) fn bearable(text: String) -> Result<String, Error> {
    let length = text.chars().count();
    if length > TEXT_LIMIT {
        return Err(Error::new("text-too-long").with("length", length).with("limit", TEXT_LIMIT));
    }
    Ok(text)
}
