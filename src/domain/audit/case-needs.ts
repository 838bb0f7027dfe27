// What the use cases of a case take from outside.

import type { KeyObject } from 'node:crypto';
import type { AgenciesStore } from '../agencies/store.ts';
import type { SealNeeds } from '../ledger/event.ts';
import type { StaffStore } from '../staff/store.ts';
import type { CasesStore } from './case-store.ts';

export type CaseNeeds = SealNeeds & {
  readonly cases: CasesStore;
  readonly staff: Pick<StaffStore, 'findOfficer' | 'findAppointment'>;
  readonly agencies: Pick<AgenciesStore, 'listServices' | 'listAgencies'>;
  /** Seals the key of each case. */
  readonly dataKey: KeyObject;
};
