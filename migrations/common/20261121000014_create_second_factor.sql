-- Each person's own key for their most private values, itself sealed by the installation's key.
CREATE TABLE person_keys (
    user_id    UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    sealed     TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- One-time codes by an app (RFC 6238).
CREATE TABLE one_time_codes (
    user_id      UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- The shared secret, sealed.
    secret       TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    -- Absent until the first code was typed: only then it is asked for.
    confirmed_at TIMESTAMPTZ,
    -- The step of the newest code that was taken: none is taken twice.
    last_step    BIGINT NOT NULL DEFAULT 0
);

-- What opens the account when the app is lost. Used ones stay, so that it can be told from a wrong one.
CREATE TABLE recovery_codes (
    user_id UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- SHA-256 of the code, which has 120 random bits.
    hash    TEXT NOT NULL,
    -- The code itself, sealed, until the person says that it is kept.
    fresh   TEXT,
    used_at TIMESTAMPTZ,
    PRIMARY KEY (user_id, hash)
);
