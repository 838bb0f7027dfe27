-- When the case behind "it was not me" was closed, and the addresses that were replaced lately, sealed like the data of their person: for some weeks what
-- concerns the access is told there too.

ALTER TABLE security_notices ADD COLUMN case_closed_at bigint;
CREATE INDEX security_notices_cases ON security_notices (disowned_at, id) WHERE case_number IS NOT NULL;

CREATE TABLE former_addresses (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL,
  wrapped_key text NOT NULL,
  ciphertext text NOT NULL,
  replaced_at bigint NOT NULL,
  expires_at bigint NOT NULL
);
CREATE INDEX former_addresses_person ON former_addresses (person_id, replaced_at);
CREATE INDEX former_addresses_expiry ON former_addresses (expires_at);
