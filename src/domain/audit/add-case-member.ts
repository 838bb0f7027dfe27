// A colleague, or a court's expert, who comes into a case.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealCaseEvent } from './case-event.ts';
import type { CaseNeeds } from './case-needs.ts';
import { isCaseOver } from './case.ts';
import type { AuditCase } from './case.ts';
import { coversCase, findOwnCase } from './require-case.ts';
import type { CaseAsked } from './require-case.ts';

type MemberRefusal = 'audit/case-unknown' | 'audit/case-ended' | 'audit/member-unfit';

/** `memberId`: another active auditor whose mandate covers the case. */
export async function addCaseMember(needs: CaseNeeds, asked: CaseAsked, memberId: string): Promise<Outcome<AuditCase, MemberRefusal>> {
  const own = await findOwnCase(needs, asked);
  if (own?.officer.role !== 'auditor') {
    return refuse('audit/case-unknown', 'none of this officer’s');
  }
  const addedAt = needs.clock.now();
  if (isCaseOver(own.found, addedAt)) {
    return refuse('audit/case-ended', own.found.id);
  }
  const member = await needs.staff.findOfficer(memberId);
  if (member?.role !== 'auditor' || !coversCase(member, own.found)) {
    return refuse('audit/member-unfit', 'no auditor, or of another mandate');
  }
  const event = sealCaseEvent(needs, { type: 'audit.member_added', officerId: asked.officerId, about: own.found }, { officer: memberId });
  const row = { caseId: own.found.id, officerId: memberId, addedBy: asked.officerId, addedAt };
  const saved = await needs.cases.saveMember({ member: row, event });
  return saved === 'saved' ? succeed(own.found) : refuse(saved, 'store');
}
