// The passkey of an officer over one act of their desk. The page shows what is confirmed and carries it in its own form; between the two nothing is kept but a
// name that is bound to exactly that.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { toKeyedDigest } from '../../domain/kernel/ids.ts';
import { beginOfficerAct, finishOfficerAct, takeConfirmedAct } from '../../domain/staff/confirm-act.ts';
import type { OfficerAct } from '../../domain/staff/confirm-act.ts';
import type { CeremonyTarget } from '../../../views/models.ts';
import { findField } from '../body.ts';
import { readCeremonyAnswer } from '../ceremony-answer.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import type { PageNeeds } from '../needs.ts';
import { findStaff } from './open-staff.ts';
import type { Staff } from './open-staff.ts';

type Session = Pick<Staff, 'session'>;

const formOf = ({ session }: Session, about: string): string => `staff-confirm:${session.digest}:${about}`;

/** The name of an act in this session: of every word of it, in order. */
export function toAbout(needs: Pick<PageNeeds, 'formKey'>, { session }: Session, words: readonly string[]): string {
  return toKeyedDigest(needs.formKey, JSON.stringify(['officer-act', session.digest, ...words]));
}

export function toConfirming(needs: Pick<PageNeeds, 'formKey'>, staff: Session, about: string): CeremonyTarget {
  const base = `/staff/confirm/${about}`;
  return { optionsUrl: `${base}/options`, verifyUrl: `${base}/verify`, token: createFormToken(needs.formKey, formOf(staff, about)) };
}

/** Only what a page of this very session named. */
async function getAct(needs: PageNeeds, ctx: Context, about: string): Promise<OfficerAct> {
  assertSameSite(ctx, needs.issuer);
  const open = await findStaff(needs, ctx);
  if (open === undefined) {
    throw new Fault('officer/signed-out', 'no officer is signed in');
  }
  if (!isFormToken(needs.formKey, formOf(open, about), ctx.get('x-huwiya-token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this act');
  }
  return { officer: open.officer, about };
}

export async function beginConfirmedAct(needs: PageNeeds, ctx: Context, about: string): Promise<void> {
  ctx.body = await beginOfficerAct(needs, await getAct(needs, ctx, about));
}

export async function finishConfirmedAct(needs: PageNeeds, ctx: Context, about: string): Promise<void> {
  const act = await getAct(needs, ctx, about);
  ctx.body = { confirmation: getValue(await finishOfficerAct(needs, act, await readCeremonyAnswer(ctx))) };
}

/** The passkey that answered; undefined unless the officer of this session confirmed this act in the last five minutes, and nothing was done with it. */
export async function takeConfirmation(needs: PageNeeds, about: string, form: URLSearchParams): Promise<string | undefined> {
  const taken = await takeConfirmedAct(needs, about, findField(form, 'confirmation') ?? '');
  return taken.ok ? taken.value : undefined;
}
