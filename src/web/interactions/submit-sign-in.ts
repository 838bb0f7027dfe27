// The passkey ceremony of an interaction, as JSON for the one script. The challenge is bound to this interaction and answered once.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import { toDigest } from '../../domain/kernel/ids.ts';
import { sealEvent } from '../../domain/ledger/event.ts';
import { beginSignIn } from '../../domain/passkeys/begin-sign-in.ts';
import { finishSignIn } from '../../domain/passkeys/finish-sign-in.ts';
import type { FinishedSignIn, SignInRefusal } from '../../domain/passkeys/finish-sign-in.ts';
import { parseUserAgent, toDeviceText } from '../../oidc/device.ts';
import { recordEvent } from '../../oidc/record-event.ts';
import { readSignInAnswer } from '../ceremony-answer.ts';
import { keepLanguageWithBrowser } from '../language.ts';
import { countBegunOf, countFailedCeremony, countFinishedOf } from '../limits.ts';
import type { PageNeeds } from '../needs.ts';
import { createPasskeyMark } from '../passkey-mark.ts';
import { assertOwnForm, getStep } from './page-context.ts';

const bindingOf = (uid: string): string => toDigest(`interaction:${uid}`);

export async function beginSignInStep(needs: PageNeeds, ctx: Context, uid: string): Promise<void> {
  await getStep(needs, ctx, uid);
  assertOwnForm(needs, ctx, { uid, token: ctx.get('x-huwiya-token') });
  const binding = bindingOf(uid);
  countBegunOf(needs, ctx, { rule: 'ceremony', occasion: binding });
  ctx.body = await beginSignIn(needs, { binding, personId: null });
}

type Begun = { readonly clientId: string; readonly isShared: boolean; readonly userAgent: string };

export async function recordStart(needs: PageNeeds, signedIn: FinishedSignIn, { clientId, isShared, userAgent }: Begun): Promise<void> {
  const device = toDeviceText(parseUserAgent(userAgent));
  const event = sealEvent(needs, {
    type: 'session.started',
    personRef: signedIn.personId,
    actor: { kind: 'person', ref: null },
    service: clientId,
    payload: {
      acr: signedIn.acr,
      amr: [...signedIn.amr],
      device,
      passkey: createPasskeyMark(needs, signedIn.passkeyId),
      ...(isShared ? { shared_computer: true } : {}),
    },
  });
  await recordEvent(needs, { ...event, seenOn: { device, passkeyId: signedIn.passkeyId } });
}

/** One answer outside, code included, for every passkey that opens nothing: only the log tells which are known (decision 7). */
function toFault(refused: { readonly code: SignInRefusal; readonly detail: string }): Fault {
  return refused.code === 'passkey/unknown'
    ? new Fault('passkey/refused', `unknown: ${refused.detail}`)
    : new Fault(refused.code, refused.detail);
}

/** For the script alone: the keeper of this passkey may forget it (WebAuthn L3 §5.1.10.2). The answer names nothing; the browser knows what it sent. */
function suggestForgetting(ctx: Context, refused: { readonly code: SignInRefusal }): void {
  if (refused.code === 'passkey/unknown') {
    ctx.set('X-Huwiya-Passkey', 'unknown');
  }
}

export async function finishSignInStep(needs: PageNeeds, ctx: Context, uid: string): Promise<void> {
  const step = await getStep(needs, ctx, uid);
  assertOwnForm(needs, ctx, { uid, token: ctx.get('x-huwiya-token') });
  const { isShared, ...given } = await readSignInAnswer(ctx);
  const binding = bindingOf(uid);
  const answeredAt = needs.clock.now();
  const signedIn = await finishSignIn(needs, binding, given);
  if (!signedIn.ok) {
    // A passkey that verifies is never stopped: nothing that others do from the same address stands between a person and their own (ADR-0081).
    await countFailedCeremony(needs, ctx, { occasion: binding, code: signedIn.code });
    suggestForgetting(ctx, signedIn);
    throw toFault(signedIn);
  }
  countFinishedOf(needs, ctx, { rule: 'ceremony', occasion: binding });
  if (!(await needs.engine.interactions.isExpected(step.pending, signedIn.value.personId))) {
    throw new Fault('sign-in/another-person', 'the service named somebody else');
  }
  await recordStart(needs, signedIn.value, {
    clientId: step.pending.clientId,
    isShared,
    userAgent: ctx.get('user-agent'),
  });
  if (isShared) {
    keepLanguageWithBrowser(ctx, needs.isSecure);
  }
  const { personId, acr, amr, passkeyId } = signedIn.value;
  ctx.body = { next: await needs.engine.interactions.answerSignIn(ctx, { personId, acr, amr, answeredAt, isShared, passkeyId }) };
}
