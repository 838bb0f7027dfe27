import type { Context } from 'koa';
import { renderDeskPage } from '../../../views/desk.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { openStaff } from '../staff/open-staff.ts';

export async function showOffice(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles: ['registrar', 'approver', 'operator', 'developer'] });
  if (staff !== undefined) {
    sendPage(ctx, renderDeskPage(staff.frame));
  }
}
