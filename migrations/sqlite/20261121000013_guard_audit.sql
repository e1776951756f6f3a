-- The log of accounts is only added to.
CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_keeps_values BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_details_keep_values BEFORE UPDATE ON audit_details
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
