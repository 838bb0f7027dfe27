-- What developers of services see of their own requests; no evidence, and of no person.

CREATE TABLE traces (
  id text NOT NULL PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  at bigint NOT NULL,
  client_id text NOT NULL,
  endpoint text NOT NULL,
  step text NOT NULL,
  visit text,
  rule text,
  error text,
  detail text,
  status bigint NOT NULL,
  asked text NOT NULL,
  expires_at bigint NOT NULL
);
CREATE INDEX traces_service ON traces (client_id, at);
CREATE INDEX traces_visit ON traces (visit);
CREATE INDEX traces_expiry ON traces (expires_at);

CREATE TABLE trace_counts (
  id text NOT NULL PRIMARY KEY,
  client_id text NOT NULL,
  share text NOT NULL,
  day bigint NOT NULL,
  seen bigint NOT NULL,
  kept bigint NOT NULL,
  expires_at bigint NOT NULL
);
CREATE INDEX trace_counts_expiry ON trace_counts (expires_at);
