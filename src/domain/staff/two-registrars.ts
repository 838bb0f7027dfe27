// Whether a recovery at a counter can come to its end at all: it takes two registrars of different names, each with a passkey that opens a desk (ADR-0079).

import { isActive } from './officer.ts';
import { mayOpenDesk } from './passkey-rule.ts';
import type { StaffRule } from './passkey-rule.ts';
import { isSameName } from './spellings.ts';
import type { ListedOfficer, StaffStore } from './store.ts';

export const registrarsNeeded = 2;

export function countReadyRegistrars(officers: readonly ListedOfficer[], rule: StaffRule): number {
  const ready = officers
    .filter((officer) => officer.role === 'registrar' && isActive(officer))
    .filter(({ passkeys }) => passkeys.some((passkey) => mayOpenDesk(rule, passkey)));
  const distinct = ready.filter(({ name }, index) => !ready.slice(0, index).some((earlier) => isSameName(earlier.name, name)));
  return distinct.length;
}

type Needs = { readonly staff: Pick<StaffStore, 'listOfficers'>; readonly staffRule: StaffRule };

export async function canRecoverAtCounter({ staff, staffRule }: Needs): Promise<boolean> {
  return countReadyRegistrars(await staff.listOfficers(), staffRule) >= registrarsNeeded;
}
