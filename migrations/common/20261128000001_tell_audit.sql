-- How far the log of accounts has been told to the logs outside.
CREATE TABLE audit_told (
    id  BIGINT PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL
);
INSERT INTO audit_told (id, seq) VALUES (1, 0);
