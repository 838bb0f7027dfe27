-- What services owe people after something was taken back, and what they answered.

CREATE TABLE duties (
  id text NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  record_id text NOT NULL,
  version bigint NOT NULL,
  person_id text NOT NULL,
  subject text NOT NULL,
  client_id text NOT NULL,
  purpose_id text NOT NULL,
  attributes text NOT NULL,
  created_at bigint NOT NULL,
  due_at bigint NOT NULL,
  message_id text,
  told_at bigint,
  state text NOT NULL,
  article text,
  answered_at bigint,
  overdue_at bigint
);
CREATE INDEX duties_person ON duties (person_id);
CREATE INDEX duties_service ON duties (client_id, id);
CREATE INDEX duties_unanswered ON duties (due_at) WHERE state IN ('open', 'acknowledged');
CREATE INDEX duties_message ON duties (message_id) WHERE message_id IS NOT NULL;
