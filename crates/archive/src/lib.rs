//! An archive of reports in one SQLite file: records, stories, what changed, full-text search.
