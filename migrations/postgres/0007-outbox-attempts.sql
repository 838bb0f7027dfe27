-- The outbox sends: attempts, leases of nodes, the end of each message. Nothing could be delivered before, so nothing that waited is owed to anybody.

DELETE FROM outbox;
DROP INDEX outbox_waiting;
ALTER TABLE outbox ADD COLUMN person_id text;
ALTER TABLE outbox ADD COLUMN state text NOT NULL DEFAULT 'waiting';
ALTER TABLE outbox ADD COLUMN attempts bigint NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN next_attempt_at bigint NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN give_up_at bigint NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN lease_id text;
ALTER TABLE outbox ADD COLUMN lease_until bigint NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN failure text;
ALTER TABLE outbox ADD COLUMN expires_at bigint;
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX outbox_expiry ON outbox (expires_at) WHERE expires_at IS NOT NULL;
