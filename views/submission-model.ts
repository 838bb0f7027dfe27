// What an approver reads: each change in words, with what was there before.

import type { Review } from '../src/domain/agencies/judge-change.ts';
import type { Hindrance } from '../src/domain/agencies/store.ts';
import type { Submission } from '../src/domain/agencies/submission.ts';
import type { Millis } from '../src/domain/kernel/clock.ts';
import type { PersonKind } from '../src/domain/people/person.ts';
import type { FormTarget } from './models.ts';

/** A value as lines of text, each with its language where it is that of people's own pages. */
export type ValueLine = { readonly text: string; readonly language: 'ar' | 'en' | null; readonly isCode: boolean };

export type FieldDifference = {
  /** Of the field; the page has words for those that people read, and shows the others as they are. */
  readonly name: string;
  /** Null where there was nothing before. */
  readonly before: readonly ValueLine[] | null;
  /** Empty where nothing comes after. */
  readonly after: readonly ValueLine[];
};

export type ShownChange = {
  readonly what: 'agency' | 'service' | 'purpose';
  readonly how: 'created' | 'changed' | 'retired';
  /** In the page's language. */
  readonly name: string;
  /** Of what it is a part. */
  readonly within: string | null;
  /** Which one of it would hold afterwards, and which one holds now; null for what has no versions, and what would end. */
  readonly version: { readonly before: number | null; readonly after: number } | null;
  /** How many have to agree on it, and why two. */
  readonly review: Review;
  readonly fields: readonly FieldDifference[];
  /** Of a purpose, all that would hold afterwards: the difference alone does not tell what it adds up to. */
  readonly whole: readonly FieldDifference[];
  /** The pages as people would see them. */
  readonly previews: readonly PreviewLink[];
};

export type PreviewLink = { readonly kind: PersonKind; readonly language: 'ar' | 'en'; readonly url: string };

export type WaitingSubmission = {
  readonly url: string;
  readonly agencyNames: readonly string[];
  readonly changeCount: number;
  readonly submittedAt: Millis;
  readonly review: Submission['review'];
  /** Whether one of two has agreed. */
  readonly isHalfApproved: boolean;
};

/** `first`: written down, and another approver is needed. */
export type JustDecided = 'first' | 'approved' | 'declined';

export type SubmissionsPage = { readonly waiting: readonly WaitingSubmission[]; readonly justDecided: JustDecided | null };

/** Buttons `decision=approve` and `decision=decline`; the reason is the field `reason`. */
export type SubmissionPage = {
  readonly id: string;
  readonly listUrl: string;
  readonly submittedAt: Millis;
  readonly review: Submission['review'];
  readonly approvals: readonly { readonly name: string; readonly at: Millis; readonly reason: string }[];
  /** Whoever looks has approved it, and can only wait or decline. */
  readonly isApprovedByReader: boolean;
  readonly changes: readonly ShownChange[];
  /** Why it can only be declined; null when it can be approved. */
  readonly hindrance: Hindrance | null;
  /** True after a decision without a reason. */
  readonly lacksReason: boolean;
  readonly form: FormTarget;
};
