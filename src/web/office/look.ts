// Each look at a person is an entry in the officer's name, written at once and by itself: also what is then refused was looked at. Of nobody, and without the
// number, where there is nobody.

import { sealEvent } from '../../domain/ledger/event.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import { findField } from '../body.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import type { PageNeeds } from '../needs.ts';
import type { Staff } from '../staff/open-staff.ts';

type Seen = { readonly staff: Staff; readonly person: { readonly id: string } };

export async function recordLook(needs: PageNeeds, { officer }: Staff, personRef: string | undefined): Promise<void> {
  const actor = { kind: 'officer', ref: officer.id } as const;
  const payload = { found: personRef !== undefined };
  await recordAtOnce(needs, sealEvent(needs, { type: 'person.looked_up', personRef: personRef ?? null, actor, payload }));
}

const lookOf = ({ staff, person }: Seen): string => `looked:${staff.session.digest}:${person.id}`;

/** For the field `looked`: that the entry of the look was written in this session, so that the next step writes no second one. */
export function toLooked(needs: Pick<PageNeeds, 'formKey'>, seen: Seen): string {
  return createFormToken(needs.formKey, lookOf(seen));
}

export async function recordFirstLook(needs: PageNeeds, seen: Seen, form: URLSearchParams): Promise<void> {
  if (!isFormToken(needs.formKey, lookOf(seen), findField(form, 'looked'))) {
    await recordLook(needs, seen.staff, seen.person.id);
  }
}
