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
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL
);

CREATE TABLE person_subjects (
  registry_digest text NOT NULL,
  sector text NOT NULL,
  subject text NOT NULL UNIQUE,
  PRIMARY KEY (registry_digest, sector)
);

CREATE TABLE invitations (
  digest text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  used_at bigint
);
CREATE INDEX invitations_person ON invitations (person_id);

CREATE TABLE agencies (
  id text NOT NULL PRIMARY KEY,
  registration_number text NOT NULL,
  name text NOT NULL,
  contacts text NOT NULL
);

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
);

CREATE TABLE purposes (
  client_id text NOT NULL REFERENCES services (client_id),
  id text NOT NULL,
  version bigint NOT NULL,
  is_current boolean NOT NULL,
  is_default boolean NOT NULL,
  text text NOT NULL,
  basis text NOT NULL,
  law_ref text,
  retention text NOT NULL,
  expires_after text NOT NULL,
  attributes text NOT NULL,
  PRIMARY KEY (client_id, id, version)
);
CREATE UNIQUE INDEX purposes_current ON purposes (client_id, id) WHERE is_current;

CREATE TABLE passkeys (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  public_key text NOT NULL,
  counter bigint NOT NULL,
  transports text NOT NULL,
  aaguid text NOT NULL,
  is_backup_eligible boolean NOT NULL,
  is_backed_up boolean NOT NULL,
  attestation_format text NOT NULL,
  attestation text NOT NULL,
  created_at bigint NOT NULL,
  last_used_at bigint
);
CREATE INDEX passkeys_person ON passkeys (person_id);

CREATE TABLE ceremonies (
  id text NOT NULL PRIMARY KEY,
  challenge text NOT NULL,
  purpose text NOT NULL,
  person_id text,
  binding text NOT NULL,
  expires_at bigint NOT NULL
);
CREATE INDEX ceremonies_expiry ON ceremonies (expires_at);

-- Consents. The current projection, and every version with its signed receipt.

CREATE TABLE consents (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  client_id text NOT NULL REFERENCES services (client_id),
  purpose_id text NOT NULL,
  purpose_version bigint NOT NULL,
  version bigint NOT NULL,
  run bigint NOT NULL,
  state text NOT NULL,
  attributes text NOT NULL,
  basis text NOT NULL,
  language text NOT NULL,
  acted_by text NOT NULL,
  created_at bigint NOT NULL,
  decided_at bigint NOT NULL,
  expires_at bigint NOT NULL
);
CREATE UNIQUE INDEX consents_standing ON consents (person_id, client_id, purpose_id) WHERE state IN ('given', 'notified');
CREATE INDEX consents_person ON consents (person_id, client_id, purpose_id);

CREATE TABLE consent_versions (
  consent_id text NOT NULL,
  version bigint NOT NULL,
  person_id text NOT NULL,
  purpose_version bigint NOT NULL,
  state text NOT NULL,
  attributes text NOT NULL,
  basis text NOT NULL,
  language text NOT NULL,
  acted_by text NOT NULL,
  decided_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  receipt_id text NOT NULL UNIQUE,
  jws text NOT NULL,
  event_id text NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (consent_id, version)
);
CREATE INDEX consent_versions_person ON consent_versions (person_id);

CREATE TABLE outbox (
  id text NOT NULL PRIMARY KEY,
  topic text NOT NULL,
  client_id text NOT NULL,
  body text NOT NULL,
  created_at bigint NOT NULL,
  sent_at bigint
);
CREATE INDEX outbox_waiting ON outbox (created_at) WHERE sent_at IS NULL;

-- The ledger.

CREATE TABLE entries (
  id text NOT NULL PRIMARY KEY,
  type text NOT NULL,
  at bigint NOT NULL,
  service text,
  purpose text,
  attributes text NOT NULL,
  body text NOT NULL,
  commitment text NOT NULL,
  log_index bigint,
  leaf_hash text
);
CREATE UNIQUE INDEX entries_index ON entries (log_index) WHERE log_index IS NOT NULL;
CREATE INDEX entries_pending ON entries (id) WHERE log_index IS NULL;
CREATE INDEX entries_service ON entries (service, log_index) WHERE log_index IS NOT NULL;

CREATE TABLE entry_secrets (
  entry_id text NOT NULL PRIMARY KEY,
  person_ref text,
  salt text NOT NULL
);
CREATE INDEX entry_secrets_person ON entry_secrets (person_ref) WHERE person_ref IS NOT NULL;

CREATE TABLE entry_attributes (
  attributes text NOT NULL,
  attribute text NOT NULL,
  PRIMARY KEY (attributes, attribute)
);
CREATE INDEX entry_attributes_attribute ON entry_attributes (attribute);

CREATE TABLE ledger_tiles (
  level bigint NOT NULL,
  tile_index bigint NOT NULL,
  hashes text NOT NULL,
  PRIMARY KEY (level, tile_index)
);

CREATE TABLE checkpoints (
  size bigint NOT NULL PRIMARY KEY,
  root text NOT NULL,
  text text NOT NULL,
  at bigint NOT NULL
);

-- What the engine keeps.

CREATE TABLE artefacts (
  key text NOT NULL PRIMARY KEY,
  model text NOT NULL,
  payload text NOT NULL,
  expires_at bigint NOT NULL,
  created_at bigint NOT NULL,
  consumed_at bigint,
  ended_at bigint,
  person_id text,
  client_id text,
  consent_id text,
  consent_run bigint,
  session_uid text,
  is_offline boolean NOT NULL
);

CREATE TABLE sessions (
  uid text NOT NULL PRIMARY KEY,
  key text NOT NULL UNIQUE,
  previous_key text,
  previous_until bigint,
  payload text NOT NULL,
  person_id text,
  expires_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  ended_at bigint
);
CREATE INDEX sessions_previous_key ON sessions (previous_key) WHERE previous_key IS NOT NULL;

CREATE TABLE ended_tokens (
  session_uid text NOT NULL,
  client_id text NOT NULL,
  ended_before bigint NOT NULL,
  offline_ended_before bigint NOT NULL,
  PRIMARY KEY (session_uid, client_id)
);

CREATE TABLE replays (
  key text NOT NULL PRIMARY KEY,
  expires_at bigint NOT NULL
);

-- Append-only, against TRUNCATE too.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER consent_versions_change BEFORE UPDATE OR DELETE ON consent_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consent_versions_truncate BEFORE TRUNCATE ON consent_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER entries_insert BEFORE INSERT ON entries FOR EACH ROW
  WHEN (NEW.log_index IS NOT NULL OR NEW.leaf_hash IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entries_update BEFORE UPDATE ON entries FOR EACH ROW
  WHEN (NOT (
    OLD.log_index IS NULL AND OLD.leaf_hash IS NULL AND NEW.log_index IS NOT NULL AND NEW.leaf_hash IS NOT NULL
    AND NEW.id = OLD.id AND NEW.type = OLD.type AND NEW.at = OLD.at
    AND NEW.service IS NOT DISTINCT FROM OLD.service AND NEW.purpose IS NOT DISTINCT FROM OLD.purpose
    AND NEW.attributes = OLD.attributes AND NEW.body = OLD.body AND NEW.commitment = OLD.commitment
  )) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entries_delete BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entries_truncate BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Rows of entry_secrets may go (erasure), never change.
CREATE TRIGGER entry_secrets_update BEFORE UPDATE ON entry_secrets FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_secrets_truncate BEFORE TRUNCATE ON entry_secrets FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER entry_attributes_change BEFORE UPDATE OR DELETE ON entry_attributes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_attributes_truncate BEFORE TRUNCATE ON entry_attributes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A tile only grows at its end; the last character may hold bits that follow.
CREATE TRIGGER ledger_tiles_update BEFORE UPDATE ON ledger_tiles FOR EACH ROW
  WHEN (
    NEW.level <> OLD.level OR NEW.tile_index <> OLD.tile_index OR length(NEW.hashes) <= length(OLD.hashes)
    OR substr(NEW.hashes, 1, length(OLD.hashes) - 1) <> substr(OLD.hashes, 1, length(OLD.hashes) - 1)
  ) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_tiles_delete BEFORE DELETE ON ledger_tiles FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_tiles_truncate BEFORE TRUNCATE ON ledger_tiles FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER checkpoints_change BEFORE UPDATE OR DELETE ON checkpoints FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER checkpoints_truncate BEFORE TRUNCATE ON checkpoints FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
