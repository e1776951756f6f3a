-- What a person was told in the morning, in the evening, and about a week. One of a kind for each day: making it twice is refused by
-- the schema.
CREATE TABLE briefings (
    id          UUID PRIMARY KEY,
    user_id     UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('morning', 'evening', 'weekly')),
    -- The day it was made for, where the person was.
    day         DATE NOT NULL,
    -- Numbers only: it is kept in the open.
    subject     TEXT NOT NULL,
    told_sealed TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    read_at     TIMESTAMPTZ,
    UNIQUE (user_id, id),
    UNIQUE (user_id, kind, day)
);
CREATE INDEX briefings_age ON briefings (created_at);

-- Which of them a person wants by mail. Without a row: none.
CREATE TABLE briefing_settings (
    user_id   UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    morning   BOOLEAN NOT NULL,
    evening   BOOLEAN NOT NULL,
    weekly    BOOLEAN NOT NULL,
    -- No mail of one in which there is nothing new.
    only_news BOOLEAN NOT NULL
);

-- Where a mailbox unsubscribes its person from messages like this one (RFC 8058); absent where one cannot.
ALTER TABLE outbox ADD COLUMN unsubscribe TEXT;
