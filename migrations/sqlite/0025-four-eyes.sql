-- Who approved what waits, and how many have to. The rules stand here too, for whoever writes past the application: nobody approves what they
-- submitted, and nothing is approved by fewer active approvers than it needs.

ALTER TABLE submissions ADD COLUMN review text NOT NULL DEFAULT 'reviewed' CHECK (review IN ('reviewed', 'dual'));

CREATE TABLE submission_approvals (
  submission_id text NOT NULL REFERENCES submissions (id),
  officer_id text NOT NULL REFERENCES officers (id),
  approved_at integer NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (submission_id, officer_id)
) STRICT;

CREATE TRIGGER submission_approvals_insert BEFORE INSERT ON submission_approvals
WHEN EXISTS (
  SELECT 1 FROM submissions WHERE id = NEW.submission_id AND submitter_kind = 'officer' AND submitter_ref = NEW.officer_id
)
BEGIN SELECT RAISE(ABORT, 'nobody approves what they submitted'); END;
CREATE TRIGGER submission_approvals_update BEFORE UPDATE ON submission_approvals
BEGIN SELECT RAISE(ABORT, 'submission_approvals is append-only'); END;
CREATE TRIGGER submission_approvals_delete BEFORE DELETE ON submission_approvals
BEGIN SELECT RAISE(ABORT, 'submission_approvals is append-only'); END;

CREATE TRIGGER submissions_kept BEFORE UPDATE OF id, review, submitter_kind, submitter_ref, submitted_at, content, digest, base ON submissions
BEGIN SELECT RAISE(ABORT, 'what was submitted stays as it is'); END;
CREATE TRIGGER submissions_decided BEFORE UPDATE ON submissions
WHEN OLD.state <> 'waiting'
BEGIN SELECT RAISE(ABORT, 'what was decided stays so'); END;
CREATE TRIGGER submissions_four_eyes BEFORE UPDATE ON submissions
WHEN NEW.state = 'approved' AND (
  SELECT count(*) FROM submission_approvals JOIN officers ON officers.id = officer_id
  WHERE submission_id = NEW.id AND officers.role = 'approver' AND officers.status = 'active'
) < CASE NEW.review WHEN 'dual' THEN 2 ELSE 1 END
BEGIN SELECT RAISE(ABORT, 'too few approvers have agreed'); END;
CREATE TRIGGER submissions_own BEFORE UPDATE ON submissions
WHEN NEW.submitter_kind = 'officer' AND NEW.submitter_ref = NEW.decided_by
BEGIN SELECT RAISE(ABORT, 'nobody decides what they submitted'); END;
CREATE TRIGGER submissions_delete BEFORE DELETE ON submissions
BEGIN SELECT RAISE(ABORT, 'what was submitted stays as it is'); END;
