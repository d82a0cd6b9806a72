//! Which reports of a story are news.

use std::collections::BTreeSet;

use crate::archive::{Archive, Batch};
use crate::{Error, StoryId};

impl Archive {
    /// The names of a story's reports of which nothing was told yet in the version that they have now.
    pub fn untold(&self, story: StoryId) -> Result<BTreeSet<String>, Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT name FROM membership JOIN report ON report.id = membership.report
                 LEFT JOIN told ON told.report = report.id WHERE story = ?1 AND told.version IS NOT report.current",
            )?;
            statement.query_map([story.0], |row| row.get(0))?.collect()
        })
    }
}

impl Batch<'_> {
    /// Notes that all that is new in a story's reports was told, but of those that are in another story which is still to be compared.
    pub fn mark_told(&self, story: StoryId) -> Result<(), Error> {
        self.ask(|connection| {
            let mut statement = connection.prepare_cached(
                "INSERT OR REPLACE INTO told (report, version)
                 SELECT report.id, report.current FROM membership JOIN report ON report.id = membership.report
                 WHERE story = ?1 AND NOT EXISTS (
                     SELECT 1 FROM membership AS other JOIN story ON story.id = other.story
                     WHERE other.report = report.id AND other.story <> ?1 AND story.is_stale AND story.reports > 1)",
            )?;
            statement.execute([story.0]).map(drop)
        })
    }

    /// Notes that nothing of stories of one report is to be compared or told.
    pub fn settle_single_reports(&self) -> Result<(), Error> {
        self.ask(|connection| {
            connection.execute(
                "INSERT OR REPLACE INTO told (report, version)
                 SELECT report.id, report.current FROM story JOIN membership ON membership.story = story.id
                 JOIN report ON report.id = membership.report WHERE story.is_stale AND story.reports = 1",
                [],
            )?;
            let sql = "UPDATE story SET is_stale = 0, origins = 1 WHERE is_stale AND reports = 1";
            connection.execute(sql, []).map(drop)
        })
    }
}
