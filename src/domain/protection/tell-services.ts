// What services are told of a freeze and its end: the claims of a security event token (RFC 8417 §2.2; `jti` and the signature come when it leaves), of the
// profile of Shared Signals 1.0 §4.1: `typ` says what it is, neither `sub` nor `exp` stands in it, and `sub_id` (RFC 9493 §4.1) names the person in the format
// `iss_sub` (RFC 9493 §3.2.3), as OpenID RISC 1.0 §2 has it too. One event each (Shared Signals 1.0 §4.2.1). They say nothing of why, beyond the words of the specifications.

import { toCanonicalJson } from '../kernel/canonical.ts';
import type { Json } from '../kernel/canonical.ts';
import { createUuid } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import { createMessage } from '../outbox/message.ts';
import type { Concerned, Told } from '../outbox/telling.ts';
import type { ProtectionNeeds } from './needs.ts';

/** The base URIs of OpenID RISC 1.0 §2 and CAEP 1.0 §3. */
const risc = 'https://schemas.openid.net/secevent/risc/event-type';
const caep = 'https://schemas.openid.net/secevent/caep/event-type';

export const accountEvents = {
  /** RISC 1.0 §2.3. */
  'account-disabled': `${risc}/account-disabled`,
  /** RISC 1.0 §2.4. */
  'account-enabled': `${risc}/account-enabled`,
  /** CAEP 1.0 §3.1, which took the place of RISC's `sessions-revoked` (RISC 1.0 §2.11). */
  'session-revoked': `${caep}/session-revoked`,
} as const;
export type AccountEvent = keyof typeof accountEvents;

export type AccountTelling = {
  readonly personId: string;
  readonly events: readonly AccountEvent[];
  /** RISC 1.0 §2.3 knows `hijacking`; without it the reason stays ours. */
  readonly isHijacked: boolean;
};

/** The members of CAEP 1.0 §2 are times in seconds and one of four words for who began it. */
function toDetails(event: AccountEvent, { isHijacked }: AccountTelling, at: number): Json {
  switch (event) {
    case 'account-disabled':
      return isHijacked ? { reason: 'hijacking' } : {};
    case 'account-enabled':
      return {};
    case 'session-revoked':
      return { event_timestamp: Math.floor(at / 1000), initiating_entity: 'user' };
  }
}

/**
 * The messages to one service and the entries that they were queued. What one act causes has one `txn` (Shared Signals 1.0 §4.1.9), of this service alone: two
 * services that compare theirs find nothing in common.
 */
export function tellOfAccount(needs: ProtectionNeeds, telling: AccountTelling, { clientId, subject }: Concerned): readonly Told[] {
  const { issuer: iss } = needs;
  const { personId } = telling;
  const at = needs.clock.now();
  const txn = createUuid(needs.random, at);
  const toTold = (event: AccountEvent): Told => {
    const claims: Json = {
      aud: clientId,
      events: { [accountEvents[event]]: toDetails(event, telling, at) },
      iat: Math.floor(at / 1000),
      iss,
      sub_id: { format: 'iss_sub', iss, sub: subject },
      txn,
    };
    const message = createMessage(needs, { topic: 'security-event', recipient: clientId, personId, body: toCanonicalJson(claims) });
    const actor = { kind: 'system', ref: null } as const;
    const queued = { type: 'set.queued', personRef: personId, actor, actedBy: null, service: clientId } as const;
    return { message, event: sealEvent(needs, { ...queued, payload: { event, jti: message.id } }) };
  };
  return telling.events.map(toTold);
}
