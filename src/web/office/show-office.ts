// The office: each role finds its own desk at one address.

import type { Context } from 'koa';
import { renderDeskPage } from '../../../views/desk.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { openStaff } from '../staff/open-staff.ts';
import { showCounter } from './counter.ts';
import { showSubmissions } from './submissions.ts';
import { showTraces } from './traces.ts';

export async function showOffice(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles: ['registrar', 'approver', 'operator', 'developer'] });
  if (staff === undefined) {
    return;
  }
  const { role } = staff.officer;
  if (role === 'registrar') {
    showCounter(ctx, staff, { number: null, person: null, evidence: null });
  } else if (role === 'approver') {
    await showSubmissions(needs, ctx, staff);
  } else if (role === 'developer') {
    await showTraces(needs, ctx, staff);
  } else if (role === 'operator') {
    sendPage(ctx, renderDeskPage(staff.frame, role));
  }
}
