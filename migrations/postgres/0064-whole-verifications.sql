-- The nights in which a node verified the whole log: who begins a night first has it, and what came of it is kept.

CREATE TABLE whole_verifications (
  night text NOT NULL PRIMARY KEY,
  begun_at bigint NOT NULL,
  ended_at bigint,
  size bigint,
  root text,
  faults bigint,
  first_fault text
);
