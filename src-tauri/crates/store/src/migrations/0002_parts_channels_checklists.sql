-- Answers to the parts of a requirement, the finder's answers for further ways of payment, and
-- checklists that somebody brought in.

ALTER TABLE answer ADD COLUMN parts TEXT NOT NULL DEFAULT '{}'; -- JSON object: part to verdict

ALTER TABLE profile ADD COLUMN more_finder_answers TEXT NOT NULL DEFAULT '[]'; -- JSON list of objects

CREATE TABLE checklist (
    framework   TEXT    NOT NULL PRIMARY KEY,
    version     TEXT    NOT NULL,
    files       TEXT    NOT NULL, -- JSON object: path to text
    sha256      TEXT    NOT NULL,
    imported_at INTEGER NOT NULL,
    imported_by TEXT    NOT NULL,
    rev         INTEGER NOT NULL
);
