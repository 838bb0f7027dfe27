// A computer that others use, in English.

import type { arShared } from './ar-shared.ts';

export const enShared: Readonly<Record<keyof typeof arShared, string>> = {
  'shared-choice': 'This is a shared computer',
  'shared-choice-hint': 'You are signed out after 5 minutes without use, and after one hour at most. Nothing stays in the browser.',
  'shared-band': 'Shared computer',
  'shared-band-text': 'Others use this computer. Before you leave it:',
  'session-shared': 'shared computer',
  'session-shared-text': 'Ends after 5 minutes without use, and after one hour at most.',
  'shared-no-passkey': 'No passkey is added on a computer that others use. You can add one on a device of your own.',
  'shared-take': 'Others use this computer. The file stays on it after you finish, unless you move it away and delete it.',
  'shared-close': 'Others use this computer, and closing cannot be undone. It is better done on a device of your own.',
  'shared-finish': 'Finish and leave nothing behind',
};
