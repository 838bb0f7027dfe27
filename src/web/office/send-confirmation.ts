// The page on which an officer confirms an act of the counter with their own passkey. Asked for where nothing was sent, and again, with everything that was
// written, where what was sent is no confirmation of this very act.

import type { Context } from 'koa';
import { errorCatalogue } from '../../domain/kernel/errors.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { listNames } from '../../domain/proofing/holder.ts';
import { renderHandOverPage } from '../../../views/hand-over.ts';
import type { ConfirmedBasis, EvidenceFields, FreezeReason, HandOverPage } from '../../../views/office-model.ts';
import { findField } from '../body.ts';
import { sendPage, toNames } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../staff/confirm-act.ts';
import type { Staff } from '../staff/open-staff.ts';
import { toLooked } from './look.ts';

/** On what it rests, as it came; the names are added here. */
type Basis = { readonly kind: 'evidence'; readonly given: EvidenceFields } | { readonly kind: 'word'; readonly reason: FreezeReason };

export type CounterAct = Pick<HandOverPage, 'step' | 'number' | 'againUrl'> & {
  readonly basis: Basis;
  readonly staff: Staff;
  readonly person: StoredPerson;
  readonly form: URLSearchParams;
  /** Where the act is done. */
  readonly action: string;
  /** Where its form comes back; null where there is nothing to write. */
  readonly changeAction: string | null;
};

function toWords(basis: ConfirmedBasis): readonly string[] {
  if (basis.kind === 'word') {
    return [basis.reason];
  }
  const { document, issuer, country, digits, expiry, birth, seen, face } = basis.given;
  return [document, issuer, country, digits, expiry, birth, seen, face, ...basis.names.map(({ text }) => text)];
}

type Named = CounterAct & { readonly basis: ConfirmedBasis };

/** The whole name stands on this page and on no other: what the officer compares with the document. */
function toNamed(needs: PageNeeds, { basis, ...act }: CounterAct): Named {
  return { ...act, basis: basis.kind === 'word' ? basis : { ...basis, names: listNames(needs, act.person) } };
}

/** The step, where it is done, the number, the person whom it names with every name that was shown, and every field, in the session of this desk. */
function toAct(needs: PageNeeds, act: Named): string {
  const { step, action, number, person, staff } = act;
  return toAbout(needs, staff, [step, action, number ?? '', person.id, ...toWords(act.basis)]);
}

function toStatus({ isUnconfirmed, isNameUnsaid }: Pick<HandOverPage, 'isUnconfirmed' | 'isNameUnsaid'>): number {
  if (isNameUnsaid) {
    return errorCatalogue['officer/nothing-chosen'].status;
  }
  return isUnconfirmed ? errorCatalogue['officer/unconfirmed'].status : 200;
}

const isNameSaid = ({ basis, form }: Named): boolean => basis.kind === 'word' || findField(form, 'holder') === 'yes';

function send(needs: PageNeeds, ctx: Context, act: Named): void {
  const { step, number, basis, staff, person, form, action, changeAction, againUrl } = act;
  const isNameUnsaid = form.has('confirmation') && !isNameSaid(act);
  const isUnconfirmed = form.has('confirmation') && !isNameUnsaid;
  const page = renderHandOverPage(staff.frame, {
    step,
    number,
    names: toNames(needs.openData(person), staff.language),
    basis,
    ceremony: toConfirming(needs, staff, toAct(needs, act)),
    form: { action, token: staff.token },
    change: changeAction === null ? null : { action: changeAction, token: staff.token },
    looked: toLooked(needs, { staff, person }),
    isUnconfirmed,
    isNameUnsaid,
    againUrl,
  });
  sendPage(ctx, page, toStatus({ isUnconfirmed, isNameUnsaid }));
}

/** The passkey that confirmed this act; undefined where the page that asks for it was sent. The look at the person MUST be an entry before. */
export async function findConfirmed(needs: PageNeeds, ctx: Context, asked: CounterAct): Promise<string | undefined> {
  const act = toNamed(needs, asked);
  const passkeyId =
    act.form.has('confirmation') && isNameSaid(act) ? await takeConfirmation(needs, toAct(needs, act), act.form) : undefined;
  if (passkeyId === undefined) {
    send(needs, ctx, act);
  }
  return passkeyId;
}
