-- What a session is for: a browser, found by its cookie, or a program's login, found by the id in its token.
ALTER TABLE sessions ADD COLUMN kind TEXT NOT NULL DEFAULT 'browser' CHECK (kind IN ('browser', 'api'));

-- Keys that people make for their programs.
CREATE TABLE access_tokens (
    id         UUID PRIMARY KEY,
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    -- Words divided by spaces: read, write, admin.
    scopes     TEXT NOT NULL,
    -- SHA-256 of the token, in hex: a copy of the database opens nothing.
    token_hash TEXT NOT NULL UNIQUE,
    -- The token's last four characters, by which its person tells which one it is.
    hint       TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    -- Absent for a token without an end.
    expires_at TIMESTAMPTZ,
    -- Absent until the first use; written down now and then.
    used_at    TIMESTAMPTZ,
    -- The network address of the last use that was written down.
    used_from  TEXT NOT NULL,
    UNIQUE (user_id, id)
);
