import { freezePerson } from './freeze-person.ts';
import type { ProtectionNeeds } from './needs.ts';

/** Stops the lifting of this freeze. Of one that has ended it changes nothing: an old page MUST NOT close anew what was opened. */
export async function keepFrozen(needs: ProtectionNeeds, freezeId: string): Promise<void> {
  const freeze = await needs.protection.findFreeze(freezeId);
  if (freeze !== undefined && freeze.liftedAt === null && freeze.unfreezeAt !== null) {
    const actor = { kind: 'person', ref: null } as const;
    await freezePerson(needs, { personId: freeze.personId, how: 'kept', authority: 'own', actor });
  }
}
