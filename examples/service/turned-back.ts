// Why somebody came back without a code. Three of the four are a person's own choice, and only one of them is a no.

import type { Refusal } from './provider.ts';

export type TurnedBack = 'refused' | 'deferred' | 'left' | 'failed';

const choices: Readonly<Record<string, TurnedBack>> = { consent_refused: 'refused', consent_deferred: 'deferred', sign_in_left: 'left' };

export function toTurnedBack(refusal: Refusal | undefined): TurnedBack {
  return refusal?.error === 'access_denied' ? (choices[refusal.description ?? ''] ?? 'failed') : 'failed';
}
