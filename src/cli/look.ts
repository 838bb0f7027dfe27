// How the command looks at the ledger: as the operator, whose every look is an entry, written before anything is printed.

import type { Parts } from '../app.ts';
import { recordLook } from '../domain/audit/look.ts';
import type { Looker } from '../domain/audit/look.ts';
import type { ViewNeeds } from '../domain/audit/view-entry.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import { systemRandom } from '../domain/kernel/ids.ts';
import { recordAtOnce } from '../oidc/record-event.ts';
import type { Context } from './context.ts';

export const operator: Looker = { kind: 'operator', ref: null };

/** Whoever has the command has the database. */
export const unlimited = async (): Promise<void> => undefined;

export function toViewNeeds({ storage }: Parts): ViewNeeds {
  return {
    ledger: storage.ledger,
    agencies: storage.agencies,
    consents: storage.consents,
    clock: systemClock,
    random: systemRandom,
    assertRoom: unlimited,
    record: (event) => recordAtOnce({ artefacts: storage.engine, clock: systemClock }, event),
  };
}

type List = { readonly query: 'duties' | 'outbox'; readonly returned: number };

/** A list that hands out nothing of the log, and still of what became of people. */
export async function recordList({ clock, random, storage }: Context, { query, returned }: List): Promise<void> {
  const record: ViewNeeds['record'] = (event) => recordAtOnce({ artefacts: storage.engine, clock }, event);
  const payload = { query, case: null, returned };
  await recordLook({ clock, random, assertRoom: unlimited, record }, operator, { type: 'record.searched', payload });
}
