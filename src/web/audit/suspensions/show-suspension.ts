// One suspension: read by the members of its case, decided by another of them than who proposed it.

import type { Context } from 'koa';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import { decideSuspension } from '../../../domain/audit/suspensions/decide-suspension.ts';
import type { Suspension } from '../../../domain/audit/suspensions/suspension.ts';
import { isUndecided } from '../../../domain/audit/unmask.ts';
import { Fault, errorCatalogue, getValue } from '../../../domain/kernel/errors.ts';
import { renderSuspensionConfirmPage, renderSuspensionPage } from '../../../../views/suspension.ts';
import type { SuspensionAbout } from '../../../../views/suspension-model.ts';
import { findField } from '../../body.ts';
import { redirectTo, sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../../staff/confirm-act.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { toCaseId } from '../cases/case-path.ts';
import { createNames } from '../cases/unmask.ts';
import { toLookNeeds } from '../look-needs.ts';
import { openAudit } from '../open-audit.ts';
import { getSuspensionCase, toSuspensionsUrl } from './show-suspensions.ts';
import { toShownAbout, toShownState, toSubjectNames, toSuspensionNeeds } from './shown-suspension.ts';

type Found = { readonly staff: Staff; readonly opened: OpenedCase; readonly suspension: Suspension; readonly url: string };

async function getSuspension(
  needs: PageNeeds,
  ctx: Context,
  { staff, id }: { readonly staff: Staff; readonly id: string },
): Promise<Found> {
  const opened = await getSuspensionCase(needs, staff, toCaseId(ctx));
  const suspension = await needs.suspensions.findSuspension(id);
  if (suspension?.caseId !== opened.id) {
    throw new Fault('unmask/unknown', 'none of this case');
  }
  return { staff, opened, suspension, url: `${toSuspensionsUrl(opened.id)}/${id}` };
}

async function toSaid(needs: PageNeeds, { staff, opened, suspension }: Found): Promise<SuspensionAbout> {
  const named = await toSubjectNames(needs, staff);
  const { kind, subject: id, reason } = suspension;
  return toShownAbout(needs, staff, { ...named(suspension), subject: { kind, id }, opened, reason });
}

/** What this officer can do with it now. */
function toActs({ staff, opened, suspension, url }: Found, now: number) {
  const decide = suspension.requestedBy === staff.officer.id ? 'own' : { action: url, token: staff.token };
  const value = encodeURIComponent(`resume:${suspension.kind}:${suspension.subject}`);
  return {
    decide: isUndecided(suspension, now) ? decide : null,
    endUrl: toShownState(suspension) === 'standing' ? `${toSuspensionsUrl(opened.id)}?subject=${value}#ask` : null,
  } as const;
}

export async function showSuspension(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff === undefined) {
    return;
  }
  const found = await getSuspension(needs, ctx, { staff, id });
  const { opened, suspension, url } = found;
  await recordLook(toLookNeeds(needs), staff.by, { type: 'record.viewed', payload: { case: opened.number, suspension: id } });
  const toName = await createNames(needs, staff);
  const about = await toSaid(needs, found);
  const { requestedAt, requestedBy, decidedBy, openUntil, endedAt } = suspension;
  const { act, kind, name } = about;
  const page = renderSuspensionPage(staff.frame, {
    about,
    row: { act, kind, name, url, state: toShownState(suspension), requestedAt, requesterName: toName(requestedBy) },
    openUntil,
    deciderName: decidedBy === null ? null : toName(decidedBy),
    endedAt,
    ...toActs(found, needs.clock.now()),
    listUrl: toSuspensionsUrl(opened.id),
  });
  sendPage(ctx, page);
}

export async function submitSuspensionDecision(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const found = await getSuspension(needs, ctx, { staff, id });
  const { opened, suspension, url } = found;
  const pressed = (['approve', 'deny'] as const).find((known) => known === findField(form, 'decision'));
  if (pressed === undefined) {
    throw new Fault('request/invalid', 'no such decision');
  }
  // Said before a passkey is asked for; the use case judges it again.
  if (suspension.requestedBy === staff.officer.id) {
    throw new Fault('unmask/own', suspension.id);
  }
  const about = toAbout(needs, staff, ['suspension-decide', suspension.id, pressed]);
  const isUnconfirmed = form.has('confirmation');
  const passkeyId = isUnconfirmed ? await takeConfirmation(needs, about, form) : undefined;
  if (passkeyId === undefined) {
    const target = { form: { action: url, token: staff.token }, ceremony: toConfirming(needs, staff, about) };
    const said = { about: await toSaid(needs, found), pressed, carried: [['decision', pressed]] } as const;
    const page = renderSuspensionConfirmPage(staff.frame, { ...said, ...target, isUnconfirmed, backUrl: url });
    sendPage(ctx, page, isUnconfirmed ? errorCatalogue['officer/unconfirmed'].status : 200);
    return;
  }
  getValue(await decideSuspension(toSuspensionNeeds(needs), opened, { id, officer: staff.officer, passkeyId, decision: pressed }));
  redirectTo(ctx, url);
}
