// Everything that is under way of a person, ended in one act: for a status in which nothing of them goes on, for a freeze, and for a recovery that comes to its end.

import type { Millis } from '../domain/kernel/clock.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import type { RecoveryEnd } from '../domain/recovery/recovery.ts';
import type { SealEnd } from '../domain/recovery/store.ts';
import { endRecoveries } from './end-recovery.ts';
import { endSessions } from './end-sessions.ts';
import { endAnswers } from './end-sign-ins.ts';
import type { Act, Engine } from './engine.ts';
import { tellServices } from './logouts-store.ts';

export type EndingUnderWay = {
  readonly personId: string;
  readonly at: Millis;
  /** Why open recoveries end. */
  readonly reason: RecoveryEnd;
  readonly sealSessionEnd: () => SealedEvent;
  readonly sealRecoveryEnd: SealEnd;
  /** The recovery that all this is for. */
  readonly except?: string;
};

/**
 * For an act that has locked the person. All of it ends for good, because nobody can say what of it another one holds: nothing here is laid aside and found again
 * when the status comes back.
 */
export function* endUnderWay(engine: Engine, ending: EndingUnderWay): Act<void> {
  const { personId, at, reason, except } = ending;
  yield endAnswers(personId, at);
  yield* endSessions(engine, { by: 'person', name: personId, at, seal: ending.sealSessionEnd });
  // Those of offline access too, which no session ends.
  yield { text: "UPDATE artefacts SET ended_at = ?, payload = '{}' WHERE person_id = ? AND ended_at IS NULL", values: [at, personId] };
  yield* tellServices(engine, { personId }, at);
  for (const table of ['ceremonies', 'contact_changes', 'spare_offers', 'level_codes']) {
    yield { text: `DELETE FROM ${table} WHERE person_id = ?`, values: [personId] };
  }
  yield { text: 'DELETE FROM invitations WHERE person_id = ? AND used_at IS NULL', values: [personId] };
  yield { text: 'UPDATE recovery_codes SET used_at = ? WHERE person_id = ? AND used_at IS NULL', values: [at, personId] };
  yield* endRecoveries(engine, { personId, reason, at, sealEnd: ending.sealRecoveryEnd, ...(except === undefined ? {} : { except }) });
}
