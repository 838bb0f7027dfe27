-- Which services a person entered in which session, and whether each was told of the end.

CREATE TABLE service_sessions (
  id text NOT NULL PRIMARY KEY,
  session_uid text NOT NULL,
  person_id text NOT NULL,
  client_id text NOT NULL,
  sid text NOT NULL,
  entered_at bigint NOT NULL,
  state text NOT NULL,
  ended_at bigint,
  settled_at bigint,
  expires_at bigint NOT NULL,
  UNIQUE (session_uid, client_id, sid)
);
CREATE INDEX service_sessions_person ON service_sessions (person_id);
CREATE INDEX service_sessions_expiry ON service_sessions (expires_at);
