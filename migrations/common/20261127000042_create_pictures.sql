-- A person's picture, as the service they signed in with gave it.
CREATE TABLE pictures (
    user_id      UUID PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- png, jpeg, webp or gif.
    kind         TEXT NOT NULL,
    -- The file, base64, sealed.
    image_sealed TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL
);
