-- Portable SQL: keys are UUIDs as text, instants are microseconds since 1970 in UTC, days are
-- YYYY-MM-DD, no triggers, no meaning in row ids. Every row that can change counts its changes in rev.

CREATE TABLE profile (
    id                  TEXT    NOT NULL PRIMARY KEY,
    name                TEXT    NOT NULL,
    trading_name        TEXT    NOT NULL,
    address             TEXT    NOT NULL,
    country             TEXT    NOT NULL,
    locale              TEXT    NOT NULL,
    website             TEXT    NOT NULL,
    platform            TEXT    NOT NULL,
    payment_provider    TEXT    NOT NULL,
    contact_name        TEXT    NOT NULL,
    contact_role        TEXT    NOT NULL,
    contact_email       TEXT    NOT NULL,
    staff               INTEGER,
    channels            TEXT    NOT NULL, -- JSON list
    payment_description TEXT    NOT NULL,
    finder_answers      TEXT    NOT NULL, -- JSON object
    created_at          INTEGER NOT NULL,
    rev                 INTEGER NOT NULL
);

CREATE TABLE assessment (
    id                TEXT    NOT NULL PRIMARY KEY,
    framework         TEXT    NOT NULL,
    framework_version TEXT    NOT NULL,
    scope             TEXT    NOT NULL,
    period_start      TEXT    NOT NULL,
    period_end        TEXT    NOT NULL,
    started_at        INTEGER NOT NULL,
    rev               INTEGER NOT NULL
);

CREATE TABLE criterion (
    assessment_id TEXT    NOT NULL REFERENCES assessment (id),
    criterion     TEXT    NOT NULL,
    confirmed     INTEGER,
    rev           INTEGER NOT NULL,
    PRIMARY KEY (assessment_id, criterion)
);

CREATE TABLE answer (
    assessment_id TEXT    NOT NULL REFERENCES assessment (id),
    requirement   TEXT    NOT NULL,
    verdict       TEXT    NOT NULL,
    progress      TEXT    NOT NULL,
    note          TEXT    NOT NULL,
    justification TEXT    NOT NULL,
    target_date   TEXT,
    answered_at   INTEGER NOT NULL,
    answered_by   TEXT    NOT NULL,
    rev           INTEGER NOT NULL,
    PRIMARY KEY (assessment_id, requirement)
);

CREATE TABLE evidence_content (
    id     TEXT    NOT NULL PRIMARY KEY,
    sha256 TEXT    NOT NULL UNIQUE,
    size   INTEGER NOT NULL
);

CREATE TABLE evidence_chunk (
    content_id TEXT    NOT NULL,
    seq        INTEGER NOT NULL,
    bytes      BLOB    NOT NULL,
    PRIMARY KEY (content_id, seq)
);

CREATE TABLE evidence (
    id             TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    media_type     TEXT    NOT NULL,
    size           INTEGER NOT NULL,
    sha256         TEXT    NOT NULL REFERENCES evidence_content (sha256),
    collected_on   TEXT    NOT NULL,
    valid_until    TEXT,
    added_at       INTEGER NOT NULL,
    added_by       TEXT    NOT NULL,
    version        INTEGER NOT NULL,
    replaces       TEXT,
    replaced_by    TEXT,
    removed_at     INTEGER,
    removed_reason TEXT,
    rev            INTEGER NOT NULL
);

CREATE TABLE evidence_requirement (
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    requirement TEXT NOT NULL,
    PRIMARY KEY (evidence_id, requirement)
);

CREATE INDEX evidence_requirement_by_requirement ON evidence_requirement (requirement);

CREATE TABLE task (
    id          TEXT    NOT NULL PRIMARY KEY,
    title       TEXT    NOT NULL,
    description TEXT    NOT NULL,
    owner       TEXT    NOT NULL,
    due         TEXT,
    priority    TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    closed_at   INTEGER,
    rev         INTEGER NOT NULL
);

CREATE TABLE task_requirement (
    task_id     TEXT NOT NULL REFERENCES task (id),
    requirement TEXT NOT NULL,
    PRIMARY KEY (task_id, requirement)
);

CREATE TABLE task_comment (
    id      TEXT    NOT NULL PRIMARY KEY,
    task_id TEXT    NOT NULL REFERENCES task (id),
    at      INTEGER NOT NULL,
    author  TEXT    NOT NULL,
    text    TEXT    NOT NULL
);

CREATE INDEX task_comment_by_task ON task_comment (task_id);

-- body is the entry as canonical JSON; hash is SHA-256(hash of the entry before || body).
CREATE TABLE journal (
    seq  INTEGER NOT NULL PRIMARY KEY,
    hash TEXT    NOT NULL,
    body TEXT    NOT NULL
);

CREATE TABLE journal_subject (
    subject TEXT    NOT NULL,
    seq     INTEGER NOT NULL REFERENCES journal (seq),
    PRIMARY KEY (subject, seq)
);
