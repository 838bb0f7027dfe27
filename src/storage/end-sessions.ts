// Ends sessions that are not in the hand of the request: all of a person, or all that were begun with a passkey. Services that were entered in them are told.

import type { Millis } from '../domain/kernel/clock.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import type { Act, Engine } from './engine.ts';
import { endEngineSession } from './end-engine-session.ts';

const columns = { person: 'person_id', passkey: 'passkey_id' } as const;

/** `seal`: the entry of each session that ends. */
export type EndingSessions = {
  readonly by: keyof typeof columns;
  readonly name: string;
  readonly at: Millis;
  readonly seal: () => SealedEvent;
};

/** For an act that has locked the person. */
export function* endSessions(engine: Engine, { by, name, at, seal }: EndingSessions): Act<void> {
  const text = `SELECT uid FROM sessions WHERE ${columns[by]} = ? AND ended_at IS NULL ORDER BY uid`;
  const rows = yield { text, values: [name] };
  for (const row of rows) {
    yield* endEngineSession(engine, { kind: 'end-session', uid: String(row['uid']), at, told: seal() });
  }
}
