-- What tells an archive from all others, so that a feed of it has an id of its own. A copy of the archive is the same archive.
CREATE TABLE identity (key BLOB NOT NULL CHECK (length(key) = 16)) STRICT;
INSERT INTO identity (key) VALUES (randomblob(16));
