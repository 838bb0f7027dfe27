// Signing out on the own page ends the session for every service, in one press.

import type { Context } from 'koa';
import { renderSignedOutPage } from '../../../views/signed-out.ts';
import { findField, readForm } from '../body.ts';
import { createFrame, redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { clearSiteData } from '../security-headers.ts';
import { getAccountForPost } from './open-account.ts';

export async function submitSignOut(needs: PageNeeds, ctx: Context): Promise<void> {
  await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  await needs.engine.sessions.endSession(ctx);
  redirectTo(ctx, '/signed-out');
}

export async function showSignedOut(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = createFrame(needs, ctx);
  clearSiteData(ctx);
  sendPage(ctx, renderSignedOutPage(frame, { reach: 'everywhere', serviceName: null, homeUrl: '/' }));
}
