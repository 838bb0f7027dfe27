// What a service is told about how somebody signed in, and no more than is true. The level is computed from the passkey as it stands at the moment of asking:
// what its model is worth may change, and its next request then finds another level (decision 7).

import { levelNames } from '../kernel/levels.ts';
import type { Level } from '../kernel/levels.ts';
import type { Passkey } from './passkey.ts';
import type { UserMethod } from './user-verification.ts';

export type AuthenticationFacts = {
  /** RFC 8176 §2. */
  readonly amr: readonly string[];
  readonly acr: string;
};

/** What keeps a passkey from the level `high`, the first of these that holds. */
export const shortfalls = ['synced', 'revoked', 'unattested', 'binding'] as const;
export type Shortfall = (typeof shortfalls)[number];

export type RatedPasskey = Pick<Passkey, 'isBackupEligible' | 'standing' | 'ceiling'>;

/** Undefined for one that reaches `high`: it cannot leave its device, its model is one that the metadata vouch for, and it was bound to the person as strongly. */
export function findShortfall({ isBackupEligible, standing, ceiling }: RatedPasskey): Shortfall | undefined {
  if (isBackupEligible) {
    return 'synced';
  }
  if (standing !== 'trusted') {
    return standing === 'revoked' ? 'revoked' : 'unattested';
  }
  return ceiling === 'high' ? undefined : 'binding';
}

export function toLevel(passkey: RatedPasskey): Level {
  return findShortfall(passkey) === undefined ? 'high' : 'substantial';
}

export function reachesLevel(passkey: RatedPasskey, level: Level): boolean {
  return level === 'substantial' || toLevel(passkey) === level;
}

/**
 * `user` and `mfa` hold for each sign-in: presence and verification are required, so there is possession together with a PIN or a biometric. Which of the two
 * it was stands beside them where the authenticator signed it, or where its model has one way only; otherwise nobody knows, and nothing is claimed.
 * `hwk` says that the authenticator reports a key that cannot leave it (BE = 0), `swk` a key that can be copied to other devices (BE = 1). The
 * reports are attested only where `acr` says `high`; a service that needs certainty asks for the level.
 */
export function toAuthenticationFacts(passkey: RatedPasskey, methods: readonly UserMethod[]): AuthenticationFacts {
  return { amr: [passkey.isBackupEligible ? 'swk' : 'hwk', 'user', ...methods, 'mfa'], acr: levelNames[toLevel(passkey)] };
}
