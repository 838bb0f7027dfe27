// What one service does for people. Everything else in this folder is the same for every service.

import type { Answers, Filing } from './filings.ts';
import type { Html } from './html.ts';
import type { SignedIn } from './provider.ts';
import type { Profile, Purpose } from './settings.ts';
import type { Language } from './words.ts';

export type Screen = { readonly title: string; readonly content: Html };

export type View = {
  readonly profile: Profile;
  readonly purpose: Purpose;
  readonly language: Language;
  /** What was chosen before signing in. */
  readonly choice: Answers;
};

export type SignedInView = View & { readonly signedIn: SignedIn; readonly filings: readonly Filing[] };

export type Desk = {
  /** Before the numbers that it gives out. */
  readonly prefix: string;
  /** What may be chosen before signing in; anything else is taken for the first of what is offered. */
  readonly parseChoice: (query: URLSearchParams) => Answers;
  readonly showStart: (view: View) => Screen;
  readonly showReview: (view: SignedInView) => Screen;
  /** What is kept when the person confirms; no more than the service needs. */
  readonly parseFiling: (view: SignedInView, form: URLSearchParams) => Answers;
  readonly showFiled: (view: SignedInView) => Screen;
};
