-- Codes of a registration office with which somebody who has a passkey already brings one of theirs to the level `high`. They stand apart from the links of
-- enrolment, so that no statement can ever take one for the other: such a link lets somebody in, and a level code never does.

CREATE TABLE level_codes (
  digest text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  expires_at integer NOT NULL
) STRICT;
CREATE INDEX level_codes_person ON level_codes (person_id);
CREATE INDEX level_codes_expiry ON level_codes (expires_at);
