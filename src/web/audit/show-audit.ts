import type { Context } from 'koa';
import { renderDeskPage } from '../../../views/desk.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { openStaff } from '../staff/open-staff.ts';

export async function showAudit(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles: ['auditor'] });
  if (staff !== undefined) {
    sendPage(ctx, renderDeskPage(staff.frame));
  }
}
