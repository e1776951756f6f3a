-- Mailboxes that are looked into for their people.
CREATE TABLE mailboxes (
    user_id      UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    host         TEXT NOT NULL,
    port         INTEGER NOT NULL,
    folder       TEXT NOT NULL,
    -- User name and app password, sealed.
    login_sealed TEXT NOT NULL,
    -- How far it was read: numbers of messages count under this validity (RFC 3501, 2.3.1.1).
    uid_validity BIGINT,
    last_uid     BIGINT NOT NULL DEFAULT 0,
    -- Messages looked at so far, carried out, and asked about.
    seen         BIGINT NOT NULL DEFAULT 0,
    done         BIGINT NOT NULL DEFAULT 0,
    asked        BIGINT NOT NULL DEFAULT 0,
    -- Why it could not be read the last time, and how often in a row.
    trouble      TEXT,
    failures     INTEGER NOT NULL DEFAULT 0,
    read_at      TIMESTAMPTZ,
    -- When it is read next; none: not before its person says so.
    next_at      TIMESTAMPTZ,
    -- One server reads it until then.
    leased_until TIMESTAMPTZ,
    created_at   TIMESTAMPTZ NOT NULL
);
CREATE INDEX mailboxes_due ON mailboxes (next_at);
