// Enrolment of an officer by one-time link: opening it changes nothing, only the finished ceremony uses it up.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { toDesk } from '../../domain/staff/desks.ts';
import { beginOfficerEnrolment, demandsAttested, finishOfficerEnrolment } from '../../domain/staff/enrol-officer.ts';
import { findOfficerEnrolment } from '../../domain/staff/find-enrolment.ts';
import type { OfficerEnrolment } from '../../domain/staff/find-enrolment.ts';
import { toSpellingIn } from '../../domain/staff/spellings.ts';
import { renderStaffEnrolPage, renderStaffEnrolledPage } from '../../../views/staff-enrol.ts';
import { toRoleName } from '../../../views/staff-layout.ts';
import { readCeremonyAnswer } from '../ceremony-answer.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { createFrame, sendPage } from '../frame.ts';
import { getRight, takeTryOf } from '../limits.ts';
import type { PageNeeds } from '../needs.ts';
import { toKnownDesk } from './known-desk.ts';

const formOf = (digest: string): string => `staff-enrol:${digest}`;

const counted = { rule: 'enrolment-code' } as const;

/** What leads to nothing counts against the address that it came from. */
async function getEnrolment(needs: PageNeeds, ctx: Context, token: string): Promise<OfficerEnrolment> {
  const taken = await takeTryOf(needs, ctx, counted);
  return getRight(taken, await findOfficerEnrolment(needs, token));
}

export async function showStaffEnrol(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  const { officer, digest, expiresAt } = await getEnrolment(needs, ctx, token);
  const { frame } = createFrame(needs, ctx, { saved: officer.language });
  const page = renderStaffEnrolPage(frame, {
    name: toSpellingIn(officer.name, frame.texts.language),
    role: officer.role,
    expiresAt,
    isAttestedDemanded: await demandsAttested(needs, officer.role),
    ceremony: {
      optionsUrl: `/staff/enrol/${token}/options`,
      verifyUrl: `/staff/enrol/${token}/verify`,
      token: createFormToken(needs.formKey, formOf(digest)),
    },
  });
  sendPage(ctx, page);
}

async function getEnrolmentForPost(needs: PageNeeds, ctx: Context, token: string): Promise<OfficerEnrolment> {
  assertSameSite(ctx, needs.issuer);
  const enrolment = await getEnrolment(needs, ctx, token);
  if (!isFormToken(needs.formKey, formOf(enrolment.digest), ctx.get('x-huwiya-token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this link');
  }
  return enrolment;
}

export async function beginStaffEnrol(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  const { officer } = await getEnrolmentForPost(needs, ctx, token);
  const { frame } = createFrame(needs, ctx, { saved: officer.language });
  const label = frame.texts.t('staff-name', {
    name: toSpellingIn(officer.name, frame.texts.language),
    role: toRoleName(frame.texts, officer.role),
  });
  ctx.body = getValue(await beginOfficerEnrolment(needs, token, label));
}

export async function finishStaffEnrol(needs: PageNeeds, ctx: Context, token: string): Promise<void> {
  await getEnrolmentForPost(needs, ctx, token);
  const { role } = getValue(await finishOfficerEnrolment(needs, token, await readCeremonyAnswer(ctx)));
  ctx.body = { next: `/staff/enrolled/${toDesk(role)}` };
}

export async function showStaffEnrolled(needs: PageNeeds, ctx: Context, desk: string): Promise<void> {
  const { frame } = createFrame(needs, ctx);
  sendPage(ctx, renderStaffEnrolledPage(frame, { deskUrl: `/${toKnownDesk(desk)}` }));
}
