-- How often a record was used, and when last: counted in the act of each release, which is held to the purpose's limits by the same row.

ALTER TABLE consents ADD COLUMN uses bigint NOT NULL DEFAULT 0;
ALTER TABLE consents ADD COLUMN last_used_at bigint;
ALTER TABLE consents ADD COLUMN period_from bigint NOT NULL DEFAULT 0;
ALTER TABLE consents ADD COLUMN period_uses bigint NOT NULL DEFAULT 0;
UPDATE consents SET uses = released.uses, last_used_at = released.last
  FROM (SELECT body::json ->> 'record' AS record, count(*) AS uses, max(at) AS last FROM entries WHERE type = 'data.released' GROUP BY body::json ->> 'record') AS released
  WHERE released.record = consents.id;
