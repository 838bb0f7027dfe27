// Withdrawing: one press, as granting was. What it ends is ended when the answer leaves.

import type { Context } from 'koa';
import { withdrawConsent } from '../../domain/consent/withdraw-consent.ts';
import type { DecisionContext } from '../../domain/consent/decide.ts';
import type { Consent } from '../../domain/consent/consent.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import { renderWithdrawnPage } from '../../../views/withdrawn.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createConsentReader, toPurposeText, toReceiptLink } from './account-model.ts';
import { getAccountForPost, openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { toRegisteredAsker } from './show-service.ts';

async function getOwnConsent(needs: PageNeeds, account: Account, consentId: string): Promise<Consent> {
  const consent = await needs.consents.findConsent(consentId);
  if (consent === undefined || consent.personId !== account.person.id) {
    throw new Fault('consent/not-found', 'no such consent of this person');
  }
  return consent;
}

async function toContext(needs: PageNeeds, account: Account, consent: Consent): Promise<DecisionContext> {
  const registered = await needs.agencies.findService(consent.clientId);
  const purpose = await needs.agencies.findPurposeVersion(consent.clientId, consent.purposeId, consent.purposeVersion);
  if (registered === undefined || purpose === undefined) {
    throw new Fault('consent/not-found', 'the service or the purpose version is not registered');
  }
  return {
    person: account.person,
    registered,
    purpose,
    subject: await needs.getSubject(account.person, registered.service.sector),
    noticeDigest: null,
    expression: { method: 'button', acr: account.session.acr, amr: account.session.amr, authTime: account.session.authTime },
  };
}

export async function submitWithdraw(needs: PageNeeds, ctx: Context, consentId: string): Promise<void> {
  const account = await getAccountForPost(needs, ctx, async () => findField(await readForm(ctx), 'token'));
  const consent = await getOwnConsent(needs, account, consentId);
  const outcome = await withdrawConsent(needs, await toContext(needs, account, consent), consent);
  // Pressed twice: whoever came second finds done what they wanted.
  if (!outcome.ok && (await getOwnConsent(needs, account, consentId)).state !== 'withdrawn') {
    throw new Fault(outcome.code, outcome.detail);
  }
  redirectTo(ctx, `/account/consents/${consentId}/withdrawn`);
}

export async function showWithdrawn(needs: PageNeeds, ctx: Context, consentId: string): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const consent = await getOwnConsent(needs, account, consentId);
  const registered = await needs.agencies.findService(consent.clientId);
  if (registered === undefined || consent.state !== 'withdrawn') {
    throw new Fault('consent/not-found', 'this consent is not withdrawn');
  }
  const reader = await createConsentReader(needs, account, [consent]);
  const receipt = reader.findDecisions(consent.id).find((candidate) => candidate.version === consent.version);
  const page = renderWithdrawnPage(account.frame, {
    clientId: consent.clientId,
    asker: toRegisteredAsker(registered, account.language),
    purpose: toPurposeText(consent, reader),
    withdrawnAt: consent.decidedAt,
    receipt: receipt === undefined ? null : toReceiptLink(receipt),
    accountUrl: '/account',
  });
  sendPage(ctx, page);
}
