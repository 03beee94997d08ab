//! A connection to the database, with the ways in which the catalogue asks it. Statements are prepared once and kept.

use std::ops::Deref;

use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Params, Row};

use super::CatalogueError;

/// See the module.
#[derive(Debug)]
pub(super) struct Db(Connection);

impl Db {
    /// The first row of an answer, if it has any.
    pub(super) fn first<T>(
        &self,
        query: &str,
        params: impl Params,
        row: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, CatalogueError> {
        Ok(self.prepare_cached(query)?.query_row(params, row).optional()?)
    }

    /// All rows of an answer: the query says how many they may be.
    pub(super) fn all<T>(
        &self,
        query: &str,
        params: impl Params,
        row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, CatalogueError> {
        Ok(self.prepare_cached(query)?.query_map(params, row)?.collect::<Result<_, _>>()?)
    }

    /// An answer that is always of one row and one column.
    pub(super) fn value<T: FromSql>(&self, query: &str, params: impl Params) -> Result<T, CatalogueError> {
        Ok(self.prepare_cached(query)?.query_row(params, |row| row.get(0))?)
    }

    /// Changes rows.
    pub(super) fn run(&self, statement: &str, params: impl Params) -> Result<(), CatalogueError> {
        self.change(statement, params).map(|_| ())
    }

    /// Changes rows; says how many.
    pub(super) fn change(&self, statement: &str, params: impl Params) -> Result<usize, CatalogueError> {
        Ok(self.prepare_cached(statement)?.execute(params)?)
    }
}

impl From<Connection> for Db {
    fn from(connection: Connection) -> Self {
        Self(connection)
    }
}

impl Deref for Db {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.0
    }
}
