// Somebody who takes part, and everything that they and the services hold of what they were told. What is written here was acknowledged, or says that it is in doubt.

import { createTraveller } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import type { SoftwareAuthenticator } from '../support/software-authenticator.ts';
import { createUserAgent } from '../support/user-agent.ts';
import type { UserAgent } from '../support/user-agent.ts';
import type { Place } from '../support/visits.ts';

/** `live` and `dead`: what is in the hand MUST work, or MUST NOT. `open`: nobody was told. */
export type Fate = 'live' | 'dead' | 'open';

export type Held = {
  /** In which the session is that it rests on. */
  readonly browser: Traveller;
  readonly place: Place;
  readonly sid: string;
  readonly isOffline: boolean;
  /** A person has ten sessions at most, and every round begins some. */
  rounds: number;
  readonly expiresAt: number;
  access: string;
  refresh: string | undefined;
  fate: Fate;
};

/** A code whose exchange was not answered. */
export type DoubtfulCode = { readonly browser: Traveller; readonly place: Place; readonly callback: string; readonly verifier: string };

export type Added = { readonly authenticator: SoftwareAuthenticator; fate: Fate };

/** A browser as it was when its session ended. */
export type Left = { readonly agent: UserAgent; readonly sids: readonly string[]; fate: Fate };

export type Standing = 'none' | 'stands' | 'paused';

export type Citizen = {
  readonly id: string;
  readonly name: string;
  traveller: Traveller;
  readonly records: Record<Place, Standing>;
  held: Held[];
  codes: DoubtfulCode[];
  added: Added[];
  left: Left[];
  /** Receipts that were verified in an earlier round. */
  readonly receipts: Set<string>;
  /** The last version of a record that was proven, by its id. */
  readonly versions: Map<string, number>;
};

/** A request that is not answered in this time counts as never answered, in milliseconds. */
const patience = 12_000;

export type Cutting = { cutAfter: () => number | undefined };

const toFetcher =
  (cutting: Cutting) =>
  async (url: string, init: RequestInit): Promise<Response> =>
    fetch(url, { ...init, signal: AbortSignal.timeout(cutting.cutAfter() ?? patience) });

export function createBrowser(issuer: string, authenticator: SoftwareAuthenticator, cutting: Cutting): Traveller {
  return { ...createTraveller(issuer, authenticator), agent: createUserAgent(issuer, toFetcher(cutting)) };
}

export function createCitizen(id: string, name: string, traveller: Traveller): Citizen {
  const records: Record<Place, Standing> = { permit: 'none', clinic: 'none' };
  return { id, name, traveller, records, held: [], codes: [], added: [], left: [], receipts: new Set(), versions: new Map() };
}

/** The same cookies in another browser. */
export function copyAgent(issuer: string, { cookies }: UserAgent, cutting: Cutting): UserAgent {
  const copy = createUserAgent(issuer, toFetcher(cutting));
  cookies.forEach((cookie, key) => copy.cookies.set(key, cookie));
  return copy;
}

export const endHeld = (citizen: Citizen, fate: Fate, ends: (held: Held) => boolean): void =>
  citizen.held.filter(ends).forEach((held) => {
    held.fate = held.fate === 'dead' ? 'dead' : fate;
  });
