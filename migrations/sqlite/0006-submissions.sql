-- What waits for an approver: content as it would be registered, never a secret, only its digest.

CREATE TABLE submissions (
  id text NOT NULL PRIMARY KEY,
  state text NOT NULL,
  submitter_kind text NOT NULL,
  submitter_ref text,
  submitted_at integer NOT NULL,
  content text NOT NULL,
  digest text NOT NULL,
  base text NOT NULL,
  decided_by text REFERENCES officers (id),
  decided_at integer,
  reason text
) STRICT;
CREATE UNIQUE INDEX submissions_waiting ON submissions (digest, base) WHERE state = 'waiting';
