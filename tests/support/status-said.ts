// A status as a store takes it: the entry that says it, and the entries of what ends with it.

import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import type { SealedEvent } from '../../src/domain/ledger/event.ts';
import { toStatusEnds } from '../../src/domain/people/status-ends.ts';
import type { StatusSaid } from '../../src/domain/people/store.ts';
import { createEvent } from './store-samples.ts';

export function createStatusSaid(event: SealedEvent = createEvent('person.status_changed')): StatusSaid {
  return { event, ends: toStatusEnds({ clock: systemClock, random: systemRandom }) };
}
