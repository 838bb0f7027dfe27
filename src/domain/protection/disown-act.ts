import { createCaseNumber } from '../kernel/case-number.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import { toFreezing } from './freezing.ts';
import type { ProtectionNeeds } from './needs.ts';
import { disownableMs } from './notice.ts';
import type { SecurityNotice } from './notice.ts';

export type Disowned = { readonly caseNumber: string; readonly isNew: boolean };

/**
 * "This wasn't me": whoever says it may be anybody who reads the person's mail, and so it only closes. Said again, it is the same case.
 * `notice/link-invalid` after two weeks; the person freezes on their own page or by their code then.
 */
export async function disownAct(needs: ProtectionNeeds, notice: SecurityNotice): Promise<Outcome<Disowned, 'notice/link-invalid'>> {
  const { personId, kind } = notice;
  const actor = { kind: 'person', ref: null } as const;
  const caseNumber = createCaseNumber(needs.random);
  const disowned = await needs.protection.disown({
    ...toFreezing(needs, { personId, how: 'notice', authority: 'own', actor, since: notice.at }),
    noticeId: notice.id,
    caseNumber,
    notBefore: needs.clock.now() - disownableMs,
    sealPasskeyEnd: () =>
      sealEvent(needs, { type: 'passkey.removed', personRef: personId, actor, actedBy: 'self', reason: 'disowned', payload: {} }),
    disowned: sealEvent(needs, { type: 'person.disowned', personRef: personId, actor, payload: { case: caseNumber, notice: kind } }),
  });
  return disowned === undefined ? refuse('notice/link-invalid', 'two weeks are over') : succeed(disowned);
}
