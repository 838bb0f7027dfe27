// What the pages of the office need besides their frame.

import type { Millis } from '../src/domain/kernel/clock.ts';
import type { PersonKind, PersonStatus } from '../src/domain/people/person.ts';
import type { Texts } from './messages/messages.ts';
import type { FormTarget } from './models.ts';

/** Everything an officer at the counter sees of a person; the name is masked by the page. */
export type CounterPerson = {
  readonly fullName: string;
  readonly kind: PersonKind;
  readonly status: PersonStatus;
  readonly passkeyCount: number;
};

/** The number is posted as the field `number`, never by GET: addresses are written down in too many places. */
export type CounterPage = {
  readonly find: FormTarget;
  /** What was looked for, to be compared with the document; null before the first search. */
  readonly number: string | null;
  readonly person: CounterPerson | null;
  /** Null where no link may be handed over. */
  readonly invite: FormTarget | null;
};

export type EnrolmentSheet = {
  /** Shown here and nowhere else: only its digest is stored. */
  readonly url: string;
  readonly expiresAt: Millis;
  readonly fullName: string;
  /** The person may read the other language: what to do stands in both. */
  readonly otherTexts: Texts;
  readonly counterUrl: string;
};
