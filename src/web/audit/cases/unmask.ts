// Asking who stands under a pseudonym: the list of a case, the form, and the page on which the asking is confirmed with the officer's own passkey.

import type { Context } from 'koa';
import { askUnmask } from '../../../domain/audit/ask-unmask.ts';
import type { UnmaskNeeds } from '../../../domain/audit/ask-unmask.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import { unmaskMinutes } from '../../../domain/audit/unmask.ts';
import { errorCatalogue, getValue } from '../../../domain/kernel/errors.ts';
import { takeTry } from '../../../domain/limits/take-try.ts';
import { toSpellingIn } from '../../../domain/staff/spellings.ts';
import { unmaskFields } from '../../../../views/unmask-model.ts';
import type { UnmaskField, UnmasksPage } from '../../../../views/unmask-model.ts';
import { renderUnmaskConfirmPage } from '../../../../views/unmask-confirm.ts';
import { renderUnmasksPage } from '../../../../views/unmasks.ts';
import { redirectTo, sendPage } from '../../frame.ts';
import { assertRoom } from '../../limits.ts';
import type { PageNeeds } from '../../needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../../staff/confirm-act.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { toLookNeeds } from '../look-needs.ts';
import { openAudit } from '../open-audit.ts';
import { getOpenCase, toCaseNeeds, toCaseUrl } from './open-case.ts';
import { parseUnmask, readUnmaskFields } from './unmask-form.ts';
import type { UnmaskFields } from './unmask-form.ts';

export const toUnmaskNeeds = (needs: PageNeeds): UnmaskNeeds => ({ ...toCaseNeeds(needs), unmaskings: needs.unmaskings });

export const toUnmaskUrl = (caseId: string): string => `${toCaseUrl(caseId)}/unmask`;

export async function createNames(needs: PageNeeds, { language }: Staff): Promise<(id: string) => string> {
  const officers = await needs.staff.listOfficers();
  return (id) => toSpellingIn(officers.find((officer) => officer.id === id)?.name ?? id, language);
}

type Shown = {
  readonly staff: Staff;
  readonly opened: OpenedCase;
  readonly typed: UnmaskFields;
  readonly problems: readonly UnmaskField[];
};

async function sendList(needs: PageNeeds, ctx: Context, { staff, opened, typed, problems }: Shown): Promise<void> {
  const url = toUnmaskUrl(opened.id);
  const requests = await needs.unmaskings.listUnmaskings(opened.id);
  const by = { kind: 'officer', ref: staff.officer.id } as const;
  await recordLook(toLookNeeds(needs), by, { type: 'record.searched', payload: { case: opened.number, unmaskings: requests.length } });
  const toName = await createNames(needs, staff);
  const rows: UnmasksPage['requests'] = requests.map(({ id, pseudonym, state, requestedAt, requestedBy }) => {
    return { pseudonym, url: `${url}/${id}`, state, requestedAt, requesterName: toName(requestedBy) };
  });
  const form = { action: url, token: staff.token };
  const page = { number: opened.number, requests: rows, form, typed, minutes: unmaskMinutes, problems, caseUrl: toCaseUrl(opened.id) };
  sendPage(ctx, renderUnmasksPage(staff.frame, page), problems.length > 0 ? errorCatalogue['request/invalid'].status : 200);
}

export async function showUnmasks(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff !== undefined) {
    const opened = await getOpenCase(needs, staff.officer.id, caseId);
    const typed = readUnmaskFields(new URLSearchParams(ctx.querystring));
    await sendList(needs, ctx, { staff, opened, typed, problems: [] });
  }
}

export async function submitUnmask(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const opened = await getOpenCase(needs, staff.officer.id, caseId);
  const typed = readUnmaskFields(form);
  const parsed = parseUnmask(typed, needs.clock.now());
  if (!parsed.ok) {
    await sendList(needs, ctx, { staff, opened, typed, problems: parsed.problems });
    return;
  }
  const carried = unmaskFields.map((name) => [name, typed.get(name) ?? ''] as const);
  const about = toAbout(needs, staff, ['unmask-ask', opened.id, ...carried.map(([, value]) => value)]);
  const passkeyId = form.has('confirmation') ? await takeConfirmation(needs, about, form) : undefined;
  if (passkeyId === undefined) {
    const { pseudonym, reason, later } = parsed.value;
    const url = toUnmaskUrl(opened.id);
    const isUnconfirmed = form.has('confirmation');
    const target = { form: { action: url, token: staff.token }, ceremony: toConfirming(needs, staff, about) };
    const said = { act: 'ask', number: opened.number, pseudonym, reason, later } as const;
    const page = renderUnmaskConfirmPage(staff.frame, { ...said, carried, ...target, isUnconfirmed, backUrl: url });
    sendPage(ctx, page, isUnconfirmed ? errorCatalogue['officer/unconfirmed'].status : 200);
    return;
  }
  assertRoom(ctx, await takeTry(needs.limiting, 'unmask', [{ kind: 'officer', name: staff.officer.id }]));
  const asked = getValue(await askUnmask(toUnmaskNeeds(needs), opened, { ...parsed.value, officerId: staff.officer.id, passkeyId }));
  redirectTo(ctx, `${toUnmaskUrl(opened.id)}/${asked.id}`);
}
