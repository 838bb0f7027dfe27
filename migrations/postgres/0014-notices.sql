-- What people were shown before they decided: each distinct text once, without any value of a person. It is evidence: nothing of it changes or goes.

CREATE TABLE notices (
  digest text NOT NULL,
  language text NOT NULL CHECK (language IN ('ar', 'en')),
  client_id text NOT NULL,
  purpose_id text NOT NULL,
  purpose_version bigint NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (client_id, purpose_id, purpose_version, language, digest),
  FOREIGN KEY (client_id, purpose_id, purpose_version) REFERENCES purposes (client_id, id, version)
);
CREATE INDEX notices_digest ON notices (digest);

CREATE TRIGGER notices_change BEFORE UPDATE OR DELETE ON notices FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notices_truncate BEFORE TRUNCATE ON notices FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
