// Freezing at the counter, at the person's word. One person by the exact number, each look an entry. A few are one press; then each asks for the officer's own
// passkey, so that whoever sits down at an open desk closes few, and nobody who asks for it is sent away (ADR-0077).

import type { Context } from 'koa';
import { Fault, errorCatalogue } from '../../domain/kernel/errors.ts';
import { takeTry } from '../../domain/limits/take-try.ts';
import type { Freeze } from '../../domain/protection/freeze.ts';
import { freezePerson } from '../../domain/protection/freeze-person.ts';
import type { PersonStatus, StoredPerson } from '../../domain/people/person.ts';
import { renderCounterFreezePage } from '../../../views/counter-freeze.ts';
import type { CounterFreezePage } from '../../../views/counter-freeze.ts';
import { freezeReasons } from '../../../views/office-model.ts';
import type { EvidenceForm, FreezeReason } from '../../../views/office-model.ts';
import { findField } from '../body.ts';
import { sendPage, toNames } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getReference } from '../reference.ts';
import { getStaffForm, openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';
import { nothingGiven } from './evidence-form.ts';
import { recordFirstLook, recordLook, toLooked } from './look.ts';
import { findConfirmed } from './send-confirmation.ts';
import type { CounterAct } from './send-confirmation.ts';

const roles = ['registrar'] as const;
const url = '/office/freeze';

/** What came of the form before; nothing where the page is opened. */
type Typed = Pick<EvidenceForm, 'given' | 'wrong'> & { readonly isReasonMissing: boolean };

export const nothingTyped: Typed = { given: nothingGiven, wrong: [], isReasonMissing: false };

type Shown = { readonly staff: Staff; readonly number: string | null; readonly person: StoredPerson | undefined; readonly typed: Typed };

export type State = Pick<CounterFreezePage, 'isOrdered' | 'isBeneath' | 'dueAt'> & {
  readonly mayFreeze: boolean;
  readonly mayLift: boolean;
};

/** Statuses beneath which a freeze is laid (ADR-0077). */
const above: ReadonlySet<PersonStatus> = new Set(['suspended', 'emigrated', 'deceased']);

type Standing = { readonly own: Freeze | undefined; readonly isOrdered: boolean; readonly isAbove: boolean };

/** Closing again stops a lifting that waits. */
const mayClose = (status: PersonStatus | undefined, { own, isAbove }: Standing): boolean =>
  own === undefined ? status === 'active' || isAbove : own.unfreezeAt !== null;

const mayOpen = (status: PersonStatus | undefined, { own, isOrdered }: Standing): boolean =>
  status === 'frozen' && own !== undefined && !isOrdered && own.unfreezeAt === null;

/** What can be closed, or opened, for a person of this status now. */
function toState(freezes: readonly Freeze[], status: PersonStatus | undefined): State {
  const own = freezes.find(({ authority }) => authority === 'own');
  const isOrdered = freezes.some(({ authority }) => authority === 'ordered');
  const standing = { own, isOrdered, isAbove: status !== undefined && above.has(status) };
  return {
    isOrdered,
    isBeneath: standing.isAbove && own !== undefined,
    dueAt: own?.unfreezeAt ?? null,
    mayFreeze: mayClose(status, standing),
    mayLift: mayOpen(status, standing),
  };
}

export async function findState(needs: PageNeeds, person: StoredPerson | undefined): Promise<State> {
  return toState(person === undefined ? [] : await needs.protection.findFreezes(person.id), person?.status);
}

type Forms = Pick<CounterFreezePage, 'freeze' | 'lift'>;

function toForms(needs: PageNeeds, { staff, person, typed }: Shown, { mayFreeze, mayLift }: State): Forms {
  const { isReasonMissing, given, wrong } = typed;
  const looked = person === undefined ? '' : toLooked(needs, { staff, person });
  const form = (action: string) => ({ action: `${url}/${action}`, token: staff.token });
  return {
    freeze: mayFreeze ? { form: form('close'), looked, isReasonMissing } : null,
    lift: mayLift ? { form: form('lift'), looked, given, wrong } : null,
  };
}

export async function sendFreezePage(needs: PageNeeds, ctx: Context, shown: Shown): Promise<void> {
  const { staff, number, person, typed } = shown;
  const state = await findState(needs, person);
  const page = renderCounterFreezePage(staff.frame, {
    find: { action: url, token: staff.token },
    number,
    person: person === undefined ? null : { names: toNames(needs.openData(person), staff.language), status: person.status },
    isOrdered: state.isOrdered,
    isBeneath: state.isBeneath,
    dueAt: state.dueAt,
    ...toForms(needs, shown, state),
    counterUrl: '/office',
  });
  const isWrong = typed.isReasonMissing || typed.wrong.length > 0;
  sendPage(ctx, page, isWrong ? errorCatalogue['officer/nothing-chosen'].status : 200);
}

export async function showOfficeFreeze(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff !== undefined) {
    await sendFreezePage(needs, ctx, { staff, number: null, person: undefined, typed: nothingTyped });
  }
}

type Posted = { readonly staff: Staff; readonly form: URLSearchParams; readonly number: string; readonly person: StoredPerson | undefined };

async function getPosted(needs: PageNeeds, ctx: Context): Promise<Posted> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  const number = findField(form, 'number') ?? '';
  return { staff, form, number, person: await needs.findByRegistryId(number) };
}

export type Known = Posted & { readonly person: StoredPerson };

export async function getKnown(needs: PageNeeds, ctx: Context): Promise<Known> {
  const posted = await getPosted(needs, ctx);
  const { person } = posted;
  if (person === undefined) {
    await recordLook(needs, posted.staff, undefined);
    throw new Fault('person/unknown', 'no person has this registry identifier');
  }
  return { ...posted, person };
}

export async function submitOfficeFind(needs: PageNeeds, ctx: Context): Promise<void> {
  const posted = await getPosted(needs, ctx);
  await recordLook(needs, posted.staff, posted.person?.id);
  await sendFreezePage(needs, ctx, { ...posted, typed: nothingTyped });
}

/** The page after an act, with the person as they are now. */
export async function sendDone(needs: PageNeeds, ctx: Context, known: Known): Promise<void> {
  await sendFreezePage(needs, ctx, { ...known, person: await needs.people.findPerson(known.person.id), typed: nothingTyped });
}

const toAct = (known: Known, reason: FreezeReason): CounterAct => ({
  ...known,
  step: 'desk-freeze',
  basis: { kind: 'word', reason },
  action: `${url}/close`,
  changeAction: null,
  againUrl: url,
});

/** One press while there is room for one; else by the officer's passkey. False where the page that asks for it was sent. */
async function isCovered(needs: PageNeeds, ctx: Context, act: CounterAct): Promise<boolean> {
  const limited = [{ kind: 'officer', name: act.staff.officer.id }] as const;
  const isFirst = !act.form.has('confirmation');
  if (isFirst && (await takeTry(needs.limiting, 'counter-freeze', limited)).isOpen) {
    return true;
  }
  if (isFirst) {
    needs.log.fault('officer/many-freezes', undefined, { reference: getReference(ctx, needs.random), method: ctx.method });
  }
  await recordFirstLook(needs, act, act.form);
  return (await findConfirmed(needs, ctx, act)) !== undefined;
}

export async function submitOfficeFreeze(needs: PageNeeds, ctx: Context): Promise<void> {
  const known = await getKnown(needs, ctx);
  const { staff, form, person } = known;
  const reason = freezeReasons.find((choice) => choice === findField(form, 'reason'));
  if (reason === undefined) {
    await recordFirstLook(needs, known, form);
    await sendFreezePage(needs, ctx, { ...known, typed: { ...nothingTyped, isReasonMissing: true } });
    return;
  }
  if (!(await isCovered(needs, ctx, toAct(known, reason)))) {
    return;
  }
  const actor = { kind: 'officer', ref: staff.officer.id } as const;
  await freezePerson(needs, { personId: person.id, how: 'counter', authority: 'own', actor, reason });
  await sendDone(needs, ctx, known);
}
