-- Interviews of an application. What is prepared and how it went is sealed. A removed one rests here until it is purged.
CREATE TABLE interviews (
    id                 UUID PRIMARY KEY,
    user_id            UUID NOT NULL,
    application_id     UUID NOT NULL,
    round              BIGINT NOT NULL,
    kind               TEXT NOT NULL CHECK (kind IN
        ('phone', 'video', 'on_site', 'technical', 'panel', 'task_at_home', 'other')),
    starts_at          TIMESTAMPTZ NOT NULL,
    ends_at            TIMESTAMPTZ NOT NULL,
    -- The IANA name of the zone its times are meant in.
    time_zone          TEXT NOT NULL,
    place              TEXT NOT NULL,
    link               TEXT,
    people             JSONB NOT NULL,
    preparation_sealed TEXT,
    result             TEXT NOT NULL CHECK (result IN ('planned', 'waiting', 'passed', 'failed', 'cancelled')),
    notes_sealed       TEXT,
    thanked_at         TIMESTAMPTZ,
    -- Raised by every change, so that one made from an older state is noticed.
    version            BIGINT NOT NULL,
    -- Raised by every change that calendars have to take over.
    sequence           BIGINT NOT NULL,
    created_at         TIMESTAMPTZ NOT NULL,
    updated_at         TIMESTAMPTZ NOT NULL,
    deleted_at         TIMESTAMPTZ,
    UNIQUE (user_id, id),
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE
);
CREATE INDEX interviews_of_application ON interviews (user_id, application_id, starts_at);
CREATE INDEX interviews_by_time ON interviews (user_id, starts_at);
CREATE INDEX interviews_in_the_bin ON interviews (deleted_at);
