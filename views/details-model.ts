// The place "details": everything that is held about the person, and what of it they change themselves. The hand-over between web/ and views/.

import type { FormTarget, OwnValue } from './models.ts';

/** One way of writing a value; `language` only where the value is held in several. */
export type HeldValue = { readonly language: 'ar' | 'en' | null; readonly value: OwnValue };

export type HeldDetail = {
  /** Catalogue name, such as `given_name`. */
  readonly name: string;
  readonly label: string;
  readonly explanation: string;
  readonly values: readonly HeldValue[];
};

export type OwnDetail = HeldDetail & {
  /** Whether the person's own code proved it; null where there is nothing to prove. */
  readonly isVerified: boolean | null;
  /** Where it is changed; null where that is done at a counter. */
  readonly changeUrl: string | null;
};

/** Who owns the register, where a correction is asked for, what to bring. */
export type CorrectionWords = { readonly owner: string; readonly where: string; readonly bring: string };

export type HeldRegister = {
  readonly id: string;
  readonly name: string;
  readonly details: readonly HeldDetail[];
  readonly correction: CorrectionWords;
};

export type ChangedDetail = 'email' | 'phone' | 'name' | 'language';

export type DetailsPage = {
  readonly own: readonly OwnDetail[];
  /** Posts `language`. */
  readonly language: FormTarget;
  readonly registers: readonly HeldRegister[];
  /** Worked out from the rest, so that a service need not see the detail behind it. */
  readonly answers: readonly HeldDetail[];
  readonly changed: ChangedDetail | null;
};
