-- A passkey of an officer that is not what it was ends with the account, and says since when and why.

ALTER TABLE officer_passkeys ADD COLUMN ended_at bigint;
ALTER TABLE officer_passkeys ADD COLUMN end_reason text;
