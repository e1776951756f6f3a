-- What was done about accounts, by whom, in the order it happened. Rows are never changed: each carries the hash of the one before.
CREATE TABLE audit (
    seq         BIGINT PRIMARY KEY,
    at          TIMESTAMPTZ NOT NULL,
    -- Whom it concerns and who did it. Not references: the log outlives accounts.
    user_id     UUID,
    actor_id    UUID,
    kind        TEXT NOT NULL,
    -- SHA-256 of the detail's salt and text.
    detail_hash TEXT NOT NULL,
    hash        TEXT NOT NULL
);
CREATE INDEX audit_user ON audit (user_id, seq);

-- What tells of a person (address, device, names). It can be erased, and the chain still holds.
CREATE TABLE audit_details (
    seq     BIGINT PRIMARY KEY REFERENCES audit (seq),
    user_id UUID,
    at      TIMESTAMPTZ NOT NULL,
    -- Random, so that an erased detail cannot be found again by trying.
    salt    TEXT NOT NULL,
    detail  TEXT NOT NULL
);
CREATE INDEX audit_details_user ON audit_details (user_id);
CREATE INDEX audit_details_at ON audit_details (at);

-- The newest row, so that one taken off the end is missed.
CREATE TABLE audit_head (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');
