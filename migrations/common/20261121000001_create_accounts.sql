CREATE TABLE users (
    id            UUID PRIMARY KEY,
    email         TEXT NOT NULL,
    name          TEXT NOT NULL,
    -- Absent for people who only sign in through a provider.
    password_hash TEXT,
    -- Number of the person's newest event; caches and live pages are kept in step by it.
    seq           BIGINT NOT NULL DEFAULT 0,
    created_at    TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX users_email ON users (lower(email));

CREATE TABLE user_roles (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role    TEXT NOT NULL CHECK (role IN ('user', 'mentor', 'admin', 'demo')),
    PRIMARY KEY (user_id, role)
);

-- One row at most: who signed up first and so became the administrator.
CREATE TABLE installation (
    id           BIGINT PRIMARY KEY CHECK (id = 1),
    first_user   UUID NOT NULL,
    installed_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE sessions (
    -- SHA-256 of the cookie's random value, in hex: a copy of the database signs nobody in.
    token_hash TEXT PRIMARY KEY,
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_agent TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at    TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- What happened to a person's data, numbered without gaps per person. Written in the transaction that made the change.
CREATE TABLE events (
    user_id   UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    seq       BIGINT NOT NULL,
    kind      TEXT NOT NULL,
    entity_id UUID,
    detail    JSONB NOT NULL,
    at        TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, seq)
);

-- What a repeated POST with the same Idempotency-Key answers with.
CREATE TABLE idempotency_keys (
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    -- SHA-256 of route and body: the same key with another body is a mistake to report.
    request    TEXT NOT NULL,
    entity_id  UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, key)
);
