-- Mail to people: written in the transaction of the change it tells about, sent by a worker.
CREATE TABLE outbox (
    id         UUID PRIMARY KEY,
    -- Whose it is; absent where it is nobody's with an account. Goes with the account.
    user_id    UUID REFERENCES users (id) ON DELETE CASCADE,
    to_address TEXT NOT NULL,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    -- Both empty once a message with a link was sent or given up.
    text       TEXT NOT NULL,
    html       TEXT NOT NULL,
    -- Until when the link in it works; absent where there is none.
    link_until TIMESTAMPTZ,
    state      TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'kept')),
    attempts   BIGINT NOT NULL,
    -- When it is taken up next: for its next attempt, or because the one under way has not ended by then.
    next_at    TIMESTAMPTZ NOT NULL,
    last_error TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    -- When the mail server took it, or when it was put where the administrator reads it.
    sent_at    TIMESTAMPTZ
);
CREATE INDEX outbox_due ON outbox (next_at) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_created ON outbox (created_at);
CREATE INDEX outbox_user ON outbox (user_id);

-- When the person last showed that mail to their address reaches them.
ALTER TABLE users ADD COLUMN email_verified_at TIMESTAMPTZ;

-- Links in mail that do something once.
CREATE TABLE mail_links (
    -- SHA-256 of the link's random value, in hex: a copy of the table opens nothing.
    token_hash TEXT PRIMARY KEY,
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('verify', 'reset', 'change')),
    -- The address it was sent to; of a change, the new one.
    address    TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at    TIMESTAMPTZ
);
CREATE INDEX mail_links_user ON mail_links (user_id, kind);
CREATE INDEX mail_links_expiry ON mail_links (expires_at);
