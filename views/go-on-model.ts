// A page that goes on by itself: the hand-over between web/ and views/.

import type { Asker } from './models.ts';

export type GoOnPage = {
  readonly kind: 'answer' | 'no-session' | 'another-person';
  /** The service that the way leads to; null where it ends on our own pages. */
  readonly asker: Asker | null;
  /** https or http. */
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
};
