//! What watching has settled: so that a run goes on where the last one stopped, and asks no server twice.

use rusqlite::params;

use crate::Error;
use crate::archive::{Archive, Batch};

impl Archive {
    /// Whether the page at an address need not be fetched again.
    pub fn is_settled(&self, url: &str) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM settled WHERE url = ?1)";
        self.ask(|connection| connection.prepare_cached(sql)?.query_row([url], |row| row.get(0)))
    }

    /// The addresses of all pages that need not be fetched again.
    pub fn settled(&self) -> Result<Vec<String>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT url FROM settled ORDER BY url")?;
            statement.query_map([], |row| row.get(0))?.collect()
        })
    }

    /// The feeds that are watched, each address with what is kept of it, in the watcher's own form.
    pub fn feeds(&self) -> Result<Vec<(String, String)>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT url, state FROM feed ORDER BY url")?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
    }
}

impl Batch<'_> {
    /// Notes that a page need not be fetched again.
    pub fn settle(&self, url: &str) -> Result<(), Error> {
        let sql = "INSERT OR IGNORE INTO settled VALUES (?1)";
        self.ask(|connection| connection.prepare_cached(sql)?.execute([url]).map(drop))
    }

    /// Keeps what is to be known of a feed, in the watcher's own form.
    pub fn keep_feed(&self, url: &str, state: &str) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO feed VALUES (?1, ?2)";
        self.ask(|connection| connection.prepare_cached(sql)?.execute(params![url, state]).map(drop))
    }

    /// Keeps a feed no longer.
    pub fn drop_feed(&self, url: &str) -> Result<(), Error> {
        let sql = "DELETE FROM feed WHERE url = ?1";
        self.ask(|connection| connection.prepare_cached(sql)?.execute([url]).map(drop))
    }
}
