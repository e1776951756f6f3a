-- Calendars at Google that are kept as the one here is.
CREATE TABLE google_calendars (
    user_id       UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- What opens Google's side, sealed: the lasting token, and the one of the hour with its end.
    tokens_sealed TEXT NOT NULL,
    -- The account there, once an answer named it.
    address       TEXT,
    -- The calendar that was made there; none until it is, or when it is gone.
    calendar_id   TEXT,
    -- The person's newest event that was taken into account.
    seen_seq      BIGINT NOT NULL DEFAULT 0,
    -- When all was there the last time, and when that was last compared entry by entry.
    synced_at     TIMESTAMPTZ,
    compared_at   TIMESTAMPTZ,
    -- Why it did not work the last time, and how often in a row.
    trouble       TEXT,
    failures      INTEGER NOT NULL DEFAULT 0,
    -- When it is looked after without a change; none: not before its person connects it anew.
    next_at       TIMESTAMPTZ,
    -- One server looks after it until then.
    leased_until  TIMESTAMPTZ,
    created_at    TIMESTAMPTZ NOT NULL
);
CREATE INDEX google_calendars_due ON google_calendars (next_at);

-- The entries that are there, or may be: a row is written before Google is asked.
CREATE TABLE google_calendar_entries (
    user_id  UUID NOT NULL REFERENCES google_calendars (user_id) ON DELETE CASCADE,
    entry_id TEXT NOT NULL,
    -- SHA-256 of what Google took; empty while that is not known.
    digest   TEXT NOT NULL,
    ends_at  TIMESTAMPTZ NOT NULL,
    -- Google would not have it.
    refused  BOOLEAN NOT NULL,
    PRIMARY KEY (user_id, entry_id)
);
