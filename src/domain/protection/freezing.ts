// What every way of freezing hands to the store: the row, the entry, the entries of the sessions that end, and what services are told.

import { dayMs } from '../kernel/clock.ts';
import type { Json } from '../kernel/canonical.ts';
import { createUuid } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Actor, EventDraft } from '../ledger/event.ts';
import { toReferencePayload } from '../people/operators-word.ts';
import { toSealEnd } from '../recovery/seal.ts';
import type { Authority, FreezeWay } from './freeze.ts';
import type { ProtectionNeeds } from './needs.ts';
import type { Freezing } from './store.ts';
import { tellOfAccount } from './tell-services.ts';

export type FreezeAsked = {
  readonly personId: string;
  readonly how: FreezeWay;
  readonly authority: Authority;
  readonly actor: Actor;
  /** Why, in the words of an officer or an operator. */
  readonly reason?: string | undefined;
  /** The order, article or case that it rests on. */
  readonly reference?: string | undefined;
  /** When what somebody disowns began: services entered since then, and in the day before, are told that sessions were revoked. Absent: nobody is. */
  readonly since?: number | undefined;
};

const byThePerson: ReadonlySet<FreezeWay> = new Set(['session', 'notice', 'code', 'kept']);

export function toFreezing(needs: ProtectionNeeds, asked: FreezeAsked): Freezing {
  const { personId, how, authority, actor, since } = asked;
  const now = needs.clock.now();
  const isHijacked = since !== undefined;
  const about: Pick<EventDraft, 'personRef' | 'actor' | 'actedBy'> = {
    personRef: personId,
    actor,
    actedBy: byThePerson.has(how) ? 'self' : null,
  };
  const payload: Json = { authority, how, ...toReferencePayload(asked) };
  const ended = { type: 'session.ended', ...about, reason: 'frozen', payload: { reach: 'whole-session' } } as const;
  return {
    freeze: {
      id: createUuid(needs.random, now),
      personId,
      authority,
      how,
      frozenAt: now,
      unfreezeBy: null,
      unfreezeBegunAt: null,
      unfreezeAt: null,
      liftedAt: null,
    },
    event: sealEvent(needs, { type: 'person.frozen', ...about, reason: asked.reason ?? null, payload }),
    sealSessionEnd: () => sealEvent(needs, ended),
    sealRecoveryEnd: toSealEnd(needs),
    telling: {
      since: (since ?? now) - dayMs,
      toMessages: (service) => {
        const events = ['account-disabled', ...(isHijacked && service.wasEntered ? (['session-revoked'] as const) : [])] as const;
        return tellOfAccount(needs, { personId, events, isHijacked }, service);
      },
    },
  };
}
