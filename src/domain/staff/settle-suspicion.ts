// An officer's passkey that is not what it was (ADR-0071). Whoever holds a copy of it acts for many people, and nobody else would notice: the account stops at once, and an
// operator finds out what was done with it before they invite again.

import { refuse } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Ceremony, Suspicion } from '../passkeys/passkey.ts';
import { isEnding, toDetail } from '../passkeys/settle-use.ts';
import type { VerifiedSignIn } from '../passkeys/verify-ceremony.ts';
import type { StaffNeeds } from './needs.ts';
import type { Officer, OfficerPasskey } from './officer.ts';

export type AnswerRefusal = 'officer/refused' | 'officer/suspended';

type Suspected = {
  readonly officer: Officer;
  readonly passkey: OfficerPasskey;
  readonly ceremony: Ceremony;
  readonly verified: VerifiedSignIn;
};

/** What may be honest (a synced key, an answer that is only late) is refused, and ends nothing: as with a person's. */
export async function settleSuspicion(
  needs: Pick<StaffNeeds, 'clock' | 'random' | 'staff'>,
  suspected: Suspected,
  reason: Suspicion,
): Promise<Outcome<never, AnswerRefusal>> {
  const { officer, passkey } = suspected;
  const detail = `${officer.id}: ${toDetail(reason)}`;
  if (!isEnding(suspected, reason)) {
    return refuse('officer/refused', detail);
  }
  const event = sealEvent(needs, {
    type: 'officer.status_changed',
    personRef: null,
    actor: { kind: 'system', ref: null },
    reason,
    payload: { officer: officer.id, role: officer.role, from: officer.status, to: 'suspended', aaguid: passkey.aaguid },
  });
  await needs.staff.suspendForPasskey({ officerId: officer.id, passkeyId: passkey.id, reason, event });
  return refuse('officer/suspended', detail);
}
