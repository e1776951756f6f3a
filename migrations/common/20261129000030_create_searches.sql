-- What people look for. Postings that arrive are held against all of them.
CREATE TABLE searches (
    id         UUID PRIMARY KEY,
    user_id    UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    -- Titles, skills, places and the rest, as src/searches/criteria.rs has them; all but the pay.
    criteria   JSONB NOT NULL,
    -- The least pay, as JSON, sealed.
    pay_sealed TEXT,
    active     BOOLEAN NOT NULL,
    version    BIGINT NOT NULL,
    -- The turn of its last change: a server that knows all up to one asks for those after it.
    turn       BIGINT NOT NULL,
    -- When the person last looked at what it found.
    looked_at  TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    deleted_at TIMESTAMPTZ,
    UNIQUE (user_id, id)
);
CREATE INDEX searches_by_turn ON searches (turn, id);
CREATE INDEX searches_deleted ON searches (deleted_at);

-- One row, raised and held by whoever changes a search, so that turns follow the order of the commits.
CREATE TABLE search_turn (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    turn BIGINT NOT NULL
);
INSERT INTO search_turn (id, turn) VALUES (1, 0);

-- A posting that a person's search wants: once for a person, whichever searches want it.
CREATE TABLE matches (
    user_id      UUID NOT NULL,
    posting_id   UUID NOT NULL,
    search_id    UUID NOT NULL,
    -- 0 to 100 when it was found; none while the profile says nothing to compare.
    score        BIGINT,
    -- What of the search fits, in words.
    why          TEXT NOT NULL,
    found_at     TIMESTAMPTZ NOT NULL,
    -- When it became a job of the person's, or was seen to be one already.
    delivered_at TIMESTAMPTZ,
    job_id       UUID,
    PRIMARY KEY (user_id, posting_id),
    FOREIGN KEY (user_id, search_id) REFERENCES searches (user_id, id) ON DELETE CASCADE
);
CREATE INDEX matches_waiting ON matches (user_id, score) WHERE delivered_at IS NULL;
CREATE INDEX matches_of_search ON matches (user_id, search_id, found_at);
CREATE INDEX matches_of_job ON matches (user_id, job_id);
CREATE INDEX matches_by_age ON matches (found_at);

-- How many matches a person got on a day, and how many were left out because there were too many.
CREATE TABLE match_days (
    user_id  UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    day      DATE NOT NULL,
    found    BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    PRIMARY KEY (user_id, day)
);
