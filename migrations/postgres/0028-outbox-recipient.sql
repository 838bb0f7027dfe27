-- A service looks at what became of the messages to it, the last first.

CREATE INDEX outbox_recipient ON outbox (client_id, id);
