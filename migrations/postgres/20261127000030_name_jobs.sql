-- What a search by name looks through: title, company and place of each job in one short text, as src/palette/ranking.rs writes
-- it. Jobs in the bin have no row.
CREATE TABLE job_names (
    user_id UUID NOT NULL,
    job_id  UUID NOT NULL,
    names   TEXT NOT NULL,
    PRIMARY KEY (user_id, job_id),
    FOREIGN KEY (user_id, job_id) REFERENCES jobs (user_id, id) ON DELETE CASCADE
);
