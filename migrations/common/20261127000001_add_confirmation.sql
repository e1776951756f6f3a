-- When this login last showed everything that signing in to the account asks for. Absent for logins from before.
ALTER TABLE sessions ADD COLUMN confirmed_at TIMESTAMPTZ;
