// Somebody is coming back to this account, and its holder has just signed in somewhere: they say no with one press, or go on to where they wanted.

import type { Context } from 'koa';
import { getValue } from '../../domain/kernel/errors.ts';
import { cancelWithPasskey } from '../../domain/recovery/cancel.ts';
import { recoveryWays } from '../../domain/recovery/recovery.ts';
import type { Recovery } from '../../domain/recovery/recovery.ts';
import { renderRecoveryLookPage } from '../../../views/recovery-look.ts';
import { isStale } from '../account/open-account.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import type { PersonStep } from './show-continue.ts';

async function findOpen(needs: PageNeeds, { person }: PersonStep): Promise<Recovery | undefined> {
  return (await needs.recoveries.listOpen(person.id, needs.clock.now()))[0];
}

/** Where nothing is open any more the same page says so: what was stopped, or ended meanwhile, holds nobody up. */
export async function showRecoveryLook(needs: PageNeeds, ctx: Context, step: PersonStep): Promise<void> {
  const open = await findOpen(needs, step);
  const page = renderRecoveryLookPage(step.frame, {
    asker: step.asker,
    open: open === undefined ? null : { id: open.id, way: open.way, begunAt: open.begunAt, readyAt: open.readyAt },
    stopped: recoveryWays.find((way) => way === ctx.query['stopped']) ?? null,
    form: { action: `/interaction/${step.pending.uid}/decision`, token: step.token },
  });
  sendPage(ctx, page);
}

type Pressed = { readonly step: PersonStep; readonly recoveryId: string };

/**
 * The page comes again and says that it is stopped: the task is still there. Where the passkey has not answered for five minutes it answers first, and the same page
 * follows its ceremony (SE-05).
 */
export async function stopRecovery(needs: PageNeeds, ctx: Context, { step, recoveryId }: Pressed): Promise<void> {
  const { person, session, pending } = step;
  if (isStale(needs, session)) {
    redirectTo(ctx, `/interaction/${pending.uid}?switch=yes`);
    return;
  }
  const { way } = getValue(await cancelWithPasskey(needs, { personId: person.id, passkeyId: session.passkeyId, recoveryId }));
  redirectTo(ctx, `/interaction/${pending.uid}?stopped=${way}`);
}

/** Past the one that the page showed; another one that began meanwhile is shown next. */
export async function passRecovery(needs: PageNeeds, ctx: Context, { recoveryId }: Pressed): Promise<void> {
  redirectTo(ctx, await needs.engine.interactions.answerLook(ctx, recoveryId));
}
