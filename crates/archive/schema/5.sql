-- How a page was seen that is looked at again, in the watcher's own form.
ALTER TABLE settled ADD COLUMN state TEXT;
