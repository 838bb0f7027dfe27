-- Suspensions of services and officers: proposed by one member of a case, confirmed by another, as of a single unmasking. One that was agreed to stands until it ends; its end
-- is another row, or an operator's act.

CREATE TABLE suspensions (
  id text NOT NULL PRIMARY KEY,
  case_id text NOT NULL REFERENCES audit_cases (id),
  kind text NOT NULL CHECK (kind IN ('service', 'officer')),
  subject text NOT NULL,
  order_id text REFERENCES suspensions (id),
  reason text NOT NULL,
  requested_by text NOT NULL REFERENCES officers (id),
  requested_with text NOT NULL REFERENCES officer_passkeys (id),
  requested_at integer NOT NULL,
  open_until integer NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'approved', 'denied', 'expired')),
  decided_by text REFERENCES officers (id),
  decided_with text REFERENCES officer_passkeys (id),
  decided_at integer,
  ended_at integer
) STRICT;
CREATE INDEX suspensions_case ON suspensions (case_id, requested_at);
CREATE INDEX suspensions_open ON suspensions (open_until) WHERE state = 'asked';
CREATE UNIQUE INDEX suspensions_standing ON suspensions (kind, subject) WHERE state = 'approved' AND order_id IS NULL AND ended_at IS NULL;

CREATE TRIGGER suspensions_insert BEFORE INSERT ON suspensions
WHEN NEW.state <> 'asked' OR NEW.decided_by IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.ended_at IS NOT NULL
  OR NOT EXISTS (
    SELECT 1 FROM audit_case_members
    JOIN audit_cases ON audit_cases.id = audit_case_members.case_id AND audit_cases.scope <> 'person'
    JOIN officers ON officers.id = audit_case_members.officer_id
    JOIN officer_passkeys ON officer_passkeys.officer_id = officers.id AND officer_passkeys.id = NEW.requested_with
    WHERE audit_case_members.case_id = NEW.case_id AND officers.id = NEW.requested_by AND officers.role = 'auditor' AND officers.status = 'active')
BEGIN SELECT RAISE(ABORT, 'a member of a case over an agency proposes, with their own passkey'); END;

CREATE TRIGGER suspensions_kept BEFORE UPDATE ON suspensions
WHEN NEW.id IS NOT OLD.id OR NEW.case_id IS NOT OLD.case_id OR NEW.kind IS NOT OLD.kind OR NEW.subject IS NOT OLD.subject OR NEW.order_id IS NOT OLD.order_id
  OR NEW.reason IS NOT OLD.reason OR NEW.requested_by IS NOT OLD.requested_by OR NEW.requested_with IS NOT OLD.requested_with
  OR NEW.requested_at IS NOT OLD.requested_at OR NEW.open_until IS NOT OLD.open_until OR OLD.state IN ('denied', 'expired')
  OR (NEW.ended_at IS NOT OLD.ended_at AND (OLD.ended_at IS NOT NULL OR OLD.state <> 'approved' OR OLD.order_id IS NOT NULL))
  OR (OLD.state = 'approved' AND (NEW.decided_by IS NOT OLD.decided_by OR NEW.decided_with IS NOT OLD.decided_with
    OR NEW.decided_at IS NOT OLD.decided_at OR NEW.state <> 'approved'))
BEGIN SELECT RAISE(ABORT, 'what was asked and decided stays'); END;

CREATE TRIGGER suspensions_two_people BEFORE UPDATE ON suspensions
WHEN OLD.state = 'asked' AND NEW.state IN ('approved', 'denied') AND NOT EXISTS (
  SELECT 1 FROM audit_case_members
  JOIN officers AS decider ON decider.id = audit_case_members.officer_id
  JOIN officer_passkeys ON officer_passkeys.officer_id = decider.id AND officer_passkeys.id = NEW.decided_with
  JOIN officers AS asker ON asker.id = OLD.requested_by
  WHERE audit_case_members.case_id = OLD.case_id AND decider.id = NEW.decided_by AND decider.role = 'auditor' AND decider.status = 'active'
    AND decider.id <> OLD.requested_by AND officer_passkeys.id <> OLD.requested_with AND lower(decider.name) <> lower(asker.name)
    AND NEW.decided_at >= OLD.requested_at AND NEW.decided_at < OLD.open_until)
BEGIN SELECT RAISE(ABORT, 'another member decides, with another passkey'); END;

CREATE TRIGGER suspensions_delete BEFORE DELETE ON suspensions
BEGIN SELECT RAISE(ABORT, 'suspensions are kept'); END;

-- Experts of a court: each reads one case, to a day. The row is the whole of what they may read; without it they read nothing.

CREATE TABLE case_experts (
  officer_id text NOT NULL PRIMARY KEY REFERENCES officers (id),
  case_id text NOT NULL REFERENCES audit_cases (id),
  appointed_at integer NOT NULL,
  ends_at integer NOT NULL,
  CHECK (ends_at > appointed_at)
) STRICT;

CREATE TRIGGER case_experts_insert BEFORE INSERT ON case_experts
WHEN NOT EXISTS (SELECT 1 FROM officers WHERE id = NEW.officer_id AND role = 'expert')
  OR NOT EXISTS (SELECT 1 FROM audit_cases WHERE id = NEW.case_id AND ends_at >= NEW.ends_at AND (closed_at IS NULL OR closed_at > NEW.appointed_at))
BEGIN SELECT RAISE(ABORT, 'an expert reads one case that goes on'); END;
CREATE TRIGGER case_experts_update BEFORE UPDATE ON case_experts
BEGIN SELECT RAISE(ABORT, 'case_experts is append-only'); END;
CREATE TRIGGER case_experts_delete BEFORE DELETE ON case_experts
BEGIN SELECT RAISE(ABORT, 'case_experts is append-only'); END;
