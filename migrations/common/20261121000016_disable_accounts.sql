-- Since when an administrator keeps the person out.
ALTER TABLE users ADD COLUMN disabled_at TIMESTAMPTZ;
