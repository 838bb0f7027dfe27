// The number and the code. Whoever types a number is answered the same, whatever it is; whoever gives a code back is shown what the store says follows.

import type { Context } from 'koa';
import { askCode } from '../../domain/recovery/ask-code.ts';
import { findBinding } from '../../domain/recovery/bind-passkey.ts';
import { giveCode } from '../../domain/recovery/give-code.ts';
import { Fault, errorCatalogue } from '../../domain/kernel/errors.ts';
import { renderRecoveryCodePage, renderRecoveryNumberPage } from '../../../views/recover.ts';
import type { RecoveryCodePage } from '../../../views/recovery-model.ts';
import { renderRecoveryWaitPage } from '../../../views/recovery-steps.ts';
import { findField, readForm, toTyped } from '../body.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { redirectTo, sendPage } from '../frame.ts';
import { countFailureOf, takeTryOf } from '../limits.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';
import { toRecoveryNeeds } from './recovery-needs.ts';
import { recoverPlaces } from './show-recover.ts';

const binding = 'recover';

async function readPosted(needs: PageNeeds, ctx: Context, name: string): Promise<string> {
  assertSameSite(ctx, needs.issuer);
  const form = await readForm(ctx);
  if (!isFormToken(needs.formKey, binding, findField(form, 'token'))) {
    throw new Fault('request/form-outdated', 'form token is not ours');
  }
  return findField(form, name) ?? '';
}

export async function showRecoveryNumber(needs: PageNeeds, ctx: Context): Promise<void> {
  if (needs.declaring.doors.email === null) {
    redirectTo(ctx, recoverPlaces.ways);
    return;
  }
  const { frame } = await createPublicFrame(needs, ctx);
  const form = { action: recoverPlaces.number, token: createFormToken(needs.formKey, binding) };
  sendPage(ctx, renderRecoveryNumberPage(frame, { form, backUrl: recoverPlaces.ways }));
}

export async function submitRecoveryNumber(needs: PageNeeds, ctx: Context): Promise<void> {
  const number = await readPosted(needs, ctx, 'number');
  // By the address alone, whatever the number: whoever asks for others’ numbers keeps nobody from asking for their own.
  await countFailureOf(needs, ctx, { rule: 'recovery-begun' });
  await askCode(toRecoveryNeeds(needs), number);
  redirectTo(ctx, recoverPlaces.code);
}

async function sendCodePage(needs: PageNeeds, ctx: Context, { error, typed }: Pick<RecoveryCodePage, 'error' | 'typed'>): Promise<void> {
  const { frame } = await createPublicFrame(needs, ctx);
  const form = { action: recoverPlaces.code, token: createFormToken(needs.formKey, binding) };
  const page = renderRecoveryCodePage(frame, { form, numberUrl: recoverPlaces.number, backUrl: recoverPlaces.ways, error, typed });
  sendPage(ctx, page, error === null ? 200 : errorCatalogue[error].status);
}

export async function showRecoveryCode(needs: PageNeeds, ctx: Context): Promise<void> {
  await sendCodePage(needs, ctx, { error: null, typed: '' });
}

export async function submitRecoveryCode(needs: PageNeeds, ctx: Context): Promise<void> {
  const recovery = toRecoveryNeeds(needs);
  const code = await readPosted(needs, ctx, 'code');
  const taken = await takeTryOf(needs, ctx, { rule: 'recovery-code' });
  // One from a counter is not used up by being typed here.
  if ((await findBinding(recovery, code)).ok) {
    await taken.giveBack();
    redirectTo(ctx, `/recover/passkey/${encodeURIComponent(code)}`);
    return;
  }
  const given = await giveCode(recovery, code);
  if (!given.ok) {
    taken.assertRoom();
    const error = given.code === 'store/conflict' ? 'recovery/code-wrong' : given.code;
    await sendCodePage(needs, ctx, { error, typed: toTyped(code) });
    return;
  }
  await taken.giveBack();
  if (given.value.next === 'bind') {
    redirectTo(ctx, `/recover/passkey/${given.value.code}`);
    return;
  }
  const { frame } = await createPublicFrame(needs, ctx);
  const { readyAt, isNew } = given.value;
  sendPage(ctx, renderRecoveryWaitPage(frame, { readyAt, isNew, counterUrl: recoverPlaces.counter }));
}
