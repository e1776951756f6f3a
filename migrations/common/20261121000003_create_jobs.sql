CREATE TABLE jobs (
    id               UUID PRIMARY KEY,
    user_id          UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    company          TEXT NOT NULL,
    title            TEXT NOT NULL,
    location         TEXT NOT NULL,
    remote           TEXT CHECK (remote IN ('remote', 'hybrid', 'onsite')),
    tech_stack       JSONB NOT NULL,
    experience_level TEXT CHECK (experience_level IN ('entry', 'mid', 'senior', 'lead', 'executive')),
    salary_min       BIGINT,
    salary_max       BIGINT,
    salary_currency  TEXT,
    salary_period    TEXT CHECK (salary_period IN ('hour', 'day', 'week', 'month', 'year')),
    source           TEXT NOT NULL,
    url              TEXT,
    status           TEXT NOT NULL CHECK (status IN
        ('not_applied', 'applied', 'interview', 'offer', 'rejected', 'accepted', 'withdrawn', 'archived')),
    date_posted      DATE,
    date_applied     DATE,
    -- Skills the posting asks for, required and preferred, read once when it is saved.
    asks             JSONB NOT NULL,
    -- 0 to 100 against the person's profile; absent while the profile says nothing to compare.
    match_score      BIGINT CHECK (match_score BETWEEN 0 AND 100),
    -- Folded link, and folded company, title and place: equal keys mean the same posting.
    link_key         TEXT,
    same_key         TEXT NOT NULL,
    created_at       TIMESTAMPTZ NOT NULL,
    updated_at       TIMESTAMPTZ NOT NULL,
    -- Deleted jobs rest here until they are purged, so that a deletion can be undone.
    deleted_at       TIMESTAMPTZ,
    -- Long texts last: SQLite reads a row up to the column it needs.
    description      TEXT NOT NULL,
    responsibilities JSONB NOT NULL,
    requirements     JSONB NOT NULL,
    -- Company, title, place and skills in lower case: what a search looks through.
    search           TEXT NOT NULL,
    UNIQUE (user_id, id)
);
CREATE INDEX jobs_by_age ON jobs (user_id, created_at);
CREATE INDEX jobs_by_score ON jobs (user_id, match_score);
CREATE INDEX jobs_by_status ON jobs (user_id, deleted_at, status);
CREATE INDEX jobs_by_source ON jobs (user_id, deleted_at, source);
CREATE INDEX jobs_by_link ON jobs (user_id, link_key);
CREATE INDEX jobs_by_same ON jobs (user_id, same_key);

CREATE TABLE applications (
    id         UUID PRIMARY KEY,
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    job_id     UUID NOT NULL,
    status     TEXT NOT NULL CHECK (status IN
        ('interested', 'applied', 'interview', 'offer', 'accepted', 'rejected', 'withdrawn')),
    notes      TEXT NOT NULL,
    applied_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, id),
    UNIQUE (user_id, job_id),
    FOREIGN KEY (user_id, job_id) REFERENCES jobs (user_id, id) ON DELETE CASCADE
);
CREATE INDEX applications_by_status ON applications (user_id, status);

-- Every status an application has had, oldest first.
CREATE TABLE application_steps (
    id             UUID PRIMARY KEY,
    user_id        UUID NOT NULL,
    application_id UUID NOT NULL,
    status         TEXT NOT NULL,
    at             TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE
);
CREATE INDEX application_steps_of ON application_steps (user_id, application_id, at);

CREATE TABLE alerts (
    id         UUID PRIMARY KEY,
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    job_id     UUID NOT NULL,
    score      BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    read_at    TIMESTAMPTZ,
    UNIQUE (user_id, id),
    UNIQUE (user_id, job_id),
    FOREIGN KEY (user_id, job_id) REFERENCES jobs (user_id, id) ON DELETE CASCADE
);
CREATE INDEX alerts_by_age ON alerts (user_id, created_at);
