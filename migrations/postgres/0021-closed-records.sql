-- Records of closed accounts stand alone: each version loses its receipt and the person it was of, once the account is closed, and nothing else about it changes.

CREATE FUNCTION refuse_change_of_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.person_id = '' AND NEW.jws = '' AND EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id AND status = 'closed')
    AND (to_jsonb(NEW) - 'person_id' - 'jws') = (to_jsonb(OLD) - 'person_id' - 'jws') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;

DROP TRIGGER consent_versions_change ON consent_versions;
CREATE TRIGGER consent_versions_change BEFORE UPDATE ON consent_versions FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER consent_versions_delete BEFORE DELETE ON consent_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Accounts that were closed before are gone through once more.
UPDATE erasures SET done_at = NULL;
