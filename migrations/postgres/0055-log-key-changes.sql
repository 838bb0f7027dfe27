-- How the log changed its key: signed statements, in their order. Nothing is ever changed or taken away.

CREATE TABLE log_key_changes (
  place bigint NOT NULL PRIMARY KEY,
  size bigint NOT NULL,
  statement text NOT NULL,
  at bigint NOT NULL
);

CREATE TRIGGER log_key_changes_change BEFORE UPDATE OR DELETE ON log_key_changes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_key_changes_truncate BEFORE TRUNCATE ON log_key_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
