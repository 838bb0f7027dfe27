// Pages of coming back after the passkey is lost. The hand-over between web/ and views/.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { Asker, CeremonyTarget, FormTarget } from './models.ts';

export type RecoverPage = { readonly signInUrl: string; readonly waysUrl: string };

export type RecoveryWaysPage = {
  readonly waitHours: number;
  /** Null where no letters leave this installation. */
  readonly waitingUrl: string | null;
  /** Null while there are no two officers to do it. */
  readonly counterUrl: string | null;
  readonly backUrl: string;
};

export type RecoveryCounterPage = {
  /** Whether there are two officers to do it. */
  readonly isOpen: boolean;
  readonly codeUrl: string;
  readonly backUrl: string;
};

/** Posts `number`. */
export type RecoveryNumberPage = { readonly form: FormTarget; readonly backUrl: string };

export type RecoveryCodeError = 'recovery/code-wrong' | 'recovery/over' | 'recovery/counter-only';

/** Posts `code`. */
export type RecoveryCodePage = {
  readonly form: FormTarget;
  readonly numberUrl: string;
  readonly backUrl: string;
  readonly error: RecoveryCodeError | null;
  readonly typed: string;
};

export type RecoveryWaitPage = { readonly readyAt: Millis; readonly isNew: boolean; readonly counterUrl: string };

export type RecoveryBindPage = {
  readonly givenName: string;
  readonly fullName: string;
  readonly numberEnding: string | null;
  readonly until: Millis;
  readonly ceremony: CeremonyTarget;
};

export type RecoveryDonePage = {
  readonly accountUrl: string;
  /** At a counter a freeze of the person's own has ended with it. */
  readonly way: 'waiting' | 'counter';
};

export type RecoveryCancelPage = { readonly way: 'waiting' | 'counter'; readonly begunAt: Millis; readonly form: FormTarget };

export type RecoveryCancelledPage = { readonly way: 'waiting' | 'counter'; readonly securityUrl: string };

/** Posts `decision`: stop or continue, and `recovery`. */
export type RecoveryLookPage = {
  readonly asker: Asker | null;
  /** Null where it was stopped, or has ended meanwhile. */
  readonly open: {
    readonly id: string;
    readonly way: 'waiting' | 'counter';
    readonly begunAt: Millis;
    /** By waiting: from when a new passkey could be made. */
    readonly readyAt: Millis | null;
  } | null;
  /** Of the one that was stopped here just now. */
  readonly stopped: 'waiting' | 'counter' | null;
  readonly form: FormTarget;
};
