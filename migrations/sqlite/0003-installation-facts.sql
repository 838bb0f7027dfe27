-- What this database was begun with. Other keys or another issuer would write beside what is there and read none of it.

CREATE TABLE installation_facts (
  name text NOT NULL PRIMARY KEY,
  value text NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER installation_facts_update BEFORE UPDATE ON installation_facts
BEGIN SELECT RAISE(ABORT, 'installation_facts is append-only'); END;
