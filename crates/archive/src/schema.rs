//! The form of an archive and its changes from version to version.

use std::path::Path;

use rusqlite::Connection;
use rusqlite_migration::{M, MigrationDefinitionError, Migrations};

use crate::{Error, ErrorKind};

/// Marks a SQLite file as an archive: "PRLX".
const APPLICATION: i32 = 0x5052_4C58;

/// Every form that archives have had, in order. What was released is never changed: a new form is a new line.
const FORMS: &[M<'static>] = &[
    M::up(include_str!("../schema/1.sql")),
    M::up(include_str!("../schema/2.sql")),
    M::up(include_str!("../schema/3.sql")),
    M::up(include_str!("../schema/4.sql")),
    M::up(include_str!("../schema/5.sql")),
    M::up(include_str!("../schema/6.sql")),
];

/// Brings a file that is an archive, or empty, to the newest form.
pub(crate) fn bring_up_to_date(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    Migrations::from_slice(FORMS).to_latest(connection).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Error::database(path, err),
        rusqlite_migration::Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
            Error::new(path, ErrorKind::Newer)
        }
        other => Error::new(path, ErrorKind::Impossible(other.to_string())),
    })
}

/// Checks that a file is an archive of a form that is known.
pub(crate) fn check(connection: &Connection, path: &Path) -> Result<(), Error> {
    let pragma = |name| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, i32>(0))
            .map_err(|error| Error::database(path, error))
    };
    if pragma("application_id")? != APPLICATION {
        return Err(Error::new(path, ErrorKind::NotAnArchive));
    }
    match usize::try_from(pragma("user_version")?) {
        Ok(form) if form <= FORMS.len() => Ok(()),
        _ => Err(Error::new(path, ErrorKind::Newer)),
    }
}

/// Whether an archive has an older form than this program writes.
pub(crate) fn is_old(connection: &Connection) -> rusqlite::Result<bool> {
    let form: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(form).is_ok_and(|form| form < FORMS.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_follow_each_other() {
        Migrations::from_slice(FORMS).validate().expect("every form can be reached");
    }
}
