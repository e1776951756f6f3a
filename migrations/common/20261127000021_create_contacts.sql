-- People of companies, each kept once and linked to any number of applications. A removed one rests here until it is purged.
CREATE TABLE contacts (
    id           UUID PRIMARY KEY,
    user_id      UUID NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    company      TEXT NOT NULL,
    email        TEXT NOT NULL,
    phone        TEXT NOT NULL,
    link         TEXT,
    notes_sealed TEXT,
    -- Name, role, company and address in lower case, to be searched.
    search       TEXT NOT NULL,
    -- Raised by every change, so that one made from an older state is noticed.
    version      BIGINT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    deleted_at   TIMESTAMPTZ,
    UNIQUE (user_id, id)
);
-- An address belongs to one person.
CREATE UNIQUE INDEX contacts_by_address ON contacts (user_id, lower(email)) WHERE email <> '' AND deleted_at IS NULL;
CREATE INDEX contacts_in_the_bin ON contacts (deleted_at);

CREATE TABLE application_contacts (
    user_id        UUID NOT NULL,
    application_id UUID NOT NULL,
    contact_id     UUID NOT NULL,
    linked_at      TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (user_id, application_id, contact_id),
    FOREIGN KEY (user_id, application_id) REFERENCES applications (user_id, id) ON DELETE CASCADE,
    FOREIGN KEY (user_id, contact_id) REFERENCES contacts (user_id, id) ON DELETE CASCADE
);
CREATE INDEX application_contacts_of_contact ON application_contacts (user_id, contact_id);
