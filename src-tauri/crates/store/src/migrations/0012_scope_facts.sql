-- What the SAQ asks about the assessment in Parts 1b and 2.

ALTER TABLE profile ADD COLUMN scope_facts TEXT NOT NULL DEFAULT '{}'; -- JSON object
