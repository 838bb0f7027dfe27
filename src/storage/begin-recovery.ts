// The beginning of a recovery inside a greater act: what has run out ends first, and a second one that is open stands against it.

import type { RecoveriesStore, SealEnd } from '../domain/recovery/store.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import { endRecovery, openStates } from './end-recovery.ts';
import type { Act, Engine } from './engine.ts';
import { toRecoveryRow } from './recovery-row.ts';
import { insertInto, selectFrom } from './statements.ts';

type Begun = Parameters<RecoveriesStore['saveOpened']>[0];

/** Ends what has run out of one person, or of anybody. */
export function* expireRows(engine: Engine, rows: readonly RowOf<Tables['recoveries']>[], { now, sealEnd }: Expiring): Act<number> {
  let count = 0;
  for (const row of rows) {
    const ended = yield* endRecovery({ id: row.id, state: 'expired', reason: 'time', at: now });
    if (ended) {
      yield* appendEvents(engine.tables, [sealEnd(row, 'time')]);
      count += 1;
    }
  }
  return count;
}

export type Expiring = { readonly now: number; readonly sealEnd: SealEnd };

export function* insertRecovery(engine: Engine, { recovery, sealEnd }: Pick<Begun, 'recovery' | 'sealEnd'>): Act<boolean> {
  const { personId, way, begunAt: now } = recovery;
  const open = `WHERE person_id = ? AND way = ? AND state IN (${openStates})`;
  const query = selectFrom(engine.tables.recoveries, open, [personId, way]);
  const rows = (yield query).map(query.decode);
  if (rows.some(({ expiresAt }) => expiresAt > now)) {
    return false;
  }
  yield* expireRows(engine, rows, { now, sealEnd });
  yield insertInto(engine.tables.recoveries, toRecoveryRow(recovery));
  return true;
}
