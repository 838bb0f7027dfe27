// The one act by which a recovery ends well: everything that opened the account until now ends, and one new passkey opens it (EN-09).

import { ceilings } from '../domain/recovery/recovery.ts';
import type { RecoveriesStore } from '../domain/recovery/store.ts';
import { appendEvents } from './append-events.ts';
import { dropDueLetter, isAllowed, isVouchedFor } from './end-recovery.ts';
import { endUnderWay } from './end-under-way.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { liftOwnLocked } from './freeze-acts.ts';
import { lockPerson } from './lock-person.ts';
import { endPasskeys } from './passkeys-store.ts';
import { insertInto } from './statements.ts';

type Completed = Parameters<RecoveriesStore['saveCompleted']>[0];

const complete = `UPDATE recoveries SET state = 'completed', ended_at = ? WHERE id = ? AND person_id = ? AND state = 'ready' AND code_digest = ?
  AND code_until > ? AND expires_at > ?
  AND ${isAllowed} AND ${isVouchedFor} RETURNING way`;

export function* completeRecovery(
  engine: Engine,
  completed: Completed,
): Act<'saved' | 'passkey/already-registered' | 'recovery/code-wrong'> {
  const { recoveryId, codeDigest, passkey, at, events } = completed;
  yield lockPerson(passkey.personId);
  const [row] = yield { text: complete, values: [at, recoveryId, passkey.personId, codeDigest, at, at] };
  if (row === undefined) {
    yield undo;
    return 'recovery/code-wrong';
  }
  yield dropDueLetter(recoveryId);
  yield* endEverything(engine, completed);
  const way = row['way'] === 'counter' ? 'counter' : 'waiting';
  const bound = { ...passkey, ceiling: ceilings[way], judgedVersion: 0, endedAt: null, endReason: null };
  const saved = yield insertInto(engine.tables.passkeys, bound, 'ON CONFLICT (id) DO NOTHING RETURNING id');
  if (saved.length === 0) {
    yield undo;
    return 'passkey/already-registered';
  }
  yield* appendEvents(engine.tables, events);
  if (way === 'counter') {
    // Two officers saw the person: what a document at the counter may end after a delay, theirs end at once.
    yield* liftOwnLocked(engine, { personId: passkey.personId, at, ...completed.lifting });
  }
  return 'saved';
}

/** What the person agreed to stays, and so does the subject by which each agency knows them. */
function* endEverything(engine: Engine, { recoveryId, passkey, at, sealSessionEnd, sealEnd }: Completed): Act<void> {
  const { personId } = passkey;
  yield* endPasskeys(engine, { personId, ids: null, reason: 'recovered', at, keepsOne: false, events: [], sealSessionEnd });
  yield* endUnderWay(engine, { personId, at, reason: 'superseded', sealSessionEnd, sealRecoveryEnd: sealEnd, except: recoveryId });
  // Printed, and perhaps lost together with the device.
  yield { text: 'UPDATE freeze_codes SET used_at = ? WHERE person_id = ? AND used_at IS NULL', values: [at, personId] };
}
