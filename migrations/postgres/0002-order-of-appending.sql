-- Events are numbered in the order in which they were appended. Acts that touch the same record append one after the other, because each holds
-- the record until its commit; the time within an id is taken earlier, and on another node's clock.

ALTER TABLE entries ADD COLUMN appended bigint GENERATED ALWAYS AS IDENTITY;
DROP INDEX entries_pending;
CREATE INDEX entries_pending ON entries (appended) WHERE log_index IS NULL;
