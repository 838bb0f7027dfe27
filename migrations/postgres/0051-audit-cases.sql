-- Cases of auditors: by whose authority, over what and until when they look at people, who is in them, and who stands under which pseudonym. What a case says of
-- itself stays; its key goes, and with it the way back from its pseudonyms.

CREATE TABLE audit_cases (
  id text NOT NULL PRIMARY KEY,
  number text NOT NULL UNIQUE,
  authority text NOT NULL,
  basis text NOT NULL CHECK (basis IN ('complaint', 'inspection', 'court_order', 'breach', 'internal_audit')),
  scope text NOT NULL CHECK (scope IN ('all', 'agency', 'person')),
  agency_id text REFERENCES agencies (id),
  covers_from bigint,
  covers_to bigint,
  opened_by text NOT NULL REFERENCES officers (id),
  opened_at bigint NOT NULL,
  ends_at bigint NOT NULL,
  closed_at bigint,
  sealed_key text NOT NULL,
  CHECK ((scope = 'agency') = (agency_id IS NOT NULL)),
  CHECK (ends_at > opened_at AND ends_at <= opened_at + 31622400000)
);
CREATE INDEX audit_cases_keys ON audit_cases (ends_at) WHERE sealed_key <> '';

CREATE TABLE audit_case_members (
  case_id text NOT NULL REFERENCES audit_cases (id),
  officer_id text NOT NULL REFERENCES officers (id),
  added_by text NOT NULL REFERENCES officers (id),
  added_at bigint NOT NULL,
  PRIMARY KEY (case_id, officer_id)
);
CREATE INDEX audit_case_members_officer ON audit_case_members (officer_id);

CREATE TABLE audit_case_people (
  case_id text NOT NULL REFERENCES audit_cases (id),
  pseudonym text NOT NULL,
  person_id text NOT NULL REFERENCES people (id),
  found_at bigint,
  found_by text REFERENCES officers (id),
  found_way text CHECK (found_way IN ('receipt', 'registrar')),
  PRIMARY KEY (case_id, pseudonym),
  CHECK ((found_at IS NULL) = (found_by IS NULL) AND (found_at IS NULL) = (found_way IS NULL))
);
CREATE UNIQUE INDEX audit_case_people_person ON audit_case_people (person_id, case_id);

CREATE FUNCTION refuse_audit_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM officers WHERE id = NEW.opened_by AND role = 'auditor') THEN
    RAISE EXCEPTION 'an auditor opens a case';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_audit_case_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.number, NEW.authority, NEW.basis, NEW.scope, NEW.agency_id, NEW.covers_from, NEW.covers_to, NEW.opened_by, NEW.opened_at, NEW.ends_at)
    IS DISTINCT FROM (OLD.id, OLD.number, OLD.authority, OLD.basis, OLD.scope, OLD.agency_id, OLD.covers_from, OLD.covers_to, OLD.opened_by, OLD.opened_at, OLD.ends_at)
    OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at)
    OR (NEW.sealed_key <> OLD.sealed_key AND NEW.sealed_key <> '') THEN
    RAISE EXCEPTION 'what a case says of itself stays';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_case_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM officers WHERE id = NEW.officer_id AND role = 'auditor')
    OR NOT EXISTS (
      SELECT 1 FROM audit_cases WHERE id = NEW.case_id AND (closed_at IS NULL OR closed_at >= NEW.added_at) AND ends_at > NEW.added_at
        AND (opened_by = NEW.added_by OR EXISTS (SELECT 1 FROM audit_case_members WHERE case_id = NEW.case_id AND officer_id = NEW.added_by))) THEN
    RAISE EXCEPTION 'a member adds an auditor while the case goes on';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER audit_cases_insert BEFORE INSERT ON audit_cases FOR EACH ROW EXECUTE FUNCTION refuse_audit_case();
CREATE TRIGGER audit_cases_update BEFORE UPDATE ON audit_cases FOR EACH ROW EXECUTE FUNCTION refuse_audit_case_change();
CREATE TRIGGER audit_cases_delete BEFORE DELETE ON audit_cases FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_cases_truncate BEFORE TRUNCATE ON audit_cases FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_case_members_insert BEFORE INSERT ON audit_case_members FOR EACH ROW EXECUTE FUNCTION refuse_case_member();
CREATE TRIGGER audit_case_members_update BEFORE UPDATE ON audit_case_members FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_case_members_delete BEFORE DELETE ON audit_case_members FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_case_members_truncate BEFORE TRUNCATE ON audit_case_members FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
