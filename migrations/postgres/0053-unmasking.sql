-- Who stands under a pseudonym: asked by one member of a case, agreed to by another. One alone shows nobody, whoever writes past the application. And entries of which
-- their person is told later, as a court ordered.

CREATE TABLE unmaskings (
  id text NOT NULL PRIMARY KEY,
  case_id text NOT NULL REFERENCES audit_cases (id),
  pseudonym text NOT NULL,
  person_id text NOT NULL REFERENCES people (id),
  reason text NOT NULL,
  minutes bigint NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  court text,
  tell_at bigint,
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
  CHECK ((court IS NULL) = (tell_at IS NULL)),
  CHECK (tell_at IS NULL OR (tell_at > requested_at AND tell_at <= requested_at + 31622400000))
);
CREATE INDEX unmaskings_case ON unmaskings (case_id, requested_at);
CREATE INDEX unmaskings_person ON unmaskings (person_id);
CREATE INDEX unmaskings_open ON unmaskings (open_until) WHERE state IN ('asked', 'approved');

CREATE TABLE case_links (
  digest text NOT NULL PRIMARY KEY,
  case_number text NOT NULL,
  person_id text NOT NULL REFERENCES people (id),
  made_by text NOT NULL REFERENCES officers (id),
  made_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  used_at bigint
);
CREATE INDEX case_links_person ON case_links (person_id);
CREATE INDEX case_links_expiry ON case_links (expires_at);

CREATE TABLE kept_back_entries (
  entry_id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  until bigint NOT NULL
);
CREATE INDEX kept_back_entries_until ON kept_back_entries (until);
CREATE INDEX kept_back_entries_person ON kept_back_entries (person_id);

CREATE FUNCTION refuse_lone_asking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'asked' OR NEW.decided_by IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.usable_until IS NOT NULL OR NEW.uses <> 0
    OR NOT EXISTS (
      SELECT 1 FROM audit_case_members
      JOIN officers ON officers.id = audit_case_members.officer_id
      JOIN officer_passkeys ON officer_passkeys.officer_id = officers.id AND officer_passkeys.id = NEW.requested_with
      WHERE audit_case_members.case_id = NEW.case_id AND officers.id = NEW.requested_by AND officers.role = 'auditor' AND officers.status = 'active') THEN
    RAISE EXCEPTION 'a member of the case asks, with their own passkey';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_lone_unmasking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.case_id, NEW.pseudonym, NEW.person_id, NEW.reason, NEW.minutes, NEW.court, NEW.tell_at, NEW.requested_by, NEW.requested_with,
      NEW.requested_at, NEW.open_until)
    IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.pseudonym, OLD.person_id, OLD.reason, OLD.minutes, OLD.court, OLD.tell_at, OLD.requested_by,
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

CREATE FUNCTION refuse_lost_unmasking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id AND status = 'closed') THEN
    RAISE EXCEPTION 'unmaskings are kept';
  END IF;
  RETURN OLD;
END
$$;

CREATE TRIGGER unmaskings_insert BEFORE INSERT ON unmaskings FOR EACH ROW EXECUTE FUNCTION refuse_lone_asking();
CREATE TRIGGER unmaskings_update BEFORE UPDATE ON unmaskings FOR EACH ROW EXECUTE FUNCTION refuse_lone_unmasking();
CREATE TRIGGER unmaskings_delete BEFORE DELETE ON unmaskings FOR EACH ROW EXECUTE FUNCTION refuse_lost_unmasking();
CREATE TRIGGER unmaskings_truncate BEFORE TRUNCATE ON unmaskings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
