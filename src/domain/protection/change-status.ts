// The status that an operator gives. Freezing and its end are acts of their own; every other status lies above a freeze and leaves it as it is (ADR-0077).

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { changePersonStatus } from '../people/change-status.ts';
import type { ChangeStatusNeeds, StatusAsked, StatusChange } from '../people/change-status.ts';
import { parsePersonReference } from '../people/parse-person-reference.ts';
import type { StoredPerson } from '../people/person.ts';
import type { Authority, Freeze } from './freeze.ts';
import { freezePerson } from './freeze-person.ts';
import { liftByOrder, liftOrder } from './lift-freezes.ts';
import type { ProtectionNeeds } from './needs.ts';
import { toReason } from '../people/operators-word.ts';

/**
 * What the word came to beyond the status. `order-added`: an order stands now beside a freeze that stood. `beneath`: it stands now beneath another status, which stays.
 * `own-ended`: the freeze that ended was the person's own, and no delay has run. `own-stands`: the order ended, and the person's own freeze goes on. `own-kept`: nothing
 * changed, because only that one stands and nobody said that it ends.
 */
export type Beyond = 'order-added' | 'beneath' | 'own-ended' | 'own-stands' | 'own-kept';

export type GivenStatus = StatusChange & { readonly beyond: Beyond | null };

/** `endsOwnFreeze`: the explicit word that a freeze of the person's own ends too, without the delay. */
export type GivingStatus = StatusAsked & { readonly endsOwnFreeze?: boolean };

const changedMeanwhile = () => refuse('store/conflict', 'the status of the person was changed meanwhile');

type Given = Outcome<GivenStatus, 'person/unknown' | 'store/conflict'>;
type Needs = ChangeStatusNeeds & ProtectionNeeds;
type Asked = { readonly registryId: string; readonly person: StoredPerson; readonly giving: GivingStatus };

async function order(needs: Needs, { registryId, person: { id: personId, status: from }, giving }: Asked): Promise<Given> {
  const actor = { kind: 'operator', ref: null } as const;
  const word = { reason: toReason(giving), reference: giving.reference };
  const frozen = await freezePerson(needs, { personId, how: 'command', authority: 'ordered', actor, ...word });
  const found = await parsePersonReference(needs, registryId);
  if (frozen === 'closed' || !found.ok) {
    return changedMeanwhile();
  }
  const isAdded = from === 'frozen' && frozen === 'frozen';
  const beyond = frozen === 'beneath' ? 'beneath' : null;
  return succeed({ from, to: found.value.status, beyond: isAdded ? 'order-added' : beyond });
}

const has = (freezes: readonly Freeze[], authority: Authority): boolean => freezes.some((freeze) => freeze.authority === authority);

const outcomes = {
  open: { to: 'active', beyond: null },
  'own-stands': { to: 'frozen', beyond: 'own-stands' },
} as const;

async function lift(needs: Needs, { person: { id: personId }, giving }: Asked): Promise<Given> {
  const from = 'frozen';
  const freezes = await needs.protection.findFreezes(personId);
  if (has(freezes, 'own') && giving.endsOwnFreeze === true) {
    const isLifted = await liftByOrder(needs, personId, giving);
    return isLifted ? succeed({ from, to: 'active', beyond: 'own-ended' }) : changedMeanwhile();
  }
  if (freezes.length > 0 && !has(freezes, 'ordered')) {
    return succeed({ from, to: 'frozen', beyond: 'own-kept' });
  }
  const lifted = await liftOrder(needs, personId, giving);
  return lifted === 'nothing' ? changedMeanwhile() : succeed({ from, ...outcomes[lifted] });
}

/** An order stands beside the person's own freeze or beneath another status, and only an operator ends it. `active` ends it at once; the person's own only where that is said. */
export async function giveStatus(needs: Needs, registryId: string, giving: GivingStatus): Promise<Given> {
  const found = await parsePersonReference(needs, registryId);
  if (!found.ok) {
    return found;
  }
  const asked = { registryId, person: found.value, giving };
  if (giving.status === 'frozen') {
    return order(needs, asked);
  }
  if (giving.status === 'active' && found.value.status === 'frozen') {
    return lift(needs, asked);
  }
  const changed = await changePersonStatus(needs, registryId, giving);
  return changed.ok ? succeed({ ...changed.value, beyond: null }) : changed;
}
