-- What people report. Words and answer are sealed, each under a key of its own; closing the account destroys those keys.

CREATE TABLE reports (
  id text NOT NULL PRIMARY KEY,
  case_number text NOT NULL UNIQUE,
  person_id text NOT NULL REFERENCES people (id),
  client_id text NOT NULL REFERENCES services (client_id),
  entry_id text,
  category text NOT NULL,
  opened_at integer NOT NULL,
  words_key text NOT NULL,
  words_text text NOT NULL,
  answer_key text,
  answer_text text,
  closed_at integer
) STRICT;
CREATE INDEX reports_person ON reports (person_id, opened_at, id);
CREATE INDEX reports_open ON reports (opened_at, id) WHERE closed_at IS NULL;
