-- What a person is shown about their own sessions: since when, and with which kind of device. Never the browser's own words.

ALTER TABLE sessions ADD COLUMN started_at integer NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN device text;
UPDATE sessions SET started_at = last_seen_at;
CREATE INDEX sessions_person ON sessions (person_id) WHERE person_id IS NOT NULL;
