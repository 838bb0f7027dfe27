// What the pages of suspending services and officers show.

import type { SuspendedKind } from '../src/domain/audit/suspensions/suspension.ts';
import type { UnmaskState } from '../src/domain/audit/unmask.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { CeremonyTarget, FormTarget } from './models.ts';
import type { Choice } from './select.ts';
import type { UnmaskAct } from './unmask-model.ts';

export const suspensionFields = ['subject', 'reason'] as const;
export type SuspensionField = (typeof suspensionFields)[number];

export type SuspensionSubject = {
  readonly act: 'suspend' | 'resume';
  readonly kind: SuspendedKind;
  readonly name: string;
};

export type SuspensionRow = SuspensionSubject & {
  readonly url: string;
  readonly state: UnmaskState | 'standing' | 'ended';
  readonly requestedAt: Millis;
  readonly requesterName: string;
};

/** `value` says act, kind and subject, in one word that the form brings back. */
export type SuspensionChoice = SuspensionSubject & Pick<Choice, 'value'>;

export type SuspensionsPage = {
  readonly number: string;
  readonly rows: readonly SuspensionRow[];
  readonly choices: readonly SuspensionChoice[];
  readonly form: FormTarget;
  readonly typed: ReadonlyMap<SuspensionField, string>;
  readonly problems: readonly SuspensionField[];
  readonly caseUrl: string;
};

export type SuspensionAbout = SuspensionSubject & {
  readonly number: string;
  /** A `client_id`, or the account of an officer. */
  readonly account: string;
  readonly agencyName: string | null;
  /** Names of the services that are told. */
  readonly receivers: readonly string[];
  readonly contact: string | null;
  readonly reason: string;
};

export type SuspensionConfirmPage = {
  readonly about: SuspensionAbout;
  readonly pressed: UnmaskAct;
  /** Carried through the form, as it was shown. */
  readonly carried: readonly (readonly [name: string, value: string])[];
  readonly form: FormTarget;
  readonly ceremony: CeremonyTarget;
  readonly isUnconfirmed: boolean;
  readonly backUrl: string;
};

export type SuspensionPage = {
  readonly about: SuspensionAbout;
  readonly row: SuspensionRow;
  readonly openUntil: Millis;
  readonly deciderName: string | null;
  readonly endedAt: Millis | null;
  /** `own`: whoever proposed reads that another decides. */
  readonly decide: FormTarget | 'own' | null;
  /** Where its end is proposed, as long as it stands. */
  readonly endUrl: string | null;
  readonly listUrl: string;
};
