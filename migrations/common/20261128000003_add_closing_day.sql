-- The last day on which one can apply.
ALTER TABLE jobs ADD COLUMN closes_on DATE;
