-- Lists by which people are told of a breach: asked for by one member of a case on a breach, agreed to by another, as of a single unmasking. Who is on a list is fixed
-- when it is asked for; each is told once, in the act that hands out their line.

CREATE TABLE breach_lists (
  id text NOT NULL PRIMARY KEY,
  case_id text NOT NULL REFERENCES audit_cases (id),
  service text NOT NULL,
  from_at bigint NOT NULL,
  to_at bigint NOT NULL,
  size bigint NOT NULL,
  people bigint NOT NULL CHECK (people BETWEEN 1 AND 20000),
  reason text NOT NULL,
  minutes bigint NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  requested_by text NOT NULL REFERENCES officers (id),
  requested_with text NOT NULL REFERENCES officer_passkeys (id),
  requested_at bigint NOT NULL,
  open_until bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'approved', 'denied', 'expired')),
  decided_by text REFERENCES officers (id),
  decided_with text REFERENCES officer_passkeys (id),
  decided_at bigint,
  usable_until bigint,
  uses bigint NOT NULL,
  CHECK (from_at < to_at)
);
CREATE INDEX breach_lists_case ON breach_lists (case_id, requested_at);
CREATE INDEX breach_lists_open ON breach_lists (open_until) WHERE state IN ('asked', 'approved');

CREATE TABLE breach_people (
  list_id text NOT NULL REFERENCES breach_lists (id),
  place bigint NOT NULL,
  person_id text NOT NULL REFERENCES people (id),
  told_at bigint,
  PRIMARY KEY (list_id, place)
);
CREATE INDEX breach_people_person ON breach_people (person_id);

CREATE FUNCTION refuse_lone_breach_asking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'asked' OR NEW.decided_by IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.usable_until IS NOT NULL OR NEW.uses <> 0
    OR NOT EXISTS (
      SELECT 1 FROM audit_case_members
      JOIN audit_cases ON audit_cases.id = audit_case_members.case_id AND audit_cases.basis = 'breach'
      JOIN officers ON officers.id = audit_case_members.officer_id
      JOIN officer_passkeys ON officer_passkeys.officer_id = officers.id AND officer_passkeys.id = NEW.requested_with
      WHERE audit_case_members.case_id = NEW.case_id AND officers.id = NEW.requested_by AND officers.role = 'auditor' AND officers.status = 'active') THEN
    RAISE EXCEPTION 'a member of a case on a breach asks, with their own passkey';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_lone_breach_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.case_id, NEW.service, NEW.from_at, NEW.to_at, NEW.size, NEW.people, NEW.reason, NEW.minutes, NEW.requested_by, NEW.requested_with,
      NEW.requested_at, NEW.open_until)
    IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.service, OLD.from_at, OLD.to_at, OLD.size, OLD.people, OLD.reason, OLD.minutes, OLD.requested_by,
      OLD.requested_with, OLD.requested_at, OLD.open_until)
    OR OLD.state IN ('denied', 'expired')
    OR (OLD.state = 'approved' AND ((NEW.decided_by, NEW.decided_with, NEW.decided_at, NEW.usable_until)
      IS DISTINCT FROM (OLD.decided_by, OLD.decided_with, OLD.decided_at, OLD.usable_until) OR NEW.state NOT IN ('approved', 'expired'))) THEN
    RAISE EXCEPTION 'what was asked and decided stays';
  END IF;
  IF OLD.state = 'asked' AND NEW.state IN ('approved', 'denied') AND NOT EXISTS (
    SELECT 1 FROM audit_case_members
    JOIN officers AS decider ON decider.id = audit_case_members.officer_id
    JOIN officer_passkeys ON officer_passkeys.officer_id = decider.id AND officer_passkeys.id = NEW.decided_with
    JOIN officers AS asker ON asker.id = OLD.requested_by
    WHERE audit_case_members.case_id = OLD.case_id AND decider.id = NEW.decided_by AND decider.role = 'auditor' AND decider.status = 'active'
      AND decider.id <> OLD.requested_by AND officer_passkeys.id <> OLD.requested_with AND lower(decider.name) <> lower(asker.name)
      AND NEW.decided_at >= OLD.requested_at AND NEW.decided_at < OLD.open_until
      AND (NEW.state = 'denied' OR (NEW.usable_until > NEW.decided_at AND NEW.usable_until <= NEW.decided_at + OLD.minutes * 60000))) THEN
    RAISE EXCEPTION 'another member decides, with another passkey';
  END IF;
  IF NEW.uses <> OLD.uses AND NOT (OLD.state = 'approved' AND NEW.state = 'approved' AND NEW.uses = OLD.uses + 1) THEN
    RAISE EXCEPTION 'only what two approved is used';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_other_breach_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.told_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM breach_lists WHERE id = NEW.list_id AND state = 'asked' AND NEW.place < people) THEN
    RAISE EXCEPTION 'who is on a list is fixed when it is asked for';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_untold_breach_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.list_id, NEW.place, NEW.person_id) IS DISTINCT FROM (OLD.list_id, OLD.place, OLD.person_id) OR OLD.told_at IS NOT NULL OR NEW.told_at IS NULL
    OR NOT EXISTS (SELECT 1 FROM breach_lists WHERE id = NEW.list_id AND state = 'approved' AND uses > 0 AND usable_until > NEW.told_at) THEN
    RAISE EXCEPTION 'people are told once, of a list that two approved';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_lost_breach_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id AND status = 'closed')
    AND NOT EXISTS (SELECT 1 FROM breach_lists JOIN audit_cases ON audit_cases.id = breach_lists.case_id
      WHERE breach_lists.id = OLD.list_id AND audit_cases.sealed_key = '') THEN
    RAISE EXCEPTION 'who is on a list stays as long as the key of the case';
  END IF;
  RETURN OLD;
END
$$;

CREATE TRIGGER breach_lists_insert BEFORE INSERT ON breach_lists FOR EACH ROW EXECUTE FUNCTION refuse_lone_breach_asking();
CREATE TRIGGER breach_lists_update BEFORE UPDATE ON breach_lists FOR EACH ROW EXECUTE FUNCTION refuse_lone_breach_list();
CREATE TRIGGER breach_lists_delete BEFORE DELETE ON breach_lists FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER breach_lists_truncate BEFORE TRUNCATE ON breach_lists FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER breach_people_insert BEFORE INSERT ON breach_people FOR EACH ROW EXECUTE FUNCTION refuse_other_breach_person();
CREATE TRIGGER breach_people_told BEFORE UPDATE ON breach_people FOR EACH ROW EXECUTE FUNCTION refuse_untold_breach_person();
CREATE TRIGGER breach_people_delete BEFORE DELETE ON breach_people FOR EACH ROW EXECUTE FUNCTION refuse_lost_breach_person();
CREATE TRIGGER breach_people_truncate BEFORE TRUNCATE ON breach_people FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
