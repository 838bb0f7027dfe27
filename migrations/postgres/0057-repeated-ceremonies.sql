-- The mark of each ceremony of a passkey, as a number made of its digest, and where it first stands. No two sign-ins share one; a copy is found by it. Made from
-- the entries like the other facts.
CREATE TABLE audit_ceremonies (
  mark bigint NOT NULL PRIMARY KEY,
  log_index bigint NOT NULL
);
