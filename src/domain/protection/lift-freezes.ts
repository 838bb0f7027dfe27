// The end of a freeze is an act with an entry and never a reading of the clock: whatever asks whether a person is active looks at one word, and a node that
// stands still keeps doors closed, not open (ADR-0077).

import { sealEvent } from '../ledger/event.ts';
import type { Actor } from '../ledger/event.ts';
import type { ProtectionNeeds } from './needs.ts';
import { toReason, toReferencePayload } from '../people/operators-word.ts';
import type { OperatorsWord } from '../people/operators-word.ts';
import type { Lifting, OrderLifted } from './store.ts';
import { tellOfAccount } from './tell-services.ts';

const together = 50;

const reasons = { due: 'delay', all: 'order', recovered: 'recovery' } as const;

type Cause<What> = { readonly what: What; readonly actor: Actor; readonly word?: OperatorsWord };

function toLifting<What extends keyof typeof reasons>(
  needs: ProtectionNeeds,
  personId: string,
  { what, actor, word }: Cause<What>,
): Omit<Lifting, 'what'> & { readonly what: What } {
  const at = needs.clock.now();
  return {
    personId,
    at,
    what,
    event: sealEvent(needs, {
      type: 'person.unfrozen',
      personRef: personId,
      actor,
      actedBy: null,
      reason: word === undefined ? null : toReason(word),
      payload: { after: reasons[what], ...toReferencePayload(word ?? {}) },
    }),
    telling: {
      since: at,
      toMessages: (service) => tellOfAccount(needs, { personId, events: ['account-enabled'], isHijacked: false }, service),
    },
  };
}

/** What two officers saw ends the person's own freeze at once, with the recovery itself; never one by order (ADR-0078). */
export function toRecoveredLifting(needs: ProtectionNeeds, personId: string): Pick<Lifting, 'event' | 'telling'> {
  return toLifting(needs, personId, { what: 'recovered', actor: { kind: 'person', ref: null } });
}

/** Of one person, where the delay is over. */
export async function liftIfDue(needs: ProtectionNeeds, personId: string): Promise<boolean> {
  return needs.protection.lift(toLifting(needs, personId, { what: 'due', actor: { kind: 'system', ref: null } }));
}

/** Of everybody whose delay is over; how many were lifted. */
export async function liftDue(needs: ProtectionNeeds): Promise<number> {
  const due = await needs.protection.listDue(needs.clock.now(), together);
  const lifted = await Promise.all(due.map(async (personId) => liftIfDue(needs, personId)));
  return lifted.filter(Boolean).length;
}

const operator: Actor = { kind: 'operator', ref: null };

/** At once, and whatever stands, the person's own freeze too: what only an operator may do. */
export async function liftByOrder(needs: ProtectionNeeds, personId: string, word: OperatorsWord = {}): Promise<boolean> {
  return needs.protection.lift(toLifting(needs, personId, { what: 'all', actor: operator, word }));
}

/** The order alone; a freeze of the person's own stays, and they may lift it again. */
export async function liftOrder(needs: ProtectionNeeds, personId: string, word: OperatorsWord): Promise<OrderLifted> {
  const about = { personRef: personId, actor: operator, actedBy: null, reason: toReason(word), payload: toReferencePayload(word) };
  const left = sealEvent(needs, { type: 'person.order_lifted', ...about });
  return needs.protection.liftOrder({ ...toLifting(needs, personId, { what: 'all', actor: operator, word }), left });
}
