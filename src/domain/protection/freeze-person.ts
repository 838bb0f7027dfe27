import { toFreezing } from './freezing.ts';
import type { FreezeAsked } from './freezing.ts';
import type { ProtectionNeeds } from './needs.ts';
import type { Frozen } from './store.ts';

/** Freezing what is frozen is no change and leaves no entry; an order beside the person's own freeze is one, because it takes the lifting out of their hands. */
export async function freezePerson(needs: ProtectionNeeds, asked: FreezeAsked): Promise<Frozen> {
  return needs.protection.freeze(toFreezing(needs, asked));
}
