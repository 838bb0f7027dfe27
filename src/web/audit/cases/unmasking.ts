// One unmasking: read by the members of its case, decided by another of them than who asked, and shown to who asked. Only the last page holds a name and a number, and
// nothing more of the person; its entry is in the database before.

import type { Context } from 'koa';
import { decideUnmask } from '../../../domain/audit/decide-unmask.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import { isUndecided, isUsable } from '../../../domain/audit/unmask.ts';
import type { Unmasking } from '../../../domain/audit/unmask.ts';
import { useUnmask } from '../../../domain/audit/use-unmask.ts';
import { Fault, errorCatalogue, getValue } from '../../../domain/kernel/errors.ts';
import { renderUnmaskConfirmPage } from '../../../../views/unmask-confirm.ts';
import { renderUnmaskPage, renderUnmaskShownPage } from '../../../../views/unmask.ts';
import { findField } from '../../body.ts';
import { redirectTo, sendPage, toNames } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../../staff/confirm-act.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { toLookNeeds } from '../look-needs.ts';
import { openAudit } from '../open-audit.ts';
import { toCaseId } from './case-path.ts';
import { getOpenCase } from './open-case.ts';
import { createNames, toUnmaskNeeds, toUnmaskUrl } from './unmask.ts';

type Found = { readonly opened: OpenedCase; readonly unmasking: Unmasking; readonly url: string };

async function getUnmasking(needs: PageNeeds, ctx: Context, { officer, id }: { officer: Staff['officer']; id: string }): Promise<Found> {
  const opened = await getOpenCase(needs, officer.id, toCaseId(ctx));
  const unmasking = await needs.unmaskings.findUnmasking(id);
  if (unmasking?.caseId !== opened.id) {
    throw new Fault('unmask/unknown', 'none of this case');
  }
  return { opened, unmasking, url: `${toUnmaskUrl(opened.id)}/${id}` };
}

/** What this officer can do with it now. */
function toForms({ unmasking, url }: Found, { staff, now }: { readonly staff: Staff; readonly now: number }) {
  const isOwn = unmasking.requestedBy === staff.officer.id;
  const decide = isOwn ? 'own' : { action: url, token: staff.token };
  return {
    decide: isUndecided(unmasking, now) ? decide : null,
    show: isOwn && isUsable(unmasking, now) ? { action: `${url}/show`, token: staff.token } : null,
  } as const;
}

export async function showUnmasking(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff === undefined) {
    return;
  }
  const found = await getUnmasking(needs, ctx, { officer: staff.officer, id });
  const { opened, unmasking, url } = found;
  await recordLook(toLookNeeds(needs), staff.by, { type: 'record.viewed', payload: { case: opened.number, unmask: id } });
  const toName = await createNames(needs, staff);
  const { requestedBy, decidedBy } = unmasking;
  const page = renderUnmaskPage(staff.frame, {
    ...unmasking,
    number: opened.number,
    url,
    requesterName: toName(requestedBy),
    deciderName: decidedBy === null ? null : toName(decidedBy),
    ...toForms(found, { staff, now: needs.clock.now() }),
    listUrl: toUnmaskUrl(opened.id),
  });
  sendPage(ctx, page);
}

export async function submitUnmaskDecision(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const { opened, unmasking, url } = await getUnmasking(needs, ctx, { officer: staff.officer, id });
  const pressed = findField(form, 'decision');
  const act = (['approve', 'deny'] as const).find((known) => known === pressed);
  if (act === undefined) {
    throw new Fault('request/invalid', 'no such decision');
  }
  // Said before a passkey is asked for; the use case judges it again.
  if (unmasking.requestedBy === staff.officer.id) {
    throw new Fault('unmask/own', unmasking.id);
  }
  const about = toAbout(needs, staff, ['unmask-decide', unmasking.id, act]);
  const passkeyId = form.has('confirmation') ? await takeConfirmation(needs, about, form) : undefined;
  if (passkeyId === undefined) {
    const isUnconfirmed = form.has('confirmation');
    const { pseudonym, reason, later } = unmasking;
    const said = { act, number: opened.number, pseudonym, reason, later, carried: [['decision', act]] } as const;
    const target = { form: { action: url, token: staff.token }, ceremony: toConfirming(needs, staff, about) };
    const page = renderUnmaskConfirmPage(staff.frame, { ...said, ...target, isUnconfirmed, backUrl: url });
    sendPage(ctx, page, isUnconfirmed ? errorCatalogue['officer/unconfirmed'].status : 200);
    return;
  }
  getValue(await decideUnmask(toUnmaskNeeds(needs), opened, { id, officer: staff.officer, passkeyId, decision: act }));
  redirectTo(ctx, url);
}

/** The number by which the person is known to the state; null where there is none. */
function findNumber(data: Readonly<Record<string, unknown>>): string | null {
  const number = ['national_id', 'residency_number', 'passport_number']
    .map((name) => data[name])
    .find((value) => typeof value === 'string');
  return typeof number === 'string' ? number : null;
}

export async function submitUnmaskShow(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const { opened, unmasking, url } = await getUnmasking(needs, ctx, { officer: staff.officer, id });
  const personRef = getValue(await useUnmask(toUnmaskNeeds(needs), opened, { id, officerId: staff.officer.id }));
  const person = await needs.people.findPerson(personRef);
  if (person === undefined || person.status === 'closed') {
    throw new Fault('unmask/over', unmasking.id);
  }
  const data = needs.openData(person);
  const { pseudonym } = unmasking;
  const shown = { number: opened.number, pseudonym, names: toNames(data, staff.language), personNumber: findNumber(data), backUrl: url };
  sendPage(ctx, renderUnmaskShownPage(staff.frame, shown));
}
