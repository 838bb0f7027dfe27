// The registration counter. A person is found by the exact number on the document; nobody is listed, nothing is guessed, and each search is an entry:
// of a person who is found, so that they see it on their own page; of nobody, and without the number, where there is nobody.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import { sealEvent } from '../../domain/ledger/event.ts';
import { defaultInvitationLifeSeconds } from '../../domain/passkeys/create-invitation.ts';
import { inviteAtCounter } from '../../domain/passkeys/invite-at-counter.ts';
import { isActive } from '../../domain/people/person.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import { renderCounterPage } from '../../../views/counter.ts';
import { renderEnrolmentSheet } from '../../../views/enrolment-sheet.ts';
import type { CounterPage } from '../../../views/office-model.ts';
import { findField } from '../body.ts';
import { redirectTo, sendPage, toFullName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getStaffForm } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';

const roles = ['registrar'] as const;

export function showCounter(ctx: Context, staff: Staff, found: Pick<CounterPage, 'number' | 'person' | 'invite'>): void {
  sendPage(ctx, renderCounterPage(staff.frame, { find: { action: '/office/people', token: staff.token }, ...found }));
}

type Posted = { readonly staff: Staff; readonly number: string };

async function getPosted(needs: PageNeeds, ctx: Context): Promise<Posted> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  return { staff, number: findField(form, 'number') ?? '' };
}

/** Written at once, by itself: also what is then refused was looked at. */
async function recordLook(needs: PageNeeds, { officer }: Staff, person: StoredPerson | undefined): Promise<void> {
  const actor = { kind: 'officer', ref: officer.id } as const;
  const payload = { found: person !== undefined };
  const event = sealEvent(needs, { type: 'person.looked_up', personRef: person?.id ?? null, actor, payload });
  await recordAtOnce(needs, event);
}

export async function submitFind(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff, number } = await getPosted(needs, ctx);
  const person = await needs.findByRegistryId(number);
  await recordLook(needs, staff, person);
  if (person === undefined) {
    showCounter(ctx, staff, { number, person: null, invite: null });
    return;
  }
  const { length: passkeyCount } = await needs.passkeys.listPasskeys(person.id);
  const { kind, status } = person;
  const fullName = toFullName(needs.openData(person), staff.language);
  const invite = isActive(person) && passkeyCount === 0 ? { action: '/office/people/invitation', token: staff.token } : null;
  showCounter(ctx, staff, { number, person: { fullName, kind, status, passkeyCount }, invite });
}

export async function submitInvitation(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff, number } = await getPosted(needs, ctx);
  const person = await needs.findByRegistryId(number);
  if (person === undefined) {
    await recordLook(needs, staff, person);
    throw new Fault('person/unknown', 'no person has this registry identifier');
  }
  const counter = { ...needs, invitationLifeSeconds: defaultInvitationLifeSeconds };
  const issued = await inviteAtCounter(counter, { personId: person.id, officerId: staff.officer.id });
  if (!issued.ok) {
    // The refusal says something about the person, as a search does.
    await recordLook(needs, staff, person);
    throw new Fault(issued.code, issued.detail);
  }
  const { token, expiresAt } = issued.value;
  const fullName = toFullName(needs.openData(person), staff.language);
  const otherTexts = needs.texts[staff.language === 'ar' ? 'en' : 'ar'];
  const sheet = { url: `${needs.issuer}/enrol/${token}`, expiresAt, fullName, otherTexts, counterUrl: '/office' };
  sendPage(ctx, renderEnrolmentSheet(staff.frame, sheet));
}

/** The address of what was answered to a post, opened by itself: by the other language, or from the history. */
export async function returnToOffice(_needs: PageNeeds, ctx: Context): Promise<void> {
  redirectTo(ctx, `/office${ctx.search}`);
}
