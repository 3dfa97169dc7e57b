//! The versions of the file format. Append only: a released migration is never changed.

use crate::{Result, StoreError};
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use std::path::Path;

const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("migrations/0001_workspace.sql")),
    M::up(include_str!("migrations/0002_parts_channels_checklists.sql")),
    M::up(include_str!("migrations/0003_providers.sql")),
    M::up(include_str!("migrations/0004_card_data.sql")),
    M::up(include_str!("migrations/0005_registers.sql")),
    M::up(include_str!("migrations/0006_tasks.sql")),
    M::up(include_str!("migrations/0007_evidence.sql")),
    M::up(include_str!("migrations/0008_worksheets.sql")),
    M::up(include_str!("migrations/0009_sign_off.sql")),
    M::up(include_str!("migrations/0010_signing_key.sql")),
    M::up(include_str!("migrations/0011_replies.sql")),
    M::up(include_str!("migrations/0012_scope_facts.sql")),
];

/// The format that this Tillproof writes; `user_version` of the file.
pub const FORMAT: u32 = MIGRATIONS.len() as u32;

/// Brings a file up to date. A file that holds something is first handed to `back_up`, with the
/// format it has.
pub(crate) fn migrate(
    connection: &mut Connection,
    path: &Path,
    back_up: impl FnOnce(&Connection, u32) -> Result<()>,
) -> Result<()> {
    migrate_to(connection, path, MIGRATIONS, back_up)
}

fn migrate_to(
    connection: &mut Connection,
    path: &Path,
    migrations: &[M<'_>],
    back_up: impl FnOnce(&Connection, u32) -> Result<()>,
) -> Result<()> {
    let known = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    let found = format_of(connection)?;
    if found > known {
        return Err(StoreError::Newer { path: path.to_owned(), found, known });
    }
    if found == known {
        return Ok(());
    }
    if found > 0 {
        back_up(connection, found)?;
    }
    Migrations::from_slice(migrations).to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => StoreError::Sql(other.to_string()),
    })
}

/// The format of an open file.
pub(crate) fn format_of(connection: &Connection) -> Result<u32> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(connection: &Connection) -> i64 {
        connection
            .query_row("SELECT count(*) FROM sqlite_schema WHERE type = 'table'", [], |row| row.get(0))
            .expect("a count")
    }

    #[test]
    fn the_migrations_are_valid() {
        Migrations::from_slice(MIGRATIONS).validate().expect("every migration runs");
    }

    #[test]
    fn a_newer_file_is_refused() {
        let mut connection = Connection::open_in_memory().expect("a database");
        connection.pragma_update(None, "user_version", FORMAT + 1).expect("a version");
        let refused = migrate(&mut connection, Path::new("x"), |_, _| panic!("nothing to back up"));
        assert!(matches!(refused, Err(StoreError::Newer { .. })), "{refused:?}");
    }

    #[test]
    fn an_older_file_is_backed_up_first_and_stays_as_it_was_if_a_step_fails() {
        let mut connection = Connection::open_in_memory().expect("a database");
        migrate(&mut connection, Path::new("x"), |_, _| panic!("an empty file needs no copy")).expect("made");
        let before = tables(&connection);
        let mut backed_up = None;
        let steps = [MIGRATIONS, &[M::up("CREATE TABLE next (id TEXT); THIS IS NO SQL;")]].concat();
        let failed = migrate_to(&mut connection, Path::new("x"), &steps, |_, format| {
            backed_up = Some(format);
            Ok(())
        });
        assert!(failed.is_err(), "a broken step fails");
        assert_eq!(backed_up, Some(FORMAT), "the copy came first");
        assert_eq!(
            (tables(&connection), format_of(&connection).expect("a format")),
            (before, FORMAT),
            "nothing half done"
        );
    }

    #[test]
    fn without_a_backup_nothing_is_migrated() {
        let mut connection = Connection::open_in_memory().expect("a database");
        migrate(&mut connection, Path::new("x"), |_, _| Ok(())).expect("made");
        let steps = [MIGRATIONS, &[M::up("CREATE TABLE next (id TEXT);")]].concat();
        let refused = migrate_to(&mut connection, Path::new("x"), &steps, |_, _| Err(StoreError::DiskFull));
        assert!(matches!(refused, Err(StoreError::DiskFull)), "{refused:?}");
        assert_eq!(format_of(&connection).expect("a format"), FORMAT, "the format is the old one");
    }
}
