-- What people call their passkeys, sealed like everything they say about themselves; it outlives the passkey, so that the history can name it. And the offer
-- right after enrolment to bind a second passkey at once.

CREATE TABLE passkey_names (
  passkey_id text NOT NULL PRIMARY KEY REFERENCES passkeys (id),
  person_id text NOT NULL REFERENCES people (id),
  wrapped_key text NOT NULL,
  ciphertext text NOT NULL
);
CREATE INDEX passkey_names_person ON passkey_names (person_id);

CREATE TABLE spare_offers (
  digest text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  ceiling text NOT NULL,
  expires_at bigint NOT NULL
);
CREATE INDEX spare_offers_person ON spare_offers (person_id);
CREATE INDEX spare_offers_expiry ON spare_offers (expires_at);
