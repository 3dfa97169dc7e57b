-- How an assessment ends and what the next one takes from it; the journal by person.

ALTER TABLE assessment ADD COLUMN follows TEXT;

ALTER TABLE assessment ADD COLUMN signed_off TEXT; -- JSON object

ALTER TABLE answer ADD COLUMN carried_from TEXT;

INSERT OR IGNORE INTO journal_subject (subject, seq)
SELECT 'by ' || json_extract(body, '$.actor'), seq FROM journal;

INSERT OR IGNORE INTO journal_subject (subject, seq)
SELECT json_extract(change.value, '$.row.id'), seq FROM journal, json_each(body, '$.changes') AS change
WHERE json_extract(change.value, '$.table') = 'profile';
