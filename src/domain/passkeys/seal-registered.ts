import { sealEvent } from '../ledger/event.ts';
import type { SealNeeds, SealedEvent } from '../ledger/event.ts';
import type { Passkey } from './passkey.ts';

type Registered = Pick<Passkey, 'id' | 'personId' | 'aaguid' | 'isBackupEligible' | 'attestationFormat'>;

/** The entry of a passkey that was added; the person's notice knows which. `by`: whether a level code let it reach as far as it does. */
export function sealRegistered(needs: SealNeeds, passkey: Registered, by: 'own' | 'level-code' = 'own'): SealedEvent {
  const { id, personId, aaguid, isBackupEligible, attestationFormat } = passkey;
  const event = sealEvent(needs, {
    type: 'passkey.registered',
    personRef: personId,
    // The person is named by `personRef` alone, which can be erased; the body cannot.
    actor: { kind: 'person', ref: null },
    payload: { aaguid, backup_eligible: isBackupEligible, format: attestationFormat, ...(by === 'own' ? {} : { by }) },
  });
  return { ...event, seenOn: { passkeyId: id, device: null } };
}
