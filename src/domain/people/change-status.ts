// The status of a person. It counts from the next request everywhere, because every read of sessions and tokens asks for it. A freeze lies beneath every other
// status and outlives it: `active` takes back what lay above, and finds the freeze again (ADR-0077).

import { succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import { toReason, toReferencePayload } from './operators-word.ts';
import type { OperatorsWord } from './operators-word.ts';
import { parsePersonReference } from './parse-person-reference.ts';
import type { FindPersonNeeds } from './parse-person-reference.ts';
import type { PersonStatus } from './person.ts';
import { toStatusEnds } from './status-ends.ts';
import type { PeopleStore } from './store.ts';

export type ChangeStatusNeeds = FindPersonNeeds & {
  readonly people: Pick<PeopleStore, 'saveStatus' | 'turnStatus' | 'hasFreeze'>;
  readonly clock: Clock;
  readonly random: Random;
};

export type StatusAsked = OperatorsWord & { readonly status: PersonStatus };

export type StatusChange = { readonly from: PersonStatus; readonly to: PersonStatus };

/** Setting the status a person has already is no change and leaves no entry. `to` is `frozen` where a freeze stands and the word was `active`: it lifts none. */
export async function changePersonStatus(
  needs: ChangeStatusNeeds,
  registryId: string,
  { status, ...word }: StatusAsked,
): Promise<Outcome<StatusChange, 'person/unknown'>> {
  const found = await parsePersonReference(needs, registryId);
  if (!found.ok) {
    return found;
  }
  const { id: personId, status: from } = found.value;
  const change = { from, to: status === 'active' && (await needs.people.hasFreeze(personId)) ? 'frozen' : status } as const;
  if (change.from !== change.to) {
    const event = sealEvent(needs, {
      type: 'person.status_changed',
      personRef: personId,
      actor: { kind: 'operator', ref: null },
      reason: toReason(word),
      payload: { ...change, ...toReferencePayload(word) },
    });
    const said = { event, ends: toStatusEnds(needs) };
    await (status === 'frozen'
      ? needs.people.saveStatus(personId, status, said)
      : needs.people.turnStatus({ personId, ...change, ...said }));
  }
  return succeed(change);
}
