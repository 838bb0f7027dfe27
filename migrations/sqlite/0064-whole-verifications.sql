-- The nights in which a node verified the whole log: who begins a night first has it, and what came of it is kept.

CREATE TABLE whole_verifications (
  night text NOT NULL PRIMARY KEY,
  begun_at integer NOT NULL,
  ended_at integer,
  size integer,
  root text,
  faults integer,
  first_fault text
) STRICT;
