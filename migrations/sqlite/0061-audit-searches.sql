-- Searches that auditors keep: a question or a combination of filters, and the checkpoint it was asked of. Within a case every member sees them; outside one, who
-- kept them. No answer rests here.
CREATE TABLE audit_searches (
  id text NOT NULL PRIMARY KEY,
  case_id text REFERENCES audit_cases (id),
  officer_id text NOT NULL REFERENCES officers (id),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  question text,
  query text NOT NULL,
  as_of integer NOT NULL CHECK (as_of >= 0),
  created_at integer NOT NULL
) STRICT;
CREATE INDEX audit_searches_case ON audit_searches (case_id, created_at) WHERE case_id IS NOT NULL;
CREATE INDEX audit_searches_officer ON audit_searches (officer_id, created_at) WHERE case_id IS NULL;
