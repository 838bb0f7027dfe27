-- What people say about themselves, beside what the registry says; and the codes by which they prove a channel. Addresses are sealed, codes are keyed digests.

ALTER TABLE people ADD COLUMN declared_key text;
ALTER TABLE people ADD COLUMN declared_ciphertext text;

CREATE TABLE contact_changes (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  channel text NOT NULL,
  session_digest text NOT NULL,
  wrapped_key text NOT NULL,
  ciphertext text NOT NULL,
  code_digest text NOT NULL,
  tries integer NOT NULL,
  begun_at integer NOT NULL,
  sent_at integer NOT NULL,
  expires_at integer NOT NULL,
  UNIQUE (person_id, channel)
) STRICT;
CREATE INDEX contact_changes_expiry ON contact_changes (expires_at);

CREATE TABLE contact_codes (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  channel text NOT NULL,
  destination_digest text NOT NULL,
  sent_at integer NOT NULL,
  expires_at integer NOT NULL
) STRICT;
CREATE INDEX contact_codes_person ON contact_codes (person_id, sent_at);
CREATE INDEX contact_codes_destination ON contact_codes (destination_digest, sent_at);
CREATE INDEX contact_codes_expiry ON contact_codes (expires_at);
