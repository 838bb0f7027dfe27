-- What people were shown before they decided: each distinct text once, without any value of a person. It is evidence: nothing of it changes or goes.

CREATE TABLE notices (
  digest text NOT NULL,
  language text NOT NULL CHECK (language IN ('ar', 'en')),
  client_id text NOT NULL,
  purpose_id text NOT NULL,
  purpose_version integer NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (client_id, purpose_id, purpose_version, language, digest),
  FOREIGN KEY (client_id, purpose_id, purpose_version) REFERENCES purposes (client_id, id, version)
) STRICT;
CREATE INDEX notices_digest ON notices (digest);

-- Replacing a row would be a change that no other trigger sees.
CREATE TRIGGER notices_insert BEFORE INSERT ON notices
WHEN EXISTS (SELECT 1 FROM notices WHERE digest = NEW.digest AND text <> NEW.text)
BEGIN SELECT RAISE(ABORT, 'notices is append-only'); END;
CREATE TRIGGER notices_update BEFORE UPDATE ON notices
BEGIN SELECT RAISE(ABORT, 'notices is append-only'); END;
CREATE TRIGGER notices_delete BEFORE DELETE ON notices
BEGIN SELECT RAISE(ABORT, 'notices is append-only'); END;
