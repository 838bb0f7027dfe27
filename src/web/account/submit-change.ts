// Pausing, resuming, narrowing and withdrawing: one press each, as granting was. What a press ends is ended when the answer leaves.

import type { Context } from 'koa';
import { narrowConsent } from '../../domain/consent/narrow-consent.ts';
import { pauseConsent } from '../../domain/consent/pause-consent.ts';
import { resumeConsent } from '../../domain/consent/resume-consent.ts';
import { withdrawConsent } from '../../domain/consent/withdraw-consent.ts';
import type { DecisionContext } from '../../domain/consent/decide.ts';
import type { Consent } from '../../domain/consent/consent.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import type { ErrorCode, Outcome } from '../../domain/kernel/errors.ts';
import { changesShown } from '../../../views/account-model.ts';
import type { ShownChange } from '../../../views/account-model.ts';
import { renderChangedPage } from '../../../views/changed.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createConsentReader, toPurposeText, toReceiptLink, toServiceUrl } from './account-model.ts';
import { createDutyReader } from './duty-items.ts';
import { getAccountForPost, openAccount } from './open-account.ts';
import { getOwnConsent, toDecisionContext } from './own-consent.ts';
import { toRegisteredAsker } from './show-service.ts';

type Pressed = { readonly context: DecisionContext; readonly consent: Consent; readonly form: URLSearchParams };
type Act = (needs: PageNeeds, pressed: Pressed) => Promise<Outcome<unknown, ErrorCode>>;

/** A ticked box stays shared: what was shared by choice and came back without its tick is taken out. */
function toRemoved({ consent, form }: Pressed): readonly string[] {
  const shared = consent.attributes.filter(({ decision, necessity }) => decision === 'granted' && necessity === 'optional');
  const kept = new Set(form.getAll('attribute'));
  if ([...kept].some((name) => shared.every((each) => each.name !== name))) {
    throw new Fault('consent/attribute-not-offered', 'the form names an attribute that is not shared by choice');
  }
  return shared.map(({ name }) => name).filter((name) => !kept.has(name));
}

const acts: Readonly<Record<ShownChange, Act>> = {
  paused: async (needs, { context, consent }) => pauseConsent(needs, context, consent),
  resumed: async (needs, { context, consent }) => resumeConsent(needs, context, consent),
  narrowed: async (needs, pressed) => narrowConsent(needs, pressed.context, { current: pressed.consent, removed: toRemoved(pressed) }),
  withdrawn: async (needs, { context, consent }) => withdrawConsent(needs, context, consent),
};

/** Pressed twice, or on a page that was open in another tab: whoever came second finds done what they wanted. */
const isDone = (consent: Consent, change: ShownChange): boolean =>
  consent.change === change || (change === 'withdrawn' && consent.state === 'withdrawn');

/** The page may be older than the last decision: nobody narrows or resumes what they have not seen. Withdrawing is never refused for that. */
function isStale(form: URLSearchParams, consent: Consent, change: ShownChange): boolean {
  return change !== 'withdrawn' && findField(form, 'version') !== String(consent.version);
}

async function submit(needs: PageNeeds, ctx: Context, asked: { readonly consentId: string; readonly change: ShownChange }): Promise<void> {
  const { consentId, change } = asked;
  let form = new URLSearchParams();
  const account = await getAccountForPost(needs, ctx, async () => {
    form = await readForm(ctx);
    return findField(form, 'token');
  });
  const consent = await getOwnConsent(needs, account, consentId);
  const done = `/account/consents/${consentId}/${change}`;
  if (isStale(form, consent, change)) {
    if (!isDone(consent, change)) {
      throw new Fault('store/conflict', 'the record changed while the page was open');
    }
    redirectTo(ctx, done);
    return;
  }
  const outcome = await acts[change](needs, { context: await toDecisionContext(needs, account, consent), consent, form });
  if (!outcome.ok && !isDone(await getOwnConsent(needs, account, consentId), change)) {
    throw new Fault(outcome.code, outcome.detail);
  }
  redirectTo(ctx, done);
}

type Submit = (needs: PageNeeds, ctx: Context, consentId: string) => Promise<void>;

const submitOf =
  (change: ShownChange): Submit =>
  async (needs, ctx, consentId) =>
    submit(needs, ctx, { consentId, change });

export const submitPause = submitOf('paused');
export const submitResume = submitOf('resumed');
export const submitNarrow = submitOf('narrowed');
export const submitWithdraw = submitOf('withdrawn');

/** What was just done, its receipt and what happens now. */
export async function showChanged(needs: PageNeeds, ctx: Context, consentId: string): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const consent = await getOwnConsent(needs, account, consentId);
  const registered = await needs.agencies.findService(consent.clientId);
  const change = changesShown.find((candidate) => ctx.path.endsWith(`/${candidate}`));
  if (registered === undefined || change === undefined || consent.change !== change) {
    throw new Fault('consent/not-found', 'this was not the last change of the consent');
  }
  const reader = await createConsentReader(needs, account, [consent]);
  const decision = reader.findDecisions(consent.id).find(({ version }) => version === consent.version);
  const findDuties = await createDutyReader(needs, account);
  const page = renderChangedPage(account.frame, {
    change,
    clientId: consent.clientId,
    asker: toRegisteredAsker(registered, account.language),
    purpose: toPurposeText(consent, reader),
    at: consent.decidedAt,
    endsAt: consent.expiresAt,
    receipt: decision === undefined ? null : toReceiptLink(decision),
    duties: findDuties(consent.id, consent.version),
    serviceUrl: toServiceUrl(consent.clientId),
    accountUrl: '/account',
  });
  sendPage(ctx, page);
}
