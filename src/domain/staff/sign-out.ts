// Signing out: the session ends for good, and the ledger says so.

import { sealEvent } from '../ledger/event.ts';
import type { StaffNeeds } from './needs.ts';
import type { OpenSession } from './store.ts';

export async function signOut(
  needs: Pick<StaffNeeds, 'clock' | 'random' | 'staff'>,
  { officer, session }: Pick<OpenSession, 'officer' | 'session'>,
): Promise<void> {
  const event = sealEvent(needs, {
    type: 'officer.signed_out',
    personRef: null,
    actor: { kind: 'officer', ref: officer.id },
    payload: { role: officer.role },
  });
  await needs.staff.endSession({ digest: session.digest, at: event.at, event });
}
