// The status that an operator gives. Freezing and its end are acts of their own; every other status lies above a freeze and leaves it as it is (ADR-0077).

import { succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { changePersonStatus } from '../people/change-status.ts';
import type { ChangeStatusNeeds, StatusChange } from '../people/change-status.ts';
import { parsePersonReference } from '../people/parse-person-reference.ts';
import type { PersonStatus } from '../people/person.ts';
import { freezePerson } from './freeze-person.ts';
import { liftByOrder } from './lift-freezes.ts';
import type { ProtectionNeeds } from './needs.ts';

/** `isOwnLifted`: the freeze that ended was the person's own, and no delay has run. */
export type GivenStatus = StatusChange & { readonly isOwnLifted: boolean };

/** A freeze by an operator stands beside the person's own, and only an operator ends it. Said of somebody who is frozen, `active` ends both at once. */
export async function giveStatus(
  needs: ChangeStatusNeeds & ProtectionNeeds,
  registryId: string,
  status: PersonStatus,
): Promise<Outcome<GivenStatus, 'person/unknown'>> {
  const found = await parsePersonReference(needs, registryId);
  if (!found.ok) {
    return found;
  }
  const { id: personId, status: from } = found.value;
  if (status === 'frozen' && (from === 'active' || from === 'frozen')) {
    await freezePerson(needs, { personId, how: 'command', authority: 'ordered', actor: { kind: 'operator', ref: null } });
    return succeed({ from, to: status, isOwnLifted: false });
  }
  if (status === 'active' && from === 'frozen') {
    const freezes = await needs.protection.findFreezes(personId);
    await liftByOrder(needs, personId);
    return succeed({ from, to: status, isOwnLifted: freezes.some(({ authority }) => authority === 'own') });
  }
  const changed = await changePersonStatus(needs, registryId, status);
  return changed.ok ? succeed({ ...changed.value, isOwnLifted: false }) : changed;
}
