-- Accounts that were closed, until nothing that opened their entries is left.

CREATE TABLE erasures (
  person_id text NOT NULL PRIMARY KEY REFERENCES people (id),
  begun_at integer NOT NULL,
  done_at integer
) STRICT;
CREATE INDEX erasures_begun ON erasures (begun_at) WHERE done_at IS NULL;
