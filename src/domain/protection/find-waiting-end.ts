import type { Millis } from '../kernel/clock.ts';
import { isOfWaiting } from './notice.ts';
import type { SecurityNotice } from './notice.ts';
import type { ProtectionStore } from './store.ts';

/** When the lifting ends of which the notice tells; null where it tells of none, or none waits any more. */
export async function findWaitingEnd(
  { protection }: { readonly protection: Pick<ProtectionStore, 'findFreezes'> },
  { kind, personId }: Pick<SecurityNotice, 'kind' | 'personId'>,
): Promise<Millis | null> {
  if (!isOfWaiting(kind)) {
    return null;
  }
  const freezes = await protection.findFreezes(personId);
  return freezes.find(({ authority }) => authority === 'own')?.unfreezeAt ?? null;
}
