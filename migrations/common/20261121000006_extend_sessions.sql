-- What a person's list of sessions calls them by; the hash stays between the database and the cookie.
ALTER TABLE sessions ADD COLUMN id UUID;
-- Where the session was started from.
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX sessions_id ON sessions (id);
