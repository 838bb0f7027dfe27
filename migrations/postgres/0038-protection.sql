-- What keeps a stolen key from doing harm: who froze whom and who may lift it, the printed freeze codes, what people were told about their access, and on what
-- they were seen before. Nothing here holds an address, a name or a code.

CREATE TABLE freezes (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL,
  authority text NOT NULL,
  how text NOT NULL,
  frozen_at bigint NOT NULL,
  unfreeze_by text,
  unfreeze_begun_at bigint,
  unfreeze_at bigint,
  lifted_at bigint
);
CREATE UNIQUE INDEX freezes_standing ON freezes (person_id, authority) WHERE lifted_at IS NULL;
CREATE INDEX freezes_due ON freezes (unfreeze_at) WHERE lifted_at IS NULL AND unfreeze_at IS NOT NULL;

-- Whoever is frozen today was frozen by an operator.
INSERT INTO freezes (id, person_id, authority, how, frozen_at) SELECT 'status-' || id, id, 'ordered', 'command', updated_at FROM people WHERE status = 'frozen';

CREATE TABLE freeze_codes (
  person_id text NOT NULL PRIMARY KEY,
  digest text NOT NULL UNIQUE,
  made_at bigint NOT NULL,
  used_at bigint
);

CREATE TABLE security_notices (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL,
  kind text NOT NULL,
  device text,
  at bigint NOT NULL,
  last_at bigint NOT NULL,
  count bigint NOT NULL,
  disowned_at bigint,
  case_number text UNIQUE
);
CREATE INDEX security_notices_person ON security_notices (person_id, at, id);

CREATE TABLE known_devices (
  person_id text NOT NULL,
  name text NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (person_id, name)
);
