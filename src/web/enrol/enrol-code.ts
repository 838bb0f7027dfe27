// Where an enrolment code is typed. Neither opening the page nor sending the form uses a code up: a good one leads on to the page that its picture opens.

import type { Context } from 'koa';
import { Fault, errorCatalogue } from '../../domain/kernel/errors.ts';
import { findOneTimeCode, toShownCode } from '../../domain/kernel/one-time-code.ts';
import { findEnrolment } from '../../domain/passkeys/find-enrolment.ts';
import { renderEnrolCodePage } from '../../../views/enrol-code.ts';
import type { EnrolCodePage } from '../../../views/enrol-code.ts';
import { findField, readForm, toTyped } from '../body.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { redirectTo, sendPage } from '../frame.ts';
import { takeTryOf } from '../limits.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';

const counted = { rule: 'enrolment-code' } as const;

/** Nobody is known here: the token says only that the form is ours. */
const formOf = 'enrol-code';

async function sendCodePage(needs: PageNeeds, ctx: Context, { error, typed }: Pick<EnrolCodePage, 'error' | 'typed'>): Promise<void> {
  const { frame } = await createPublicFrame(needs, ctx);
  const form = { action: '/enrol', token: createFormToken(needs.formKey, formOf) };
  sendPage(ctx, renderEnrolCodePage(frame, { form, error, typed }), error === null ? 200 : errorCatalogue[error].status);
}

export async function showEnrolCode(needs: PageNeeds, ctx: Context): Promise<void> {
  await sendCodePage(needs, ctx, { error: null, typed: '' });
}

export async function submitEnrolCode(needs: PageNeeds, ctx: Context): Promise<void> {
  assertSameSite(ctx, needs.issuer);
  const form = await readForm(ctx);
  if (!isFormToken(needs.formKey, formOf, findField(form, 'token'))) {
    throw new Fault('request/form-outdated', 'form token is not that of the page for codes');
  }
  const taken = await takeTryOf(needs, ctx, counted);
  const typed = findField(form, 'code') ?? '';
  const code = findOneTimeCode(typed) ?? '';
  const found = await findEnrolment(needs, code);
  if (!found.ok) {
    taken.assertRoom();
    await sendCodePage(needs, ctx, { error: found.code, typed: toTyped(typed) });
    return;
  }
  await taken.giveBack();
  redirectTo(ctx, `/enrol/${toShownCode(code)}`);
}
