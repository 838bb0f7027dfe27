-- Records of closed accounts stand alone: each version loses its receipt and the person it was of, once the account is closed, and nothing else about it changes.

DROP TRIGGER consent_versions_update;
CREATE TRIGGER consent_versions_update BEFORE UPDATE ON consent_versions
WHEN NOT (
  NEW.person_id = '' AND NEW.jws = '' AND EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id AND status = 'closed')
  AND NEW.consent_id = OLD.consent_id AND NEW.version = OLD.version AND NEW.purpose_version = OLD.purpose_version AND NEW.state = OLD.state
  AND NEW.change = OLD.change AND NEW.attributes = OLD.attributes AND NEW.basis = OLD.basis AND NEW.language = OLD.language
  AND NEW.acted_by = OLD.acted_by AND NEW.decided_at = OLD.decided_at AND NEW.expires_at = OLD.expires_at AND NEW.receipt_id = OLD.receipt_id
  AND NEW.event_id = OLD.event_id AND NEW.created_at = OLD.created_at
)
BEGIN SELECT RAISE(ABORT, 'consent_versions is append-only'); END;

-- Accounts that were closed before are gone through once more.
UPDATE erasures SET done_at = NULL;
