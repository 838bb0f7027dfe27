// Proposing a suspension: the list of a case, the form, and the page on which the proposal is confirmed with the officer's own passkey.

import type { Context } from 'koa';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import { askSuspension, findProposed } from '../../../domain/audit/suspensions/ask-suspension.ts';
import { Fault, errorCatalogue, getValue } from '../../../domain/kernel/errors.ts';
import { takeTry } from '../../../domain/limits/take-try.ts';
import { suspensionFields } from '../../../../views/suspension-model.ts';
import type { SuspensionField, SuspensionRow } from '../../../../views/suspension-model.ts';
import { renderSuspensionConfirmPage } from '../../../../views/suspension.ts';
import { renderSuspensionsPage } from '../../../../views/suspensions.ts';
import { findField } from '../../body.ts';
import { redirectTo, sendPage } from '../../frame.ts';
import { assertRoom } from '../../limits.ts';
import type { PageNeeds } from '../../needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../../staff/confirm-act.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { getOpenCase, toCaseUrl } from '../cases/open-case.ts';
import { createNames } from '../cases/unmask.ts';
import { parseReason } from '../cases/unmask-form.ts';
import { toLookNeeds } from '../look-needs.ts';
import { openAudit } from '../open-audit.ts';
import { listChoices, toShownAbout, toShownState, toSubjectNames, toSuspensionNeeds } from './shown-suspension.ts';
import type { Proposal } from './shown-suspension.ts';

export const toSuspensionsUrl = (caseId: string): string => `${toCaseUrl(caseId)}/suspensions`;

/** A case about single people suspends nobody: it has no such page. */
export async function getSuspensionCase(needs: PageNeeds, { officer }: Pick<Staff, 'officer'>, caseId: string): Promise<OpenedCase> {
  const opened = await getOpenCase(needs, officer.id, caseId);
  if (opened.scope.kind === 'person') {
    throw new Fault('suspension/outside', 'a case about single people');
  }
  return opened;
}

type Typed = ReadonlyMap<SuspensionField, string>;

const readFields = (form: URLSearchParams): Typed =>
  new Map(suspensionFields.map((name: SuspensionField) => [name, (findField(form, name) ?? '').normalize('NFC').trim()]));

type Shown = {
  readonly staff: Staff;
  readonly opened: OpenedCase;
  readonly choices: readonly Proposal[];
  readonly typed: Typed;
  readonly problems: readonly SuspensionField[];
};

async function sendList(needs: PageNeeds, ctx: Context, { staff, opened, choices, typed, problems }: Shown): Promise<void> {
  const url = toSuspensionsUrl(opened.id);
  const all = await needs.suspensions.listSuspensions(opened.id);
  const by = { kind: 'officer', ref: staff.officer.id } as const;
  await recordLook(toLookNeeds(needs), by, { type: 'record.searched', payload: { case: opened.number, suspensions: all.length } });
  const toName = await createNames(needs, staff);
  const named = await toSubjectNames(needs, staff);
  const rows: SuspensionRow[] = all.map((each) => ({
    ...named(each),
    url: `${url}/${each.id}`,
    state: toShownState(each),
    requestedAt: each.requestedAt,
    requesterName: toName(each.requestedBy),
  }));
  const form = { action: url, token: staff.token };
  const page = renderSuspensionsPage(staff.frame, {
    number: opened.number,
    rows,
    choices,
    form,
    typed,
    problems,
    caseUrl: toCaseUrl(opened.id),
  });
  sendPage(ctx, page, problems.length > 0 ? errorCatalogue['request/invalid'].status : 200);
}

export async function showSuspensions(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff !== undefined) {
    const opened = await getSuspensionCase(needs, staff, caseId);
    const choices = await listChoices(needs, staff, opened);
    await sendList(needs, ctx, { staff, opened, choices, typed: readFields(new URLSearchParams(ctx.querystring)), problems: [] });
  }
}

type Asking = {
  readonly staff: Staff;
  readonly opened: OpenedCase;
  readonly proposal: Proposal;
  readonly reason: string;
  readonly about: string;
  readonly isUnconfirmed: boolean;
};

/** What it would do, and who is told, is said before anybody confirms. */
async function sendConfirm(needs: PageNeeds, ctx: Context, { staff, opened, proposal, reason, about, isUnconfirmed }: Asking) {
  const form = { action: toSuspensionsUrl(opened.id), token: staff.token };
  const { subject, act, value } = proposal;
  getValue(await findProposed(toSuspensionNeeds(needs), opened, { subject, act }));
  const page = renderSuspensionConfirmPage(staff.frame, {
    about: await toShownAbout(needs, staff, { ...proposal, opened, reason }),
    pressed: 'ask',
    carried: [
      ['subject', value],
      ['reason', reason],
    ],
    form,
    ceremony: toConfirming(needs, staff, about),
    isUnconfirmed,
    backUrl: form.action,
  });
  sendPage(ctx, page, isUnconfirmed ? errorCatalogue['officer/unconfirmed'].status : 200);
}

export async function submitSuspension(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const opened = await getSuspensionCase(needs, staff, caseId);
  const typed = readFields(form);
  const choices = await listChoices(needs, staff, opened);
  const proposal = choices.find(({ value }) => value === typed.get('subject'));
  const reason = parseReason(typed.get('reason') ?? '');
  if (proposal === undefined || reason === undefined) {
    const problems = suspensionFields.filter((name) => (name === 'subject' ? proposal : reason) === undefined);
    await sendList(needs, ctx, { staff, opened, choices, typed, problems });
    return;
  }
  const about = toAbout(needs, staff, ['suspension-ask', opened.id, proposal.value, reason]);
  const isUnconfirmed = form.has('confirmation');
  const passkeyId = isUnconfirmed ? await takeConfirmation(needs, about, form) : undefined;
  if (passkeyId === undefined) {
    await sendConfirm(needs, ctx, { staff, opened, proposal, reason, about, isUnconfirmed });
    return;
  }
  assertRoom(ctx, await takeTry(needs.limiting, 'unmask', [{ kind: 'officer', name: staff.officer.id }]));
  const { subject, act } = proposal;
  const asked = { subject, act, reason, officerId: staff.officer.id, passkeyId };
  redirectTo(ctx, `${toSuspensionsUrl(opened.id)}/${getValue(await askSuspension(toSuspensionNeeds(needs), opened, asked)).id}`);
}
