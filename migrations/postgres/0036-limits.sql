-- How often something failed of late. The key is a keyed digest of what is counted and under which name; the moment says until when anything of it counts.

CREATE TABLE limit_counts (
  key text NOT NULL PRIMARY KEY,
  expires_at bigint NOT NULL
);
CREATE INDEX limit_counts_expiry ON limit_counts (expires_at);
