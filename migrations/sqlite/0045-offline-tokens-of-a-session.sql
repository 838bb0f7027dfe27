-- Whether a session that is over has offline tokens left: by its row they end with the passkey that it was begun with.
CREATE INDEX artefacts_offline ON artefacts (session_uid) WHERE is_offline;
