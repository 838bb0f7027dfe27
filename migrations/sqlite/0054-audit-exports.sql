-- What auditors asked to take away: the query, who asked, who decided. What is taken is made when it is fetched and never rests here. Of two people one asks and
-- the other agrees, whatever a program does.

CREATE TABLE audit_exports (
  id text NOT NULL PRIMARY KEY,
  case_id text NOT NULL REFERENCES audit_cases (id),
  form text NOT NULL CHECK (form IN ('pack', 'csv', 'jsonl')),
  query text NOT NULL,
  reason text NOT NULL,
  recipient text NOT NULL,
  matching integer NOT NULL,
  size integer NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'waiting', 'approved', 'denied', 'cancelled')),
  asked_by text NOT NULL REFERENCES officers (id),
  asked_at integer NOT NULL,
  decided_by text REFERENCES officers (id),
  decided_at integer,
  ends_at integer NOT NULL,
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  CHECK ((decided_by IS NULL) = (state IN ('open', 'waiting'))),
  CHECK (state NOT IN ('approved', 'denied') OR decided_by <> asked_by),
  CHECK (state <> 'cancelled' OR decided_by = asked_by)
) STRICT;
CREATE INDEX audit_exports_case ON audit_exports (case_id, asked_at);

CREATE TRIGGER audit_exports_kept BEFORE UPDATE ON audit_exports
WHEN NEW.id IS NOT OLD.id OR NEW.case_id IS NOT OLD.case_id OR NEW.form IS NOT OLD.form OR NEW.query IS NOT OLD.query OR NEW.reason IS NOT OLD.reason
  OR NEW.recipient IS NOT OLD.recipient OR NEW.matching IS NOT OLD.matching OR NEW.size IS NOT OLD.size OR NEW.asked_by IS NOT OLD.asked_by
  OR NEW.asked_at IS NOT OLD.asked_at OR OLD.state IN ('denied', 'cancelled') OR (NEW.state = 'approved' AND OLD.state <> 'waiting')
  OR NEW.state IN ('open', 'waiting')
BEGIN SELECT RAISE(ABORT, 'what was asked for stays, and what was settled'); END;
CREATE TRIGGER audit_exports_delete BEFORE DELETE ON audit_exports
BEGIN SELECT RAISE(ABORT, 'audit_exports are kept'); END;
