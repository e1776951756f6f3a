-- What a person wants to do, perhaps for an application, perhaps by a moment.
CREATE TABLE tasks (
    id             UUID PRIMARY KEY,
    user_id        UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    application_id UUID,
    -- {title, notes} as JSON, sealed.
    text_sealed    TEXT NOT NULL,
    due_at         TIMESTAMPTZ,
    repeat         TEXT NOT NULL CHECK (repeat IN ('none', 'daily', 'weekdays', 'weekly', 'monthly', 'yearly')),
    -- When the first of a repeated task was due, as a clock at its person's shows it: 2026-11-27T14:30. The others are counted from it.
    anchor         TEXT,
    -- Which of them this is, from 0.
    nth            BIGINT NOT NULL DEFAULT 0,
    -- How long before it is due its person is reminded.
    remind         TEXT NOT NULL CHECK (remind IN ('none', 'at_time', 'ten_minutes', 'hour', 'day')),
    done_at        TIMESTAMPTZ,
    -- Raised by every change, so that one made from an older state is noticed.
    version        BIGINT NOT NULL DEFAULT 1,
    created_at     TIMESTAMPTZ NOT NULL,
    updated_at     TIMESTAMPTZ NOT NULL,
    -- Removed tasks rest here until they are purged.
    deleted_at     TIMESTAMPTZ,
    UNIQUE (user_id, id),
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE
);
CREATE INDEX tasks_by_due ON tasks (user_id, deleted_at, done_at, due_at);
CREATE INDEX tasks_of_application ON tasks (user_id, application_id);
