-- Mail of others that was read for what it means to an application.
CREATE TABLE letters (
    id             UUID PRIMARY KEY,
    user_id        UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- SHA-256 of the message's own id, or of what is in it where it has none: the same one is read once.
    digest         TEXT NOT NULL,
    -- Sender, subject, text, what it means and why, sealed.
    letter_sealed  TEXT NOT NULL,
    -- What it belongs to, or may belong to.
    application_id UUID NOT NULL,
    -- 'done' without asking, 'asked', 'agreed', 'dismissed'.
    state          TEXT NOT NULL CHECK (state IN ('done', 'asked', 'agreed', 'dismissed')),
    -- What was done, to be taken back.
    bundle         UUID,
    sent_at        TIMESTAMPTZ,
    created_at     TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, id),
    UNIQUE (user_id, digest),
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE
);
CREATE INDEX letters_by_state ON letters (user_id, state, created_at);
CREATE INDEX letters_of_application ON letters (user_id, application_id);
CREATE INDEX letters_by_age ON letters (created_at);
