-- What was kept in the open before is sealed by the server when it starts; the plain columns are empty then.
ALTER TABLE profiles ADD COLUMN salary_sealed TEXT;
ALTER TABLE applications ADD COLUMN notes_sealed TEXT;
