-- What a service was registered as, since when, and by which entry and submission: one row for each change, without the digest of its secret. It is evidence:
-- nothing of it changes or goes. The services that are there begin with what they are registered as now, which their last entry tells of.

ALTER TABLE services ADD COLUMN version bigint NOT NULL DEFAULT 1;

CREATE TABLE service_versions (
  client_id text NOT NULL REFERENCES services (client_id),
  version bigint NOT NULL,
  since bigint,
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
);

INSERT INTO service_versions
SELECT
  services.client_id, 1, last.at, last.id, last.body::jsonb #>> '{payload,submission}',
  agency_id, service_class, name, sector, audience, minimum_level, (metadata::jsonb - 'client_secret_sha256')::text
FROM services
LEFT JOIN (SELECT DISTINCT ON (service) service, id, at, body FROM entries WHERE type = 'service.changed' ORDER BY service, appended DESC) AS last
  ON last.service = services.client_id;

CREATE TRIGGER service_versions_change BEFORE UPDATE OR DELETE ON service_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER service_versions_truncate BEFORE TRUNCATE ON service_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
