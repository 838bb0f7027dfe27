// Ending one session from the list, all others, or all of them. It counts at the next request everywhere, and nothing that is still in flight brings one back.

import type { Context } from 'koa';
import { findField, readForm } from '../body.ts';
import { redirectTo } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { leaveSession } from '../shared-computer.ts';
import { getAccountForPost } from './open-account.ts';

/** Pressed twice: whoever came second finds done what they wanted. */
export async function submitEndSession(needs: PageNeeds, ctx: Context, handle: string): Promise<void> {
  const { person } = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  await needs.engine.sessions.endSessions(person.id, [handle]);
  redirectTo(ctx, '/account/security?done=session-ended');
}

/** All but the one in which it was pressed. */
export async function submitEndOthers(needs: PageNeeds, ctx: Context): Promise<void> {
  const { session } = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  await needs.engine.sessions.endOthers(session);
  redirectTo(ctx, '/account/security?done=others-ended');
}

export async function submitEndSessions(needs: PageNeeds, ctx: Context): Promise<void> {
  const { person, session } = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  const ended = (await needs.engine.sessions.listSessions(person.id)).map(({ uid }) => uid);
  await needs.engine.sessions.endOthers(session);
  await leaveSession(needs, ctx, { session, next: '/signed-out', ended });
}
