//! What watching has settled: so that a run goes on where the last one stopped, and asks no server twice.

use rusqlite::params;

use crate::Error;
use crate::archive::{Archive, Batch};

impl Archive {
    /// The addresses of all pages that are settled, each with what is kept of it, in the watcher's own form.
    pub fn settled(&self) -> Result<Vec<(String, Option<String>)>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached("SELECT url, state FROM settled ORDER BY url")?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
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
    /// Notes that a page need not be fetched again, or when it is to be looked at again, in the watcher's own form.
    pub fn settle(&self, url: &str, state: Option<&str>) -> Result<(), Error> {
        let sql = "INSERT INTO settled VALUES (?1, ?2) ON CONFLICT DO UPDATE SET state = coalesce(?2, state)";
        self.ask(|connection| connection.prepare_cached(sql)?.execute(params![url, state]).map(drop))
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
