-- A file, paste or board that was read and waits for the person's word; kept for a day.
CREATE TABLE imports (
    id         UUID PRIMARY KEY,
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- As asked for: kept so that a mistake can be put right without typing again.
    format     TEXT NOT NULL,
    company    TEXT NOT NULL,
    address    TEXT NOT NULL,
    -- What it was read from, for the person: a file's name, an address, "pasted text".
    label      TEXT NOT NULL,
    -- Why nothing could be read; absent when it could.
    problem    TEXT,
    -- The field the problem is about.
    field      TEXT,
    -- The rows that were read, deflated JSON.
    content    BYTEA NOT NULL,
    -- How it ended; absent until it was carried out.
    report     JSONB,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, id)
);
CREATE INDEX imports_by_age ON imports (created_at);
