// The life of a challenge: made for one purpose, one person and one page, taken once, and only then believed.
// A challenge is gone when its answer arrives, whether or not the answer is good.

import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createToken } from '../kernel/ids.ts';
import { challengeLifeSeconds } from './ceremony-options.ts';
import type { Ceremony } from './passkey.ts';
import type { PasskeyNeeds } from './relying-party.ts';
import type { CeremoniesStore } from './store.ts';

export type CeremonyNeeds = Pick<PasskeyNeeds, 'clock' | 'random'> & { readonly passkeys: CeremoniesStore };
type CeremonyFor = Pick<Ceremony, 'purpose' | 'personId' | 'binding'>;

/** `challenge`: what is to be signed, where it is not just random. */
export async function createCeremony(needs: CeremonyNeeds, made: CeremonyFor & { readonly challenge?: string }): Promise<Ceremony> {
  const ceremony = {
    id: createToken(needs.random),
    challenge: createToken(needs.random),
    ...made,
    expiresAt: needs.clock.now() + challengeLifeSeconds * 1000,
  };
  await needs.passkeys.saveCeremony(ceremony);
  return ceremony;
}

/** Takes the ceremony out of the store first, so that an answer that is refused cannot be tried again with the same challenge. */
export async function takeCeremony(
  needs: Pick<CeremonyNeeds, 'clock' | 'passkeys'>,
  id: string,
  expected: Pick<CeremonyFor, 'purpose' | 'binding'>,
): Promise<Outcome<Ceremony, 'passkey/challenge-unknown'>> {
  const ceremony = await needs.passkeys.takeCeremony(id);
  const failed = ceremony === undefined ? 'taken' : findMismatch(ceremony, expected, needs.clock.now());
  return ceremony === undefined || failed !== undefined ? refuse('passkey/challenge-unknown', failed ?? 'taken') : succeed(ceremony);
}

function findMismatch(ceremony: Ceremony, expected: Pick<CeremonyFor, 'purpose' | 'binding'>, now: number): string | undefined {
  if (ceremony.challenge === '') {
    return 'empty';
  }
  if (ceremony.expiresAt <= now) {
    return 'expired';
  }
  if (ceremony.purpose !== expected.purpose) {
    return 'purpose';
  }
  return ceremony.binding === expected.binding ? undefined : 'binding';
}
