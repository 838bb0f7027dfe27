-- The keys that sign tokens, their private halves sealed, and the version of all of them together: who changes them brings the version that they read.

CREATE TABLE key_sets (
  name text NOT NULL PRIMARY KEY,
  version integer NOT NULL
) STRICT;

CREATE TABLE token_keys (
  kid text NOT NULL PRIMARY KEY,
  alg text NOT NULL,
  public_jwk text NOT NULL,
  sealed_key text NOT NULL,
  staged_at integer NOT NULL,
  active_at integer,
  ended_at integer,
  end_kind text,
  gone_at integer,
  retired_at integer
) STRICT;
