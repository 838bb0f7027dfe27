-- Who stands under a pseudonym: asked by one member of a case, agreed to by another. One alone shows nobody, whoever writes past the application. And entries of which
-- their person is told later, as a court ordered.

CREATE TABLE unmaskings (
  id text NOT NULL PRIMARY KEY,
  case_id text NOT NULL REFERENCES audit_cases (id),
  pseudonym text NOT NULL,
  person_id text NOT NULL REFERENCES people (id),
  reason text NOT NULL,
  minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  court text,
  tell_at integer,
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
  CHECK ((court IS NULL) = (tell_at IS NULL)),
  CHECK (tell_at IS NULL OR (tell_at > requested_at AND tell_at <= requested_at + 31622400000))
) STRICT;
CREATE INDEX unmaskings_case ON unmaskings (case_id, requested_at);
CREATE INDEX unmaskings_person ON unmaskings (person_id);
CREATE INDEX unmaskings_open ON unmaskings (open_until) WHERE state IN ('asked', 'approved');

CREATE TABLE case_links (
  digest text NOT NULL PRIMARY KEY,
  case_number text NOT NULL,
  person_id text NOT NULL REFERENCES people (id),
  made_by text NOT NULL REFERENCES officers (id),
  made_at integer NOT NULL,
  expires_at integer NOT NULL,
  used_at integer
) STRICT;
CREATE INDEX case_links_person ON case_links (person_id);
CREATE INDEX case_links_expiry ON case_links (expires_at);

CREATE TABLE kept_back_entries (
  entry_id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  until integer NOT NULL
) STRICT;
CREATE INDEX kept_back_entries_until ON kept_back_entries (until);
CREATE INDEX kept_back_entries_person ON kept_back_entries (person_id);

CREATE TRIGGER unmaskings_insert BEFORE INSERT ON unmaskings
WHEN NEW.state <> 'asked' OR NEW.decided_by IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.usable_until IS NOT NULL OR NEW.uses <> 0
  OR NOT EXISTS (
    SELECT 1 FROM audit_case_members
    JOIN officers ON officers.id = audit_case_members.officer_id
    JOIN officer_passkeys ON officer_passkeys.officer_id = officers.id AND officer_passkeys.id = NEW.requested_with
    WHERE audit_case_members.case_id = NEW.case_id AND officers.id = NEW.requested_by AND officers.role = 'auditor' AND officers.status = 'active')
BEGIN SELECT RAISE(ABORT, 'a member of the case asks, with their own passkey'); END;

CREATE TRIGGER unmaskings_kept BEFORE UPDATE ON unmaskings
WHEN NEW.id IS NOT OLD.id OR NEW.case_id IS NOT OLD.case_id OR NEW.pseudonym IS NOT OLD.pseudonym OR NEW.person_id IS NOT OLD.person_id
  OR NEW.reason IS NOT OLD.reason OR NEW.minutes IS NOT OLD.minutes OR NEW.court IS NOT OLD.court OR NEW.tell_at IS NOT OLD.tell_at
  OR NEW.requested_by IS NOT OLD.requested_by OR NEW.requested_with IS NOT OLD.requested_with OR NEW.requested_at IS NOT OLD.requested_at
  OR NEW.open_until IS NOT OLD.open_until OR OLD.state IN ('denied', 'expired')
  OR (OLD.state = 'approved' AND (NEW.decided_by IS NOT OLD.decided_by OR NEW.decided_with IS NOT OLD.decided_with
    OR NEW.decided_at IS NOT OLD.decided_at OR NEW.usable_until IS NOT OLD.usable_until OR NEW.state NOT IN ('approved', 'expired')))
BEGIN SELECT RAISE(ABORT, 'what was asked and decided stays'); END;

CREATE TRIGGER unmaskings_two_people BEFORE UPDATE ON unmaskings
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

CREATE TRIGGER unmaskings_used BEFORE UPDATE ON unmaskings
WHEN NEW.uses <> OLD.uses AND NOT (OLD.state = 'approved' AND NEW.state = 'approved' AND NEW.uses = OLD.uses + 1)
BEGIN SELECT RAISE(ABORT, 'only what two approved is used'); END;

CREATE TRIGGER unmaskings_delete BEFORE DELETE ON unmaskings
WHEN NOT EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id AND status = 'closed')
BEGIN SELECT RAISE(ABORT, 'unmaskings are kept'); END;
