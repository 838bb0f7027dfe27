// The pages that guide: which way fits. They know nobody and change nothing.

import type { Context } from 'koa';
import { canRecoverAtCounter } from '../../domain/staff/two-registrars.ts';
import { renderRecoverPage, renderRecoveryCounterPage, renderRecoveryWaysPage } from '../../../views/recover.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';

export const recoverPlaces = {
  first: '/recover',
  ways: '/recover/ways',
  counter: '/recover/counter',
  number: '/recover/number',
  code: '/recover/code',
  done: '/recover/done',
} as const;

export async function showRecover(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = await createPublicFrame(needs, ctx);
  sendPage(ctx, renderRecoverPage(frame, { signInUrl: '/account/security', waysUrl: recoverPlaces.ways }));
}

export async function showRecoveryWays(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = await createPublicFrame(needs, ctx);
  const page = renderRecoveryWaysPage(frame, {
    waitHours: needs.recoveryWaitMs / 3_600_000,
    waitingUrl: needs.declaring.doors.email === null ? null : recoverPlaces.number,
    counterUrl: (await canRecoverAtCounter(needs)) ? recoverPlaces.counter : null,
    backUrl: recoverPlaces.first,
  });
  sendPage(ctx, page);
}

export async function showRecoveryCounter(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = await createPublicFrame(needs, ctx);
  const isOpen = await canRecoverAtCounter(needs);
  sendPage(ctx, renderRecoveryCounterPage(frame, { isOpen, codeUrl: recoverPlaces.code, backUrl: recoverPlaces.ways }));
}
