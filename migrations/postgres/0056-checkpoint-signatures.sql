-- What witnesses said about our checkpoints: each witness once about each size, and never otherwise afterwards.

CREATE TABLE checkpoint_signatures (
  size bigint NOT NULL REFERENCES checkpoints (size),
  witness text NOT NULL,
  key_id text NOT NULL,
  line text NOT NULL,
  cosigned_at bigint NOT NULL,
  PRIMARY KEY (size, witness, key_id)
);
CREATE INDEX checkpoint_signatures_witness ON checkpoint_signatures (witness, key_id, size);

CREATE TRIGGER checkpoint_signatures_change BEFORE UPDATE OR DELETE ON checkpoint_signatures FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoint_signatures_truncate BEFORE TRUNCATE ON checkpoint_signatures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
