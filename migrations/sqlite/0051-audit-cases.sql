-- Cases of auditors: by whose authority, over what and until when they look at people, who is in them, and who stands under which pseudonym. What a case says of
-- itself stays; its key goes, and with it the way back from its pseudonyms.

CREATE TABLE audit_cases (
  id text NOT NULL PRIMARY KEY,
  number text NOT NULL UNIQUE,
  authority text NOT NULL,
  basis text NOT NULL CHECK (basis IN ('complaint', 'inspection', 'court_order', 'breach', 'internal_audit')),
  scope text NOT NULL CHECK (scope IN ('all', 'agency', 'person')),
  agency_id text REFERENCES agencies (id),
  covers_from integer,
  covers_to integer,
  opened_by text NOT NULL REFERENCES officers (id),
  opened_at integer NOT NULL,
  ends_at integer NOT NULL,
  closed_at integer,
  sealed_key text NOT NULL,
  CHECK ((scope = 'agency') = (agency_id IS NOT NULL)),
  CHECK (ends_at > opened_at AND ends_at <= opened_at + 31622400000)
) STRICT;
CREATE INDEX audit_cases_keys ON audit_cases (ends_at) WHERE sealed_key <> '';

CREATE TABLE audit_case_members (
  case_id text NOT NULL REFERENCES audit_cases (id),
  officer_id text NOT NULL REFERENCES officers (id),
  added_by text NOT NULL REFERENCES officers (id),
  added_at integer NOT NULL,
  PRIMARY KEY (case_id, officer_id)
) STRICT;
CREATE INDEX audit_case_members_officer ON audit_case_members (officer_id);

CREATE TABLE audit_case_people (
  case_id text NOT NULL REFERENCES audit_cases (id),
  pseudonym text NOT NULL,
  person_id text NOT NULL REFERENCES people (id),
  found_at integer,
  found_by text REFERENCES officers (id),
  found_way text CHECK (found_way IN ('receipt', 'registrar')),
  PRIMARY KEY (case_id, pseudonym),
  CHECK ((found_at IS NULL) = (found_by IS NULL) AND (found_at IS NULL) = (found_way IS NULL))
) STRICT;
CREATE UNIQUE INDEX audit_case_people_person ON audit_case_people (person_id, case_id);

CREATE TRIGGER audit_cases_insert BEFORE INSERT ON audit_cases
WHEN NOT EXISTS (SELECT 1 FROM officers WHERE id = NEW.opened_by AND role = 'auditor')
BEGIN SELECT RAISE(ABORT, 'an auditor opens a case'); END;
CREATE TRIGGER audit_cases_kept BEFORE UPDATE ON audit_cases
WHEN NEW.id IS NOT OLD.id OR NEW.number IS NOT OLD.number OR NEW.authority IS NOT OLD.authority OR NEW.basis IS NOT OLD.basis
  OR NEW.scope IS NOT OLD.scope OR NEW.agency_id IS NOT OLD.agency_id OR NEW.covers_from IS NOT OLD.covers_from OR NEW.covers_to IS NOT OLD.covers_to
  OR NEW.opened_by IS NOT OLD.opened_by OR NEW.opened_at IS NOT OLD.opened_at OR NEW.ends_at IS NOT OLD.ends_at
  OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS NOT OLD.closed_at)
  OR (NEW.sealed_key <> OLD.sealed_key AND NEW.sealed_key <> '')
BEGIN SELECT RAISE(ABORT, 'what a case says of itself stays'); END;
CREATE TRIGGER audit_cases_delete BEFORE DELETE ON audit_cases
BEGIN SELECT RAISE(ABORT, 'audit_cases are kept'); END;

CREATE TRIGGER audit_case_members_insert BEFORE INSERT ON audit_case_members
WHEN EXISTS (SELECT 1 FROM audit_case_members WHERE case_id = NEW.case_id AND officer_id = NEW.officer_id)
  OR NOT EXISTS (SELECT 1 FROM officers WHERE id = NEW.officer_id AND role = 'auditor')
  OR NOT EXISTS (
    SELECT 1 FROM audit_cases WHERE id = NEW.case_id AND (closed_at IS NULL OR closed_at >= NEW.added_at) AND ends_at > NEW.added_at
      AND (opened_by = NEW.added_by OR EXISTS (SELECT 1 FROM audit_case_members WHERE case_id = NEW.case_id AND officer_id = NEW.added_by)))
BEGIN SELECT RAISE(ABORT, 'a member adds an auditor while the case goes on'); END;
CREATE TRIGGER audit_case_members_update BEFORE UPDATE ON audit_case_members
BEGIN SELECT RAISE(ABORT, 'audit_case_members is append-only'); END;
CREATE TRIGGER audit_case_members_delete BEFORE DELETE ON audit_case_members
BEGIN SELECT RAISE(ABORT, 'audit_case_members is append-only'); END;
