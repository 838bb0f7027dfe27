// What Huwiya knows of the sessions that services hold by themselves: which service a person entered in which of their sessions, and whether it was told of
// the end. One row for each ID token's `sid`. Owns no session: what a service does when it is told is the service's matter.

import type { RegisteredService, Service } from '../agencies/agency.ts';
import { addDuration } from '../kernel/clock.ts';
import type { Clock, Millis } from '../kernel/clock.ts';
import { createUuid } from '../kernel/ids.ts';
import type { Random } from '../kernel/ids.ts';

/** `open`: the person's session goes on, or ran out by itself. `untold`: it ended, and this service has no way to be told. */
export const serviceSessionStates = ['open', 'waiting', 'told', 'failed', 'untold'] as const;
export type ServiceSessionState = (typeof serviceSessionStates)[number];

export type ServiceSession = {
  /** Also that of the message, and so the `jti` of every logout token that is made of it. */
  readonly id: string;
  readonly sessionUid: string;
  readonly personId: string;
  readonly clientId: string;
  /** As the service's ID tokens name the session (OIDC Back-Channel Logout 1.0 §2.1). */
  readonly sid: string;
  readonly enteredAt: Millis;
  readonly state: ServiceSessionState;
  /** When the person's session ended. */
  readonly endedAt: Millis | null;
  /** When the service took the message, or it was given up. */
  readonly settledAt: Millis | null;
  readonly expiresAt: Millis;
};

type Entering = Pick<ServiceSession, 'sessionUid' | 'personId' | 'clientId' | 'sid'>;

/** Longer than any session of a person lives. */
const openFor = 'P1D';

/** Longer than a message is tried, so that a person can read how it went. */
const endedFor = 'P7D';

export function createServiceSession(needs: { readonly clock: Clock; readonly random: Random }, entering: Entering): ServiceSession {
  const now = needs.clock.now();
  const fresh = { state: 'open', endedAt: null, settledAt: null } as const;
  return { ...entering, ...fresh, id: createUuid(needs.random, now), enteredAt: now, expiresAt: addDuration(now, openFor) };
}

/** What the end of the person's session makes of it. */
export function toEnded(open: ServiceSession, service: Pick<Service, 'metadata'> | undefined, at: Millis): ServiceSession {
  const state = findLogoutReceiver(service) === undefined ? 'untold' : 'waiting';
  return { ...open, state, endedAt: at, settledAt: state === 'untold' ? at : null, expiresAt: addDuration(at, endedFor) };
}

/** Where a service that has registered one takes logout tokens. */
export function findLogoutReceiver(service: Pick<RegisteredService['service'], 'metadata'> | undefined): string | undefined {
  const uri = service?.metadata['backchannel_logout_uri'];
  return typeof uri === 'string' ? uri : undefined;
}
