// Signing out on the own page ends the session for every service, in one press.

import type { Context } from 'koa';
import { findField, readForm } from '../body.ts';
import { keepEnded } from '../ended-cookie.ts';
import { redirectTo } from '../frame.ts';
import { sendSignedOutPage } from '../left-services.ts';
import type { PageNeeds } from '../needs.ts';
import { leaveNothing } from '../shared-computer.ts';
import { getAccountForPost } from './open-account.ts';

export async function submitSignOut(needs: PageNeeds, ctx: Context): Promise<void> {
  const { session } = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  if (session.isShared) {
    await leaveNothing(needs, ctx);
    return;
  }
  await needs.engine.sessions.endSession(ctx);
  keepEnded(needs, ctx, [session.uid]);
  redirectTo(ctx, '/signed-out');
}

export async function showSignedOut(needs: PageNeeds, ctx: Context): Promise<void> {
  await sendSignedOutPage(needs, ctx);
}
