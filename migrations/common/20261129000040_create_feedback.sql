-- What a person said about a job, one of each, together with what was judged and what the page showed of it: the order of later
-- lists is made from it, and another way of ordering could be. It outlives the job; taking it back is deleting the row.
CREATE TABLE feedback (
    id          UUID PRIMARY KEY,
    user_id     UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Of a job that may be gone.
    job_id      UUID NOT NULL,
    posting_id  UUID,
    verdict     TEXT NOT NULL CHECK (verdict IN ('up', 'down')),
    reason      TEXT CHECK (reason IN ('role', 'company', 'pay', 'place', 'skills', 'not_my_field', 'too_junior', 'too_senior',
        'lacking_skills', 'seen_elsewhere', 'less_like_this', 'other')),
    note_sealed TEXT,
    about       JSONB NOT NULL,
    shown       JSONB NOT NULL,
    given_at    TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, id),
    UNIQUE (user_id, job_id)
);
CREATE INDEX feedback_by_age ON feedback (user_id, given_at);

-- Companies whose jobs a person does not want to see.
CREATE TABLE hidden_companies (
    id          UUID PRIMARY KEY,
    user_id     UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- As it was written, and folded: equal keys mean the same one.
    company     TEXT NOT NULL,
    company_key TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, id),
    UNIQUE (user_id, company_key)
);
