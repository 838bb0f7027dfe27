// Enrolment by one-time link: opening it changes nothing, only the finished ceremony uses it up.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import { beginRegistration } from '../../domain/passkeys/begin-registration.ts';
import { findEnrolment } from '../../domain/passkeys/find-enrolment.ts';
import type { Enrolment } from '../../domain/passkeys/find-enrolment.ts';
import { finishRegistration } from '../../domain/passkeys/finish-registration.ts';
import { renderEnrolPage } from '../../../views/enrol.ts';
import { renderEnrolledPage } from '../../../views/enrolled.ts';
import { ceremonyAnswerSchema } from '../account/passkeys.ts';
import { readJson } from '../body.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { createFrame, sendPage, toFullName, toGivenName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';

async function getEnrolment(needs: PageNeeds, token: string): Promise<Enrolment> {
  const enrolment = await findEnrolment(needs, token);
  if (!enrolment.ok) {
    throw new Fault(enrolment.code, enrolment.detail);
  }
  return enrolment.value;
}

export async function showEnrol(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  const { person, digest, expiresAt } = await getEnrolment(needs, token);
  const { frame, language } = createFrame(needs, ctx, { saved: person.language });
  const data = needs.openData(person);
  const number = data['national_id'] ?? data['residency_number'];
  const page = renderEnrolPage(frame, {
    givenName: toGivenName(data, language),
    fullName: toFullName(data, language),
    numberEnding: typeof number === 'string' ? number.slice(-4) : null,
    expiresAt,
    ceremony: {
      optionsUrl: `/enrol/${token}/options`,
      verifyUrl: `/enrol/${token}/verify`,
      token: createFormToken(needs.formKey, `enrol:${digest}`),
    },
  });
  sendPage(ctx, page);
}

async function getEnrolmentForPost(needs: PageNeeds, ctx: Context, token: string): Promise<Enrolment> {
  assertSameSite(ctx, needs.issuer);
  const enrolment = await getEnrolment(needs, token);
  if (!isFormToken(needs.formKey, `enrol:${enrolment.digest}`, ctx.get('x-huwiya-token'))) {
    throw new Fault('interaction/stale', 'form token does not belong to this link');
  }
  return enrolment;
}

export async function beginEnrol(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  const { person } = await getEnrolmentForPost(needs, ctx, token);
  const { language } = createFrame(needs, ctx, { saved: person.language });
  const outcome = await beginRegistration(needs, { purpose: 'enrol', token }, toFullName(needs.openData(person), language));
  if (!outcome.ok) {
    throw new Fault(outcome.code, outcome.detail);
  }
  ctx.body = outcome.value;
}

export async function finishEnrol(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  await getEnrolmentForPost(needs, ctx, token);
  const answer = ceremonyAnswerSchema.safeParse(await readJson(ctx));
  if (!answer.success) {
    throw new Fault('request/invalid', 'ceremony answer has another form');
  }
  const outcome = await finishRegistration(
    needs,
    { purpose: 'enrol', token },
    { ceremony: answer.data.ceremony, response: answer.data.response },
  );
  if (!outcome.ok) {
    throw new Fault(outcome.code, outcome.detail);
  }
  ctx.body = { next: '/enrol/done' };
}

export async function showEnrolled(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame } = createFrame(needs, ctx);
  sendPage(ctx, renderEnrolledPage(frame, { givenName: '', accountUrl: '/account' }));
}
