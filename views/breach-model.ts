// What the pages of telling people of a breach show. None of them holds a name or an address: only the file does.

import type { UnmaskState } from '../src/domain/audit/unmask.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { CeremonyTarget, FormTarget } from './models.ts';
import type { Choice } from './select.ts';
import type { UnmaskAct } from './unmask-model.ts';

export const breachFields = ['service', 'from', 'to', 'reason', 'minutes'] as const;
export type BreachField = (typeof breachFields)[number];

export type BreachRow = {
  readonly url: string;
  readonly serviceName: string;
  readonly people: number;
  readonly state: UnmaskState;
  readonly requestedAt: Millis;
  readonly requesterName: string;
};

export type BreachListsPage = {
  readonly number: string;
  readonly lists: readonly BreachRow[];
  readonly services: readonly Choice[];
  readonly form: FormTarget;
  readonly typed: ReadonlyMap<BreachField, string>;
  readonly minutes: readonly (15 | 60 | 240 | 1440)[];
  readonly problems: readonly BreachField[];
  readonly caseUrl: string;
};

type BreachAbout = {
  readonly number: string;
  readonly serviceName: string;
  /** `to` is exclusive. */
  readonly period: { readonly from: Millis; readonly to: Millis };
  readonly people: number;
  readonly reason: string;
};

export type BreachConfirmPage = BreachAbout & {
  readonly act: UnmaskAct;
  /** Carried through the form, as it was shown. */
  readonly carried: readonly (readonly [name: string, value: string])[];
  readonly form: FormTarget;
  readonly ceremony: CeremonyTarget;
  readonly isUnconfirmed: boolean;
  readonly backUrl: string;
};

export type BreachListPage = BreachAbout &
  BreachRow & {
    readonly openUntil: Millis;
    readonly deciderName: string | null;
    readonly usableUntil: Millis | null;
    readonly uses: number;
    /** `own`: whoever asked reads that another decides. */
    readonly decide: FormTarget | 'own' | null;
    readonly fetch: FormTarget | null;
    readonly listUrl: string;
  };
