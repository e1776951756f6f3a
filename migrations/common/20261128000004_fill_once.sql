-- What a newer version had to fill in for rows of an older one, and had nothing left of: it is not looked for again.
CREATE TABLE filled (
    name TEXT PRIMARY KEY,
    at   TIMESTAMPTZ NOT NULL
);
