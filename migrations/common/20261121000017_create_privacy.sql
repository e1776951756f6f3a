-- When the account is erased; absent while it stays.
ALTER TABLE users ADD COLUMN closing_at TIMESTAMPTZ;
CREATE INDEX users_closing ON users (closing_at) WHERE closing_at IS NOT NULL;

-- What a person agreed to and took back, one row for each word of theirs; the newest of a purpose holds.
CREATE TABLE consents (
    id      UUID PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    -- Of the text that was shown: the day it was written.
    version TEXT NOT NULL,
    given   BOOLEAN NOT NULL,
    at      TIMESTAMPTZ NOT NULL
);
CREATE INDEX consents_user ON consents (user_id, purpose, at);

-- Everything of a person in one file, made in the background.
CREATE TABLE exports (
    id          UUID PRIMARY KEY,
    user_id     UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    state       TEXT NOT NULL CHECK (state IN ('queued', 'running', 'ready', 'failed')),
    -- Rows written so far, and rows there are.
    done        BIGINT NOT NULL,
    total       BIGINT NOT NULL,
    bytes       BIGINT NOT NULL,
    attempts    BIGINT NOT NULL,
    -- Until when the process that makes it has it for itself.
    lease_until TIMESTAMPTZ,
    created_at  TIMESTAMPTZ NOT NULL,
    ended_at    TIMESTAMPTZ,
    UNIQUE (user_id, id)
);
CREATE INDEX exports_open ON exports (created_at) WHERE state IN ('queued', 'running');
CREATE INDEX exports_user ON exports (user_id, created_at);

CREATE TABLE export_parts (
    user_id   UUID NOT NULL,
    export_id UUID NOT NULL,
    part      BIGINT NOT NULL,
    -- Up to a mebibyte of the file, sealed.
    content   BYTEA NOT NULL,
    PRIMARY KEY (export_id, part),
    FOREIGN KEY (user_id, export_id) REFERENCES exports (user_id, id) ON DELETE CASCADE
);

-- What became of the last file a person had taken in.
CREATE TABLE restores (
    user_id UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    good    BOOLEAN NOT NULL,
    said    TEXT NOT NULL,
    at      TIMESTAMPTZ NOT NULL
);
