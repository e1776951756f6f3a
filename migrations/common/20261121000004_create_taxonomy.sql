-- Skills and roles added by `import-taxonomy` to the built-in set, one row per source (`esco`, `onet`).
CREATE TABLE taxonomy_imports (
    source      TEXT PRIMARY KEY,
    skills      BIGINT NOT NULL,
    roles       BIGINT NOT NULL,
    -- JSON of what was read, deflated, in base64.
    content     TEXT NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL
);
