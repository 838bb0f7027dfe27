-- Everything that is submitted begins by waiting, and the table is not emptied. A restore lays the first rule aside while it brings back what was decided.

CREATE FUNCTION refuse_early_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what is submitted waits';
END
$$;

CREATE TRIGGER submissions_begin BEFORE INSERT ON submissions FOR EACH ROW
  WHEN (NEW.state <> 'waiting' OR NEW.decided_by IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.reason IS NOT NULL)
  EXECUTE FUNCTION refuse_early_decision();
CREATE TRIGGER submissions_truncate BEFORE TRUNCATE ON submissions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
