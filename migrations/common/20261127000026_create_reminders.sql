-- When to remind a person of what. One for each moment a thing is due: telling it twice is refused by the schema.
CREATE TABLE reminders (
    id             UUID PRIMARY KEY,
    user_id        UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind           TEXT NOT NULL CHECK (kind IN ('task', 'interview')),
    entity_id      UUID NOT NULL,
    application_id UUID,
    -- When to tell.
    at             TIMESTAMPTZ NOT NULL,
    -- What it is about is due then.
    due_at         TIMESTAMPTZ NOT NULL,
    -- When it was told, in the transaction that told it.
    told_at        TIMESTAMPTZ,
    created_at     TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, id),
    UNIQUE (user_id, kind, entity_id, due_at),
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE
);
CREATE INDEX reminders_waiting ON reminders (told_at, at);

-- How a person wants to be reminded. Without a row: on open pages, and by no mail.
CREATE TABLE reminder_settings (
    user_id     UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    live        BOOLEAN NOT NULL,
    mail        BOOLEAN NOT NULL,
    -- Between these minutes of the person's day no mail is sent; both or none.
    quiet_from  BIGINT,
    quiet_until BIGINT
);
