// The status that an operator gives. Freezing and its end are acts of their own; every other status lies above a freeze and leaves it as it is (ADR-0077).

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { changePersonStatus } from '../people/change-status.ts';
import type { ChangeStatusNeeds, StatusChange } from '../people/change-status.ts';
import { parsePersonReference } from '../people/parse-person-reference.ts';
import type { PersonStatus, StoredPerson } from '../people/person.ts';
import { freezePerson } from './freeze-person.ts';
import { liftByOrder } from './lift-freezes.ts';
import type { ProtectionNeeds } from './needs.ts';

/**
 * `isOwnLifted`: the freeze that ended was the person's own, and no delay has run. `isOrderAdded`: an order stands now beside a freeze that stood. `isBeneath`: it
 * stands now beneath another status, which stays.
 */
export type GivenStatus = StatusChange & { readonly isOwnLifted: boolean; readonly isOrderAdded: boolean; readonly isBeneath: boolean };

const nothingMore = { isOwnLifted: false, isOrderAdded: false, isBeneath: false } as const;

const changedMeanwhile = () => refuse('store/conflict', 'the status of the person was changed meanwhile');

type Given = Outcome<GivenStatus, 'person/unknown' | 'store/conflict'>;

async function order(
  needs: ChangeStatusNeeds & ProtectionNeeds,
  registryId: string,
  { id: personId, status: from }: StoredPerson,
): Promise<Given> {
  const frozen = await freezePerson(needs, { personId, how: 'command', authority: 'ordered', actor: { kind: 'operator', ref: null } });
  const found = await parsePersonReference(needs, registryId);
  if (frozen === 'closed' || !found.ok) {
    return changedMeanwhile();
  }
  const isOrderAdded = from === 'frozen' && frozen === 'frozen';
  return succeed({ ...nothingMore, from, to: found.value.status, isOrderAdded, isBeneath: frozen === 'beneath' });
}

async function lift(needs: ProtectionNeeds, personId: string): Promise<Given> {
  const freezes = await needs.protection.findFreezes(personId);
  const isOwnLifted = freezes.some(({ authority }) => authority === 'own');
  const isLifted = await liftByOrder(needs, personId);
  return isLifted ? succeed({ ...nothingMore, from: 'frozen', to: 'active', isOwnLifted }) : changedMeanwhile();
}

/** A freeze by an operator stands beside the person's own or beneath another status, and only an operator ends it. Said of somebody who is frozen, `active` ends both at once. */
export async function giveStatus(needs: ChangeStatusNeeds & ProtectionNeeds, registryId: string, status: PersonStatus): Promise<Given> {
  const found = await parsePersonReference(needs, registryId);
  if (!found.ok) {
    return found;
  }
  const { id: personId, status: from } = found.value;
  if (status === 'frozen') {
    return order(needs, registryId, found.value);
  }
  if (status === 'active' && from === 'frozen') {
    return lift(needs, personId);
  }
  const changed = await changePersonStatus(needs, registryId, status);
  return changed.ok ? succeed({ ...changed.value, ...nothingMore }) : changed;
}
