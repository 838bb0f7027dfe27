-- What a service was registered as, since when, and by which entry and submission: one row for each change, without the digest of its secret. It is evidence:
-- nothing of it changes or goes. The services that are there begin with what they are registered as now, which their last entry tells of.

ALTER TABLE services ADD COLUMN version integer NOT NULL DEFAULT 1;

CREATE TABLE service_versions (
  client_id text NOT NULL REFERENCES services (client_id),
  version integer NOT NULL,
  since integer,
  entry_id text,
  submission_id text,
  agency_id text NOT NULL,
  service_class text NOT NULL,
  name text NOT NULL,
  sector text NOT NULL,
  audience text NOT NULL,
  minimum_level text NOT NULL,
  metadata text NOT NULL,
  PRIMARY KEY (client_id, version)
) STRICT;

INSERT INTO service_versions
SELECT
  services.client_id, 1, entries.at, entries.id, json_extract(entries.body, '$.payload.submission'),
  agency_id, service_class, name, sector, audience, minimum_level, json_remove(metadata, '$.client_secret_sha256')
FROM services
LEFT JOIN (SELECT service, max(rowid) AS place FROM entries WHERE type = 'service.changed' GROUP BY service) AS last
  ON last.service = services.client_id
LEFT JOIN entries ON entries.rowid = last.place;

-- Replacing a row would be a change that no other trigger sees.
CREATE TRIGGER service_versions_insert BEFORE INSERT ON service_versions
WHEN EXISTS (SELECT 1 FROM service_versions WHERE client_id = NEW.client_id AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'service_versions is append-only'); END;
CREATE TRIGGER service_versions_update BEFORE UPDATE ON service_versions
BEGIN SELECT RAISE(ABORT, 'service_versions is append-only'); END;
CREATE TRIGGER service_versions_delete BEFORE DELETE ON service_versions
BEGIN SELECT RAISE(ABORT, 'service_versions is append-only'); END;
