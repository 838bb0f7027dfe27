// The end of a case before its day. What it says about itself stays to be read; nobody is shown in it any more.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealCaseEvent } from './case-event.ts';
import type { CaseNeeds } from './case-needs.ts';
import type { AuditCase } from './case.ts';
import { findOwnCase } from './require-case.ts';
import type { CaseAsked } from './require-case.ts';

export async function closeCase(
  needs: CaseNeeds,
  asked: CaseAsked,
): Promise<Outcome<AuditCase, 'audit/case-unknown' | 'audit/case-ended'>> {
  const own = await findOwnCase(needs, asked);
  if (own?.officer.role !== 'auditor') {
    return refuse('audit/case-unknown', 'none of this officer’s');
  }
  const event = sealCaseEvent(needs, { type: 'audit.case_closed', officerId: asked.officerId, about: own.found }, {});
  const saved = await needs.cases.saveClosed({ caseId: own.found.id, event });
  return saved === 'saved' ? succeed(own.found) : refuse(saved, own.found.id);
}
