import type { Context } from 'koa';
import { renderSignInPage } from '../../../views/sign-in.ts';
import type { SignInPage } from '../../../views/models.ts';
import { sendPage, toFullName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toNameForRoom } from '../shared-computer.ts';
import type { Step } from './page-context.ts';

/** Whoever asks anew may sit at the screen of somebody else. */
function toLive(needs: PageNeeds, { person, session, asker, language }: Step): SignInPage['live'] {
  if (person === undefined || session === undefined) {
    return null;
  }
  return {
    fullName: toNameForRoom(toFullName(needs.openData(person), language), session),
    stayUrl: asker === null && session.hasOpenedAccount ? '/account' : null,
  };
}

export async function showSignIn(needs: PageNeeds, ctx: Context, step: Step): Promise<void> {
  const base = `/interaction/${step.pending.uid}`;
  const page = renderSignInPage(step.frame, {
    asker: step.asker,
    live: toLive(needs, step),
    confirmsAgain: step.asker === null && step.person !== undefined && step.pending.asksForFresh,
    ceremony: { optionsUrl: `${base}/sign-in/options`, verifyUrl: `${base}/sign-in/verify`, token: step.token },
    leave: step.asker === null ? null : { action: `${base}/decision`, token: step.token },
    siteUrl: `${needs.issuer}/`,
  });
  sendPage(ctx, page);
}
