// One list on a breach: read by the members of its case, decided by another of them than who asked, fetched by who asked. Only the file holds names and addresses.

import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { decideBreachList } from '../../../domain/audit/breach/decide-list.ts';
import type { BreachList } from '../../../domain/audit/breach/list.ts';
import { takeBreachList } from '../../../domain/audit/breach/take-list.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import { isUndecided, isUsable } from '../../../domain/audit/unmask.ts';
import { Fault, errorCatalogue, getValue } from '../../../domain/kernel/errors.ts';
import { renderBreachConfirmPage, renderBreachListPage } from '../../../../views/breach-list.ts';
import type { BreachConfirmPage } from '../../../../views/breach-model.ts';
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
import { renderBreachFile } from './list-file.ts';
import { getBreachCase, listServices, toBreachNeeds, toBreachUrl } from './show-lists.ts';

type Found = { readonly staff: Staff; readonly opened: OpenedCase; readonly list: BreachList; readonly url: string };

async function getList(needs: PageNeeds, ctx: Context, { staff, id }: { readonly staff: Staff; readonly id: string }): Promise<Found> {
  const opened = await getBreachCase(needs, staff, toCaseId(ctx));
  const list = await needs.breaches.findBreachList(id);
  if (list?.caseId !== opened.id) {
    throw new Fault('unmask/unknown', 'none of this case');
  }
  return { staff, opened, list, url: `${toBreachUrl(opened.id)}/${id}` };
}

type Said = Pick<BreachConfirmPage, 'number' | 'serviceName' | 'period' | 'people' | 'reason'>;

async function toSaid(needs: PageNeeds, { staff, opened, list }: Found): Promise<Said> {
  const { service, from, to, people, reason } = list;
  const serviceName = (await listServices(needs, opened, staff)).find(({ value }) => value === service)?.label ?? service;
  return { number: opened.number, serviceName, period: { from, to }, people, reason };
}

/** What this officer can do with it now. */
function toForms({ staff, list, url }: Found, now: number) {
  const isOwn = list.requestedBy === staff.officer.id;
  const decide = isOwn ? 'own' : { action: url, token: staff.token };
  return {
    decide: isUndecided(list, now) ? decide : null,
    fetch: isOwn && isUsable(list, now) ? { action: `${url}/file`, token: staff.token } : null,
  } as const;
}

export async function showBreachList(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff === undefined) {
    return;
  }
  const found = await getList(needs, ctx, { staff, id });
  const { opened, list, url } = found;
  await recordLook(toLookNeeds(needs), staff.by, { type: 'record.viewed', payload: { case: opened.number, unmask: id } });
  const toName = await createNames(needs, staff);
  const { state, requestedAt, requestedBy, decidedBy, openUntil, usableUntil, uses } = list;
  const page = renderBreachListPage(staff.frame, {
    ...(await toSaid(needs, found)),
    state,
    requestedAt,
    openUntil,
    usableUntil,
    uses,
    url,
    requesterName: toName(requestedBy),
    deciderName: decidedBy === null ? null : toName(decidedBy),
    ...toForms(found, needs.clock.now()),
    listUrl: toBreachUrl(opened.id),
  });
  sendPage(ctx, page);
}

export async function submitBreachDecision(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const found = await getList(needs, ctx, { staff, id });
  const { opened, list, url } = found;
  const pressed = findField(form, 'decision');
  const act = (['approve', 'deny'] as const).find((known) => known === pressed);
  if (act === undefined) {
    throw new Fault('request/invalid', 'no such decision');
  }
  // Said before a passkey is asked for; the use case judges it again.
  if (list.requestedBy === staff.officer.id) {
    throw new Fault('unmask/own', list.id);
  }
  const about = toAbout(needs, staff, ['breach-decide', list.id, act]);
  const isUnconfirmed = form.has('confirmation');
  const passkeyId = isUnconfirmed ? await takeConfirmation(needs, about, form) : undefined;
  if (passkeyId === undefined) {
    const target = {
      form: { action: url, token: staff.token },
      ceremony: toConfirming(needs, staff, about),
      carried: [['decision', act]],
    } as const;
    const page = renderBreachConfirmPage(staff.frame, { act, ...(await toSaid(needs, found)), ...target, isUnconfirmed, backUrl: url });
    sendPage(ctx, page, isUnconfirmed ? errorCatalogue['officer/unconfirmed'].status : 200);
    return;
  }
  getValue(await decideBreachList(toBreachNeeds(needs), opened, { id, officer: staff.officer, passkeyId, decision: act }));
  redirectTo(ctx, url);
}

export async function fetchBreachFile(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const [, , , , , id = ''] = ctx.path.split('/');
  const { opened } = await getList(needs, ctx, { staff, id });
  const taken = getValue(await takeBreachList(toBreachNeeds(needs), opened, { id, officerId: staff.officer.id }));
  ctx.set('Content-Disposition', `attachment; filename="huwiya-breach-${id.slice(0, 13)}.csv"`);
  ctx.set('Huwiya-People', String(taken.list.people));
  ctx.type = 'text/csv; charset=utf-8';
  ctx.body = Readable.from(renderBreachFile(needs, taken.pages));
}
