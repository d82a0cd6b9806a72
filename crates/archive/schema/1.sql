-- The first form of an archive. Moments are milliseconds since 1970 in UTC, spans are bytes into the article's text,
-- lists are JSON. What is large stands last in its row, so that the rest is read without it.
PRAGMA application_id = 0x50524C58;

-- One report, however often it was acquired. What lists show is that of its current version.
CREATE TABLE report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    given TEXT NOT NULL,
    address TEXT,
    current INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    published TEXT,
    outlet TEXT,
    title TEXT,
    url TEXT
) STRICT;
CREATE INDEX report_address ON report (address) WHERE address IS NOT NULL;
CREATE INDEX report_given ON report (given) WHERE given <> name;

-- What was acquired, never altered. A report acquired again with other text is a new version, with what changed.
CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL CHECK (number > 0),
    acquired INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('text', 'html')),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    given TEXT NOT NULL,
    place TEXT NOT NULL,
    outlet TEXT,
    title TEXT,
    published TEXT,
    url TEXT,
    language TEXT,
    authors TEXT NOT NULL,
    credit TEXT,
    fetched TEXT,
    changes TEXT,
    body TEXT NOT NULL,
    UNIQUE (report, number)
) STRICT;

-- What the stages read out of a version; all of it can be made again. The text is null where it is the version's body.
CREATE TABLE article (
    version INTEGER PRIMARY KEY REFERENCES version (id),
    stages INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    outlet TEXT,
    title TEXT,
    published TEXT,
    published_at TEXT,
    updated TEXT,
    section TEXT,
    url TEXT,
    language TEXT,
    authors TEXT NOT NULL,
    credit TEXT,
    problems TEXT NOT NULL,
    parts TEXT NOT NULL,
    boilerplate TEXT NOT NULL,
    text TEXT
) STRICT;

CREATE TABLE quotation (
    version INTEGER NOT NULL REFERENCES article (version) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'mixed', 'indirect')),
    spans TEXT NOT NULL,
    cue TEXT,
    mention TEXT,
    speaker TEXT,
    is_speech INTEGER NOT NULL,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (version, number)
) STRICT, WITHOUT ROWID;

-- Numbers of stories are never used again, so that a link to a story stays true.
CREATE TABLE story (
    id INTEGER PRIMARY KEY AUTOINCREMENT CHECK (id > 0),
    title TEXT NOT NULL,
    began INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    reports INTEGER NOT NULL DEFAULT 0,
    origins INTEGER,
    merged_into INTEGER REFERENCES story (id),
    is_stale INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX story_stale ON story (id) WHERE is_stale;
CREATE INDEX story_changed ON story (changed, id);

-- A report may belong to several stories, as a roundup does. What a person decided is pinned.
CREATE TABLE membership (
    story INTEGER NOT NULL REFERENCES story (id),
    report INTEGER NOT NULL REFERENCES report (id),
    score REAL NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    section TEXT,
    is_pinned INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (story, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_report ON membership (report);

-- What the clustering keeps of each story, in its own form, and when it last changed by its own count.
CREATE TABLE story_record (
    story INTEGER PRIMARY KEY REFERENCES story (id),
    changed INTEGER NOT NULL,
    record BLOB NOT NULL
) STRICT;
CREATE INDEX story_record_changed ON story_record (changed);

CREATE TABLE comparison (
    story INTEGER PRIMARY KEY REFERENCES story (id),
    fingerprint BLOB NOT NULL,
    made INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL REFERENCES story (id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX event_story ON event (story, id);

CREATE TABLE correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL REFERENCES story (id),
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    undone_by TEXT,
    undone_at INTEGER
) STRICT;
CREATE INDEX correction_story ON correction (story);

-- What watching has settled: feeds with what their servers say of them, and addresses that need not be fetched again.
CREATE TABLE feed (
    url TEXT PRIMARY KEY,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE settled (
    url TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('placements', 0);

-- The current version of each report by its words, under the report's number. The texts themselves are not kept a second time. Beginnings of
-- three letters are held ready: "the*" would else be put together from some dozens of words that nearly all reports have.
CREATE VIRTUAL TABLE search USING fts5 (
    title, text, quotations, speakers, outlet,
    content = '', contentless_delete = 1, prefix = '3', tokenize = "unicode61 remove_diacritics 2"
);
