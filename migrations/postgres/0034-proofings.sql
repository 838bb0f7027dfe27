-- How a person's identity was checked, sealed; and how far a passkey may reach that is bound by a link or a code.

CREATE TABLE proofings (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  at bigint NOT NULL,
  is_high boolean NOT NULL,
  wrapped_key text NOT NULL,
  ciphertext text NOT NULL
);
CREATE INDEX proofings_person ON proofings (person_id);

ALTER TABLE invitations ADD COLUMN ceiling text NOT NULL DEFAULT 'substantial';
