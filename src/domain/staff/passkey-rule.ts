// Which passkeys open a desk. A desk is a way around every passkey of the people it serves, so it must not be opened with a weaker one (ADR-0069).

import type { KeyFacts } from './store.ts';

/** `metadata`: from the first import of metadata on, a new one must be attested. `attested`: always, and those from before as well. */
export const staffRules = ['metadata', 'attested'] as const;
export type StaffRule = (typeof staffRules)[number];

/** `attested`: bound to one device by a model that the metadata vouch for. `unproven`: it may be so, but nobody vouches for it. */
export type Fitness = 'attested' | 'unproven' | 'revoked';

export function toFitness({ standing, isBackupEligible }: KeyFacts): Fitness {
  if (standing === 'revoked') {
    return 'revoked';
  }
  return standing === 'trusted' && !isBackupEligible ? 'attested' : 'unproven';
}

export function mayOpenDesk(rule: StaffRule, passkey: KeyFacts): boolean {
  const fitness = toFitness(passkey);
  return fitness === 'attested' || (fitness === 'unproven' && rule === 'metadata');
}

/** As long as no metadata were ever imported nobody can tell one passkey from another, and an installation has to begin somehow. */
export function mayEnrol(rule: StaffRule, passkey: KeyFacts, hasMetadata: 'metadata' | 'no-metadata'): boolean {
  const fitness = toFitness(passkey);
  return fitness === 'attested' || (fitness === 'unproven' && rule === 'metadata' && hasMetadata === 'no-metadata');
}
