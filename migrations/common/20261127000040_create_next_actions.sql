-- What somebody said about a recommended action: done or put off, until a moment or until the application moves.
CREATE TABLE action_marks (
    user_id        UUID NOT NULL,
    application_id UUID NOT NULL,
    doing          TEXT NOT NULL,
    -- Counts while the application stands where it stood then …
    stage_since    TIMESTAMPTZ NOT NULL,
    -- … and up to here; absent: as long as it stands there.
    until          TIMESTAMPTZ,
    at             TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, application_id, doing),
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE
);

-- How somebody wants actions to be chosen; absent rows mean the usual way.
CREATE TABLE action_preferences (
    user_id    UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- Days of silence after which to follow up.
    quiet_days BIGINT NOT NULL CHECK (quiet_days BETWEEN 1 AND 365),
    -- Factor to percent of its usual weight.
    weights    JSONB NOT NULL,
    -- Kinds of action that are switched off.
    off        JSONB NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL
);
