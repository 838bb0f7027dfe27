// The registration counter. A person is found by the exact number on the document; nobody is listed, nothing is guessed, and each search is an entry:
// of a person who is found, so that they see it on their own page; of nobody, and without the number, where there is nobody. A code is handed over only
// together with the evidence that it rests on.

import type { Context } from 'koa';
import { Fault, errorCatalogue } from '../../domain/kernel/errors.ts';
import { toShownCode } from '../../domain/kernel/one-time-code.ts';
import { sealEvent } from '../../domain/ledger/event.ts';
import { defaultInvitationLifeSeconds } from '../../domain/passkeys/create-invitation.ts';
import { isActive } from '../../domain/people/person.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { enrolProven } from '../../domain/proofing/enrol-proven.ts';
import type { HandedOver } from '../../domain/proofing/enrol-proven.ts';
import { isSeenInPresence } from '../../domain/proofing/evidence.ts';
import type { Evidence } from '../../domain/proofing/evidence.ts';
import { ownFramework } from '../../domain/proofing/proofing.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import { renderCounterPage } from '../../../views/counter.ts';
import { renderEnrolmentSheet } from '../../../views/enrolment-sheet.ts';
import type { CounterPage, EvidenceFields, EvidenceForm } from '../../../views/office-model.ts';
import { findField } from '../body.ts';
import { redirectTo, sendPage, toFullName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getStaffForm } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';
import { parseEvidence, readEvidenceFields } from './evidence-form.ts';

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

/** Written at once, by itself: also what is then refused was looked at. */
async function recordLook(needs: PageNeeds, { officer }: Staff, person: StoredPerson | undefined): Promise<void> {
  const actor = { kind: 'officer', ref: officer.id } as const;
  const payload = { found: person !== undefined };
  const event = sealEvent(needs, { type: 'person.looked_up', personRef: person?.id ?? null, actor, payload });
  await recordAtOnce(needs, event);
}

const nothingGiven: EvidenceFields = { document: 'idcard', issuer: '', country: '', digits: '', expiry: '', seen: '', face: '' };

type Looked = { readonly staff: Staff; readonly number: string; readonly person: StoredPerson };

async function showPerson(
  needs: PageNeeds,
  ctx: Context,
  { staff, number, person, given, wrong }: Looked & Pick<EvidenceForm, 'given' | 'wrong'>,
): Promise<void> {
  const { length: passkeyCount } = await needs.passkeys.listPasskeys(person.id);
  const { kind, status } = person;
  const fullName = toFullName(needs.openData(person), staff.language);
  const form = { action: '/office/people/evidence', token: staff.token };
  const isEnrolled = passkeyCount > 0 || (await needs.passkeys.listEndedPasskeys(person.id)).length > 0;
  const evidence = isActive(person) && !isEnrolled ? { form, given, wrong } : null;
  showCounter(ctx, staff, { number, person: { fullName, kind, status, passkeyCount, isEnrolled }, evidence });
}

export async function submitFind(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff, number } = await getPosted(needs, ctx);
  const person = await needs.findByRegistryId(number);
  await recordLook(needs, staff, person);
  if (person === undefined) {
    showCounter(ctx, staff, { number, person: null, evidence: null });
    return;
  }
  await showPerson(needs, ctx, { staff, number, person, given: nothingGiven, wrong: [] });
}

async function handOver(needs: PageNeeds, { staff, person }: Looked, evidence: Evidence): Promise<HandedOver> {
  const isHigh = isSeenInPresence(evidence);
  const issued = await enrolProven(
    { ...needs, invitationLifeSeconds: defaultInvitationLifeSeconds },
    {
      personId: person.id,
      at: needs.clock.now(),
      isHigh,
      trustFramework: ownFramework,
      assuranceLevel: isHigh ? 'high' : 'substantial',
      evidence: [evidence],
      by: { kind: 'officer', ref: staff.officer.id },
    },
    null,
  );
  if (!issued.ok) {
    // The refusal says something about the person, as a search does.
    await recordLook(needs, staff, person);
    throw new Fault(issued.code, issued.detail);
  }
  return issued.value;
}

type Handed = Looked & { readonly handed: HandedOver };

function showSheet(needs: PageNeeds, ctx: Context, { staff, person, handed }: Handed): void {
  const { token, expiresAt, isHigh } = handed;
  const code = toShownCode(token);
  const sheet = renderEnrolmentSheet(staff.frame, {
    url: `${needs.issuer}/enrol/${code}`,
    code,
    typeUrl: `${needs.issuer}/enrol`,
    expiresAt,
    isHigh,
    fullName: toFullName(needs.openData(person), staff.language),
    otherTexts: needs.texts[staff.language === 'ar' ? 'en' : 'ar'],
    counterUrl: '/office',
  });
  sendPage(ctx, sheet);
}

export async function submitEvidence(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff, form, number } = await getPosted(needs, ctx);
  const given = readEvidenceFields(form);
  const person = await needs.findByRegistryId(number);
  if (person === undefined) {
    await recordLook(needs, staff, person);
    throw new Fault('person/unknown', 'no person has this registry identifier');
  }
  const looked = { staff, number, person };
  const evidence = parseEvidence(given, { now: needs.clock.now(), organization: needs.signer.authority.name.ar });
  if (!evidence.ok) {
    await recordLook(needs, staff, person);
    await showPerson(needs, ctx, { ...looked, given, wrong: evidence.wrong });
    return;
  }
  showSheet(needs, ctx, { ...looked, handed: await handOver(needs, looked, evidence.value) });
}

/** The address of what was answered to a post, opened by itself: by the other language, or from the history. */
export async function returnToOffice(_needs: PageNeeds, ctx: Context): Promise<void> {
  redirectTo(ctx, `/office${ctx.search}`);
}
