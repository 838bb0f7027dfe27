-- What witnesses said about our checkpoints: each witness once about each size, and never otherwise afterwards.

CREATE TABLE checkpoint_signatures (
  size integer NOT NULL REFERENCES checkpoints (size),
  witness text NOT NULL,
  key_id text NOT NULL,
  line text NOT NULL,
  cosigned_at integer NOT NULL,
  PRIMARY KEY (size, witness, key_id)
) STRICT;
CREATE INDEX checkpoint_signatures_witness ON checkpoint_signatures (witness, key_id, size);

CREATE TRIGGER checkpoint_signatures_insert BEFORE INSERT ON checkpoint_signatures
WHEN EXISTS (SELECT 1 FROM checkpoint_signatures WHERE size = NEW.size AND witness = NEW.witness AND key_id = NEW.key_id)
BEGIN SELECT RAISE(ABORT, 'checkpoint_signatures is append-only'); END;
CREATE TRIGGER checkpoint_signatures_update BEFORE UPDATE ON checkpoint_signatures
BEGIN SELECT RAISE(ABORT, 'checkpoint_signatures is append-only'); END;
CREATE TRIGGER checkpoint_signatures_delete BEFORE DELETE ON checkpoint_signatures
BEGIN SELECT RAISE(ABORT, 'checkpoint_signatures is append-only'); END;
