import type { Context } from 'koa';
import { renderSignInPage } from '../../../views/sign-in.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import type { Step } from './page-context.ts';

export async function showSignIn(needs: PageNeeds, ctx: Context, step: Step): Promise<void> {
  const base = `/interaction/${step.pending.uid}`;
  const page = renderSignInPage(step.frame, {
    asker: step.asker,
    ceremony: { optionsUrl: `${base}/sign-in/options`, verifyUrl: `${base}/sign-in/verify`, token: step.token },
    leave: step.asker === null ? null : { action: `${base}/decision`, token: step.token },
    siteUrl: `${needs.issuer}/`,
  });
  sendPage(ctx, page);
}
