-- Everything that is submitted begins by waiting, and nothing takes the place of what waits, nor of an approval: REPLACE would, without a trigger of its own.
-- A restore lays the first rule aside while it brings back what was decided.

CREATE TRIGGER submissions_begin BEFORE INSERT ON submissions
WHEN NEW.state <> 'waiting' OR NEW.decided_by IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.reason IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what is submitted waits'); END;
CREATE TRIGGER submissions_replace BEFORE INSERT ON submissions
WHEN EXISTS (SELECT 1 FROM submissions WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'what was submitted stays as it is'); END;
CREATE TRIGGER submission_approvals_replace BEFORE INSERT ON submission_approvals
WHEN EXISTS (SELECT 1 FROM submission_approvals WHERE submission_id = NEW.submission_id AND officer_id = NEW.officer_id)
BEGIN SELECT RAISE(ABORT, 'submission_approvals is append-only'); END;
