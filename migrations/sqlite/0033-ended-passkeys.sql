-- A passkey ends without being forgotten, and every session says with which one it was begun. What is known of a passkey beyond its owner's word: how its model
-- stands in the metadata, and how far it may reach by the way in which it was bound to the person.

ALTER TABLE passkeys ADD COLUMN standing text NOT NULL DEFAULT 'unknown';
ALTER TABLE passkeys ADD COLUMN ceiling text NOT NULL DEFAULT 'substantial';
ALTER TABLE passkeys ADD COLUMN ended_at integer;
ALTER TABLE passkeys ADD COLUMN end_reason text;
ALTER TABLE officer_passkeys ADD COLUMN standing text NOT NULL DEFAULT 'unknown';
ALTER TABLE sessions ADD COLUMN passkey_id text;
CREATE INDEX sessions_passkey ON sessions (passkey_id) WHERE passkey_id IS NOT NULL;
