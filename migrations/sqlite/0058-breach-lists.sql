-- Lists by which people are told of a breach: asked for by one member of a case on a breach, agreed to by another, as of a single unmasking. Who is on a list is fixed
-- when it is asked for; each is told once, in the act that hands out their line.

CREATE TABLE breach_lists (
  id text NOT NULL PRIMARY KEY,
  case_id text NOT NULL REFERENCES audit_cases (id),
  service text NOT NULL,
  from_at integer NOT NULL,
  to_at integer NOT NULL,
  size integer NOT NULL,
  people integer NOT NULL CHECK (people BETWEEN 1 AND 20000),
  reason text NOT NULL,
  minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  requested_by text NOT NULL REFERENCES officers (id),
  requested_with text NOT NULL REFERENCES officer_passkeys (id),
  requested_at integer NOT NULL,
  open_until integer NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'approved', 'denied', 'expired')),
  decided_by text REFERENCES officers (id),
  decided_with text REFERENCES officer_passkeys (id),
  decided_at integer,
  usable_until integer,
  uses integer NOT NULL,
  CHECK (from_at < to_at)
) STRICT;
CREATE INDEX breach_lists_case ON breach_lists (case_id, requested_at);
CREATE INDEX breach_lists_open ON breach_lists (open_until) WHERE state IN ('asked', 'approved');

CREATE TABLE breach_people (
  list_id text NOT NULL REFERENCES breach_lists (id),
  place integer NOT NULL,
  person_id text NOT NULL REFERENCES people (id),
  told_at integer,
  PRIMARY KEY (list_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX breach_people_person ON breach_people (person_id);

CREATE TRIGGER breach_lists_insert BEFORE INSERT ON breach_lists
WHEN NEW.state <> 'asked' OR NEW.decided_by IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.usable_until IS NOT NULL OR NEW.uses <> 0
  OR NOT EXISTS (
    SELECT 1 FROM audit_case_members
    JOIN audit_cases ON audit_cases.id = audit_case_members.case_id AND audit_cases.basis = 'breach'
    JOIN officers ON officers.id = audit_case_members.officer_id
    JOIN officer_passkeys ON officer_passkeys.officer_id = officers.id AND officer_passkeys.id = NEW.requested_with
    WHERE audit_case_members.case_id = NEW.case_id AND officers.id = NEW.requested_by AND officers.role = 'auditor' AND officers.status = 'active')
BEGIN SELECT RAISE(ABORT, 'a member of a case on a breach asks, with their own passkey'); END;

CREATE TRIGGER breach_lists_kept BEFORE UPDATE ON breach_lists
WHEN NEW.id IS NOT OLD.id OR NEW.case_id IS NOT OLD.case_id OR NEW.service IS NOT OLD.service OR NEW.from_at IS NOT OLD.from_at OR NEW.to_at IS NOT OLD.to_at
  OR NEW.size IS NOT OLD.size OR NEW.people IS NOT OLD.people OR NEW.reason IS NOT OLD.reason OR NEW.minutes IS NOT OLD.minutes
  OR NEW.requested_by IS NOT OLD.requested_by OR NEW.requested_with IS NOT OLD.requested_with OR NEW.requested_at IS NOT OLD.requested_at
  OR NEW.open_until IS NOT OLD.open_until OR OLD.state IN ('denied', 'expired')
  OR (OLD.state = 'approved' AND (NEW.decided_by IS NOT OLD.decided_by OR NEW.decided_with IS NOT OLD.decided_with
    OR NEW.decided_at IS NOT OLD.decided_at OR NEW.usable_until IS NOT OLD.usable_until OR NEW.state NOT IN ('approved', 'expired')))
BEGIN SELECT RAISE(ABORT, 'what was asked and decided stays'); END;

CREATE TRIGGER breach_lists_two_people BEFORE UPDATE ON breach_lists
WHEN OLD.state = 'asked' AND NEW.state IN ('approved', 'denied') AND NOT EXISTS (
  SELECT 1 FROM audit_case_members
  JOIN officers AS decider ON decider.id = audit_case_members.officer_id
  JOIN officer_passkeys ON officer_passkeys.officer_id = decider.id AND officer_passkeys.id = NEW.decided_with
  JOIN officers AS asker ON asker.id = OLD.requested_by
  WHERE audit_case_members.case_id = OLD.case_id AND decider.id = NEW.decided_by AND decider.role = 'auditor' AND decider.status = 'active'
    AND decider.id <> OLD.requested_by AND officer_passkeys.id <> OLD.requested_with AND lower(decider.name) <> lower(asker.name)
    AND NEW.decided_at >= OLD.requested_at AND NEW.decided_at < OLD.open_until
    AND (NEW.state = 'denied' OR (NEW.usable_until > NEW.decided_at AND NEW.usable_until <= NEW.decided_at + OLD.minutes * 60000)))
BEGIN SELECT RAISE(ABORT, 'another member decides, with another passkey'); END;

CREATE TRIGGER breach_lists_used BEFORE UPDATE ON breach_lists
WHEN NEW.uses <> OLD.uses AND NOT (OLD.state = 'approved' AND NEW.state = 'approved' AND NEW.uses = OLD.uses + 1)
BEGIN SELECT RAISE(ABORT, 'only what two approved is used'); END;

CREATE TRIGGER breach_lists_delete BEFORE DELETE ON breach_lists
BEGIN SELECT RAISE(ABORT, 'lists are kept'); END;

CREATE TRIGGER breach_people_insert BEFORE INSERT ON breach_people
WHEN NEW.told_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM breach_lists WHERE id = NEW.list_id AND state = 'asked' AND NEW.place < people)
BEGIN SELECT RAISE(ABORT, 'who is on a list is fixed when it is asked for'); END;

CREATE TRIGGER breach_people_told BEFORE UPDATE ON breach_people
WHEN NEW.list_id IS NOT OLD.list_id OR NEW.place IS NOT OLD.place OR NEW.person_id IS NOT OLD.person_id OR OLD.told_at IS NOT NULL OR NEW.told_at IS NULL
  OR NOT EXISTS (SELECT 1 FROM breach_lists WHERE id = NEW.list_id AND state = 'approved' AND uses > 0 AND usable_until > NEW.told_at)
BEGIN SELECT RAISE(ABORT, 'people are told once, of a list that two approved'); END;

CREATE TRIGGER breach_people_delete BEFORE DELETE ON breach_people
WHEN NOT EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id AND status = 'closed')
  AND NOT EXISTS (SELECT 1 FROM breach_lists JOIN audit_cases ON audit_cases.id = breach_lists.case_id
    WHERE breach_lists.id = OLD.list_id AND audit_cases.sealed_key = '')
BEGIN SELECT RAISE(ABORT, 'who is on a list stays as long as the key of the case'); END;
