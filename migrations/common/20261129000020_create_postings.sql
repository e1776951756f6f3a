-- Postings as the sources have them. They are nobody's data: what a person keeps of one is a job.
CREATE TABLE postings (
    id               UUID PRIMARY KEY,
    -- Where it was found, and what it is called there.
    source_id        UUID NOT NULL,
    source_key       TEXT NOT NULL,
    -- The opening it is one posting of: the id of the posting that came first.
    opening_id       UUID NOT NULL,
    -- Why it belongs there, in a sentence, with what speaks for it. None of them where it came first.
    kind             TEXT CHECK (kind IN ('same', 'repost', 'agency_copy')),
    reason           TEXT,
    evidence         JSONB,
    company          TEXT NOT NULL,
    title            TEXT NOT NULL,
    location         TEXT NOT NULL,
    remote           TEXT CHECK (remote IN ('remote', 'hybrid', 'onsite')),
    experience_level TEXT CHECK (experience_level IN ('entry', 'mid', 'senior', 'lead', 'executive')),
    salary_min       BIGINT,
    salary_max       BIGINT,
    salary_currency  TEXT,
    salary_period    TEXT CHECK (salary_period IN ('hour', 'day', 'week', 'month', 'year')),
    -- The word of the board: greenhouse, lever, …
    source           TEXT NOT NULL,
    url              TEXT,
    date_posted      DATE,
    closes_on        DATE,
    -- Ways to find it again: folded link, folded company and title.
    link_key         TEXT,
    role_key         TEXT NOT NULL,
    company_key      TEXT NOT NULL,
    -- SHA-256 of what was read, to know at once that nothing changed.
    digest           BYTEA NOT NULL,
    first_seen       TIMESTAMPTZ NOT NULL,
    -- Whole readings of its source in a row that did not have it, and when the first was.
    missed           BIGINT NOT NULL,
    missed_since     TIMESTAMPTZ,
    -- How often it was there again after it was gone.
    returns          BIGINT NOT NULL,
    closed_at        TIMESTAMPTZ,
    closed_why       TEXT CHECK (closed_why IN ('gone', 'no_page', 'said', 'day_over')),
    closed_reason    TEXT,
    -- When its own page was last asked whether it is still open.
    checked_at       TIMESTAMPTZ,
    -- When everybody's searches were asked about it; NULL while they are to be.
    looked_at        TIMESTAMPTZ,
    tech_stack       JSONB NOT NULL,
    asks             JSONB NOT NULL,
    responsibilities JSONB NOT NULL,
    requirements     JSONB NOT NULL,
    description      TEXT NOT NULL,
    UNIQUE (source_id, source_key)
);
CREATE INDEX postings_of_opening ON postings (opening_id);
CREATE INDEX postings_by_link ON postings (link_key);
CREATE INDEX postings_by_company ON postings (company_key);
CREATE INDEX postings_by_role ON postings (role_key);
CREATE INDEX postings_by_age ON postings (first_seen, id);
CREATE INDEX postings_closed ON postings (closed_at);
CREATE INDEX postings_to_look ON postings (first_seen) WHERE looked_at IS NULL;
CREATE INDEX postings_to_expire ON postings (closes_on) WHERE closed_at IS NULL;

-- Postings whose texts share a key are worth comparing.
CREATE TABLE posting_keys (
    text_key   BIGINT NOT NULL,
    posting_id UUID NOT NULL REFERENCES postings (id) ON DELETE CASCADE,
    PRIMARY KEY (text_key, posting_id)
);
CREATE INDEX posting_keys_of ON posting_keys (posting_id);

-- One row: whoever adds postings holds it, so that two servers do not both believe a posting to be the first.
CREATE TABLE posting_turn (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    at TIMESTAMPTZ
);
INSERT INTO posting_turn (id) VALUES (1);

-- What a job was made from; none where a person wrote it.
ALTER TABLE jobs ADD COLUMN posting_id UUID;
CREATE INDEX jobs_by_posting ON jobs (user_id, posting_id);

-- Postings that a person says are another opening than the one they were put to.
CREATE TABLE postings_apart (
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    posting_id UUID NOT NULL REFERENCES postings (id) ON DELETE CASCADE,
    at         TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, posting_id)
);
CREATE INDEX postings_apart_of ON postings_apart (posting_id);
