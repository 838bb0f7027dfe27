// Opening a case: within the opener’s mandate, and for a year at most.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Officer } from '../staff/officer.ts';
import { sealCaseEvent } from './case-event.ts';
import { createCaseKey } from './case-key.ts';
import type { CaseNeeds } from './case-needs.ts';
import { longestCaseMs } from './case.ts';
import type { AuditCase } from './case.ts';
import { coversCase } from './require-case.ts';

export type CaseDraft = Pick<AuditCase, 'number' | 'authority' | 'basis' | 'scope' | 'covers' | 'endsAt'>;

/** `audit/mandate`: an auditor of one agency opens cases of that agency, or of single people, alone. */
export async function openNewCase(
  needs: CaseNeeds,
  officer: Pick<Officer, 'id' | 'agencyId'>,
  draft: CaseDraft,
): Promise<Outcome<AuditCase, 'audit/case-number-taken' | 'audit/case-too-long' | 'audit/mandate'>> {
  const now = needs.clock.now();
  if (!coversCase(officer, draft)) {
    return refuse('audit/mandate', 'the scope of the case');
  }
  if (draft.endsAt <= now || draft.endsAt > now + longestCaseMs) {
    return refuse('audit/case-too-long', 'the end of the case');
  }
  const id = createUuid(needs.random, now);
  const opened = { ...draft, id, openedBy: officer.id, openedAt: now, closedAt: null, sealedKey: createCaseKey(needs, id) };
  const event = sealCaseEvent(
    needs,
    { type: 'audit.case_opened', officerId: officer.id, about: opened },
    {
      basis: draft.basis,
      scope: draft.scope.kind,
      agency: draft.scope.kind === 'agency' ? draft.scope.agencyId : null,
      from: draft.covers.from,
      to: draft.covers.to,
      ends_at: draft.endsAt,
    },
  );
  const saved = await needs.cases.saveCase({ opened, event });
  return saved === 'saved' ? succeed(opened) : refuse(saved, 'the number');
}
