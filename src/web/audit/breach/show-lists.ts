// Asking for the list of a breach: the lists of a case, the form, and the page on which the asking is confirmed with the officer's own passkey.

import type { Context } from 'koa';
import { askBreachList, findBreachPeople } from '../../../domain/audit/breach/ask-list.ts';
import type { BreachAsked, BreachNeeds } from '../../../domain/audit/breach/ask-list.ts';
import { toCaseFilter } from '../../../domain/audit/case-people.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import { unmaskMinutes } from '../../../domain/audit/unmask.ts';
import { Fault, errorCatalogue, getValue } from '../../../domain/kernel/errors.ts';
import { takeTry } from '../../../domain/limits/take-try.ts';
import type { BreachField, BreachListsPage } from '../../../../views/breach-model.ts';
import { renderBreachConfirmPage } from '../../../../views/breach-list.ts';
import { renderBreachListsPage } from '../../../../views/breach-lists.ts';
import type { Choice } from '../../../../views/select.ts';
import { redirectTo, sendPage } from '../../frame.ts';
import { assertRoom } from '../../limits.ts';
import type { PageNeeds } from '../../needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../../staff/confirm-act.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { getOpenCase, toCaseNeeds, toCaseUrl } from '../cases/open-case.ts';
import { createNames } from '../cases/unmask.ts';
import { toLookNeeds } from '../look-needs.ts';
import { openAudit } from '../open-audit.ts';
import { parseBreach, readBreachFields } from './breach-form.ts';
import type { BreachFields } from './breach-form.ts';

export function toBreachNeeds(needs: PageNeeds): BreachNeeds {
  return { ...toCaseNeeds(needs), breaches: needs.breaches, facts: needs.facts, ledger: needs.ledger };
}

export const toBreachUrl = (caseId: string): string => `${toCaseUrl(caseId)}/breach`;

export async function getBreachCase(needs: PageNeeds, { officer }: Staff, caseId: string): Promise<OpenedCase> {
  const opened = await getOpenCase(needs, officer.id, caseId);
  if (opened.basis !== 'breach') {
    throw new Fault('breach/other-basis', opened.id);
  }
  return opened;
}

/** Every service that the case reaches, in the language of the desk. */
export async function listServices(needs: PageNeeds, opened: OpenedCase, { language }: Staff): Promise<readonly Choice[]> {
  const { services } = await toCaseFilter(toCaseNeeds(needs), opened);
  const registered = await needs.agencies.listServices();
  const within = registered.filter(({ service: { clientId } }) => services?.includes(clientId) ?? true);
  return within.map(({ service: { clientId, name } }) => ({ value: clientId, label: name[language] }));
}

type Shown = {
  readonly staff: Staff;
  readonly opened: OpenedCase;
  readonly services: readonly Choice[];
  readonly typed: BreachFields;
  readonly problems: readonly BreachField[];
};

async function sendLists(needs: PageNeeds, ctx: Context, { staff, opened, services, typed, problems }: Shown): Promise<void> {
  const url = toBreachUrl(opened.id);
  const found = await needs.breaches.listBreachLists(opened.id);
  const by = { kind: 'officer', ref: staff.officer.id } as const;
  await recordLook(toLookNeeds(needs), by, { type: 'record.searched', payload: { case: opened.number, breach_lists: found.length } });
  const toName = await createNames(needs, staff);
  const lists = found.map(({ id, service, people, state, requestedAt, requestedBy }): BreachListsPage['lists'][number] => {
    const serviceName = services.find(({ value }) => value === service)?.label ?? service;
    return { url: `${url}/${id}`, serviceName, people, state, requestedAt, requesterName: toName(requestedBy) };
  });
  const form = { action: url, token: staff.token };
  const page = { number: opened.number, lists, services, form, typed, minutes: unmaskMinutes, problems, caseUrl: toCaseUrl(opened.id) };
  sendPage(ctx, renderBreachListsPage(staff.frame, page), problems.length > 0 ? errorCatalogue['request/invalid'].status : 200);
}

export async function showBreachLists(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff === undefined) {
    return;
  }
  const opened = await getBreachCase(needs, staff, caseId);
  const services = await listServices(needs, opened, staff);
  const typed = readBreachFields(new URLSearchParams(ctx.querystring));
  await sendLists(needs, ctx, { staff, opened, services, typed, problems: [] });
}

type Asking = Pick<Shown, 'staff' | 'opened' | 'services'> & { readonly form: URLSearchParams; readonly carried: readonly Carried[] };
type Carried = readonly [name: string, value: string];

const toAskAbout = (needs: PageNeeds, { staff, opened, carried }: Asking): string =>
  toAbout(needs, staff, ['breach-ask', opened.id, ...carried.map(([, value]) => value)]);

/** How many they are is said before anybody confirms. */
async function sendConfirm(needs: PageNeeds, ctx: Context, { asking, asked }: { asking: Asking; asked: BreachAsked & { reason: string } }) {
  const { staff, opened, services, form, carried } = asking;
  const { service, from, to, reason } = asked;
  const { personRefs } = getValue(await findBreachPeople(toBreachNeeds(needs), opened, asked));
  const serviceName = services.find(({ value }) => value === service)?.label ?? service;
  const url = toBreachUrl(opened.id);
  const isUnconfirmed = form.has('confirmation');
  const said = { act: 'ask', number: opened.number, serviceName, period: { from, to }, people: personRefs.length, reason } as const;
  const target = { form: { action: url, token: staff.token }, ceremony: toConfirming(needs, staff, toAskAbout(needs, asking)) };
  const page = renderBreachConfirmPage(staff.frame, { ...said, carried, ...target, isUnconfirmed, backUrl: url });
  sendPage(ctx, page, isUnconfirmed ? errorCatalogue['officer/unconfirmed'].status : 200);
}

export async function submitBreachList(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const opened = await getBreachCase(needs, staff, caseId);
  const services = await listServices(needs, opened, staff);
  const typed = readBreachFields(form);
  const names = services.map(({ value }) => value);
  const parsed = parseBreach(typed, names);
  if (!parsed.ok) {
    await sendLists(needs, ctx, { staff, opened, services, typed, problems: parsed.problems });
    return;
  }
  const asking = { staff, opened, services, form, carried: [...typed] };
  const passkeyId = form.has('confirmation') ? await takeConfirmation(needs, toAskAbout(needs, asking), form) : undefined;
  if (passkeyId === undefined) {
    await sendConfirm(needs, ctx, { asking, asked: parsed.value });
    return;
  }
  assertRoom(ctx, await takeTry(needs.limiting, 'unmask', [{ kind: 'officer', name: staff.officer.id }]));
  const asked = { ...parsed.value, officerId: staff.officer.id, passkeyId };
  redirectTo(ctx, `${toBreachUrl(opened.id)}/${getValue(await askBreachList(toBreachNeeds(needs), opened, asked)).id}`);
}
