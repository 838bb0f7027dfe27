// What a level code stands for, at this moment: a registration officer saw the person, and the person is signed in with a passkey of their own. Either alone opens
// nothing (ADR-0083).

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { toDigest } from '../kernel/ids.ts';
import { findOneTimeCode } from '../kernel/one-time-code.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import type { LevelCode } from './store.ts';

export type GivenCode = {
  readonly personId: string;
  /** As typed. */
  readonly code: string;
};

/** One answer for every code that does not help this person: unknown, used, replaced, expired, or of somebody else. */
export async function findLevelCode(
  needs: Pick<PasskeyNeeds, 'clock' | 'passkeys'>,
  { personId, code }: GivenCode,
): Promise<Outcome<LevelCode, 'level-code/refused'>> {
  const secret = findOneTimeCode(code);
  if (secret === undefined) {
    return refuse('level-code/refused', 'form');
  }
  const found = await needs.passkeys.findLevelCode(toDigest(secret), needs.clock.now());
  if (found?.personId !== personId) {
    return refuse('level-code/refused', found === undefined ? 'absent' : 'other-person');
  }
  return succeed(found);
}
