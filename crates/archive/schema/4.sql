-- By what it is noticed that bytes are another than were written: SHA-256 of a comparison's document, of what the clustering keeps of a
-- story, of an event's kind and detail. Rows that were written before have none.
ALTER TABLE comparison ADD COLUMN digest BLOB CHECK (digest IS NULL OR length(digest) = 32);
ALTER TABLE story_record ADD COLUMN digest BLOB CHECK (digest IS NULL OR length(digest) = 32);
ALTER TABLE event ADD COLUMN digest BLOB CHECK (digest IS NULL OR length(digest) = 32);
