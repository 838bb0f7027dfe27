// The hand-over for the pages of one passkey, and of the second one right after enrolment.

import type { CeremonyTarget, FormTarget, Passkey } from './models.ts';

export type PasskeyNamePage = {
  readonly passkey: Passkey;
  readonly form: FormTarget;
  /** As it was typed, or as it is. */
  readonly given: string;
  readonly isWrong: boolean;
  readonly securityUrl: string;
};

export type PasskeyRemovePage = {
  readonly passkey: Passkey;
  /** The only one: it cannot be removed. */
  readonly isLast: boolean;
  /** Whether the session of this page ends with it. */
  readonly endsHere: boolean;
  /** How many other sessions end with it. */
  readonly endsElsewhere: number;
  readonly form: FormTarget;
  readonly addUrl: string;
  readonly securityUrl: string;
};

/** The first one, a second one at once, or one more of somebody who had others. */
export const enrolledDones = ['first', 'spare', 'another'] as const;

export type EnrolledPage = {
  /** The second passkey at once; `null` where the offer has ended, or was taken. */
  readonly offer: { readonly ceremony: CeremonyTarget; readonly skip: FormTarget } | null;
  /** What was just made. */
  readonly done: (typeof enrolledDones)[number];
  readonly accountUrl: string;
};
