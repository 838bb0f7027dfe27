import type { Context } from 'koa';
import { renderHomePage } from '../../../views/home.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';

const places = {
  accountUrl: '/account',
  recoverUrl: '/recover',
  servicesUrl: '/services',
  figuresUrl: '/transparency',
  verifyUrl: '/verify',
  auditUrl: '/audit',
  officeUrl: '/office',
  discoveryUrl: '/.well-known/openid-configuration',
  logUrl: '/ledger/checkpoint',
} as const;

export async function showHome(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = await createPublicFrame(needs, ctx);
  sendPage(ctx, renderHomePage(frame, places));
}
