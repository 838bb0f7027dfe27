-- That a consent ran out is told once: to the log, to its person and to its service. Nobody relies on it, because every read looks at the time itself.

ALTER TABLE consents ADD COLUMN expiry_told_at bigint;
CREATE INDEX consents_untold ON consents (expires_at) WHERE expiry_told_at IS NULL AND state IN ('given', 'notified', 'paused');
