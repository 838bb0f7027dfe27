-- What an agency says of itself, and the hosts that it has shown to hold.

ALTER TABLE agencies ADD COLUMN organisation text;

CREATE TABLE proven_hosts (
  agency_id text NOT NULL,
  host text NOT NULL,
  method text NOT NULL,
  proven_at bigint NOT NULL,
  PRIMARY KEY (agency_id, host)
);
