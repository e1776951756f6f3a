-- A person's stages, in order. Programs know only the status a stage stands for. A removed stage keeps its row, so that histories
-- can name it.
CREATE TABLE stages (
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    name       TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN
        ('interested', 'applied', 'interview', 'offer', 'accepted', 'rejected', 'withdrawn')),
    colour     TEXT NOT NULL CHECK (colour IN ('gray', 'blue', 'teal', 'green', 'amber', 'orange', 'red', 'violet')),
    position   BIGINT NOT NULL,
    removed_at TIMESTAMPTZ,
    PRIMARY KEY (user_id, key)
);
INSERT INTO stages (user_id, key, name, status, colour, position)
SELECT u.id, s.key, s.name, s.status, s.colour, s.position
FROM users u
CROSS JOIN (
    SELECT 'interested' AS key, 'Interested' AS name, 'interested' AS status, 'gray' AS colour, 1 AS position
    UNION ALL SELECT 'applied', 'Applied', 'applied', 'blue', 2
    UNION ALL SELECT 'screening', 'Screening', 'interview', 'teal', 3
    UNION ALL SELECT 'interview', 'Interview', 'interview', 'violet', 4
    UNION ALL SELECT 'offer', 'Offer', 'offer', 'amber', 5
    UNION ALL SELECT 'accepted', 'Accepted', 'accepted', 'green', 6
    UNION ALL SELECT 'rejected', 'Rejected', 'rejected', 'red', 7
    UNION ALL SELECT 'withdrawn', 'Withdrawn', 'withdrawn', 'gray', 8
    UNION ALL SELECT 'ghosted', 'Ghosted', 'rejected', 'gray', 9
) s;

-- The key of the stage an application is in; its status is that stage's.
ALTER TABLE applications ADD COLUMN stage TEXT NOT NULL DEFAULT '';
UPDATE applications SET stage = status;
-- Since when it is in its stage: the time of its newest step.
ALTER TABLE applications ADD COLUMN stage_since TIMESTAMPTZ;
UPDATE applications SET stage_since = COALESCE(
    (SELECT max(s.at) FROM application_steps s WHERE s.user_id = applications.user_id AND s.application_id = applications.id),
    created_at);
-- Raised by every change, so that one made from an older state is noticed.
ALTER TABLE applications ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
-- Removed applications rest here until they are purged.
ALTER TABLE applications ADD COLUMN deleted_at TIMESTAMPTZ;
-- The posting as it was when the application was made.
ALTER TABLE applications ADD COLUMN posting JSONB;
CREATE INDEX applications_by_stage ON applications (user_id, deleted_at, stage, stage_since);

ALTER TABLE application_steps ADD COLUMN stage TEXT NOT NULL DEFAULT '';
UPDATE application_steps SET stage = status;
-- Who moved it: 'person', 'program', 'import' or 'mail'.
ALTER TABLE application_steps ADD COLUMN actor TEXT NOT NULL DEFAULT 'person';
ALTER TABLE application_steps ADD COLUMN note_sealed TEXT;
-- When it was written down; `at` can be given for an earlier moment.
ALTER TABLE application_steps ADD COLUMN recorded_at TIMESTAMPTZ;
UPDATE application_steps SET recorded_at = at;
-- A step that was taken back counts no more.
ALTER TABLE application_steps ADD COLUMN undone_at TIMESTAMPTZ;
CREATE UNIQUE INDEX application_steps_owned ON application_steps (user_id, id);

-- What was done, with the state before and after, so that it can be taken back. Rows of one bundle were done as one.
CREATE TABLE acts (
    id             UUID PRIMARY KEY,
    user_id        UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    bundle         UUID NOT NULL,
    application_id UUID,
    -- What it was done to: 'application', 'interview', …
    entity         TEXT NOT NULL,
    entity_id      UUID NOT NULL,
    -- What was done: 'created', 'moved', 'changed', 'removed', …
    verb           TEXT NOT NULL,
    -- {before, after} as JSON, sealed.
    state_sealed   TEXT NOT NULL,
    at             TIMESTAMPTZ NOT NULL,
    undone_at      TIMESTAMPTZ,
    UNIQUE (user_id, id),
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE
);
CREATE INDEX acts_of_bundle ON acts (user_id, bundle);
CREATE INDEX acts_of_application ON acts (user_id, application_id, at);
CREATE INDEX acts_by_age ON acts (at);

-- Filters of the tracker under a name.
CREATE TABLE saved_views (
    id         UUID PRIMARY KEY,
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    query      TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, id)
);
CREATE UNIQUE INDEX saved_views_by_name ON saved_views (user_id, lower(name));
