// The registration counter. A person is found by the exact number on the document; nobody is listed, nothing is guessed, and each search is an entry:
// of a person who is found, so that they see it on their own page; of nobody, and without the number, where there is nobody. A code is handed over only
// together with the evidence that it rests on: whoever never had a passkey enrols with it, and whoever has one brings one to the level `high` (ADR-0083).

import type { Context } from 'koa';
import { Fault, errorCatalogue } from '../../domain/kernel/errors.ts';
import { toShownCode } from '../../domain/kernel/one-time-code.ts';
import { hasEverEnrolled } from '../../domain/passkeys/create-invitation.ts';
import { isHighReachable } from '../../domain/metadata/is-high-reachable.ts';
import { isActive } from '../../domain/people/person.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { proveAtCounter } from '../../domain/proofing/prove-at-counter.ts';
import type { SeenDocument } from '../../domain/proofing/holder.ts';
import { renderCounterPage } from '../../../views/counter.ts';
import { renderEnrolmentSheet } from '../../../views/enrolment-sheet.ts';
import type { EnrolmentSheet } from '../../../views/office-model.ts';
import type { CounterPage, EvidenceFields, EvidenceForm } from '../../../views/office-model.ts';
import { findField } from '../body.ts';
import { redirectTo, sendPage, toFullName, toNames } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getStaffForm } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';
import { nothingGiven } from './evidence-form.ts';
import { recordFirstLook, recordLook, toLooked } from './look.ts';
import { readDocument } from './read-document.ts';
import { findConfirmed } from './send-confirmation.ts';
import type { CounterAct } from './send-confirmation.ts';

const roles = ['registrar'] as const;

type Found = Pick<CounterPage, 'number' | 'person' | 'evidence'>;

export function showCounter(ctx: Context, staff: Staff, found: Found): void {
  const isWrong = (found.evidence?.wrong.length ?? 0) > 0;
  const page = renderCounterPage(staff.frame, { find: { action: '/office/people', token: staff.token }, ...found });
  sendPage(ctx, page, isWrong ? errorCatalogue['proofing/evidence-incomplete'].status : 200);
}

type Posted = { readonly staff: Staff; readonly form: URLSearchParams; readonly number: string };

async function getPosted(needs: PageNeeds, ctx: Context): Promise<Posted> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  return { staff, form, number: findField(form, 'number') ?? '' };
}

type Looked = { readonly staff: Staff; readonly number: string; readonly person: StoredPerson };

type Way = 'enrol' | 'level';

const ways = {
  enrol: { step: 'hand-over', evidence: '/office/people/evidence', handOver: '/office/people/hand-over' },
  level: { step: 'level-code', evidence: '/office/people/level', handOver: '/office/people/level/hand-over' },
} as const;

/** What this counter can do for somebody; undefined where it can do nothing. Without metadata nobody reaches `high`, and a code for it would help nobody. */
async function findWay(needs: PageNeeds, person: StoredPerson): Promise<Way | undefined> {
  if (!isActive(person)) {
    return undefined;
  }
  if (!(await hasEverEnrolled(needs, person.id))) {
    return 'enrol';
  }
  const [held] = await needs.passkeys.listPasskeys(person.id);
  return held !== undefined && (await isHighReachable(needs)) ? 'level' : undefined;
}

async function showPerson(
  needs: PageNeeds,
  ctx: Context,
  { staff, number, person, given, wrong }: Looked & Pick<EvidenceForm, 'given' | 'wrong'>,
): Promise<void> {
  const { length: passkeyCount } = await needs.passkeys.listPasskeys(person.id);
  const { kind, status } = person;
  const names = toNames(needs.openData(person), staff.language);
  const isEnrolled = await hasEverEnrolled(needs, person.id);
  const looked = toLooked(needs, { staff, person });
  const way = await findWay(needs, person);
  const evidence = way && { way, form: { action: ways[way].evidence, token: staff.token }, given, wrong, looked };
  showCounter(ctx, staff, { number, person: { names, kind, status, passkeyCount, isEnrolled }, evidence: evidence ?? null });
}

export async function submitFind(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff, number } = await getPosted(needs, ctx);
  const person = await needs.findByRegistryId(number);
  await recordLook(needs, staff, person?.id);
  if (person === undefined) {
    showCounter(ctx, staff, { number, person: null, evidence: null });
    return;
  }
  await showPerson(needs, ctx, { staff, number, person, given: nothingGiven, wrong: [] });
}

const hindered = { enrol: 'person/enrolled', level: 'person/without-passkey' } as const;

/** For whom this can be done at this counter; for whom it cannot says something about the person, as a search does. */
async function assertWay(needs: PageNeeds, { staff, person }: Looked, way: Way): Promise<void> {
  if ((await findWay(needs, person)) !== way) {
    await recordLook(needs, staff, person.id);
    throw new Fault(isActive(person) ? hindered[way] : 'person/unknown', 'at the counter');
  }
}

function toAct({ way, looked, given, form }: Judged): CounterAct {
  return {
    ...looked,
    step: ways[way].step,
    basis: { kind: 'evidence', given },
    form,
    action: ways[way].handOver,
    changeAction: ways[way].evidence,
    againUrl: '/office',
  };
}

type Judged = {
  readonly way: Way;
  readonly looked: Looked;
  readonly given: EvidenceFields;
  readonly form: URLSearchParams;
  readonly seen: SeenDocument;
};

/** Undefined where the answer was given already: the form again, with what is wrong. */
async function readGiven(needs: PageNeeds, ctx: Context, way: Way): Promise<Judged | undefined> {
  const { staff, form, number } = await getPosted(needs, ctx);
  const person = await needs.findByRegistryId(number);
  if (person === undefined) {
    await recordLook(needs, staff, undefined);
    throw new Fault('person/unknown', 'no person has this registry identifier');
  }
  const looked = { staff, number, person };
  await assertWay(needs, looked, way);
  await recordFirstLook(needs, looked, form);
  const asked = { staff, person, form, isPresenceDemanded: way === 'level', leastDigits: 2 } as const;
  const { given, wrong, seen } = await readDocument(needs, ctx, asked);
  if (seen === undefined) {
    await showPerson(needs, ctx, { ...looked, given, wrong });
    return undefined;
  }
  return { way, looked, given, form, seen };
}

/** The evidence is judged, and kept nowhere: it goes on with the form, under the officer's confirmation. */
async function submitEvidenceOf(needs: PageNeeds, ctx: Context, way: Way): Promise<void> {
  const judged = await readGiven(needs, ctx, way);
  if (judged === undefined) {
    return;
  }
  await findConfirmed(needs, ctx, toAct(judged));
}

export async function submitEvidence(needs: PageNeeds, ctx: Context): Promise<void> {
  await submitEvidenceOf(needs, ctx, 'enrol');
}

export async function submitLevelEvidence(needs: PageNeeds, ctx: Context): Promise<void> {
  await submitEvidenceOf(needs, ctx, 'level');
}

type Handed = Looked & Pick<EnrolmentSheet, 'way' | 'expiresAt' | 'isHigh'> & { readonly token: string };

async function handOver(needs: PageNeeds, { way, looked, seen }: Judged): Promise<Handed> {
  const { staff, person } = looked;
  const issued = await proveAtCounter(
    { ...needs, invitationLifeSeconds: needs.enrolmentCodeSeconds },
    { ...seen, way, person, officerId: staff.officer.id, trustFramework: needs.trustFramework },
  );
  if (!issued.ok) {
    await recordLook(needs, staff, person.id);
    throw new Fault(issued.code, issued.detail);
  }
  const { token, expiresAt, isHigh } = issued.value;
  // What it leads to now: no sheet promises what nobody can reach.
  return { ...looked, way, token, expiresAt, isHigh: isHigh && (await isHighReachable(needs)) };
}

const typedAt = { enrol: '/enrol', level: '/account/level' } as const;

function showSheet(needs: PageNeeds, ctx: Context, { staff, person, token, way, expiresAt, isHigh }: Handed): void {
  const code = toShownCode(token);
  const typeUrl = `${needs.issuer}${typedAt[way]}`;
  const sheet = renderEnrolmentSheet(staff.frame, {
    way,
    expiresAt,
    isHigh,
    url: `${typeUrl}/${code}`,
    code,
    typeUrl,
    fullName: toFullName(needs.openData(person), staff.language),
    otherTexts: needs.texts[staff.language === 'ar' ? 'en' : 'ar'],
    counterUrl: '/office',
  });
  sendPage(ctx, sheet);
}

async function submitHandOverOf(needs: PageNeeds, ctx: Context, way: Way): Promise<void> {
  const judged = await readGiven(needs, ctx, way);
  if (judged === undefined) {
    return;
  }
  if ((await findConfirmed(needs, ctx, toAct(judged))) !== undefined) {
    showSheet(needs, ctx, await handOver(needs, judged));
  }
}

export async function submitHandOver(needs: PageNeeds, ctx: Context): Promise<void> {
  await submitHandOverOf(needs, ctx, 'enrol');
}

export async function submitLevelHandOver(needs: PageNeeds, ctx: Context): Promise<void> {
  await submitHandOverOf(needs, ctx, 'level');
}

/** The address of what was answered to a post, opened by itself: by the other language, or from the history. */
export async function returnToOffice(_needs: PageNeeds, ctx: Context): Promise<void> {
  redirectTo(ctx, `/office${ctx.search}`);
}
