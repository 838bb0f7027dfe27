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
  requested_at bigint NOT NULL,
  open_until bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'approved', 'denied', 'expired')),
  decided_by text REFERENCES officers (id),
  decided_with text REFERENCES officer_passkeys (id),
  decided_at bigint,
  ended_at bigint
);
CREATE INDEX suspensions_case ON suspensions (case_id, requested_at);
CREATE INDEX suspensions_open ON suspensions (open_until) WHERE state = 'asked';
CREATE UNIQUE INDEX suspensions_standing ON suspensions (kind, subject) WHERE state = 'approved' AND order_id IS NULL AND ended_at IS NULL;

CREATE FUNCTION refuse_lone_suspension_asking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'asked' OR NEW.decided_by IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.ended_at IS NOT NULL
    OR NOT EXISTS (
      SELECT 1 FROM audit_case_members
      JOIN audit_cases ON audit_cases.id = audit_case_members.case_id AND audit_cases.scope <> 'person'
      JOIN officers ON officers.id = audit_case_members.officer_id
      JOIN officer_passkeys ON officer_passkeys.officer_id = officers.id AND officer_passkeys.id = NEW.requested_with
      WHERE audit_case_members.case_id = NEW.case_id AND officers.id = NEW.requested_by AND officers.role = 'auditor' AND officers.status = 'active') THEN
    RAISE EXCEPTION 'a member of a case over an agency proposes, with their own passkey';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_lone_suspension() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.case_id, NEW.kind, NEW.subject, NEW.order_id, NEW.reason, NEW.requested_by, NEW.requested_with, NEW.requested_at, NEW.open_until)
    IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.kind, OLD.subject, OLD.order_id, OLD.reason, OLD.requested_by, OLD.requested_with, OLD.requested_at,
      OLD.open_until)
    OR OLD.state IN ('denied', 'expired')
    OR (NEW.ended_at IS DISTINCT FROM OLD.ended_at AND (OLD.ended_at IS NOT NULL OR OLD.state <> 'approved' OR OLD.order_id IS NOT NULL))
    OR (OLD.state = 'approved' AND ((NEW.decided_by, NEW.decided_with, NEW.decided_at)
      IS DISTINCT FROM (OLD.decided_by, OLD.decided_with, OLD.decided_at) OR NEW.state <> 'approved')) THEN
    RAISE EXCEPTION 'what was asked and decided stays';
  END IF;
  IF OLD.state = 'asked' AND NEW.state IN ('approved', 'denied') AND NOT EXISTS (
    SELECT 1 FROM audit_case_members
    JOIN officers AS decider ON decider.id = audit_case_members.officer_id
    JOIN officer_passkeys ON officer_passkeys.officer_id = decider.id AND officer_passkeys.id = NEW.decided_with
    JOIN officers AS asker ON asker.id = OLD.requested_by
    WHERE audit_case_members.case_id = OLD.case_id AND decider.id = NEW.decided_by AND decider.role = 'auditor' AND decider.status = 'active'
      AND decider.id <> OLD.requested_by AND officer_passkeys.id <> OLD.requested_with AND lower(decider.name) <> lower(asker.name)
      AND NEW.decided_at >= OLD.requested_at AND NEW.decided_at < OLD.open_until) THEN
    RAISE EXCEPTION 'another member decides, with another passkey';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER suspensions_insert BEFORE INSERT ON suspensions FOR EACH ROW EXECUTE FUNCTION refuse_lone_suspension_asking();
CREATE TRIGGER suspensions_update BEFORE UPDATE ON suspensions FOR EACH ROW EXECUTE FUNCTION refuse_lone_suspension();
CREATE TRIGGER suspensions_delete BEFORE DELETE ON suspensions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER suspensions_truncate BEFORE TRUNCATE ON suspensions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Experts of a court: each reads one case, to a day. The row is the whole of what they may read; without it they read nothing.

CREATE TABLE case_experts (
  officer_id text NOT NULL PRIMARY KEY REFERENCES officers (id),
  case_id text NOT NULL REFERENCES audit_cases (id),
  appointed_at bigint NOT NULL,
  ends_at bigint NOT NULL,
  CHECK (ends_at > appointed_at)
);

CREATE FUNCTION refuse_free_expert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM officers WHERE id = NEW.officer_id AND role = 'expert')
    OR NOT EXISTS (SELECT 1 FROM audit_cases WHERE id = NEW.case_id AND ends_at >= NEW.ends_at AND (closed_at IS NULL OR closed_at > NEW.appointed_at)) THEN
    RAISE EXCEPTION 'an expert reads one case that goes on';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER case_experts_insert BEFORE INSERT ON case_experts FOR EACH ROW EXECUTE FUNCTION refuse_free_expert();
CREATE TRIGGER case_experts_update BEFORE UPDATE ON case_experts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_experts_delete BEFORE DELETE ON case_experts FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_experts_truncate BEFORE TRUNCATE ON case_experts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
