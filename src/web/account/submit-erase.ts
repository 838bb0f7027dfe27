// Asking an agency to erase what it was sent. The record stays as it is: withdrawing is another press.

import type { Context } from 'koa';
import { requestErasure } from '../../domain/consent/request-erasure.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toServiceUrl } from './account-model.ts';
import { getAccountForPost } from './open-account.ts';
import { getOwnConsent, toDecisionContext } from './own-consent.ts';

export async function submitErase(needs: PageNeeds, ctx: Context, consentId: string): Promise<void> {
  const account = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  const consent = await getOwnConsent(needs, account, consentId);
  const erasing = { ...needs, readVersions: needs.home.readVersions };
  const outcome = await requestErasure(erasing, await toDecisionContext(needs, account, consent), consent);
  // Pressed twice: the agency owes its answer about all of it already, and the page shows by when.
  if (!outcome.ok && outcome.code !== 'duty/open') {
    throw new Fault(outcome.code, outcome.detail);
  }
  redirectTo(ctx, toServiceUrl(consent.clientId));
}
