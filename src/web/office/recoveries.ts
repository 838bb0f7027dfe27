// Recoveries at the counter, for registrars alone: opened by one, agreed to by another who is shown nothing of what the first wrote. Each confirms their own act
// with their own passkey: two desks that were left open are not two officers.

import type { Context } from 'koa';
import { Fault, errorCatalogue, getValue } from '../../domain/kernel/errors.ts';
import { toShownCode } from '../../domain/kernel/one-time-code.ts';
import { approveAtCounter, openAtCounter, refuseAtCounter } from '../../domain/recovery/counter.ts';
import type { Approved } from '../../domain/recovery/counter.ts';
import { statusesByWay } from '../../domain/recovery/recovery.ts';
import type { Recovery } from '../../domain/recovery/recovery.ts';
import { toSpellingIn } from '../../domain/staff/spellings.ts';
import { canRecoverAtCounter } from '../../domain/staff/two-registrars.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import type { EvidenceFields } from '../../../views/office-model.ts';
import { renderApproveRecoveryPage, renderOpenRecoveryPage, renderRecoverySheet } from '../../../views/office-recovery.ts';
import type { OfficerEvidence, OpenRecoveryPage } from '../../../views/office-recovery.ts';
import { findField } from '../body.ts';
import { redirectTo, sendPage, toFullName, toNames } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { nothingGiven, readEvidenceFields } from './evidence-form.ts';
import { recordFirstLook, recordLook, toLooked } from './look.ts';
import { readDocument } from './read-document.ts';
import { findConfirmed } from './send-confirmation.ts';
import type { CounterAct } from './send-confirmation.ts';
import { toRecoveryNeeds } from '../recover/recovery-needs.ts';
import { getStaffForm, openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';

const roles = ['registrar'] as const;
const listUrl = '/office/recoveries';

type Acting = Pick<CounterAct, 'staff' | 'person' | 'form'> & { readonly given: EvidenceFields };

/** By the same address: what comes back with a confirmation is the act. */
function toOpening(acting: Acting, number: string): CounterAct {
  const basis = { kind: 'evidence', given: acting.given } as const;
  return { ...acting, step: 'recovery-open', number, basis, action: listUrl, changeAction: listUrl, againUrl: listUrl };
}

function toApproving(acting: Acting, { id }: Recovery): CounterAct {
  const basis = { kind: 'evidence', given: acting.given } as const;
  const url = `${listUrl}/${id}`;
  const action = `${url}/approve`;
  return { ...acting, step: 'recovery-approve', number: null, basis, action, changeAction: action, againUrl: url };
}

type Typed = OfficerEvidence & Pick<OpenRecoveryPage, 'number' | 'error'>;

const nothingTyped: Typed = { number: '', given: nothingGiven, wrong: [], error: null };

function toStatus({ wrong, error }: Pick<Typed, 'wrong' | 'error'>): number {
  const code = error ?? (wrong.length === 0 ? null : 'proofing/evidence-incomplete');
  return code === null ? 200 : errorCatalogue[code].status;
}

async function sendOpenPage(needs: PageNeeds, ctx: Context, { staff, typed }: { staff: Staff; typed: Typed }): Promise<void> {
  const begun = await needs.recoveries.listBegun(needs.clock.now());
  const waiting = await Promise.all(
    begun.map(async ({ id, begunAt, expiresAt, openedBy }) => {
      const opener = await needs.staff.findOfficer(openedBy ?? '');
      const openerName = toSpellingIn(opener?.name ?? '', staff.language);
      return { url: `${listUrl}/${id}`, openerName, begunAt, until: expiresAt, isOwn: openedBy === staff.officer.id };
    }),
  );
  const { number, given, wrong, error } = typed;
  const form = { action: listUrl, token: staff.token };
  const isPossible = await canRecoverAtCounter(needs);
  const page = renderOpenRecoveryPage(staff.frame, {
    form,
    isPossible,
    number,
    error,
    evidence: { given, wrong },
    counterUrl: '/office',
    waiting,
  });
  sendPage(ctx, page, toStatus(typed));
}

export async function showRecoveries(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff !== undefined) {
    await sendOpenPage(needs, ctx, { staff, typed: nothingTyped });
  }
}

export async function submitOpenRecovery(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  const number = findField(form, 'number') ?? '';
  const person = await needs.findByRegistryId(number);
  if (person === undefined) {
    await recordLook(needs, staff, undefined);
    const typed = { number, given: readEvidenceFields(form), wrong: [], error: 'officer/number-unknown' } as const;
    await sendOpenPage(needs, ctx, { staff, typed });
    return;
  }
  await recordFirstLook(needs, { staff, person }, form);
  const { seen, ...read } = await readDocument(needs, ctx, { staff, person, form, isPresenceDemanded: true, leastDigits: 4 });
  if (seen === undefined) {
    await sendOpenPage(needs, ctx, { staff, typed: { number, ...read, error: null } });
    return;
  }
  const typed = { number, ...read };
  if (!statusesByWay.counter.some((status) => status === person.status)) {
    await sendOpenPage(needs, ctx, { staff, typed: { ...typed, error: 'recovery/status-refused' } });
    return;
  }
  const passkeyId = await findConfirmed(needs, ctx, toOpening({ staff, person, form, given: read.given }, number));
  if (passkeyId === undefined) {
    return;
  }
  const opened = await openAtCounter(toRecoveryNeeds(needs), { ...seen, person, officer: staff.officer, passkeyId });
  if (!opened.ok && opened.code === 'store/conflict') {
    await sendOpenPage(needs, ctx, { staff, typed: { ...typed, error: 'recovery/already-open' } });
    return;
  }
  getValue(opened);
  redirectTo(ctx, listUrl);
}

type Begun = { readonly recovery: Recovery; readonly person: StoredPerson };

async function getBegun(needs: PageNeeds, id: string): Promise<Begun> {
  const recovery = await needs.recoveries.findRecovery(id);
  const isBegun = recovery?.state === 'begun' && recovery.expiresAt > needs.clock.now();
  const person = recovery === undefined ? undefined : await needs.people.findPerson(recovery.personId);
  if (recovery === undefined || !isBegun || person === undefined) {
    throw new Fault('recovery/over', 'nothing begun has this id');
  }
  return { recovery, person };
}

type Looked = Begun & { readonly staff: Staff; readonly typed: OfficerEvidence };

function sendApprovePage(needs: PageNeeds, ctx: Context, { recovery, person, staff, typed }: Looked): void {
  const url = `${listUrl}/${recovery.id}`;
  const page = renderApproveRecoveryPage(staff.frame, {
    approve: { action: `${url}/approve`, token: staff.token },
    refuse: { action: `${url}/refuse`, token: staff.token },
    evidence: typed,
    looked: toLooked(needs, { staff, person }),
    names: toNames(needs.openData(person), staff.language),
    until: recovery.expiresAt,
    isOwn: recovery.openedBy === staff.officer.id,
    listUrl,
  });
  sendPage(ctx, page, typed.wrong.length === 0 ? 200 : 400);
}

export async function showBegunRecovery(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff === undefined) {
    return;
  }
  const begun = await getBegun(needs, id);
  await recordLook(needs, staff, begun.person.id);
  sendApprovePage(needs, ctx, { ...begun, staff, typed: nothingTyped });
}

type Agreed = Pick<Begun, 'person'> & { readonly staff: Staff; readonly approved: Approved };

function showSheet(needs: PageNeeds, ctx: Context, { staff, person, approved: { code, until } }: Agreed): void {
  const sheet = renderRecoverySheet(staff.frame, {
    url: `${needs.issuer}/recover/passkey/${code}`,
    typeUrl: `${needs.issuer}/recover/code`,
    otherTexts: needs.texts[staff.language === 'ar' ? 'en' : 'ar'],
    code: toShownCode(code),
    until,
    fullName: toFullName(needs.openData(person), staff.language),
    listUrl,
  });
  sendPage(ctx, sheet);
}

export async function submitApproveRecovery(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  const { recovery, person } = await getBegun(needs, id);
  await recordFirstLook(needs, { staff, person }, form);
  const { seen, ...typed } = await readDocument(needs, ctx, { staff, person, form, isPresenceDemanded: true, leastDigits: 4 });
  if (seen === undefined) {
    sendApprovePage(needs, ctx, { recovery, person, staff, typed });
    return;
  }
  const passkeyId = await findConfirmed(needs, ctx, toApproving({ staff, person, form, given: typed.given }, recovery));
  if (passkeyId === undefined) {
    return;
  }
  const opener = await needs.staff.findOfficer(recovery.openedBy ?? '');
  const openerName = opener?.name ?? '';
  const asked = { ...seen, person, officer: staff.officer, passkeyId, openerName, trustFramework: needs.trustFramework };
  const approved = await approveAtCounter(toRecoveryNeeds(needs), recovery, asked);
  if (!approved.ok && approved.code === 'recovery/evidence-differs') {
    // It is over; what this officer saw stands ready for the next one.
    await sendOpenPage(needs, ctx, { staff, typed: { ...typed, number: '', error: approved.code } });
    return;
  }
  showSheet(needs, ctx, { staff, person, approved: getValue(approved) });
}

export async function submitRefuseRecovery(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff } = await getStaffForm(needs, ctx, { roles });
  const { recovery } = await getBegun(needs, id);
  getValue(await refuseAtCounter(needs, recovery, staff.officer.id));
  redirectTo(ctx, listUrl);
}
