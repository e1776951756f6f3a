-- Where postings are found. They are everybody's: a source is visited once, however many people chose it.
CREATE TABLE sources (
    id           UUID PRIMARY KEY,
    -- The word of the board or feed: greenhouse, lever, feed, …
    kind         TEXT NOT NULL,
    -- The same however it was written, and without any key.
    address      TEXT NOT NULL UNIQUE,
    -- The employer, where all postings are of one; else empty.
    company      TEXT NOT NULL,
    label        TEXT NOT NULL,
    -- Everybody's who has not turned it off.
    shared       BOOLEAN NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    -- Not visited before.
    next_at      TIMESTAMPTZ NOT NULL,
    visited_at   TIMESTAMPTZ,
    succeeded_at TIMESTAMPTZ,
    -- What the last visit that went well has to say: that it was empty, or unchanged.
    note         TEXT NOT NULL,
    -- Visits in a row that came to nothing, and why the last one did.
    failures     BIGINT NOT NULL,
    last_error   TEXT NOT NULL,
    failed_at    TIMESTAMPTZ,
    -- Left alone until then, and why.
    paused_until TIMESTAMPTZ,
    paused_why   TEXT NOT NULL,
    -- Left alone until an administrator says otherwise.
    held         BOOLEAN NOT NULL,
    -- By what it tells whether it is the same as before.
    etag          TEXT,
    last_modified TEXT
);
CREATE INDEX sources_due ON sources (next_at);

-- Hosts are asked one thing at a time, with a pause between, by all servers together.
CREATE TABLE source_hosts (
    host      TEXT PRIMARY KEY,
    -- Not asked before.
    ready_at  TIMESTAMPTZ NOT NULL,
    -- Its robots.txt, and when it was read; NULL while it was not.
    robots    BYTEA,
    robots_at TIMESTAMPTZ
);

-- What was fetched apart for rows of a source: texts that its list does not have.
CREATE TABLE source_texts (
    source_id  UUID NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    source_key TEXT NOT NULL,
    -- The postings of that row, as they were read.
    rows       JSONB NOT NULL,
    read_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (source_id, source_key)
);

-- How a day went with a source.
CREATE TABLE source_days (
    source_id UUID NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    day       DATE NOT NULL,
    visits    BIGINT NOT NULL,
    errors    BIGINT NOT NULL,
    found     BIGINT NOT NULL,
    new       BIGINT NOT NULL,
    duplicate BIGINT NOT NULL,
    gone      BIGINT NOT NULL,
    PRIMARY KEY (source_id, day)
);
CREATE INDEX source_days_by_day ON source_days (day);

-- What a person wants of the sources: which are on, and in which order.
CREATE TABLE source_choices (
    user_id   UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    source_id UUID NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    -- Off: one that is everybody's, but not theirs.
    wanted    BOOLEAN NOT NULL,
    rank      BIGINT NOT NULL,
    chosen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, source_id)
);
CREATE INDEX source_choices_of ON source_choices (source_id, wanted);

-- What is known of employers beside their postings, and from whom.
CREATE TABLE company_facts (
    company_key TEXT NOT NULL,
    kind        TEXT NOT NULL,
    company     TEXT NOT NULL,
    rating      DOUBLE PRECISION,
    reviews     BIGINT NOT NULL,
    recommended BIGINT,
    salaries    JSONB NOT NULL,
    url         TEXT,
    read_at     TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (company_key, kind)
);
