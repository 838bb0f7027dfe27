// What the pages of unmasking show. None but the last holds a name or a number.

import type { UnmaskState } from '../src/domain/audit/unmask.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { CeremonyTarget, FormTarget } from './models.ts';

export const unmaskFields = ['pseudonym', 'reason', 'minutes', 'court', 'tell'] as const;
export type UnmaskField = (typeof unmaskFields)[number];

export type UnmaskRow = {
  readonly pseudonym: string;
  readonly url: string;
  readonly state: UnmaskState;
  readonly requestedAt: Millis;
  readonly requesterName: string;
};

export type UnmasksPage = {
  readonly number: string;
  readonly requests: readonly UnmaskRow[];
  readonly form: FormTarget;
  readonly typed: ReadonlyMap<UnmaskField, string>;
  readonly minutes: readonly (15 | 60 | 240 | 1440)[];
  readonly problems: readonly UnmaskField[];
  readonly caseUrl: string;
};

export type UnmaskAct = 'ask' | 'approve' | 'deny';

export type UnmaskConfirmPage = {
  readonly act: UnmaskAct;
  readonly number: string;
  readonly pseudonym: string;
  readonly reason: string;
  readonly later: { readonly court: string; readonly tellAt: Millis } | null;
  /** Carried through the form, as it was shown. */
  readonly carried: readonly (readonly [name: string, value: string])[];
  readonly form: FormTarget;
  readonly ceremony: CeremonyTarget;
  readonly isUnconfirmed: boolean;
  readonly backUrl: string;
};

export type UnmaskPage = UnmaskRow & {
  readonly number: string;
  readonly reason: string;
  readonly later: { readonly court: string; readonly tellAt: Millis } | null;
  readonly openUntil: Millis;
  readonly deciderName: string | null;
  readonly usableUntil: Millis | null;
  readonly uses: number;
  /** `own`: whoever asked reads that another decides. */
  readonly decide: FormTarget | 'own' | null;
  readonly show: FormTarget | null;
  readonly listUrl: string;
};

export type UnmaskShownPage = {
  readonly number: string;
  readonly pseudonym: string;
  readonly names: readonly string[];
  readonly personNumber: string | null;
  readonly backUrl: string;
};
