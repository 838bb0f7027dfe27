// Signing out of a desk: the session ends on the server, in one press, and with it every page that is still open.

import type { Context } from 'koa';
import { toDesk } from '../../domain/staff/desks.ts';
import { roles } from '../../domain/staff/officer.ts';
import { signOut } from '../../domain/staff/sign-out.ts';
import { renderStaffSignedOutPage } from '../../../views/staff-sign-in.ts';
import { createFrame, redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { setCookie } from './cookies.ts';
import { toKnownDesk } from './known-desk.ts';
import { getStaffForm } from './open-staff.ts';

export async function submitStaffSignOut(needs: PageNeeds, ctx: Context): Promise<void> {
  const {
    staff: { officer, session },
  } = await getStaffForm(needs, ctx, { roles });
  await signOut(needs, { officer, session });
  setCookie(needs, ctx, { kind: 'session', value: null });
  redirectTo(ctx, `/staff/signed-out/${toDesk(officer.role)}`);
}

export async function showStaffSignedOut(needs: PageNeeds, ctx: Context, desk: string): Promise<void> {
  const { frame } = createFrame(needs, ctx);
  sendPage(ctx, renderStaffSignedOutPage(frame, { deskUrl: `/${toKnownDesk(desk)}` }));
}
