-- Registries and providers whose signed statements about people are taken, and those whose were.

CREATE TABLE proofing_issuers (
  issuer text NOT NULL PRIMARY KEY,
  name text NOT NULL,
  jwks text NOT NULL,
  trust_framework text NOT NULL,
  assurance_levels text NOT NULL,
  check_methods text NOT NULL,
  high_methods text NOT NULL,
  since bigint NOT NULL,
  ended_at bigint
);
