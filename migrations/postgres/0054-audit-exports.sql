-- What auditors asked to take away: the query, who asked, who decided. What is taken is made when it is fetched and never rests here. Of two people one asks and
-- the other agrees, whatever a program does.

CREATE TABLE audit_exports (
  id text NOT NULL PRIMARY KEY,
  case_id text NOT NULL REFERENCES audit_cases (id),
  form text NOT NULL CHECK (form IN ('pack', 'csv', 'jsonl')),
  query text NOT NULL,
  reason text NOT NULL,
  recipient text NOT NULL,
  matching bigint NOT NULL,
  size bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'waiting', 'approved', 'denied', 'cancelled')),
  asked_by text NOT NULL REFERENCES officers (id),
  asked_at bigint NOT NULL,
  decided_by text REFERENCES officers (id),
  decided_at bigint,
  ends_at bigint NOT NULL,
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  CHECK ((decided_by IS NULL) = (state IN ('open', 'waiting'))),
  CHECK (state NOT IN ('approved', 'denied') OR decided_by <> asked_by),
  CHECK (state <> 'cancelled' OR decided_by = asked_by)
);
CREATE INDEX audit_exports_case ON audit_exports (case_id, asked_at);

CREATE FUNCTION refuse_audit_export_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.case_id, NEW.form, NEW.query, NEW.reason, NEW.recipient, NEW.matching, NEW.size, NEW.asked_by, NEW.asked_at)
    IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.form, OLD.query, OLD.reason, OLD.recipient, OLD.matching, OLD.size, OLD.asked_by, OLD.asked_at)
    OR OLD.state IN ('denied', 'cancelled') OR (NEW.state = 'approved' AND OLD.state <> 'waiting') OR NEW.state IN ('open', 'waiting') THEN
    RAISE EXCEPTION 'what was asked for stays, and what was settled';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER audit_exports_update BEFORE UPDATE ON audit_exports FOR EACH ROW EXECUTE FUNCTION refuse_audit_export_change();
CREATE TRIGGER audit_exports_delete BEFORE DELETE ON audit_exports FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_exports_truncate BEFORE TRUNCATE ON audit_exports FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
