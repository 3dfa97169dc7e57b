-- What auditors replied to reports.

CREATE TABLE reply (
    id               TEXT    NOT NULL PRIMARY KEY,
    auditor          TEXT    NOT NULL,
    said_on          TEXT    NOT NULL,
    file             TEXT    NOT NULL,
    sha256           TEXT    NOT NULL UNIQUE,
    head             TEXT    NOT NULL,
    items            TEXT    NOT NULL, -- JSON list
    card_data_reason TEXT,
    received_at      INTEGER NOT NULL
);
