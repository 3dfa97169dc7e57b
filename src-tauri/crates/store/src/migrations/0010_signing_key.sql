-- The workspace's own key for signing reports.

CREATE TABLE signing_key (
    id             TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    certificate    TEXT    NOT NULL, -- PEM
    private_sha256 TEXT    NOT NULL,
    made_at        INTEGER NOT NULL,
    made_by        TEXT    NOT NULL,
    removed_at     INTEGER,
    removed_reason TEXT,
    rev            INTEGER NOT NULL
);

-- Private keys, PKCS#8 in DER form. Like the bytes of evidence they are in no journal entry; unlike
-- those they are deleted when the key is removed.
CREATE TABLE private_key (
    sha256 TEXT NOT NULL PRIMARY KEY,
    bytes  BLOB NOT NULL
);
