// The status of a person. It counts from the next request everywhere, because every read of sessions and tokens asks for it.

import { succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import { parsePersonReference } from './parse-person-reference.ts';
import type { FindPersonNeeds } from './parse-person-reference.ts';
import type { PersonStatus } from './person.ts';
import type { PeopleStore } from './store.ts';

export type ChangeStatusNeeds = FindPersonNeeds & {
  readonly people: Pick<PeopleStore, 'saveStatus'>;
  readonly clock: Clock;
  readonly random: Random;
};

export type StatusChange = { readonly from: PersonStatus; readonly to: PersonStatus };

/** Setting the status a person has already is no change and leaves no entry. */
export async function changePersonStatus(
  needs: ChangeStatusNeeds,
  registryId: string,
  status: PersonStatus,
): Promise<Outcome<StatusChange, 'person/unknown'>> {
  const found = await parsePersonReference(needs, registryId);
  if (!found.ok) {
    return found;
  }
  const change = { from: found.value.status, to: status };
  if (change.from !== change.to) {
    const event = sealEvent(needs, {
      type: 'person.status_changed',
      personRef: found.value.id,
      actor: { kind: 'operator', ref: null },
      payload: change,
    });
    await needs.people.saveStatus(found.value.id, status, event);
  }
  return succeed(change);
}
