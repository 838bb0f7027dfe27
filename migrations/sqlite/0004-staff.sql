-- Staff: officers, their one-time links, passkeys and sessions. Apart from people in every table, so that none can stand for the other.

CREATE TABLE officers (
  id text NOT NULL PRIMARY KEY,
  name text NOT NULL,
  role text NOT NULL,
  agency_id text REFERENCES agencies (id),
  status text NOT NULL,
  language text,
  handle text NOT NULL UNIQUE,
  created_at integer NOT NULL
) STRICT;
CREATE UNIQUE INDEX officers_active ON officers (name, role, coalesce(agency_id, '')) WHERE status = 'active';

CREATE TABLE officer_invitations (
  digest text NOT NULL PRIMARY KEY,
  officer_id text NOT NULL REFERENCES officers (id),
  created_at integer NOT NULL,
  expires_at integer NOT NULL,
  used_at integer
) STRICT;
CREATE INDEX officer_invitations_officer ON officer_invitations (officer_id);

CREATE TABLE officer_passkeys (
  id text NOT NULL PRIMARY KEY,
  officer_id text NOT NULL REFERENCES officers (id),
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
CREATE INDEX officer_passkeys_officer ON officer_passkeys (officer_id);

CREATE TABLE staff_sessions (
  digest text NOT NULL PRIMARY KEY,
  officer_id text NOT NULL REFERENCES officers (id),
  started_at integer NOT NULL,
  last_seen_at integer NOT NULL,
  expires_at integer NOT NULL,
  ended_at integer
) STRICT;
CREATE INDEX staff_sessions_officer ON staff_sessions (officer_id);
