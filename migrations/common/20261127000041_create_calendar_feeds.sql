-- A person's calendar for other programs, under an address that cannot be guessed.
CREATE TABLE calendar_feeds (
    user_id      UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- What finds it, and the address itself, sealed, so that it can be shown again.
    token_hash   TEXT NOT NULL UNIQUE,
    token_sealed TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    -- When a program last asked for it; written at most every ten minutes.
    read_at      TIMESTAMPTZ
);
