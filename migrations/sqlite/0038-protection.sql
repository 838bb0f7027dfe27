-- What keeps a stolen key from doing harm: who froze whom and who may lift it, the printed freeze codes, what people were told about their access, and on what
-- they were seen before. Nothing here holds an address, a name or a code.

CREATE TABLE freezes (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL,
  authority text NOT NULL,
  how text NOT NULL,
  frozen_at integer NOT NULL,
  unfreeze_by text,
  unfreeze_begun_at integer,
  unfreeze_at integer,
  lifted_at integer
) STRICT;
CREATE UNIQUE INDEX freezes_standing ON freezes (person_id, authority) WHERE lifted_at IS NULL;
CREATE INDEX freezes_due ON freezes (unfreeze_at) WHERE lifted_at IS NULL AND unfreeze_at IS NOT NULL;

-- Whoever is frozen today was frozen by an operator.
INSERT INTO freezes (id, person_id, authority, how, frozen_at) SELECT 'status-' || id, id, 'ordered', 'command', updated_at FROM people WHERE status = 'frozen';

CREATE TABLE freeze_codes (
  person_id text NOT NULL PRIMARY KEY,
  digest text NOT NULL UNIQUE,
  made_at integer NOT NULL,
  used_at integer
) STRICT;

CREATE TABLE security_notices (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL,
  kind text NOT NULL,
  device text,
  at integer NOT NULL,
  last_at integer NOT NULL,
  count integer NOT NULL,
  disowned_at integer,
  case_number text UNIQUE
) STRICT;
CREATE INDEX security_notices_person ON security_notices (person_id, at, id);

CREATE TABLE known_devices (
  person_id text NOT NULL,
  name text NOT NULL,
  last_at integer NOT NULL,
  PRIMARY KEY (person_id, name)
) STRICT;
