-- What was sent with an application: which version of what, when, and where it is. A removed one rests here until it is purged.
CREATE TABLE sent_documents (
    id             UUID PRIMARY KEY,
    user_id        UUID NOT NULL,
    application_id UUID NOT NULL,
    kind           TEXT NOT NULL CHECK (kind IN ('resume', 'cover_letter', 'portfolio', 'other')),
    name           TEXT NOT NULL,
    label          TEXT NOT NULL,
    sent_at        TIMESTAMPTZ NOT NULL,
    link           TEXT,
    note_sealed    TEXT,
    created_at     TIMESTAMPTZ NOT NULL,
    deleted_at     TIMESTAMPTZ,
    UNIQUE (user_id, id),
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE
);
CREATE INDEX sent_documents_of_application ON sent_documents (user_id, application_id, sent_at);
CREATE INDEX sent_documents_in_the_bin ON sent_documents (deleted_at);
