// The page on which an officer confirms an act of the counter with their own passkey. Asked for where nothing was sent, and again, with everything that was
// written, where what was sent is no confirmation of this very act.

import type { Context } from 'koa';
import { errorCatalogue } from '../../domain/kernel/errors.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { renderHandOverPage } from '../../../views/hand-over.ts';
import type { HandOverPage } from '../../../views/office-model.ts';
import { sendPage, toNames } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../staff/confirm-act.ts';
import type { Staff } from '../staff/open-staff.ts';
import { toLooked } from './look.ts';

export type CounterAct = Pick<HandOverPage, 'step' | 'number' | 'basis' | 'againUrl'> & {
  readonly staff: Staff;
  readonly person: StoredPerson;
  readonly form: URLSearchParams;
  /** Where the act is done. */
  readonly action: string;
  /** Where its form comes back; null where there is nothing to write. */
  readonly changeAction: string | null;
};

function toWords({ basis }: CounterAct): readonly string[] {
  if (basis.kind === 'word') {
    return [basis.reason];
  }
  const { document, issuer, country, digits, expiry, seen, face } = basis.given;
  return [document, issuer, country, digits, expiry, seen, face];
}

/** The step, where it is done, the number, the person whom it names, and every field, in the session of this desk. */
function toAct(needs: PageNeeds, act: CounterAct): string {
  const { step, action, number, person, staff } = act;
  return toAbout(needs, staff, [step, action, number ?? '', person.id, ...toWords(act)]);
}

function send(needs: PageNeeds, ctx: Context, act: CounterAct): void {
  const { step, number, basis, staff, person, form, action, changeAction, againUrl } = act;
  const isUnconfirmed = form.has('confirmation');
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
    againUrl,
  });
  sendPage(ctx, page, isUnconfirmed ? errorCatalogue['officer/unconfirmed'].status : 200);
}

/** The passkey that confirmed this act; undefined where the page that asks for it was sent. The look at the person MUST be an entry before. */
export async function findConfirmed(needs: PageNeeds, ctx: Context, act: CounterAct): Promise<string | undefined> {
  const passkeyId = act.form.has('confirmation') ? await takeConfirmation(needs, toAct(needs, act), act.form) : undefined;
  if (passkeyId === undefined) {
    send(needs, ctx, act);
  }
  return passkeyId;
}
