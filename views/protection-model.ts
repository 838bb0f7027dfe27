// Notices about access, "this was not me", freezing and lifting a freeze: the hand-over between web/ and views/.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { SecurityNotice } from '../src/domain/protection/notice.ts';
import type { CeremonyTarget, FormTarget } from './models.ts';
import type { Device } from './security-model.ts';

export type ShownNotice = Pick<SecurityNotice, 'kind' | 'at' | 'lastAt' | 'caseNumber' | 'caseClosedAt'> & {
  /** Null where it is not known. */
  readonly device: Device | null;
  /** Further ones of its kind that are counted on it. */
  readonly more: number;
  /** Where "it was not me" is said; null where it was said, or two weeks are over. */
  readonly notMeUrl: string | null;
};

export type NoticesPage = {
  /** Newest first. */
  readonly notices: readonly ShownNotice[];
  readonly freezeUrl: string;
  readonly securityUrl: string;
  readonly moreUrl: string | null;
  readonly firstUrl: string | null;
};

export type NotMePage = Pick<ShownNotice, 'kind' | 'at' | 'device'> & {
  readonly form: FormTarget;
  /** Of the lifting that the notice tells of; null where none waits. */
  readonly endsAt: Millis | null;
  /** Between asking to lift a freeze and its end. */
  readonly delayHours: number;
};

/**
 * What there was before, or has come since. `open`: what was open is closed now. `already`: a freeze stood, and the code is not used up. `beneath`: something else
 * keeps the identity closed too. `ended`: the freeze has ended since.
 */
export type ClosedOffWas = 'open' | 'already' | 'beneath' | 'ended';

/** After it was said; the case number is null where somebody froze without a notice. */
export type ClosedOffPage = { readonly caseNumber: string | null; readonly was: ClosedOffWas; readonly delayHours: number };

export type FreezePage = {
  /** Whether a passkey of theirs lifts it, or the counter alone. */
  readonly hasHigh: boolean;
  readonly delayHours: number;
  readonly form: FormTarget;
  readonly codeUrl: string;
  /** When the code that works now was made; null where there is none. */
  readonly codeMadeAt: Millis | null;
  readonly securityUrl: string;
};

export type FreezeSheet = { readonly code: string; readonly url: string; readonly madeAt: Millis; readonly backUrl: string };

export type FreezeByCodePage = {
  readonly form: FormTarget;
  readonly isWrong: boolean;
  readonly typed: string;
  readonly delayHours: number;
};

/** `freeze` goes with the form that stops the lifting. */
export type UnfreezeWaitsPage = { readonly dueAt: Millis; readonly freeze: string; readonly form: FormTarget };

export type UnfreezeCounterPage = { readonly delayHours: number };

export type UnfreezePage = {
  readonly ceremony: CeremonyTarget;
  readonly delayHours: number;
};
