// A code for auditors, at the counter: who complains stands before the officer and wants to be found in a case. The officer writes the exact number and the case; the code
// works once, for that case, for three days. Whether there is such a case nobody learns here, and the look is an entry that the person sees.

import type { Context } from 'koa';
import { makeCaseLink } from '../../domain/audit/case-link.ts';
import { errorCatalogue } from '../../domain/kernel/errors.ts';
import { toShownCode } from '../../domain/kernel/one-time-code.ts';
import { renderAuditCodePage } from '../../../views/audit-code.ts';
import type { AuditCodePage } from '../../../views/audit-code.ts';
import { findField } from '../body.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getStaffForm, openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';
import { recordLook } from './look.ts';

const roles = ['registrar'] as const;
const url = '/office/audit-codes';

type Shown = Pick<AuditCodePage, 'typed' | 'problems' | 'made'>;

function send(ctx: Context, staff: Staff, shown: Shown): void {
  const page = renderAuditCodePage(staff.frame, { form: { action: url, token: staff.token }, counterUrl: '/office', ...shown });
  sendPage(ctx, page, shown.problems.length > 0 ? errorCatalogue['officer/nothing-chosen'].status : 200);
}

export async function showAuditCode(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff !== undefined) {
    send(ctx, staff, { typed: { number: '', case: '' }, problems: [], made: null });
  }
}

function findProblems(caseNumber: string, isPresent: boolean): AuditCodePage['problems'] {
  const isCase = /^[A-Za-z0-9./-]{1,40}$/.test(caseNumber);
  return [...(isCase ? [] : (['case'] as const)), ...(isPresent ? [] : (['present'] as const))];
}

export async function submitAuditCode(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  const typed = { number: findField(form, 'number') ?? '', case: (findField(form, 'case') ?? '').normalize('NFKC').trim() };
  const problems = findProblems(typed.case, findField(form, 'present') === 'yes');
  if (problems.length > 0) {
    send(ctx, staff, { typed, problems, made: null });
    return;
  }
  const person = await needs.findByRegistryId(typed.number);
  if (person === undefined || person.status === 'closed') {
    await recordLook(needs, staff, undefined);
    send(ctx, staff, { typed, problems: ['number'], made: null });
    return;
  }
  const made = await makeCaseLink(needs, { caseNumber: typed.case, personRef: person.id, officerId: staff.officer.id });
  send(ctx, staff, { typed, problems: [], made: { code: toShownCode(made.code), expiresAt: made.expiresAt } });
}
