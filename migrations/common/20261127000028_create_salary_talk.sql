-- What was said about pay, by whom and when.
CREATE TABLE salary_talk (
    id             UUID PRIMARY KEY,
    user_id        UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    application_id UUID NOT NULL,
    said_on        DATE NOT NULL,
    -- {by, amount, currency, period, note} as JSON, sealed.
    said_sealed    TEXT NOT NULL,
    created_at     TIMESTAMPTZ NOT NULL,
    deleted_at     TIMESTAMPTZ,
    UNIQUE (user_id, id),
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE
);
CREATE INDEX salary_talk_of_application ON salary_talk (user_id, application_id, said_on);
