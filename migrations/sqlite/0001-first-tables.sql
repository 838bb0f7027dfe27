-- People, agencies, passkeys.

CREATE TABLE people (
  id text NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  status text NOT NULL,
  handle text NOT NULL UNIQUE,
  language text,
  registry_digest text NOT NULL UNIQUE,
  wrapped_key text NOT NULL,
  ciphertext text NOT NULL,
  created_at integer NOT NULL,
  updated_at integer NOT NULL
) STRICT;

CREATE TABLE person_subjects (
  registry_digest text NOT NULL,
  sector text NOT NULL,
  subject text NOT NULL UNIQUE,
  PRIMARY KEY (registry_digest, sector)
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
  digest text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  created_at integer NOT NULL,
  expires_at integer NOT NULL,
  used_at integer
) STRICT;
CREATE INDEX invitations_person ON invitations (person_id);

CREATE TABLE agencies (
  id text NOT NULL PRIMARY KEY,
  registration_number text NOT NULL,
  name text NOT NULL,
  contacts text NOT NULL
) STRICT;

CREATE TABLE services (
  client_id text NOT NULL PRIMARY KEY,
  agency_id text NOT NULL REFERENCES agencies (id),
  service_class text NOT NULL,
  name text NOT NULL,
  status text NOT NULL,
  sector text NOT NULL,
  audience text NOT NULL,
  minimum_level text NOT NULL,
  metadata text NOT NULL
) STRICT;

CREATE TABLE purposes (
  client_id text NOT NULL REFERENCES services (client_id),
  id text NOT NULL,
  version integer NOT NULL,
  is_current integer NOT NULL CHECK (is_current IN (0, 1)),
  is_default integer NOT NULL CHECK (is_default IN (0, 1)),
  text text NOT NULL,
  basis text NOT NULL,
  law_ref text,
  retention text NOT NULL,
  expires_after text NOT NULL,
  attributes text NOT NULL,
  PRIMARY KEY (client_id, id, version)
) STRICT;
CREATE UNIQUE INDEX purposes_current ON purposes (client_id, id) WHERE is_current;

CREATE TABLE passkeys (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  public_key text NOT NULL,
  counter integer NOT NULL,
  transports text NOT NULL,
  aaguid text NOT NULL,
  is_backup_eligible integer NOT NULL CHECK (is_backup_eligible IN (0, 1)),
  is_backed_up integer NOT NULL CHECK (is_backed_up IN (0, 1)),
  attestation_format text NOT NULL,
  attestation text NOT NULL,
  created_at integer NOT NULL,
  last_used_at integer
) STRICT;
CREATE INDEX passkeys_person ON passkeys (person_id);

CREATE TABLE ceremonies (
  id text NOT NULL PRIMARY KEY,
  challenge text NOT NULL,
  purpose text NOT NULL,
  person_id text,
  binding text NOT NULL,
  expires_at integer NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ceremonies_expiry ON ceremonies (expires_at);

-- Consents. The current projection, and every version with its signed receipt.

CREATE TABLE consents (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  client_id text NOT NULL REFERENCES services (client_id),
  purpose_id text NOT NULL,
  purpose_version integer NOT NULL,
  version integer NOT NULL,
  run integer NOT NULL,
  state text NOT NULL,
  attributes text NOT NULL,
  basis text NOT NULL,
  language text NOT NULL,
  acted_by text NOT NULL,
  created_at integer NOT NULL,
  decided_at integer NOT NULL,
  expires_at integer NOT NULL
) STRICT;
CREATE UNIQUE INDEX consents_standing ON consents (person_id, client_id, purpose_id) WHERE state IN ('given', 'notified');
CREATE INDEX consents_person ON consents (person_id, client_id, purpose_id);

CREATE TABLE consent_versions (
  consent_id text NOT NULL,
  version integer NOT NULL,
  person_id text NOT NULL,
  purpose_version integer NOT NULL,
  state text NOT NULL,
  attributes text NOT NULL,
  basis text NOT NULL,
  language text NOT NULL,
  acted_by text NOT NULL,
  decided_at integer NOT NULL,
  expires_at integer NOT NULL,
  receipt_id text NOT NULL UNIQUE,
  jws text NOT NULL,
  event_id text NOT NULL,
  created_at integer NOT NULL,
  PRIMARY KEY (consent_id, version)
) STRICT;
CREATE INDEX consent_versions_person ON consent_versions (person_id);

CREATE TABLE outbox (
  id text NOT NULL PRIMARY KEY,
  topic text NOT NULL,
  client_id text NOT NULL,
  body text NOT NULL,
  created_at integer NOT NULL,
  sent_at integer
) STRICT;
CREATE INDEX outbox_waiting ON outbox (created_at) WHERE sent_at IS NULL;

-- The ledger. The rowid of an entry is its place in the order of commits.

CREATE TABLE entries (
  id text NOT NULL PRIMARY KEY,
  type text NOT NULL,
  at integer NOT NULL,
  service text,
  purpose text,
  attributes text NOT NULL,
  body text NOT NULL,
  commitment text NOT NULL,
  log_index integer,
  leaf_hash text
) STRICT;
CREATE UNIQUE INDEX entries_index ON entries (log_index) WHERE log_index IS NOT NULL;
CREATE INDEX entries_pending ON entries (id) WHERE log_index IS NULL;
CREATE INDEX entries_service ON entries (service, log_index) WHERE log_index IS NOT NULL;

CREATE TABLE entry_secrets (
  entry_id text NOT NULL PRIMARY KEY,
  person_ref text,
  salt text NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_secrets_person ON entry_secrets (person_ref) WHERE person_ref IS NOT NULL;

CREATE TABLE entry_attributes (
  attributes text NOT NULL,
  attribute text NOT NULL,
  PRIMARY KEY (attributes, attribute)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_attributes_attribute ON entry_attributes (attribute);

CREATE TABLE ledger_tiles (
  level integer NOT NULL,
  tile_index integer NOT NULL,
  hashes text NOT NULL,
  PRIMARY KEY (level, tile_index)
) STRICT;

CREATE TABLE checkpoints (
  size integer NOT NULL PRIMARY KEY,
  root text NOT NULL,
  text text NOT NULL,
  at integer NOT NULL
) STRICT;

-- What the engine keeps.

CREATE TABLE artefacts (
  key text NOT NULL PRIMARY KEY,
  model text NOT NULL,
  payload text NOT NULL,
  expires_at integer NOT NULL,
  created_at integer NOT NULL,
  consumed_at integer,
  ended_at integer,
  person_id text,
  client_id text,
  consent_id text,
  consent_run integer,
  session_uid text,
  is_offline integer NOT NULL CHECK (is_offline IN (0, 1))
) STRICT;

CREATE TABLE sessions (
  uid text NOT NULL PRIMARY KEY,
  key text NOT NULL UNIQUE,
  previous_key text,
  previous_until integer,
  payload text NOT NULL,
  person_id text,
  expires_at integer NOT NULL,
  last_seen_at integer NOT NULL,
  ended_at integer
) STRICT;
CREATE INDEX sessions_previous_key ON sessions (previous_key) WHERE previous_key IS NOT NULL;

CREATE TABLE ended_tokens (
  session_uid text NOT NULL,
  client_id text NOT NULL,
  ended_before integer NOT NULL,
  offline_ended_before integer NOT NULL,
  PRIMARY KEY (session_uid, client_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE replays (
  key text NOT NULL PRIMARY KEY,
  expires_at integer NOT NULL
) STRICT, WITHOUT ROWID;

-- Append-only. The insert triggers stand against INSERT OR REPLACE, which deletes without firing a delete trigger.

CREATE TRIGGER consent_versions_insert BEFORE INSERT ON consent_versions
WHEN EXISTS (SELECT 1 FROM consent_versions WHERE consent_id = NEW.consent_id AND version = NEW.version)
  OR EXISTS (SELECT 1 FROM consent_versions WHERE receipt_id = NEW.receipt_id)
BEGIN SELECT RAISE(ABORT, 'consent_versions is append-only'); END;
CREATE TRIGGER consent_versions_update BEFORE UPDATE ON consent_versions
BEGIN SELECT RAISE(ABORT, 'consent_versions is append-only'); END;
CREATE TRIGGER consent_versions_delete BEFORE DELETE ON consent_versions
BEGIN SELECT RAISE(ABORT, 'consent_versions is append-only'); END;

CREATE TRIGGER entries_insert BEFORE INSERT ON entries
WHEN NEW.log_index IS NOT NULL OR NEW.leaf_hash IS NOT NULL OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'entries is append-only'); END;
CREATE TRIGGER entries_update BEFORE UPDATE ON entries
WHEN NOT (
  OLD.log_index IS NULL AND OLD.leaf_hash IS NULL AND NEW.log_index IS NOT NULL AND NEW.leaf_hash IS NOT NULL
  AND NEW.id = OLD.id AND NEW.type = OLD.type AND NEW.at = OLD.at AND NEW.service IS OLD.service AND NEW.purpose IS OLD.purpose
  AND NEW.attributes = OLD.attributes AND NEW.body = OLD.body AND NEW.commitment = OLD.commitment
  AND NOT EXISTS (SELECT 1 FROM entries WHERE log_index = NEW.log_index)
)
BEGIN SELECT RAISE(ABORT, 'entries is append-only'); END;
CREATE TRIGGER entries_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries is append-only'); END;

CREATE TRIGGER entry_secrets_insert BEFORE INSERT ON entry_secrets
WHEN EXISTS (SELECT 1 FROM entry_secrets WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'entry_secrets cannot change, only go'); END;
CREATE TRIGGER entry_secrets_update BEFORE UPDATE ON entry_secrets
BEGIN SELECT RAISE(ABORT, 'entry_secrets cannot change, only go'); END;

CREATE TRIGGER entry_attributes_update BEFORE UPDATE ON entry_attributes
BEGIN SELECT RAISE(ABORT, 'entry_attributes is append-only'); END;
CREATE TRIGGER entry_attributes_delete BEFORE DELETE ON entry_attributes
BEGIN SELECT RAISE(ABORT, 'entry_attributes is append-only'); END;

-- A tile only grows at its end; the last character may hold bits that follow.
CREATE TRIGGER ledger_tiles_insert BEFORE INSERT ON ledger_tiles
WHEN EXISTS (
  SELECT 1 FROM ledger_tiles WHERE level = NEW.level AND tile_index = NEW.tile_index
  AND (length(NEW.hashes) <= length(hashes) OR substr(NEW.hashes, 1, length(hashes) - 1) <> substr(hashes, 1, length(hashes) - 1))
)
BEGIN SELECT RAISE(ABORT, 'ledger_tiles only grow'); END;
CREATE TRIGGER ledger_tiles_update BEFORE UPDATE ON ledger_tiles
WHEN NEW.level <> OLD.level OR NEW.tile_index <> OLD.tile_index OR length(NEW.hashes) <= length(OLD.hashes)
  OR substr(NEW.hashes, 1, length(OLD.hashes) - 1) <> substr(OLD.hashes, 1, length(OLD.hashes) - 1)
BEGIN SELECT RAISE(ABORT, 'ledger_tiles only grow'); END;
CREATE TRIGGER ledger_tiles_delete BEFORE DELETE ON ledger_tiles
BEGIN SELECT RAISE(ABORT, 'ledger_tiles only grow'); END;

CREATE TRIGGER checkpoints_insert BEFORE INSERT ON checkpoints
WHEN EXISTS (SELECT 1 FROM checkpoints WHERE size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'checkpoints is append-only'); END;
CREATE TRIGGER checkpoints_update BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints is append-only'); END;
CREATE TRIGGER checkpoints_delete BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints is append-only'); END;
