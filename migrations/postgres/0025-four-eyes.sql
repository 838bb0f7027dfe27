-- Who approved what waits, and how many have to. The rules stand here too, for whoever writes past the application: nobody approves what they
-- submitted, and nothing is approved by fewer active approvers than it needs.

ALTER TABLE submissions ADD COLUMN review text NOT NULL DEFAULT 'reviewed' CHECK (review IN ('reviewed', 'dual'));

CREATE TABLE submission_approvals (
  submission_id text NOT NULL REFERENCES submissions (id),
  officer_id text NOT NULL REFERENCES officers (id),
  approved_at bigint NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (submission_id, officer_id)
);

CREATE FUNCTION refuse_own_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM submissions WHERE id = NEW.submission_id AND submitter_kind = 'officer' AND submitter_ref = NEW.officer_id
  ) THEN
    RAISE EXCEPTION 'nobody approves what they submitted';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_lone_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.review, NEW.submitter_kind, NEW.submitted_at, NEW.content, NEW.digest, NEW.base)
    IS DISTINCT FROM (OLD.id, OLD.review, OLD.submitter_kind, OLD.submitted_at, OLD.content, OLD.digest, OLD.base)
    OR NEW.submitter_ref IS DISTINCT FROM OLD.submitter_ref THEN
    RAISE EXCEPTION 'what was submitted stays as it is';
  END IF;
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'what was decided stays so';
  END IF;
  IF NEW.state = 'approved' AND (
    SELECT count(*) FROM submission_approvals JOIN officers ON officers.id = officer_id
    WHERE submission_id = NEW.id AND officers.role = 'approver' AND officers.status = 'active'
  ) < (CASE NEW.review WHEN 'dual' THEN 2 ELSE 1 END) THEN
    RAISE EXCEPTION 'too few approvers have agreed';
  END IF;
  IF NEW.submitter_kind = 'officer' AND NEW.submitter_ref = NEW.decided_by THEN
    RAISE EXCEPTION 'nobody decides what they submitted';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER submission_approvals_insert BEFORE INSERT ON submission_approvals FOR EACH ROW EXECUTE FUNCTION refuse_own_approval();
CREATE TRIGGER submission_approvals_change BEFORE UPDATE OR DELETE ON submission_approvals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_approvals_truncate BEFORE TRUNCATE ON submission_approvals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submissions_update BEFORE UPDATE ON submissions FOR EACH ROW EXECUTE FUNCTION refuse_lone_decision();
CREATE TRIGGER submissions_delete BEFORE DELETE ON submissions FOR EACH ROW EXECUTE FUNCTION refuse_change();
