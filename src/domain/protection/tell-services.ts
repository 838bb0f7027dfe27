// What services are told of a freeze and its end: the claims of a security event token (RFC 8417) with the events of OpenID RISC 1.0 §2.3 and §2.4 and CAEP 1.0
// §3.1, one event each (RFC 8417 §2.2 allows several; Shared Signals 1.0 does not). They say nothing of why, beyond the word of the specification.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import { sealEvent } from '../ledger/event.ts';
import { createMessage } from '../outbox/message.ts';
import type { Concerned, Told } from '../outbox/telling.ts';
import type { ProtectionNeeds } from './needs.ts';

const risc = 'https://schemas.openid.net/secevent/risc/event-type';
const caep = 'https://schemas.openid.net/secevent/caep/event-type';

export const accountEvents = {
  'account-disabled': `${risc}/account-disabled`,
  'account-enabled': `${risc}/account-enabled`,
  'session-revoked': `${caep}/session-revoked`,
} as const;
export type AccountEvent = keyof typeof accountEvents;

export type AccountTelling = {
  readonly personId: string;
  readonly event: AccountEvent;
  /** RISC knows `hijacking`; without it the reason stays ours. */
  readonly isHijacked: boolean;
};

function toDetails({ event, isHijacked }: AccountTelling, at: number): Json {
  switch (event) {
    case 'account-disabled':
      return isHijacked ? { reason: 'hijacking' } : {};
    case 'account-enabled':
      return {};
    case 'session-revoked':
      return { event_timestamp: Math.floor(at / 1000), initiating_entity: 'user' };
  }
}

/** The message and the entry that it was queued. */
export function tellOfAccount(needs: ProtectionNeeds, telling: AccountTelling, { clientId, subject }: Concerned): Told {
  const { issuer: iss } = needs;
  const { personId, event } = telling;
  const at = needs.clock.now();
  const claims: Json = {
    aud: clientId,
    events: { [accountEvents[event]]: toDetails(telling, at) },
    iat: Math.floor(at / 1000),
    iss,
    sub_id: { format: 'iss_sub', iss, sub: subject },
  };
  const message = createMessage(needs, { topic: 'security-event', recipient: clientId, personId, body: toCanonicalJson(claims) });
  const actor = { kind: 'system', ref: null } as const;
  const queued = { type: 'set.queued', personRef: personId, actor, actedBy: null, service: clientId } as const;
  return { message, event: sealEvent(needs, { ...queued, payload: { event, jti: message.id } }) };
}
