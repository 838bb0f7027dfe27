// Which service a person entered in which of their sessions, and whether it was told of the end: one row for each ID token's `sid`.

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
  readonly endedAt: Millis | null;
  /** When the service took the message, or it was given up. */
  readonly settledAt: Millis | null;
  readonly expiresAt: Millis;
};

type Entering = Pick<ServiceSession, 'sessionUid' | 'personId' | 'clientId' | 'sid'>;

/** Longer than any session of a person lives, and longer than a message is tried. */
const lives = { open: 'P1D', ended: 'P7D' } as const;

export function createServiceSession(needs: { readonly clock: Clock; readonly random: Random }, entering: Entering): ServiceSession {
  const now = needs.clock.now();
  const fresh = { state: 'open', endedAt: null, settledAt: null } as const;
  return { ...entering, ...fresh, id: createUuid(needs.random, now), enteredAt: now, expiresAt: addDuration(now, lives.open) };
}

/** What the end of the person's session makes of it. */
export function toEnded(open: ServiceSession, service: Pick<Service, 'metadata'> | undefined, at: Millis): ServiceSession {
  const state = findLogoutReceiver(service) === undefined ? 'untold' : 'waiting';
  return { ...open, state, endedAt: at, settledAt: state === 'untold' ? at : null, expiresAt: addDuration(at, lives.ended) };
}

export function findLogoutReceiver(service: Pick<RegisteredService['service'], 'metadata'> | undefined): string | undefined {
  const uri = service?.metadata['backchannel_logout_uri'];
  return typeof uri === 'string' ? uri : undefined;
}
