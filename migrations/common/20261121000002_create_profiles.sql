CREATE TABLE profiles (
    user_id             UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    headline            TEXT NOT NULL,
    preferred_locations JSONB NOT NULL,
    remote              TEXT NOT NULL CHECK (remote IN ('any', 'remote', 'hybrid', 'onsite')),
    relocate            BOOLEAN NOT NULL,
    experience_level    TEXT CHECK (experience_level IN ('entry', 'mid', 'senior', 'lead', 'executive')),
    present_role        TEXT NOT NULL,
    target_roles        JSONB NOT NULL,
    salary_amount       BIGINT,
    salary_currency     TEXT,
    salary_period       TEXT CHECK (salary_period IN ('hour', 'day', 'week', 'month', 'year')),
    country             TEXT NOT NULL,
    time_zone           TEXT NOT NULL,
    match_threshold     BIGINT NOT NULL CHECK (match_threshold BETWEEN 0 AND 100),
    -- When the three-step guide was finished or put aside.
    guided_at           TIMESTAMPTZ,
    updated_at          TIMESTAMPTZ NOT NULL
);

CREATE TABLE user_skills (
    user_id  UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The name folded for comparison, so that one skill is listed once.
    key      TEXT NOT NULL,
    name     TEXT NOT NULL,
    level    BIGINT NOT NULL CHECK (level BETWEEN 1 AND 5),
    position BIGINT NOT NULL,
    PRIMARY KEY (user_id, key)
);
