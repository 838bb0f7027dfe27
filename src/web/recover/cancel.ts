// The link in the letter. Opening it shows what it would do; only the press does it, so that no scanner of mail decides anything (EN-12).

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { cancelByLink, cancelWithPasskey, findByLink } from '../../domain/recovery/cancel.ts';
import type { Recovery } from '../../domain/recovery/recovery.ts';
import { renderRecoveryCancelledPage, renderRecoveryCancelPage } from '../../../views/recovery-steps.ts';
import { getAccountForPost, isStale, openAccount } from '../account/open-account.ts';
import { findField, readForm } from '../body.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';

const formOf = (token: string): string => `recover-cancel:${token}`;
const toCancelledUrl = ({ way }: Pick<Recovery, 'way'>): string => `/recover/cancelled?way=${way}`;

export async function showCancelRecovery(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  const recovery = await findByLink(needs, token);
  if (recovery === undefined) {
    throw new Fault('recovery/over', 'the link stands for nothing open');
  }
  const { frame } = await createPublicFrame(needs, ctx);
  const form = { action: `/recover/cancel/${token}`, token: createFormToken(needs.formKey, formOf(token)) };
  sendPage(ctx, renderRecoveryCancelPage(frame, { way: recovery.way, begunAt: recovery.begunAt, form }));
}

export async function submitCancelRecovery(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  assertSameSite(ctx, needs.issuer);
  if (!isFormToken(needs.formKey, formOf(token), findField(await readForm(ctx), 'token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this link');
  }
  redirectTo(ctx, toCancelledUrl(getValue(await cancelByLink(needs, token))));
}

/** Where a press leads whose session is older than five minutes: after the ceremony, with the same question. */
export async function showOwnCancel(needs: PageNeeds, ctx: Context, recoveryId: string): Promise<void> {
  const account = await openAccount(needs, ctx, 'fresh');
  if (account === undefined) {
    return;
  }
  const { person, token, frame } = account;
  const recovery = (await needs.recoveries.listOpen(person.id, needs.clock.now())).find(({ id }) => id === recoveryId);
  if (recovery === undefined) {
    throw new Fault('recovery/over', 'nothing of this person is open');
  }
  // The page is about nothing else: the band would ask the same a second time.
  const bare = { ...frame, signedIn: frame.signedIn && { ...frame.signedIn, recovery: null } };
  const form = { action: ctx.path, token };
  sendPage(ctx, renderRecoveryCancelPage(bare, { way: recovery.way, begunAt: recovery.begunAt, form }));
}

/**
 * One press on any page of an open session. It keeps whoever began by waiting out for a week, so a session that somebody took over does not suffice: the passkey has
 * answered within five minutes (SE-05).
 */
export async function submitOwnCancel(needs: PageNeeds, ctx: Context, recoveryId: string): Promise<void> {
  const { person, session } = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  if (isStale(needs, session)) {
    redirectTo(ctx, ctx.path);
    return;
  }
  redirectTo(
    ctx,
    toCancelledUrl(getValue(await cancelWithPasskey(needs, { personId: person.id, passkeyId: session.passkeyId, recoveryId }))),
  );
}

export async function showRecoveryCancelled(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = await createPublicFrame(needs, ctx);
  const way = ctx.query['way'] === 'counter' ? 'counter' : 'waiting';
  sendPage(ctx, renderRecoveryCancelledPage(frame, { way, securityUrl: '/account/security' }));
}
