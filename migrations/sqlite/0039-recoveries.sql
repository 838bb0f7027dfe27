-- How somebody comes back who lost their passkey: by waiting, or at a counter with two officers. The rules stand here too, for whoever writes past the
-- application: no step is skipped, what has ended stays so, nobody waits less than a day, and one officer alone lets nobody in.

CREATE TABLE recoveries (
  id text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  way text NOT NULL CHECK (way IN ('waiting', 'counter')),
  state text NOT NULL CHECK (state IN ('begun', 'waiting', 'ready', 'completed', 'cancelled', 'expired', 'refused')),
  begun_status text NOT NULL CHECK (begun_status IN ('active', 'frozen')),
  begun_at integer NOT NULL,
  ready_at integer,
  expires_at integer NOT NULL,
  prepared_at integer,
  code_digest text,
  code_until integer,
  destination_digest text,
  cancel_digest text NOT NULL UNIQUE,
  opened_by text REFERENCES officers (id),
  opened_with text REFERENCES officer_passkeys (id),
  wrapped_key text,
  ciphertext text,
  ended_at integer,
  end_reason text
) STRICT;
CREATE INDEX recoveries_person ON recoveries (person_id, begun_at);
CREATE UNIQUE INDEX recoveries_open ON recoveries (person_id, way) WHERE state IN ('begun', 'waiting', 'ready');
CREATE UNIQUE INDEX recoveries_code ON recoveries (code_digest) WHERE code_digest IS NOT NULL;
CREATE INDEX recoveries_expiry ON recoveries (expires_at) WHERE state IN ('begun', 'waiting', 'ready');

CREATE TABLE recovery_approvals (
  recovery_id text NOT NULL PRIMARY KEY REFERENCES recoveries (id),
  officer_id text NOT NULL REFERENCES officers (id),
  passkey_id text NOT NULL REFERENCES officer_passkeys (id),
  proofing_id text NOT NULL,
  approved_at integer NOT NULL
) STRICT;

CREATE TABLE recovery_codes (
  digest text NOT NULL PRIMARY KEY,
  person_id text NOT NULL REFERENCES people (id),
  destination_digest text NOT NULL,
  sent_at integer NOT NULL,
  expires_at integer NOT NULL,
  used_at integer
) STRICT;
CREATE INDEX recovery_codes_person ON recovery_codes (person_id, sent_at);
CREATE INDEX recovery_codes_expiry ON recovery_codes (expires_at);

CREATE TRIGGER recoveries_insert BEFORE INSERT ON recoveries
WHEN NEW.code_digest IS NOT NULL OR NEW.code_until IS NOT NULL OR NEW.prepared_at IS NOT NULL OR NEW.ended_at IS NOT NULL
  OR EXISTS (SELECT 1 FROM recoveries WHERE id = NEW.id OR cancel_digest = NEW.cancel_digest
    OR (person_id = NEW.person_id AND way = NEW.way AND state IN ('begun', 'waiting', 'ready')))
  OR NOT CASE NEW.way
    WHEN 'waiting' THEN NEW.state = 'waiting' AND NEW.opened_by IS NULL AND NEW.destination_digest IS NOT NULL
      AND coalesce(NEW.ready_at, 0) >= NEW.begun_at + 86400000 AND NEW.expires_at > NEW.ready_at
    ELSE NEW.state = 'begun' AND NEW.ready_at IS NULL AND NEW.ciphertext IS NOT NULL AND NEW.expires_at <= NEW.begun_at + 3600000 AND EXISTS (
      SELECT 1 FROM officers JOIN officer_passkeys ON officer_passkeys.officer_id = officers.id
      WHERE officers.id = NEW.opened_by AND officer_passkeys.id = NEW.opened_with AND officers.role = 'registrar' AND officers.status = 'active')
  END
BEGIN SELECT RAISE(ABORT, 'a recovery begins at its beginning'); END;

CREATE TRIGGER recoveries_kept BEFORE UPDATE ON recoveries
WHEN NEW.id IS NOT OLD.id OR NEW.person_id IS NOT OLD.person_id OR NEW.way IS NOT OLD.way OR NEW.begun_status IS NOT OLD.begun_status
  OR NEW.begun_at IS NOT OLD.begun_at OR NEW.ready_at IS NOT OLD.ready_at OR NEW.destination_digest IS NOT OLD.destination_digest
  OR NEW.cancel_digest IS NOT OLD.cancel_digest OR NEW.opened_by IS NOT OLD.opened_by OR NEW.opened_with IS NOT OLD.opened_with
  OR NEW.wrapped_key IS NOT OLD.wrapped_key OR NEW.ciphertext IS NOT OLD.ciphertext OR OLD.state NOT IN ('begun', 'waiting', 'ready')
  OR (NEW.expires_at IS NOT OLD.expires_at AND NOT (OLD.state = 'begun' AND NEW.state = 'ready' AND NEW.expires_at <= NEW.prepared_at + 3600000))
BEGIN SELECT RAISE(ABORT, 'what a recovery began with stays, and one that has ended stays ended'); END;

CREATE TRIGGER recoveries_step BEFORE UPDATE ON recoveries
WHEN NOT CASE OLD.state || '-' || NEW.state
    WHEN 'begun-ready' THEN coalesce(NEW.prepared_at, 0) >= OLD.begun_at AND NEW.prepared_at < OLD.expires_at
    WHEN 'waiting-ready' THEN coalesce(NEW.prepared_at, 0) >= OLD.ready_at AND NEW.prepared_at < OLD.expires_at
    WHEN 'ready-ready' THEN OLD.way = 'waiting' AND NEW.prepared_at >= OLD.prepared_at AND NEW.prepared_at < OLD.expires_at
    WHEN 'ready-completed' THEN coalesce(NEW.ended_at, OLD.code_until) < OLD.code_until AND NEW.code_digest = OLD.code_digest
    ELSE NEW.state IN ('cancelled', 'expired', 'refused')
  END
  OR (NEW.state = 'ready' AND (NEW.prepared_at IS NULL OR NEW.code_digest IS NULL OR NEW.code_until IS NULL OR NEW.code_until > NEW.prepared_at + 3600000))
  OR (NEW.state IN ('completed', 'cancelled', 'expired', 'refused') AND NEW.ended_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'a recovery skips no step'); END;

-- Each step of a recovery at a counter that follows the first needs two officers who are both still there.
CREATE TRIGGER recoveries_two_officers BEFORE UPDATE ON recoveries
WHEN NEW.way = 'counter' AND NEW.state IN ('ready', 'completed') AND NOT EXISTS (
  SELECT 1 FROM recovery_approvals
  JOIN officers AS opener ON opener.id = NEW.opened_by
  JOIN officers AS approver ON approver.id = recovery_approvals.officer_id
  WHERE recovery_approvals.recovery_id = NEW.id AND approver.id <> opener.id AND recovery_approvals.passkey_id <> NEW.opened_with
    AND opener.role = 'registrar' AND opener.status = 'active' AND approver.role = 'registrar' AND approver.status = 'active'
)
BEGIN SELECT RAISE(ABORT, 'a recovery at a counter needs two officers'); END;

CREATE TRIGGER recoveries_delete BEFORE DELETE ON recoveries
WHEN NOT EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id AND status = 'closed')
BEGIN SELECT RAISE(ABORT, 'recoveries are kept'); END;

CREATE TRIGGER recovery_approvals_insert BEFORE INSERT ON recovery_approvals
WHEN EXISTS (SELECT 1 FROM recovery_approvals WHERE recovery_id = NEW.recovery_id) OR NOT EXISTS (
  SELECT 1 FROM recoveries
  JOIN officers AS opener ON opener.id = recoveries.opened_by
  JOIN officers AS approver ON approver.id = NEW.officer_id
  JOIN officer_passkeys ON officer_passkeys.officer_id = approver.id AND officer_passkeys.id = NEW.passkey_id
  WHERE recoveries.id = NEW.recovery_id AND recoveries.way = 'counter' AND recoveries.state = 'begun'
    AND NEW.approved_at >= recoveries.begun_at AND NEW.approved_at < recoveries.expires_at
    AND approver.id <> opener.id AND officer_passkeys.id <> recoveries.opened_with AND lower(approver.name) <> lower(opener.name)
    AND EXISTS (SELECT 1 FROM proofings WHERE proofings.id = NEW.proofing_id AND proofings.person_id = recoveries.person_id AND is_high = 1 AND at >= recoveries.begun_at)
    AND opener.status = 'active' AND approver.role = 'registrar' AND approver.status = 'active'
)
BEGIN SELECT RAISE(ABORT, 'another officer approves, with another passkey and a look of their own'); END;
CREATE TRIGGER recovery_approvals_update BEFORE UPDATE ON recovery_approvals
BEGIN SELECT RAISE(ABORT, 'recovery_approvals is append-only'); END;
CREATE TRIGGER recovery_approvals_delete BEFORE DELETE ON recovery_approvals
WHEN NOT EXISTS (
  SELECT 1 FROM recoveries JOIN people ON people.id = recoveries.person_id WHERE recoveries.id = OLD.recovery_id AND people.status = 'closed'
)
BEGIN SELECT RAISE(ABORT, 'recovery_approvals is append-only'); END;
