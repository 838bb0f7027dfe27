// What an agency is told when one of its services, or somebody who works for it, is suspended within a case, and when that ends: the claims of a security event token
// (RFC 8417 §2.2) to each of its services that takes them. The subject is named in the format `opaque` (RFC 9493 §3.2.4): no name of anybody, no number of a case, no reason.

import { toCanonicalJson } from '../../kernel/canonical.ts';
import type { Json } from '../../kernel/canonical.ts';
import { toTimestamp } from '../../kernel/clock.ts';
import { createUuid } from '../../kernel/ids.ts';
import { sealEvent } from '../../ledger/event.ts';
import type { SealNeeds } from '../../ledger/event.ts';
import { createMessage } from '../../outbox/message.ts';
import type { Told } from '../../outbox/telling.ts';
import type { SuspendedKind, Suspendable } from './suspension.ts';

const events = {
  service: { suspended: 'service-suspended', active: 'service-resumed' },
  officer: { suspended: 'officer-suspended', active: 'officer-resumed' },
} as const satisfies Record<SuspendedKind, object>;

export type SignalNeeds = SealNeeds & { readonly issuer: string };

export type Signal = { readonly subject: Suspendable; readonly status: keyof (typeof events)['service'] };

export function toSignal(needs: SignalNeeds, { subject, status }: Signal, receiver: string): Told {
  const { issuer: iss } = needs;
  const at = needs.clock.now();
  const event = events[subject.kind][status];
  const claims: Json = {
    aud: receiver,
    events: { [`urn:huwiya:event:${event}`]: { occurred_at: toTimestamp(at) } },
    iat: Math.floor(at / 1000),
    iss,
    sub_id: { format: 'opaque', id: subject.id },
    txn: createUuid(needs.random, at),
  };
  const message = createMessage(needs, { topic: 'security-event', recipient: receiver, personId: null, body: toCanonicalJson(claims) });
  const queued = { type: 'set.queued', personRef: null, actor: { kind: 'system', ref: null }, actedBy: null, service: receiver } as const;
  return { message, event: sealEvent(needs, { ...queued, payload: { event, jti: message.id } }) };
}
