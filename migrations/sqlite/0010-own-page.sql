-- A person's own page is read from where it begins: receipts by the time of the decision, entries in the order of their ids, which begin with the time.

DROP INDEX consent_versions_person;
CREATE INDEX consent_versions_person ON consent_versions (person_id, created_at, receipt_id);
