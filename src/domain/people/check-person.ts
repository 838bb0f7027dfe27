// One person as an import gives them, checked: identifier by kind, values by the catalogue. Reasons never repeat a value.

import { parseRegistryIdOfKind } from './parse-registry-id.ts';
import type { PersonalData, PersonKind, RegistryStatus } from './person.ts';

/** A line that has the shape of a person; nothing in it has been checked. */
export type GivenPerson = {
  readonly id: string;
  readonly kind: PersonKind;
  readonly status: RegistryStatus | null;
  readonly data: PersonalData;
};

/** The catalogue's check, handed in: people do not know which attributes there are. */
export type ParseValues = (given: PersonalData) => { readonly values: PersonalData; readonly problems: readonly string[] };

export type CheckedPerson = { readonly ok: true; readonly person: GivenPerson } | { readonly ok: false; readonly reason: string };

const numberAttributes: Partial<Readonly<Record<PersonKind, string>>> = { citizen: 'national_id', resident: 'residency_number' };

export function checkPerson(parseValues: ParseValues, given: GivenPerson): CheckedPerson {
  const id = parseRegistryIdOfKind(given.kind, given.id);
  const { values, problems } = parseValues(given.data);
  const reasons = [...(id.ok ? [] : [id.detail]), ...problems];
  if (!id.ok || reasons.length > 0) {
    return { ok: false, reason: reasons.join('; ') };
  }
  const numberName = numberAttributes[given.kind];
  const number = numberName === undefined ? {} : { [numberName]: id.value };
  return { ok: true, person: { id: id.value, kind: given.kind, status: given.status, data: { ...number, ...values } } };
}
