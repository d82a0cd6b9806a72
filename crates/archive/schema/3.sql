-- The reports of some days, without looking at all others.
CREATE INDEX report_published ON report (published);
