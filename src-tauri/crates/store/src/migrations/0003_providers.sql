-- Third parties (PCI DSS 12.8, GDPR Art. 28).

CREATE TABLE provider (
    id                          TEXT    NOT NULL PRIMARY KEY,
    name                        TEXT    NOT NULL,
    service                     TEXT    NOT NULL,
    handles                     TEXT    NOT NULL, -- JSON list
    country                     TEXT    NOT NULL,
    contact                     TEXT    NOT NULL,
    aoc_on                      TEXT,
    aoc_evidence                TEXT,
    agreement_on                TEXT,
    agreement_evidence          TEXT,
    processor_contract_on       TEXT,
    processor_contract_evidence TEXT,
    checked_on                  TEXT,
    responsibilities            TEXT    NOT NULL, -- JSON object: requirement to responsibility
    note                        TEXT    NOT NULL,
    ended                       TEXT,
    created_at                  INTEGER NOT NULL,
    rev                         INTEGER NOT NULL
);
