-- What an evidence is and what is known about it; the same bytes are found by their hash.

ALTER TABLE evidence ADD COLUMN kind TEXT NOT NULL DEFAULT 'file';

ALTER TABLE evidence ADD COLUMN title TEXT NOT NULL DEFAULT '';

ALTER TABLE evidence ADD COLUMN source TEXT NOT NULL DEFAULT '';

ALTER TABLE evidence ADD COLUMN period_start TEXT;

ALTER TABLE evidence ADD COLUMN period_end TEXT;

ALTER TABLE evidence ADD COLUMN confidentiality TEXT NOT NULL DEFAULT 'internal';

CREATE INDEX evidence_by_sha256 ON evidence (sha256);
