-- How the log changed its key: signed statements, in their order. Nothing is ever changed or taken away.

CREATE TABLE log_key_changes (
  place integer NOT NULL PRIMARY KEY,
  size integer NOT NULL,
  statement text NOT NULL,
  at integer NOT NULL
) STRICT;

CREATE TRIGGER log_key_changes_insert BEFORE INSERT ON log_key_changes
WHEN EXISTS (SELECT 1 FROM log_key_changes WHERE place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'log_key_changes is append-only'); END;
CREATE TRIGGER log_key_changes_update BEFORE UPDATE ON log_key_changes
BEGIN SELECT RAISE(ABORT, 'log_key_changes is append-only'); END;
CREATE TRIGGER log_key_changes_delete BEFORE DELETE ON log_key_changes
BEGIN SELECT RAISE(ABORT, 'log_key_changes is append-only'); END;
