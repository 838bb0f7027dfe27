// Signing out on the own page ends the session for every service, in one press.

import type { Context } from 'koa';
import { findField, readForm } from '../body.ts';
import { sendSignedOutPage } from '../left-services.ts';
import type { PageNeeds } from '../needs.ts';
import { leaveSession } from '../shared-computer.ts';
import { getAccountForPost } from './open-account.ts';

export async function submitSignOut(needs: PageNeeds, ctx: Context): Promise<void> {
  const { session } = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  await leaveSession(needs, ctx, { session, next: '/signed-out', ended: [session.uid] });
}

export async function showSignedOut(needs: PageNeeds, ctx: Context): Promise<void> {
  await sendSignedOutPage(needs, ctx);
}
