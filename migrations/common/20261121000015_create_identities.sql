-- Accounts elsewhere that open an account here. The pair of issuer and subject never changes; the address may.
CREATE TABLE identities (
    issuer    TEXT NOT NULL,
    subject   TEXT NOT NULL,
    user_id   UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- google, github or linkedin.
    provider  TEXT NOT NULL,
    email     TEXT NOT NULL,
    linked_at TIMESTAMPTZ NOT NULL,
    used_at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (issuer, subject)
);
-- One account of each provider for each person.
CREATE UNIQUE INDEX identities_user ON identities (user_id, provider);
