-- A person's own page is read from where it begins: receipts by the time of the decision, entries in the order of their ids, which begin with the time.

DROP INDEX consent_versions_person;
CREATE INDEX consent_versions_person ON consent_versions (person_id, created_at, receipt_id);
-- SQLite keeps the key of a row in every index of such a table, and so has this order already.
DROP INDEX entry_secrets_person;
CREATE INDEX entry_secrets_person ON entry_secrets (person_ref, entry_id) WHERE person_ref IS NOT NULL;
