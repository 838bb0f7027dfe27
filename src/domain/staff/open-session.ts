// From the token of a cookie to the officer, as long as the session lives.

import { isToken, toDigest } from '../kernel/ids.ts';
import type { StaffNeeds } from './needs.ts';
import { mayOpenDesk } from './passkey-rule.ts';
import { idleMs, noticeMs } from './session.ts';
import type { OpenSession } from './store.ts';

/** Undefined whatever the reason; the officer signs in again. A session that is found has been used. */
export async function findOpenSession(
  needs: Pick<StaffNeeds, 'clock' | 'staff' | 'staffRule'>,
  token: string,
): Promise<OpenSession | undefined> {
  if (!isToken(token)) {
    return undefined;
  }
  const now = needs.clock.now();
  const open = await needs.staff.findSession(toDigest(token), { now, idleSince: now - idleMs });
  // What became of the model since counts at the next request.
  if (open === undefined || !mayOpenDesk(needs.staffRule, open.passkey)) {
    return undefined;
  }
  if (now - open.session.lastSeenAt >= noticeMs) {
    await needs.staff.saveLastSeen(open.session.digest, now);
  }
  return open;
}
