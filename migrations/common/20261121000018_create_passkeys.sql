CREATE TABLE passkeys (
    id            UUID PRIMARY KEY,
    user_id       UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- What the key calls itself, base64url.
    credential_id TEXT NOT NULL UNIQUE,
    -- Public key and counter, JSON. Nothing in it opens anything.
    credential    TEXT NOT NULL,
    name          TEXT NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    used_at       TIMESTAMPTZ,
    UNIQUE (user_id, id)
);
CREATE INDEX passkeys_user ON passkeys (user_id);

-- What a passkey was asked to sign, until it answers: once, and within minutes.
CREATE TABLE ceremonies (
    id         UUID PRIMARY KEY,
    -- Absent where anybody may answer.
    user_id    UUID REFERENCES users (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('add', 'step', 'alone')),
    state      TEXT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX ceremonies_expiry ON ceremonies (expires_at);
