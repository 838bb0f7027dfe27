-- Each version of a record knows the change that made it, and a paused record stands: one active record for a person, service and purpose.
-- What made the versions of before is in their entries; the guard of the evidence is lifted for filling the new column in, and for nothing else.

ALTER TABLE consents ADD COLUMN change text NOT NULL DEFAULT 'given';
ALTER TABLE consent_versions ADD COLUMN change text NOT NULL DEFAULT 'given';

DROP TRIGGER consent_versions_update;
UPDATE consent_versions SET change = COALESCE((SELECT substr(entries.type, 9) FROM entries WHERE entries.id = consent_versions.event_id), state);
CREATE TRIGGER consent_versions_update BEFORE UPDATE ON consent_versions
BEGIN SELECT RAISE(ABORT, 'consent_versions is append-only'); END;

UPDATE consents SET change = COALESCE((SELECT consent_versions.change FROM consent_versions
  WHERE consent_versions.consent_id = consents.id AND consent_versions.version = consents.version), state);

DROP INDEX consents_standing;
CREATE UNIQUE INDEX consents_standing ON consents (person_id, client_id, purpose_id) WHERE state IN ('given', 'notified', 'paused');
