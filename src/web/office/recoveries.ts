// Recoveries at the counter, for registrars alone: opened by one, agreed to by another who is shown nothing of what the first wrote. Each confirms their own act
// with their own passkey: two desks that were left open are not two officers.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import type { Evidence } from '../../domain/proofing/evidence.ts';
import { toShownCode } from '../../domain/kernel/one-time-code.ts';
import { approveAtCounter, openAtCounter, refuseAtCounter } from '../../domain/recovery/counter.ts';
import type { Recovery } from '../../domain/recovery/recovery.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { renderHandOverPage } from '../../../views/hand-over.ts';
import type { EvidenceFields, HandOverPage } from '../../../views/office-model.ts';
import { renderApproveRecoveryPage, renderOpenRecoveryPage, renderRecoverySheet } from '../../../views/office-recovery.ts';
import type { OfficerEvidence } from '../../../views/office-recovery.ts';
import { findField } from '../body.ts';
import { redirectTo, sendPage, toFullName, toNumberEnding } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { nothingGiven, parseEvidence, readEvidenceFields } from './evidence-form.ts';
import { recordLook } from './look.ts';
import { toRecoveryNeeds } from '../recover/recovery-needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../staff/confirm-act.ts';
import { getStaffForm, openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';

const roles = ['registrar'] as const;
const listUrl = '/office/recoveries';

type Read = OfficerEvidence & { readonly evidence: Evidence | undefined };

/** As at the counter: complete, and of a document that has not expired; all four, so that two who look write the same. Whether it is enough for a recovery the use case says. */
function readEvidence(needs: PageNeeds, form: URLSearchParams): Read {
  const given = readEvidenceFields(form);
  const parsed = parseEvidence(given, {
    now: needs.clock.now(),
    organization: needs.signer.authority.name.ar,
    leastDigits: 4,
    isPresenceDemanded: true,
  });
  return { given, wrong: parsed.wrong, evidence: parsed.ok ? parsed.value : undefined };
}

type Act = Pick<HandOverPage, 'step' | 'number'> & {
  readonly given: EvidenceFields;
  readonly staff: Staff;
  readonly person: StoredPerson;
  /** None where it is opened now. */
  readonly recoveryId: string | null;
};

/** The step, the recovery, the person, and every field of the evidence, in the session of this desk. */
function toAct(needs: PageNeeds, { step, staff, person, recoveryId, number, given }: Act): string {
  const { document, issuer, country, digits, expiry, seen, face } = given;
  const words = [step, recoveryId ?? '', number ?? '', person.id, document, issuer, country, digits, expiry, seen, face];
  return toAbout(needs, staff, words);
}

/** By the same address: what comes back with a confirmation is the act. */
function sendConfirmation(needs: PageNeeds, ctx: Context, act: Act): void {
  const { step, staff, person, recoveryId, number, given } = act;
  const page = renderHandOverPage(staff.frame, {
    step,
    number,
    fullName: toFullName(needs.openData(person), staff.language),
    basis: { kind: 'evidence', given },
    ceremony: toConfirming(needs, staff, toAct(needs, act)),
    form: { action: recoveryId === null ? listUrl : `${listUrl}/${recoveryId}/approve`, token: staff.token },
    againUrl: recoveryId === null ? listUrl : `${listUrl}/${recoveryId}`,
  });
  sendPage(ctx, page);
}

type Typed = OfficerEvidence & { readonly number: string };

const nothingTyped: Typed = { number: '', given: nothingGiven, wrong: [] };

async function sendOpenPage(needs: PageNeeds, ctx: Context, { staff, typed }: { staff: Staff; typed: Typed }): Promise<void> {
  const begun = await needs.recoveries.listBegun(needs.clock.now());
  const waiting = await Promise.all(
    begun.map(async ({ id, personId, expiresAt, openedBy }) => {
      const person = await needs.people.findPerson(personId);
      const fullName = person === undefined ? '' : toFullName(needs.openData(person), staff.language);
      return { url: `${listUrl}/${id}`, fullName, until: expiresAt, isOwn: openedBy === staff.officer.id };
    }),
  );
  const { number, given, wrong } = typed;
  const form = { action: listUrl, token: staff.token };
  const page = renderOpenRecoveryPage(staff.frame, { form, number, evidence: { given, wrong }, counterUrl: '/office', waiting });
  sendPage(ctx, page, wrong.length === 0 ? 200 : 400);
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
  await recordLook(needs, staff, person?.id);
  if (person === undefined) {
    throw new Fault('person/unknown', 'no person has this registry identifier');
  }
  const { evidence, ...read } = readEvidence(needs, form);
  if (evidence === undefined) {
    await sendOpenPage(needs, ctx, { staff, typed: { number, ...read } });
    return;
  }
  const act = { step: 'recovery-open', staff, person, recoveryId: null, number, given: read.given } as const;
  if (!form.has('confirmation')) {
    sendConfirmation(needs, ctx, act);
    return;
  }
  const passkeyId = await takeConfirmation(needs, toAct(needs, act), form);
  getValue(await openAtCounter(toRecoveryNeeds(needs), { person, officer: staff.officer, passkeyId, evidence }));
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
  const data = needs.openData(person);
  const url = `${listUrl}/${recovery.id}`;
  const page = renderApproveRecoveryPage(staff.frame, {
    approve: { action: `${url}/approve`, token: staff.token },
    refuse: { action: `${url}/refuse`, token: staff.token },
    evidence: typed,
    fullName: toFullName(data, staff.language),
    numberEnding: toNumberEnding(data),
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

export async function submitApproveRecovery(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  const { recovery, person } = await getBegun(needs, id);
  const { evidence, ...typed } = readEvidence(needs, form);
  if (evidence === undefined) {
    sendApprovePage(needs, ctx, { recovery, person, staff, typed });
    return;
  }
  const act = { step: 'recovery-approve', staff, person, recoveryId: recovery.id, number: null, given: typed.given } as const;
  if (!form.has('confirmation')) {
    sendConfirmation(needs, ctx, act);
    return;
  }
  const passkeyId = await takeConfirmation(needs, toAct(needs, act), form);
  const asked = { person, officer: staff.officer, passkeyId, evidence, trustFramework: needs.trustFramework };
  const { code, until } = getValue(await approveAtCounter(toRecoveryNeeds(needs), recovery, asked));
  const sheet = renderRecoverySheet(staff.frame, {
    url: `${needs.issuer}/recover/passkey/${code}`,
    code: toShownCode(code),
    until,
    fullName: toFullName(needs.openData(person), staff.language),
    listUrl,
  });
  sendPage(ctx, sheet);
}

export async function submitRefuseRecovery(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff } = await getStaffForm(needs, ctx, { roles });
  const { recovery } = await getBegun(needs, id);
  getValue(await refuseAtCounter(needs, recovery, staff.officer.id));
  redirectTo(ctx, listUrl);
}
