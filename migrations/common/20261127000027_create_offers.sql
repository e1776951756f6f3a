-- What an employer offers. At most one of an application counts; others are removed.
CREATE TABLE offers (
    id             UUID PRIMARY KEY,
    user_id        UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    application_id UUID NOT NULL,
    -- All of it as JSON, sealed.
    terms_sealed   TEXT NOT NULL,
    -- The day by which to answer, in the open, to be found by it.
    decide_by      DATE,
    version        BIGINT NOT NULL DEFAULT 1,
    created_at     TIMESTAMPTZ NOT NULL,
    updated_at     TIMESTAMPTZ NOT NULL,
    deleted_at     TIMESTAMPTZ,
    UNIQUE (user_id, id),
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX offers_that_count ON offers (user_id, application_id) WHERE deleted_at IS NULL;
CREATE INDEX offers_by_deadline ON offers (user_id, decide_by);
