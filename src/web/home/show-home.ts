import type { Context } from 'koa';
import { renderHomePage } from '../../../views/home.ts';
import { createFrame, sendPage } from '../frame.ts';
import type { WebNeeds } from '../needs.ts';

const places = {
  accountUrl: '/account',
  servicesUrl: '/services',
  verifyUrl: '/verify',
  auditUrl: '/audit',
  officeUrl: '/office',
  discoveryUrl: '/.well-known/openid-configuration',
  logUrl: '/ledger/checkpoint',
} as const;

export async function showHome(needs: WebNeeds, ctx: Context): Promise<void> {
  const { frame } = createFrame(needs, ctx);
  sendPage(ctx, renderHomePage(frame, places));
}
