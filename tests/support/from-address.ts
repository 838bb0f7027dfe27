// Somebody at an address of their own: what a proxy in front of the node says of them.

import { createSoftwareAuthenticator } from './software-authenticator.ts';
import type { SoftwareAuthenticator } from './software-authenticator.ts';
import type { Traveller } from './person-journey.ts';
import { createUserAgent } from './user-agent.ts';

/** In the settings of a world whose people have addresses. */
export const behindProxy = { HUWIYA_TRUSTED_HOPS: '1' } as const;

export function createTravellerAt(
  issuer: string,
  address: string,
  authenticator: SoftwareAuthenticator = createSoftwareAuthenticator(),
): Traveller {
  const agent = createUserAgent(issuer, async (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('x-forwarded-for', address);
    return fetch(url, { ...init, headers });
  });
  return { issuer, agent, authenticator };
}

let network = 0;

/** One that nobody else has in this file. */
export function createNetwork(): string {
  network += 1;
  return `2001:db8:${network.toString(16)}:1`;
}
