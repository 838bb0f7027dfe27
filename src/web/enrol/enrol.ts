// Enrolment by one-time link: opening it changes nothing, only the finished ceremony uses it up.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { beginRegistration } from '../../domain/passkeys/begin-registration.ts';
import { findEnrolment } from '../../domain/passkeys/find-enrolment.ts';
import type { Enrolment } from '../../domain/passkeys/find-enrolment.ts';
import { finishRegistration } from '../../domain/passkeys/finish-registration.ts';
import { renderEnrolPage } from '../../../views/enrol.ts';
import { readCeremonyAnswer, readDevice } from '../ceremony-answer.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { createFrame, sendPage, toFullName, toGivenName, toNumberEnding } from '../frame.ts';
import { getRight, takeTryOf } from '../limits.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';
import { keepOffer } from './spare.ts';

const counted = { rule: 'enrolment-code' } as const;

/** What leads to nothing counts against the address that it came from, not against whomever it was meant for. */
async function getEnrolment(needs: PageNeeds, ctx: Context, token: string): Promise<Enrolment> {
  const taken = await takeTryOf(needs, ctx, counted);
  return getRight(taken, await findEnrolment(needs, token));
}

export async function showEnrol(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  const { person, digest, expiresAt, madeBy } = await getEnrolment(needs, ctx, token);
  const { frame, language } = await createPublicFrame(needs, ctx, { saved: person.language });
  const data = needs.openData(person);
  const page = renderEnrolPage(frame, {
    givenName: toGivenName(data, language),
    fullName: toFullName(data, language),
    numberEnding: toNumberEnding(data),
    expiresAt,
    madeBy,
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
  const enrolment = await getEnrolment(needs, ctx, token);
  if (!isFormToken(needs.formKey, `enrol:${enrolment.digest}`, ctx.get('x-huwiya-token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this link');
  }
  return enrolment;
}

export async function beginEnrol(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  const { person } = await getEnrolmentForPost(needs, ctx, token);
  const { language } = createFrame(needs, ctx, { saved: person.language });
  ctx.body = getValue(await beginRegistration(needs, { purpose: 'enrol', token }, toFullName(needs.openData(person), language)));
}

export async function finishEnrol(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  await getEnrolmentForPost(needs, ctx, token);
  const taken = await takeTryOf(needs, ctx, counted);
  const answer = await readCeremonyAnswer(ctx);
  const { offer } = await getRight(taken, await finishRegistration(needs, { purpose: 'enrol', token, device: readDevice(ctx) }, answer));
  if (offer !== null) {
    keepOffer(needs, ctx, offer.token);
  }
  ctx.body = { next: offer === null ? '/enrol/done?done=another' : '/enrol/done' };
}
