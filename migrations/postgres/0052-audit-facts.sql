-- Facts: what entries say, laid out for questions. Made from the entries and the immutable versions of the register alone, and made again at any time:
-- no evidence, and in no backup. Texts stand once, under a number; `state` of a person's term says that they died.

CREATE TABLE audit_terms (
  id bigint NOT NULL PRIMARY KEY,
  kind text NOT NULL,
  term text NOT NULL,
  state text
);
CREATE UNIQUE INDEX audit_terms_term ON audit_terms (kind, term);

CREATE TABLE audit_facts (
  log_index bigint NOT NULL PRIMARY KEY,
  at bigint NOT NULL,
  type bigint NOT NULL,
  service bigint,
  purpose bigint,
  purpose_version bigint,
  reason bigint,
  person bigint,
  record bigint,
  actor_kind bigint NOT NULL,
  actor bigint,
  acted_by bigint,
  ends_at bigint,
  elapsed bigint
);
CREATE INDEX audit_facts_person ON audit_facts (person, log_index) WHERE person IS NOT NULL;
CREATE INDEX audit_facts_record ON audit_facts (record, log_index) WHERE record IS NOT NULL;
CREATE INDEX audit_facts_actor ON audit_facts (actor, log_index) WHERE actor IS NOT NULL;
CREATE INDEX audit_facts_service ON audit_facts (service, log_index) WHERE service IS NOT NULL;
CREATE INDEX audit_facts_service_type ON audit_facts (service, type, log_index) WHERE service IS NOT NULL;
CREATE INDEX audit_facts_type ON audit_facts (type, log_index);

CREATE TABLE audit_marks (
  term bigint NOT NULL,
  log_index bigint NOT NULL,
  PRIMARY KEY (term, log_index)
);

-- The times of each 1024 entries, whatever clocks did: a period is found as a range of indexes.
CREATE TABLE audit_blocks (
  block bigint NOT NULL PRIMARY KEY,
  min_at bigint NOT NULL,
  max_at bigint NOT NULL
);

-- How many of each on each day of the country. `mark` 0 counts all.
CREATE TABLE audit_days (
  day bigint NOT NULL,
  type bigint NOT NULL,
  service bigint NOT NULL,
  purpose bigint NOT NULL,
  purpose_version bigint NOT NULL,
  mark bigint NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (day, type, service, purpose, purpose_version, mark)
);
