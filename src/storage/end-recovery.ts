// The end of an open recovery that binds no passkey: one conditional statement, for acts of their own and for those that end more than a recovery.

import type { RecoveryEnd } from '../domain/recovery/recovery.ts';
import type { SealEnd } from '../domain/recovery/store.ts';
import { appendEvents } from './append-events.ts';
import type { Act, Engine, Statement } from './engine.ts';
import { selectFrom } from './statements.ts';

export const openStates = "'begun', 'waiting', 'ready'";
/** Takes one value: now. */
export const isOpenRow = `state IN (${openStates}) AND expires_at > ?`;

/** Of a row of `recoveries`: nobody comes back against an order, by waiting nobody against any freeze, and no freeze that came after the beginning is passed by. */
export const isAllowed = `EXISTS (SELECT 1 FROM people WHERE people.id = recoveries.person_id
    AND (people.status = 'active' OR (recoveries.way = 'counter' AND people.status = recoveries.begun_status)))
  AND NOT EXISTS (SELECT 1 FROM freezes WHERE freezes.person_id = recoveries.person_id AND freezes.authority = 'ordered' AND freezes.lifted_at IS NULL)`;

/** Of a row of `recoveries`: whoever opened one at a counter, and whoever approved it, are registrars still. Says what its trigger holds, as an answer. */
export const isVouchedFor = `(recoveries.way <> 'counter' OR EXISTS (SELECT 1 FROM recovery_approvals
  JOIN officers AS opener ON opener.id = recoveries.opened_by
  JOIN officers AS approver ON approver.id = recovery_approvals.officer_id
  WHERE recovery_approvals.recovery_id = recoveries.id AND opener.role = 'registrar' AND opener.status = 'active'
    AND approver.role = 'registrar' AND approver.status = 'active'))`;

/** A freeze that is not the person's to end. */
export function findOrder(personId: string): Statement {
  return { text: "SELECT id FROM freezes WHERE person_id = ? AND authority = 'ordered' AND lifted_at IS NULL", values: [personId] };
}

export type EndingRecovery = {
  readonly id: string;
  readonly state: 'cancelled' | 'expired' | 'refused';
  readonly reason: RecoveryEnd;
  readonly at: number;
  /** Only where it has not run out. */
  readonly isAlive?: true;
};

export function* endRecovery({ id, state, reason, at, isAlive }: EndingRecovery): Act<boolean> {
  const alive = isAlive === undefined ? '' : ' AND expires_at > ?';
  const ended = yield {
    text: `UPDATE recoveries SET state = ?, ended_at = ?, end_reason = ? WHERE id = ? AND state IN (${openStates})${alive} RETURNING id`,
    values: isAlive === undefined ? [state, at, reason, id] : [state, at, reason, id, at],
  };
  yield dropDueLetter(id);
  return ended.length === 1;
}

/** That somebody could come back now is said of no recovery that has ended. */
export function dropDueLetter(recoveryId: string): Statement {
  return { text: "DELETE FROM outbox WHERE id = ? AND topic = 'mail' AND state = 'waiting'", values: [recoveryId] };
}

type EndingAll = {
  readonly personId: string;
  readonly reason: RecoveryEnd;
  readonly at: number;
  readonly sealEnd: SealEnd;
  /** This one goes on. */
  readonly except?: string;
};

/** Every open recovery of a person, for an act that has locked the person. */
export function* endRecoveries(engine: Engine, { personId, reason, at, sealEnd, except = '' }: EndingAll): Act<void> {
  const open = selectFrom(engine.tables.recoveries, `WHERE person_id = ? AND id <> ? AND state IN (${openStates}) ORDER BY id`, [
    personId,
    except,
  ]);
  const rows = (yield open).map(open.decode);
  for (const row of rows) {
    if (yield* endRecovery({ id: row.id, state: 'cancelled', reason, at })) {
      yield* appendEvents(engine.tables, [sealEnd(row, reason)]);
    }
  }
}
