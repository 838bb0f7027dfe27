-- How somebody comes back who lost their passkey: by waiting, or at a counter with two officers. The rules stand here too, for whoever writes past the
-- application: no step is skipped, what has ended stays so, nobody waits less than a day, and one officer alone lets nobody in.

CREATE TABLE recoveries (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  way text NOT NULL CHECK (way IN ('waiting', 'counter')),
  state text NOT NULL CHECK (state IN ('begun', 'waiting', 'ready', 'completed', 'cancelled', 'expired', 'refused')),
  begun_status text NOT NULL CHECK (begun_status IN ('active', 'frozen')),
  begun_at bigint NOT NULL,
  ready_at bigint,
  expires_at bigint NOT NULL,
  prepared_at bigint,
  code_digest text,
  code_until bigint,
  destination_digest text,
  cancel_digest text NOT NULL UNIQUE,
  opened_by text REFERENCES officers (id),
  opened_with text REFERENCES officer_passkeys (id),
  wrapped_key text,
  ciphertext text,
  ended_at bigint,
  end_reason text
);
CREATE INDEX recoveries_person ON recoveries (person_id, begun_at);
CREATE UNIQUE INDEX recoveries_open ON recoveries (person_id, way) WHERE state IN ('begun', 'waiting', 'ready');
CREATE UNIQUE INDEX recoveries_code ON recoveries (code_digest) WHERE code_digest IS NOT NULL;
CREATE INDEX recoveries_expiry ON recoveries (expires_at) WHERE state IN ('begun', 'waiting', 'ready');

CREATE TABLE recovery_approvals (
  recovery_id text NOT NULL PRIMARY KEY REFERENCES recoveries (id),
  officer_id text NOT NULL REFERENCES officers (id),
  passkey_id text NOT NULL REFERENCES officer_passkeys (id),
  proofing_id text NOT NULL,
  approved_at bigint NOT NULL
);

CREATE TABLE recovery_codes (
  digest text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  destination_digest text NOT NULL,
  sent_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  used_at bigint
);
CREATE INDEX recovery_codes_person ON recovery_codes (person_id, sent_at);
CREATE INDEX recovery_codes_expiry ON recovery_codes (expires_at);

CREATE FUNCTION refuse_late_beginning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.code_digest IS NOT NULL OR NEW.code_until IS NOT NULL OR NEW.prepared_at IS NOT NULL OR NEW.ended_at IS NOT NULL
    OR NOT (CASE NEW.way
      WHEN 'waiting' THEN NEW.state = 'waiting' AND NEW.opened_by IS NULL AND NEW.destination_digest IS NOT NULL
        AND coalesce(NEW.ready_at, 0) >= NEW.begun_at + 86400000 AND NEW.expires_at > NEW.ready_at
      ELSE NEW.state = 'begun' AND NEW.ready_at IS NULL AND NEW.ciphertext IS NOT NULL AND NEW.expires_at <= NEW.begun_at + 3600000 AND EXISTS (
        SELECT 1 FROM officers JOIN officer_passkeys ON officer_passkeys.officer_id = officers.id
        WHERE officers.id = NEW.opened_by AND officer_passkeys.id = NEW.opened_with AND officers.role = 'registrar' AND officers.status = 'active')
    END) THEN
    RAISE EXCEPTION 'a recovery begins at its beginning';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_skipped_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.person_id, NEW.way, NEW.begun_status, NEW.begun_at, NEW.ready_at, NEW.destination_digest, NEW.cancel_digest,
      NEW.opened_by, NEW.opened_with, NEW.wrapped_key, NEW.ciphertext)
    IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.way, OLD.begun_status, OLD.begun_at, OLD.ready_at, OLD.destination_digest, OLD.cancel_digest,
      OLD.opened_by, OLD.opened_with, OLD.wrapped_key, OLD.ciphertext)
    OR OLD.state NOT IN ('begun', 'waiting', 'ready')
    OR (NEW.expires_at <> OLD.expires_at AND NOT (OLD.state = 'begun' AND NEW.state = 'ready' AND NEW.expires_at <= NEW.prepared_at + 3600000)) THEN
    RAISE EXCEPTION 'what a recovery began with stays, and one that has ended stays ended';
  END IF;
  IF NOT (CASE OLD.state || '-' || NEW.state
      WHEN 'begun-ready' THEN coalesce(NEW.prepared_at, 0) >= OLD.begun_at AND NEW.prepared_at < OLD.expires_at
      WHEN 'waiting-ready' THEN coalesce(NEW.prepared_at, 0) >= OLD.ready_at AND NEW.prepared_at < OLD.expires_at
      WHEN 'ready-ready' THEN OLD.way = 'waiting' AND NEW.prepared_at >= OLD.prepared_at AND NEW.prepared_at < OLD.expires_at
      WHEN 'ready-completed' THEN coalesce(NEW.ended_at, OLD.code_until) < OLD.code_until AND NEW.code_digest = OLD.code_digest
      ELSE NEW.state IN ('cancelled', 'expired', 'refused')
    END)
    OR (NEW.state = 'ready' AND (NEW.prepared_at IS NULL OR NEW.code_digest IS NULL OR NEW.code_until IS NULL OR NEW.code_until > NEW.prepared_at + 3600000))
    OR (NEW.state IN ('completed', 'cancelled', 'expired', 'refused') AND NEW.ended_at IS NULL) THEN
    RAISE EXCEPTION 'a recovery skips no step';
  END IF;
  -- Each step of a recovery at a counter that follows the first needs two officers who are both still there.
  IF NEW.way = 'counter' AND NEW.state IN ('ready', 'completed') AND NOT EXISTS (
    SELECT 1 FROM recovery_approvals
    JOIN officers AS opener ON opener.id = NEW.opened_by
    JOIN officers AS approver ON approver.id = recovery_approvals.officer_id
    WHERE recovery_approvals.recovery_id = NEW.id AND approver.id <> opener.id AND recovery_approvals.passkey_id <> NEW.opened_with
      AND opener.role = 'registrar' AND opener.status = 'active' AND approver.role = 'registrar' AND approver.status = 'active'
  ) THEN
    RAISE EXCEPTION 'a recovery at a counter needs two officers';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_lone_officer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM recoveries
    JOIN officers AS opener ON opener.id = recoveries.opened_by
    JOIN officers AS approver ON approver.id = NEW.officer_id
    JOIN officer_passkeys ON officer_passkeys.officer_id = approver.id AND officer_passkeys.id = NEW.passkey_id
    WHERE recoveries.id = NEW.recovery_id AND recoveries.way = 'counter' AND recoveries.state = 'begun'
      AND NEW.approved_at >= recoveries.begun_at AND NEW.approved_at < recoveries.expires_at
      AND approver.id <> opener.id AND officer_passkeys.id <> recoveries.opened_with AND lower(approver.name) <> lower(opener.name)
      AND EXISTS (SELECT 1 FROM proofings WHERE proofings.id = NEW.proofing_id AND proofings.person_id = recoveries.person_id AND is_high AND at >= recoveries.begun_at)
      AND opener.status = 'active' AND approver.role = 'registrar' AND approver.status = 'active'
  ) THEN
    RAISE EXCEPTION 'another officer approves, with another passkey and a look of their own';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION refuse_lost_recovery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id AND status = 'closed') THEN
    RAISE EXCEPTION 'recoveries are kept';
  END IF;
  RETURN OLD;
END
$$;

CREATE FUNCTION refuse_lost_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM recoveries JOIN people ON people.id = recoveries.person_id WHERE recoveries.id = OLD.recovery_id AND people.status = 'closed'
  ) THEN
    RAISE EXCEPTION 'recovery_approvals is append-only';
  END IF;
  RETURN OLD;
END
$$;

CREATE TRIGGER recoveries_insert BEFORE INSERT ON recoveries FOR EACH ROW EXECUTE FUNCTION refuse_late_beginning();
CREATE TRIGGER recoveries_update BEFORE UPDATE ON recoveries FOR EACH ROW EXECUTE FUNCTION refuse_skipped_step();
CREATE TRIGGER recoveries_delete BEFORE DELETE ON recoveries FOR EACH ROW EXECUTE FUNCTION refuse_lost_recovery();
CREATE TRIGGER recoveries_truncate BEFORE TRUNCATE ON recoveries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recovery_approvals_insert BEFORE INSERT ON recovery_approvals FOR EACH ROW EXECUTE FUNCTION refuse_lone_officer();
CREATE TRIGGER recovery_approvals_update BEFORE UPDATE ON recovery_approvals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recovery_approvals_delete BEFORE DELETE ON recovery_approvals FOR EACH ROW EXECUTE FUNCTION refuse_lost_approval();
CREATE TRIGGER recovery_approvals_truncate BEFORE TRUNCATE ON recovery_approvals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
