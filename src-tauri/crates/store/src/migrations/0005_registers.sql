-- The registers of the GDPR: processing activities (Art. 30), requests of persons (Art. 12 to 22),
-- breaches (Art. 33, 34).

CREATE TABLE processing (
    id                 TEXT    NOT NULL PRIMARY KEY,
    name               TEXT    NOT NULL,
    purposes           TEXT    NOT NULL,
    legal_bases        TEXT    NOT NULL, -- JSON list
    legal_basis        TEXT    NOT NULL,
    persons            TEXT    NOT NULL,
    data               TEXT    NOT NULL,
    special_categories INTEGER,
    recipients         TEXT    NOT NULL,
    providers          TEXT    NOT NULL, -- JSON list of provider ids
    third_countries    INTEGER,
    transfers          TEXT    NOT NULL,
    transfer_safeguard TEXT    NOT NULL,
    erasure            TEXT    NOT NULL,
    security           TEXT    NOT NULL,
    responsible        TEXT    NOT NULL,
    note               TEXT    NOT NULL,
    template           TEXT,
    ended              TEXT,
    card_data_reason   TEXT,
    created_at         INTEGER NOT NULL,
    rev                INTEGER NOT NULL
);

CREATE TABLE person_request (
    id                  TEXT    NOT NULL PRIMARY KEY,
    received_on         TEXT    NOT NULL,
    "right"             TEXT    NOT NULL,
    reference           TEXT    NOT NULL,
    identity_checked_on TEXT,
    extension_reason    TEXT,
    extension_told_on   TEXT,
    answered_on         TEXT,
    outcome             TEXT,
    outcome_reason      TEXT    NOT NULL,
    evidence            TEXT    NOT NULL, -- JSON list of evidence ids
    note                TEXT    NOT NULL,
    card_data_reason    TEXT,
    created_at          INTEGER NOT NULL,
    rev                 INTEGER NOT NULL
);

CREATE TABLE breach (
    id                          TEXT    NOT NULL PRIMARY KEY,
    title                       TEXT    NOT NULL,
    happened_at                 INTEGER,
    aware_at                    INTEGER NOT NULL,
    description                 TEXT    NOT NULL,
    kinds                       TEXT    NOT NULL, -- JSON list
    persons                     TEXT    NOT NULL,
    person_count                INTEGER,
    records                     TEXT    NOT NULL,
    record_count                INTEGER,
    consequences                TEXT    NOT NULL,
    measures                    TEXT    NOT NULL,
    risk                        TEXT,
    notified_at                 INTEGER,
    notification_reference      TEXT    NOT NULL,
    not_notified_reason         TEXT    NOT NULL,
    delay_reason                TEXT    NOT NULL,
    persons_informed_on         TEXT,
    persons_not_informed_reason TEXT    NOT NULL,
    closed_on                   TEXT,
    evidence                    TEXT    NOT NULL, -- JSON list of evidence ids
    note                        TEXT    NOT NULL,
    card_data_reason            TEXT,
    created_at                  INTEGER NOT NULL,
    rev                         INTEGER NOT NULL
);
