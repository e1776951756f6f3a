-- A table of applications that was read and waits for the person's word; what is in it is kept for a day, how it ended for thirty.
CREATE TABLE transfers (
    id             UUID PRIMARY KEY,
    user_id        UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- What it was read from, for the person: a file's name or "pasted text".
    label          TEXT NOT NULL,
    -- Why nothing could be read; absent when it could.
    problem        TEXT,
    -- The rows that were read, deflated JSON, sealed; empty once they were taken in.
    content_sealed BYTEA NOT NULL,
    -- What each column and word is taken for, JSON, sealed.
    chosen_sealed  TEXT NOT NULL,
    -- How it ended; absent until it was carried out.
    report         JSONB,
    -- What was done, to be taken back.
    bundle         UUID,
    created_at     TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, id)
);
CREATE INDEX transfers_by_age ON transfers (created_at);
