-- How a person's identity was checked, sealed; and how far a passkey may reach that is bound by a link or a code.

CREATE TABLE proofings (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  at integer NOT NULL,
  is_high integer NOT NULL CHECK (is_high IN (0, 1)),
  wrapped_key text NOT NULL,
  ciphertext text NOT NULL
) STRICT;
CREATE INDEX proofings_person ON proofings (person_id);

ALTER TABLE invitations ADD COLUMN ceiling text NOT NULL DEFAULT 'substantial';
