// Who asks for passkeys, and what every use case of this folder needs. One relying party id for the life of the installation: passkeys
// are bound to it and cannot follow to another name.

import type { Clock } from '../kernel/clock.ts';
import type { MetadataStore } from '../metadata/store.ts';
import type { Random } from '../kernel/ids.ts';
import type { PeopleStore } from '../people/store.ts';
import type { PasskeysStore } from './store.ts';

export type RelyingParty = {
  /** Host name without port (WebAuthn L3 §4, RP ID). */
  readonly id: string;
  /** Scheme, host and port, compared exactly with what the browser reports. */
  readonly origin: string;
  /** Shown by some authenticators. */
  readonly name: string;
};

export type PasskeyNeeds = {
  readonly clock: Clock;
  readonly random: Random;
  readonly passkeys: PasskeysStore;
  readonly people: PeopleStore;
  readonly metadata: Pick<MetadataStore, 'findModels'>;
  readonly relyingParty: RelyingParty;
};

/** The relying party of an issuer URL. */
export function toRelyingParty(issuer: string, name: string): RelyingParty {
  const url = new URL(issuer);
  return { id: url.hostname, origin: url.origin, name };
}
