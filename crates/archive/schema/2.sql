-- What people are told of: which reports are still to be told, and who wants to hear of what.

-- The version of each report that its stories were last told of. A report without a row is news.
CREATE TABLE told (
    report INTEGER PRIMARY KEY REFERENCES report (id),
    version INTEGER NOT NULL
) STRICT;

-- Saved searches. Events after the one named are still to be looked through.
CREATE TABLE alert (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    receivers TEXT NOT NULL,
    added INTEGER NOT NULL,
    after INTEGER NOT NULL
) STRICT;

-- What an alert found, one row for each telling, and what became of it.
CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    alert INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
    receiver TEXT NOT NULL,
    events TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    tries INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL,
    due INTEGER NOT NULL,
    problem TEXT
) STRICT;
CREATE INDEX delivery_alert ON delivery (alert, id);
CREATE INDEX delivery_waiting ON delivery (due) WHERE state = 'waiting';
