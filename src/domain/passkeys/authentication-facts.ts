// What a service is told about how somebody signed in, and no more than is true.

import type { HeldPasskey } from './passkey.ts';

export const substantial = 'urn:huwiya:loa:substantial';

export type AuthenticationFacts = {
  /** RFC 8176 §2. */
  readonly amr: readonly string[];
  readonly acr: string;
};

/**
 * `user` and `mfa` hold for each sign-in: presence and verification are required, so there is possession together with a PIN or a biometric. Which
 * of the two it was stays in the authenticator, so neither `pin` nor `fpt` is claimed.
 * `hwk` says that the authenticator reports a key that cannot leave it (BE = 0), `swk` a key that can be copied to other devices (BE = 1). The
 * report is attested only where `acr` says `high`; a service that needs certainty asks for the level.
 */
export function toAuthenticationFacts(passkey: Pick<HeldPasskey, 'isBackupEligible'>): AuthenticationFacts {
  return { amr: [passkey.isBackupEligible ? 'swk' : 'hwk', 'user', 'mfa'], acr: substantial };
}
