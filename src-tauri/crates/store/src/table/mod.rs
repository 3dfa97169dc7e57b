//! One file a table: how its rows are read and written.
//!
//! A row with `rev` 1 is inserted; any other replaces the one whose `rev` is one less, and is a
//! conflict if there is none.

pub(crate) mod answer;
pub(crate) mod assessment;
pub(crate) mod breach;
pub(crate) mod checklist;
pub(crate) mod criterion;
pub(crate) mod evidence;
pub(crate) mod person_request;
pub(crate) mod processing;
pub(crate) mod profile;
pub(crate) mod provider;
pub(crate) mod reply;
pub(crate) mod signing_key;
pub(crate) mod task;
pub(crate) mod task_comment;

use crate::{Change, Result, StoreError};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Type, ValueRef};
use rusqlite::{Connection, Params, Row, RowIndex};
use serde::de::DeserializeOwned;
use std::ops::Range;
use std::str::FromStr;
use tillproof_domain::id::RequirementId;

/// Writes one row.
pub(crate) fn apply(connection: &Connection, change: &Change) -> Result<()> {
    let written = match change {
        Change::Profile(row) => profile::write(connection, row),
        Change::Assessment(row) => assessment::write(connection, row),
        Change::Criterion(row) => criterion::write(connection, row),
        Change::Answer(row) => answer::write(connection, row),
        Change::Evidence(row) => evidence::write(connection, row),
        Change::Task(row) => task::write(connection, row),
        Change::Comment(row) => task_comment::write(connection, row),
        Change::Checklist(row) => checklist::write(connection, row),
        Change::Provider(row) => provider::write(connection, row),
        Change::Processing(row) => processing::write(connection, row),
        Change::PersonRequest(row) => person_request::write(connection, row),
        Change::Breach(row) => breach::write(connection, row),
        Change::SigningKey(row) => signing_key::write(connection, row),
        Change::Reply(row) => reply::write(connection, row),
    }?;
    if written == 1 { Ok(()) } else { Err(StoreError::Conflict(change.name())) }
}

/// Hands over every row of every table, in the form of the journal.
pub(crate) fn each(connection: &Connection, sink: &mut dyn FnMut(Change)) -> Result<()> {
    profile::all(connection)?.into_iter().map(Change::Profile).for_each(&mut *sink);
    assessment::all(connection)?.into_iter().map(Change::Assessment).for_each(&mut *sink);
    criterion::all(connection)?.into_iter().map(Change::Criterion).for_each(&mut *sink);
    answer::each(connection, &mut |row| sink(Change::Answer(row)))?;
    evidence::each(connection, &mut |row| sink(Change::Evidence(row)))?;
    task::all(connection)?.into_iter().map(Change::Task).for_each(&mut *sink);
    task_comment::all(connection)?.into_iter().map(Change::Comment).for_each(&mut *sink);
    checklist::all(connection)?.into_iter().map(Change::Checklist).for_each(&mut *sink);
    provider::all(connection)?.into_iter().map(Change::Provider).for_each(&mut *sink);
    processing::all(connection)?.into_iter().map(Change::Processing).for_each(&mut *sink);
    person_request::all(connection)?.into_iter().map(Change::PersonRequest).for_each(&mut *sink);
    breach::all(connection)?.into_iter().map(Change::Breach).for_each(&mut *sink);
    signing_key::all(connection)?.into_iter().map(Change::SigningKey).for_each(&mut *sink);
    reply::all(connection)?.into_iter().map(Change::Reply).for_each(&mut *sink);
    Ok(())
}

/// Hands over the rows that daily work needs: all but the answers of what is signed off and the
/// files of checklists.
pub(crate) fn current(connection: &Connection, sink: &mut dyn FnMut(Change)) -> Result<()> {
    profile::all(connection)?.into_iter().map(Change::Profile).for_each(&mut *sink);
    for assessment in assessment::all(connection)? {
        if assessment.is_open() {
            criterion::of(connection, assessment.id)?.into_iter().map(Change::Criterion).for_each(&mut *sink);
            answer::of(connection, assessment.id)?.into_iter().map(Change::Answer).for_each(&mut *sink);
        }
        sink(Change::Assessment(assessment));
    }
    evidence::each(connection, &mut |row| sink(Change::Evidence(row)))?;
    task::all(connection)?.into_iter().map(Change::Task).for_each(&mut *sink);
    task_comment::all(connection)?.into_iter().map(Change::Comment).for_each(&mut *sink);
    provider::all(connection)?.into_iter().map(Change::Provider).for_each(&mut *sink);
    processing::all(connection)?.into_iter().map(Change::Processing).for_each(&mut *sink);
    person_request::all(connection)?.into_iter().map(Change::PersonRequest).for_each(&mut *sink);
    breach::all(connection)?.into_iter().map(Change::Breach).for_each(&mut *sink);
    signing_key::all(connection)?.into_iter().map(Change::SigningKey).for_each(&mut *sink);
    reply::all(connection)?.into_iter().map(Change::Reply).for_each(&mut *sink);
    Ok(())
}

/// Runs a statement for the one row it is about: `insert` for a first version, `update` otherwise.
fn upsert(connection: &Connection, rev: i64, insert: &str, update: &str, values: impl Params) -> Result<usize> {
    let statement = if rev == 1 { insert } else { update };
    match connection.prepare_cached(statement)?.execute(values) {
        // Somebody else inserted the same row first.
        Err(error) if rev == 1 && is_unique_violation(&error) => Ok(0),
        other => Ok(other?),
    }
}

fn is_unique_violation(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| {
        matches!(
            error.extended_code,
            rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY | rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
        )
    })
}

fn query<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    Ok(connection.prepare_cached(sql)?.query_map(params, read)?.collect::<rusqlite::Result<_>>()?)
}

/// A value that is kept as text and read with `FromStr`.
struct Parsed<T>(T);

impl<T: FromStr<Err: std::error::Error + Send + Sync + 'static>> FromSql for Parsed<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Self).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

fn parsed<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    row: &Row<'_>,
    column: impl RowIndex,
) -> rusqlite::Result<T> {
    row.get::<_, Parsed<T>>(column).map(|parsed| parsed.0)
}

fn parsed_opt<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    row: &Row<'_>,
    column: impl RowIndex,
) -> rusqlite::Result<Option<T>> {
    row.get::<_, Option<Parsed<T>>>(column).map(|parsed| parsed.map(|parsed| parsed.0))
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

fn json_opt<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(None),
        _ => json(row, column).map(Some),
    }
}

/// Replaces the requirements that a row of another table points at.
fn link(connection: &Connection, table: &str, column: &str, id: &str, requirements: &[RequirementId]) -> Result<()> {
    connection.prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?"))?.execute([id])?;
    let mut insert =
        connection.prepare_cached(&format!("INSERT INTO {table} ({column}, requirement) VALUES (?, ?)"))?;
    for requirement in requirements {
        insert.execute([id, &requirement.to_string()])?;
    }
    Ok(())
}

/// The requirements that a row of another table points at, joined by spaces, as SQL. Requirement
/// ids hold no white space.
macro_rules! linked {
    ($table:literal, $column:literal, $owner:literal) => {
        concat!(
            "(SELECT group_concat(requirement, ' ') FROM (SELECT requirement FROM ",
            $table,
            " WHERE ",
            $column,
            " = ",
            $owner,
            ".id ORDER BY requirement)) AS requirements"
        )
    };
}
use linked;

/// The requirements of all rows of another table: read in one pass, where a look-up for each row
/// would take most of the time, and kept as one text until they are asked for.
struct AllLinked<I> {
    text: String,
    /// Whose it is, and where it stands in the text; by the row.
    links: Vec<(I, Range<usize>)>,
    /// Rows mostly come in the order of their ids.
    next: usize,
}

impl<I: Copy + Ord + FromStr<Err: std::error::Error + Send + Sync + 'static>> AllLinked<I> {
    fn read(connection: &Connection, table: &str, column: &str) -> Result<Self> {
        let mut select = connection.prepare_cached(&format!("SELECT {column}, requirement FROM {table}"))?;
        let mut rows = select.query([])?;
        let mut text = String::new();
        let mut links = Vec::new();
        while let Some(row) = rows.next()? {
            let from = text.len();
            text.push_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
            links.push((parsed(row, 0)?, from..text.len()));
        }
        links.sort_by_key(|(id, _)| *id);
        Ok(Self { text, links, next: 0 })
    }

    /// The requirements of one row, sorted.
    fn of(&mut self, id: I) -> rusqlite::Result<Vec<RequirementId>> {
        let first = match self.links.get(self.next) {
            Some((next, _)) if *next == id => self.next,
            _ => self.links.partition_point(|(known, _)| *known < id),
        };
        let count = self.links.iter().skip(first).take_while(|(known, _)| *known == id).count();
        self.next = first + count;
        let mut requirements = Vec::with_capacity(count);
        for (_, place) in self.links.iter().skip(first).take(count) {
            requirements.push(requirement(self.text.get(place.clone()).unwrap_or_default())?);
        }
        requirements.sort();
        Ok(requirements)
    }
}

fn requirement(text: &str) -> rusqlite::Result<RequirementId> {
    text.parse().map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

fn requirements(row: &Row<'_>) -> rusqlite::Result<Vec<RequirementId>> {
    let text: Option<String> = row.get("requirements")?;
    let mut ids = text
        .unwrap_or_default()
        .split_whitespace()
        .map(requirement)
        .collect::<rusqlite::Result<Vec<RequirementId>>>()?;
    ids.sort();
    Ok(ids)
}
