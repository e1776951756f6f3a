-- The private key by which push services know this installation (RFC 8292), the same for all its servers.
CREATE TABLE push_key (
    id         BIGINT PRIMARY KEY CHECK (id = 1),
    -- Sealed by a key made from SECRET_KEY; the public key follows from it.
    sealed     TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- Browsers that show their person messages. Each goes with the session it was made in.
CREATE TABLE push_devices (
    id                  UUID PRIMARY KEY,
    user_id             UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    session_id          UUID NOT NULL UNIQUE REFERENCES sessions (id) ON DELETE CASCADE,
    -- SHA-256 of its address at the push service, in hex: a browser is one person's at a time.
    endpoint_hash       TEXT NOT NULL UNIQUE,
    -- Address and keys.
    subscription_sealed TEXT NOT NULL,
    -- "Firefox on Linux"
    label               TEXT NOT NULL,
    created_at          TIMESTAMPTZ NOT NULL,
    -- When a message was last taken for it.
    reached_at          TIMESTAMPTZ,
    -- Attempts in a row that came to nothing.
    failures            BIGINT NOT NULL,
    -- Nothing is sent to it before: one server is at it, or it is left alone after a failure.
    ready_at            TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, id)
);

-- What is to be shown on which of them: written in the transaction of the change it tells about, gone once it was sent.
CREATE TABLE push_outbox (
    id             UUID PRIMARY KEY,
    user_id        UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device_id      UUID NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('task', 'interview', 'match', 'test')),
    -- A newer message about the same takes the place of one that waits.
    topic          TEXT NOT NULL,
    message_sealed TEXT NOT NULL,
    -- When to send it, and when it is of no use any more.
    at             TIMESTAMPTZ NOT NULL,
    until_at       TIMESTAMPTZ NOT NULL,
    UNIQUE (device_id, topic),
    FOREIGN KEY (user_id, device_id) REFERENCES push_devices (user_id, id) ON DELETE CASCADE
);
CREATE INDEX push_outbox_due ON push_outbox (at);
CREATE INDEX push_outbox_user ON push_outbox (user_id, topic);
CREATE INDEX push_outbox_until ON push_outbox (until_at);

-- What is shown on a person's devices, where they have any.
ALTER TABLE reminder_settings ADD COLUMN push_tasks BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE reminder_settings ADD COLUMN push_interviews BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE reminder_settings ADD COLUMN push_matches BOOLEAN NOT NULL DEFAULT TRUE;
