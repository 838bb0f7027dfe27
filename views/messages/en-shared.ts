// A computer that others use, in English.

import type { arShared } from './ar-shared.ts';

export const enShared: Readonly<Record<keyof typeof arShared, string>> = {
  'shared-choice': 'This is a shared computer',
  'shared-choice-hint': 'You are signed out after 10 minutes without use, and after one hour at most. Nothing stays in the browser.',
  'shared-band': 'Shared computer',
  'shared-band-text': 'Others use this computer. Before you leave it:',
  'session-shared': 'shared computer',
  'session-shared-text': 'Ends after 10 minutes without use, and after one hour at most.',
  'shared-finish': 'Finish and leave nothing behind',
};
