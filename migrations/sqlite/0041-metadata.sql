-- FIDO metadata by source, and what a passkey has to keep so that it can be judged by metadata that come later: whether its statement held when the client data
-- were at hand, and by which version of its model it was judged last. A session of an officer says with which passkey it was begun; those that do not are closed.

CREATE TABLE metadata_sources (
  source text NOT NULL PRIMARY KEY,
  name text NOT NULL,
  number integer NOT NULL,
  next_update integer NOT NULL,
  digest text NOT NULL,
  imported_at integer NOT NULL
) STRICT;

CREATE TABLE metadata_models (
  aaguid text NOT NULL,
  source text NOT NULL REFERENCES metadata_sources (source),
  description text NOT NULL,
  is_listed integer NOT NULL,
  is_warned integer NOT NULL,
  status text,
  status_since text,
  roots text NOT NULL,
  user_verification text NOT NULL,
  key_protection text NOT NULL,
  attestation_types text NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (aaguid, source)
) STRICT;

ALTER TABLE passkeys ADD COLUMN is_statement_verified integer NOT NULL DEFAULT 0;
ALTER TABLE passkeys ADD COLUMN judged_version integer NOT NULL DEFAULT 0;
ALTER TABLE officer_passkeys ADD COLUMN is_statement_verified integer NOT NULL DEFAULT 0;
ALTER TABLE officer_passkeys ADD COLUMN judged_version integer NOT NULL DEFAULT 0;
-- Of this format alone the statement was examined until now.
UPDATE passkeys SET is_statement_verified = 1 WHERE attestation_format = 'packed';
UPDATE officer_passkeys SET is_statement_verified = 1 WHERE attestation_format = 'packed';
CREATE INDEX passkeys_judged ON passkeys (aaguid, judged_version);
ALTER TABLE staff_sessions ADD COLUMN passkey_id text;
