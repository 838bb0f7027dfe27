// Freezing at the counter, at the person's word; and lifting it after the officer saw a document. One person by the exact number, each look an entry.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { sealEvent } from '../../domain/ledger/event.ts';
import { beginUnfreeze } from '../../domain/protection/begin-unfreeze.ts';
import type { Freeze } from '../../domain/protection/freeze.ts';
import { freezePerson } from '../../domain/protection/freeze-person.ts';
import type { PersonStatus, StoredPerson } from '../../domain/people/person.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import { evidenceKinds, freezeReasons, renderCounterFreezePage } from '../../../views/counter-freeze.ts';
import type { CounterFreezePage } from '../../../views/counter-freeze.ts';
import { findField } from '../body.ts';
import { sendPage, toFullName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getStaffForm, openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';

const roles = ['registrar'] as const;
const url = '/office/freeze';

type Shown = { readonly staff: Staff; readonly number: string | null; readonly person: StoredPerson | undefined };

type Forms = Pick<CounterFreezePage, 'freeze' | 'lift' | 'isOrdered' | 'dueAt'>;

/** What can be closed, or opened, for a person of this status now. */
function toForms(freezes: readonly Freeze[], status: PersonStatus | undefined, token: string): Forms {
  const isOrdered = freezes.some(({ authority }) => authority === 'ordered');
  const dueAt = freezes.find(({ authority }) => authority === 'own')?.unfreezeAt ?? null;
  const isLiftable = status === 'frozen' && freezes.length > 0 && !isOrdered && dueAt === null;
  const form = (action: string, isPossible: boolean) => (isPossible ? { action: `${url}/${action}`, token } : null);
  return { isOrdered, dueAt, freeze: form('close', status === 'active'), lift: form('lift', isLiftable) };
}

async function send(needs: PageNeeds, ctx: Context, { staff, number, person }: Shown): Promise<void> {
  const freezes = person === undefined ? [] : await needs.protection.findFreezes(person.id);
  const page = renderCounterFreezePage(staff.frame, {
    find: { action: url, token: staff.token },
    number,
    person: person === undefined ? null : { fullName: toFullName(needs.openData(person), staff.language), status: person.status },
    ...toForms(freezes, person?.status, staff.token),
    counterUrl: '/office',
  });
  sendPage(ctx, page);
}

export async function showOfficeFreeze(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff !== undefined) {
    await send(needs, ctx, { staff, number: null, person: undefined });
  }
}

type Posted = Shown & { readonly number: string; readonly form: URLSearchParams };

async function getPosted(needs: PageNeeds, ctx: Context): Promise<Posted> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  const number = findField(form, 'number') ?? '';
  return { staff, form, number, person: await needs.findByRegistryId(number) };
}

export async function submitOfficeFind(needs: PageNeeds, ctx: Context): Promise<void> {
  const posted = await getPosted(needs, ctx);
  const { person, staff } = posted;
  const actor = { kind: 'officer', ref: staff.officer.id } as const;
  const payload = { found: person !== undefined };
  await recordAtOnce(needs, sealEvent(needs, { type: 'person.looked_up', personRef: person?.id ?? null, actor, payload }));
  await send(needs, ctx, posted);
}

type Act = (person: StoredPerson, posted: Posted) => Promise<void>;

async function act(needs: PageNeeds, ctx: Context, run: Act): Promise<void> {
  const posted = await getPosted(needs, ctx);
  if (posted.person === undefined) {
    throw new Fault('person/unknown', 'no person has this registry identifier');
  }
  await run(posted.person, posted);
  await send(needs, ctx, { ...posted, person: await needs.people.findPerson(posted.person.id) });
}

function getChoice<T extends string>(choices: readonly T[], given: string | undefined): T {
  const chosen = choices.find((choice) => choice === given);
  if (chosen === undefined) {
    throw new Fault('request/invalid', 'a choice that the form does not have');
  }
  return chosen;
}

export async function submitOfficeFreeze(needs: PageNeeds, ctx: Context): Promise<void> {
  await act(needs, ctx, async (person, { staff, form }) => {
    const reason = getChoice(freezeReasons, findField(form, 'reason'));
    const actor = { kind: 'officer', ref: staff.officer.id } as const;
    await freezePerson(needs, { personId: person.id, how: 'counter', authority: 'own', actor, reason });
  });
}

export async function submitOfficeLift(needs: PageNeeds, ctx: Context): Promise<void> {
  await act(needs, ctx, async (person, { staff, form }) => {
    const evidence = getChoice(evidenceKinds, findField(form, 'evidence'));
    const actor = { kind: 'officer', ref: staff.officer.id } as const;
    getValue(await beginUnfreeze(needs, { personId: person.id, by: 'counter', actor, evidence }));
  });
}
