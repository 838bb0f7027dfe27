// The place "details": everything that is held about the person, and what of it they change themselves. The hand-over between web/ and views/.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { DocumentType } from '../src/domain/proofing/evidence.ts';
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

/** The newest check that is kept. */
export type IdentityCheck = {
  readonly at: Millis;
  readonly isHigh: boolean;
  /** A registered issuer; null for an officer at a counter. */
  readonly by: string | null;
  /** `ending`: all that is kept of the number. */
  readonly documents: readonly { readonly type: DocumentType; readonly ending: string; readonly country: string }[];
};

export type DetailsPage = {
  /** Null where none is kept. */
  readonly check: IdentityCheck | null;
  readonly own: readonly OwnDetail[];
  /** Posts `language`. */
  readonly language: FormTarget;
  readonly registers: readonly HeldRegister[];
  /** Worked out from the rest, so that a service need not see the detail behind it. */
  readonly answers: readonly HeldDetail[];
  readonly changed: ChangedDetail | null;
  /** Who may see each detail, and the file with all of it. */
  readonly seenUrl: string;
  readonly takeUrl: string;
};

export type ContactChannel = 'email' | 'phone';

/** Where a new address is typed. Posts `address`. */
export type ContactPage = {
  readonly channel: ContactChannel;
  readonly label: string;
  readonly now: OwnValue;
  readonly form: FormTarget;
  /** What was typed, to be mended; empty at first. */
  readonly given: string;
  readonly error: 'contact/address-invalid' | 'contact/unchanged' | 'contact/too-many-codes' | null;
  readonly detailsUrl: string;
};

/** Where the code is typed. Posts `code`. */
export type CodePage = {
  readonly channel: ContactChannel;
  /** Where the code went: the person typed it a moment ago. */
  readonly address: string;
  readonly form: FormTarget;
  readonly resend: FormTarget;
  /** 0 when the code has ended and only a new one helps. */
  readonly triesLeft: number;
  readonly until: Millis;
  readonly error: 'contact/code-wrong' | 'contact/code-ended' | 'contact/too-many-codes' | null;
  readonly otherUrl: string;
  readonly detailsUrl: string;
};

/** Posts `name-ar` and `name-en`. */
export type NamePage = {
  readonly form: FormTarget;
  readonly given: { readonly ar: string; readonly en: string };
  /** Fields that were not accepted. */
  readonly wrong: readonly ('ar' | 'en')[];
  readonly detailsUrl: string;
};
