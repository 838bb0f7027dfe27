-- Which passkey a notice speaks of: whoever says that it was not them says it of that one.

ALTER TABLE security_notices ADD COLUMN passkey_id text;
